// What a read-out is: a quantity that a person sees or an instrument measures. It is computed from the states at one
// time, from the skin, the care and the sessions so far, and from states of its own that follow the course.
#pragma once
#include <string_view>

#include "cicatrix/model/declare.hpp"

namespace cicatrix {

/// What is declared of a read-out. A read-out is a type with
///     static constexpr Readout row{...};
///     static double value(const auto& now);
/// and, where it needs them,
///     static constexpr std::array parameters{Parameter{...}, ...};    numbers that a scenario may change
///     using states = std::tuple<...>;                                 states of its own, see below
/// `now` has: time (d); y and k, the states and coefficients of the model (`pick<"fibroblasts">(now.y)`); p, the
/// parameters of all read-outs; injury, those of the injury; x, the own states of all read-outs; skin; care; age (years); sessions, those that have
/// taken place, the latest last, each with `at` (d), `channels`, `open_area`, `injured_volume`; they are empty in the
/// untreated twin. `start` holds the states of the model at day 0.
///
/// A state of its own is a type with
///     static constexpr State row{name, unit, meaning};
///     static double start(const auto& now);                      its value at day 0
///     static double after_session(double x, const auto& now);    optional: just after now.sessions.back()
///     static Flow flow(const auto& now);                         what it follows between sessions
/// It may read own states declared before it, in this read-out or in one listed earlier.
struct Readout {
    std::string_view name, unit, meaning, formula;
    Grade grade;
    Source source;
};

/// x' = source - rate x. Rates are never negative.
struct Flow {
    double source, rate;  ///< per day
};

}  // namespace cicatrix
