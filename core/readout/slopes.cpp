// Computes read-outs in tangents, a few directions at a time.
#include "cicatrix/readout/slopes.hpp"

#include "cicatrix/numeric/tangent.hpp"

namespace cicatrix {
namespace {

constexpr std::size_t state_count = Microneedling::states.size(), own_count = own_states.size();
constexpr std::size_t inputs = state_count + own_count + 1;  // time comes last

using States = StatesOf<Microneedling, Tangent>;
using Own = Values<own_states, Tangent>;
using TangentNow = MomentOf<Tangent, const States&, const Own&, double>;

template <class R, std::size_t i> auto value_of_readout(const auto& now, const Fixed& fixed) {
    if constexpr (detail::HasFixed<R, Moment>) return R::value(now, std::get<i>(fixed.readouts));
    else return R::value(now);
}

double& slope(Slopes& out, std::size_t input) {
    if (input < state_count) return out.by_state[input];
    return input < state_count + own_count ? out.by_own[input - state_count] : out.by_time;
}

/// By the inputs from `first` on, as many as a tangent has directions.
template <class R, std::size_t i>
void add_slopes(Slopes& out, std::size_t first, const Patient& patient, const Fixed& fixed, const Moment& now) {
    const auto seed = [first](std::size_t input, double value) {
        const bool asked = input >= first && input < first + Tangent::directions;
        return asked ? Tangent::along(static_cast<int>(input - first), value) : Tangent(value);
    };
    States y;
    Own x;
    for (std::size_t j = 0; j < state_count; ++j) y[j] = seed(j, now.y[j]);
    for (std::size_t j = 0; j < own_count; ++j) x[j] = seed(state_count + j, now.x[j]);
    const TangentNow at(patient, seed(inputs - 1, now.time), y, x, now.sessions);
    const Tangent value(value_of_readout<R, i>(at, fixed));
    out.value = value.value;
    for (int d = 0; d < Tangent::directions; ++d)
        if (first + static_cast<std::size_t>(d) < inputs)
            slope(out, first + static_cast<std::size_t>(d)) = value.derivative(d);
}

/// Calls `f.operator()<R, i>()` for the read-out at position `i`.
void with_readout(std::size_t i, auto f) {
    ReadoutSet one;
    one.set(i);
    detail::for_each_in(static_cast<Readouts*>(nullptr), one, f);
}

}  // namespace

Slopes slopes_of(std::size_t which, const Patient& patient, const Fixed& fixed, const Moment& now) {
    Slopes out;
    with_readout(which, [&]<class R, std::size_t i>() {
        for (std::size_t first = 0; first < inputs; first += Tangent::directions)
            add_slopes<R, i>(out, first, patient, fixed, now);
    });
    return out;
}

std::array<Flow, own_states.size()> flows_of(const Fixed& fixed, const Moment& now) {
    std::array<Flow, own_states.size()> out{};
    detail::for_each_in(static_cast<OwnStates*>(nullptr), OwnSet().set(), [&]<class S, std::size_t i>() {
        const auto flow = [&] {
            if constexpr (detail::HasFixed<S, Moment>) return S::flow(now, std::get<i>(fixed.own));
            else return S::flow(now);
        }();
        out[i] = {flow.source, flow.rate};
    });
    return out;
}

double readout_value(std::size_t which, const Fixed& fixed, const Moment& now) {
    double out = 0;
    with_readout(which, [&]<class R, std::size_t i>() { out = value_of_readout<R, i>(now, fixed); });
    return out;
}

}  // namespace cicatrix
