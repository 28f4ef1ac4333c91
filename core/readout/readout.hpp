// What a read-out is: a quantity that a person sees or an instrument measures. It is computed from the states at one
// time, from the skin, the care and the sessions so far, and from states of its own that follow the course.
#pragma once
#include <string_view>

#include "cicatrix/model/declare.hpp"

namespace cicatrix {

/// What is declared of a read-out. A read-out is a type with
///     static constexpr Readout row{...};
///     static auto value(const auto& now);
/// generic in its scalars (one time or several in lanes, values with derivatives, what depends on what): it uses
/// `select`, `larger` and the functions of numeric/functions.hpp, and branches on what is the same at all times alone.
/// And, where it needs them,
///     static constexpr std::array parameters{Parameter{...}, ...};    numbers that a scenario may change
///     using states = std::tuple<...>;                                 states of its own, see below
///     static auto fixed(const auto& now);                             what is dear to compute and the same at all times,
///                                                                     from all sessions of the course
///     static auto value(const auto& now, const auto& fixed);          then it is given to the value (or the flow)
/// `now` has: time (d); y and k, the states and coefficients of the model (`pick<"fibroblasts">(now.y)`); p, the
/// parameters of all read-outs; injury, those of the injury; x, the own states of all read-outs; skin; care; age
/// (years); sessions, those that have taken place, the latest last, each with `at` (d), `channels`, `open_area`, `injured_volume`; they are empty in the
/// untreated twin. `start` holds the states of the model at day 0.
///
/// A state of its own is a type with
///     static constexpr State row{name, unit, meaning};
///     static auto start(const auto& now);                            its value at day 0
///     static auto after_session(const auto& x, const auto& now);     optional: just after now.sessions.back()
///     static auto flow(const auto& now);                             what it follows between sessions, a FlowOf
/// It may read own states declared before it, in this read-out or in one listed earlier.
struct Readout {
    std::string_view name, unit, meaning, formula;
    Grade grade;
    Source source;
};

/// x' = source - rate x, both per day. Rates are never negative.
template <class S, class R> struct FlowOf {
    S source;
    R rate;
};
template <class S, class R> FlowOf(S, R) -> FlowOf<S, R>;
using Flow = FlowOf<double, double>;

}  // namespace cicatrix
