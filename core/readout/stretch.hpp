// Reads out a stretch of a course: its own states are followed and its read-outs are computed at many times at once.
#pragma once
#include <bitset>
#include <span>
#include <tuple>
#include <utility>
#include <variant>

#include "cicatrix/numeric/instruction_set.hpp"
#include "cicatrix/readout/moment.hpp"
#include "cicatrix/readout/series.hpp"

namespace cicatrix {

using ReadoutSet = std::bitset<readouts.size()>;
using OwnSet = std::bitset<own_states.size()>;

/// Whether a session changes the own state S at once.
template <class S, class M, class T>
concept HasSession = requires(const M& now, const T& x) {
    S::after_session(x, now);
};

namespace detail {
template <class T, class M>
concept HasFixed = requires(const M& now) {
    T::fixed(now);
};
template <class T, class M> auto fixed_of(const M& now) {
    if constexpr (HasFixed<T, M>) return T::fixed(now);
    else return std::monostate();
}

template <class List, class M> struct FixedParts;
template <class... T, class M> struct FixedParts<std::tuple<T...>, M> {
    using Types = std::tuple<decltype(fixed_of<T>(std::declval<const M&>()))...>;
};

/// Calls `f.operator()<T, i>()` for each T of a list that is in the set.
template <class... T> void for_each_in(std::tuple<T...>*, const auto& set, auto f) {
    [&]<std::size_t... i>(std::index_sequence<i...>) { ((set[i] ? f.template operator()<T, i>() : void()), ...); }
    (std::index_sequence_for<T...>{});
}
}  // namespace detail

/// What read-outs and own states have asked to be computed once for a course.
struct Fixed {
    detail::FixedParts<OwnStates, Moment>::Types own;
    detail::FixedParts<Readouts, Moment>::Types readouts;

    /// For those in the sets, with all sessions of the course; the patient must live as long.
    Fixed(const Patient& patient, std::span<const PastSession> sessions, const OwnSet& own, const ReadoutSet& readouts);
};

/// A stretch without a session inside.
struct Stretch {
    std::span<const double> steps;          ///< end points, ascending, d; the first is the begin
    std::span<const double> outputs;        ///< d
    std::span<const PastSession> sessions;  ///< those that have taken place
    const SeriesRows& states;               ///< a row for each state of the model
    Slots slots() const { return {steps.size() - 1, outputs.size()}; }
};

/// What is wanted of it; rows for each own state and each read-out, of which those in the sets are filled in.
struct Readings {
    OwnSet own;
    ReadoutSet readouts;
    ReadoutSet along;  ///< those wanted at all slots; others at the end, the begin and the outputs alone
    SeriesRows own_rows, rows;
};

/// Follows the own states from `begin`, which are in order of their table, and reads out all slots.
void read_stretch(const Patient& patient, const Fixed& fixed, const Stretch& stretch, const OwnValues& begin,
                  Readings& readings, SeriesRows& scratch);

template <InstructionSet>
void read_stretch_by(const Patient& patient, const Fixed& fixed, const Stretch& stretch, const OwnValues& begin,
                     Readings& readings, SeriesRows& scratch);

}  // namespace cicatrix
