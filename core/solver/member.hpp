// What the integrator takes in and gives back: members, tolerances, hard bounds and outcomes.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "cicatrix/model/concepts.hpp"

namespace cicatrix {

/// How a member's integration ended. The numbers stand in result files as CF flag values.
enum class Status : std::int8_t {
    done = 0,
    too_many_steps = 1,
    step_too_small = 2,
    not_finite = 3,
    negative = 4,
    interrupted = 5,
    refused = 6  ///< never began: no scenario allows it
};

inline constexpr std::array<std::string_view, 7> status_names{
    "done", "too_many_steps", "step_too_small", "not_finite", "negative_state", "interrupted", "refused"};

struct Outcome {
    Status status = Status::done;
    double time = 0;                 ///< the last time reached
    std::size_t limiting_state = 0;  ///< index of the state that limited the last step; of interest when not done
    std::uint64_t steps = 0, rejected = 0, pivoted = 0;  ///< accepted; rejected; taken with pivoting
};

/// The positions of all states.
template <Model M>
inline constexpr auto all_states = [] {
    std::array<std::size_t, M::states.size()> out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = i;
    return out;
}();

/// From one row of a record of so many states to the next: lanes write whole registers.
constexpr std::size_t record_length(std::size_t watched) { return (watched + 7) / 8 * 8; }

/// One member: where it starts, what its rates read, when it is asked or disturbed. The spans are the queue's.
template <Model M> struct Member {
    std::size_t id = 0;
    StatesOf<M, double> initial{};
    CoefficientsOf<M, double> coefficients{};
    double begin = 0, end = 0;
    std::span<const double> events{};  ///< ascending, in [begin, end); landed on exactly, the method restarts there
    std::span<const double>
        outputs{};  ///< ascending, in [begin, end]; an output on an event's time is the state before it
    std::span<const std::size_t> watched = all_states<M>;  ///< states that outputs tell, in this order
    double* record = nullptr;  ///< where they are written, `record_length` apart; the queue is told without it
};

/// Accuracy and hard bounds of an integration.
template <Model M> struct Settings {
    double relative = 1e-6;
    StatesOf<M, double> absolute = every(1e-12);  ///< per state, in the state's unit
    std::uint64_t most_steps = 100'000;           ///< accepted and rejected, per member
    double largest_step = std::numeric_limits<double>::infinity();
    double first_step = 0;  ///< after a start or an event; 0: chosen from the rates

    static constexpr StatesOf<M, double> every(double value) {
        StatesOf<M, double> out{};
        out.fill(value);
        return out;
    }
};

/// Single precision carries a course to an error of about 2e-6: smaller tolerances than these, the absolute one as a
/// share of a state's usual size, cost steps and gain nothing. Who lets choose single precision refuses them.
inline constexpr double least_relative_single = 3e-6, least_absolute_single = 1e-8;

/// Where members come from and where their results go. All calls come from the integrating thread, one lane at a time.
///     bool next(Member<M>&)                                    the next member, or false
///     void output(const Member<M>&, std::size_t i, std::span<const double>)         the watched states at outputs[i]
///     void event(const Member<M>&, std::size_t i, StatesOf<M, double>&)             changes the state at events[i]
///     void finish(const Member<M>&, const Outcome&, const StatesOf<M, double>&)     the last state reached
///     bool stop_requested(double time)                         optional; true ends everything as interrupted
///     double guard(const Member<M>&, double time, const StatesOf<M, double>&)       optional; its change of sign is an
///     void cross(Member<M>&, double time, StatesOf<M, double>&)                     event, which may change states and
///                                                                                   coefficients of the member
template <class Q, class M>
concept MemberQueue = requires(Q& queue, Member<M>& member, StatesOf<M, double>& y, const Outcome& outcome) {
    { queue.next(member) } -> std::convertible_to<bool>;
    queue.output(member, std::size_t{}, std::span<const double>{});
    queue.event(member, std::size_t{}, y);
    queue.finish(member, outcome, y);
};

}  // namespace cicatrix
