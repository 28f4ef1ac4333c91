// Derivatives of what is kept of a course by numbers of its plan.
//
// The differential equations, from which all noise of step sizes and all cost comes, are followed together with their
// exact derivatives, in tangents. Everything before and after them (coefficients, injuries, the mixing of zones,
// read-outs, reductions) has a closed form or fixed steps and is smooth to the last digits: there a difference quotient
// is taken along the derivatives, of the very code that runs a course. So whatever changes the numbers of a plan, but
// not its times, can be differentiated by.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "cicatrix/course/course.hpp"
#include "cicatrix/ensemble/reduction.hpp"

namespace cicatrix {

/// A number by which one differentiates: the plan with the number less by `below` and more by `above`, either of which
/// may be zero, in the number's unit. A ten-thousandth of the number is a good size.
struct Direction {
    Plan low, high;
    double below = 0, above = 0;
};

struct Gradient {
    std::vector<double> values;         ///< one for each reduction, as a plain course gives them; NaN when it failed
    std::vector<double> slopes;         ///< for each reduction those by each direction; NaN where there are none
    std::vector<std::string> obstacle;  ///< of each direction why there is no derivative; else empty
    Outcome outcome;                    ///< of the treated skin
};

/// The gradient of reductions of a course without space. Throws std::invalid_argument for one that is resolved in
/// space. The numbers do not depend on `threads`.
Gradient gradient_of(const Plan& plan, std::span<const Direction> directions, std::span<const Reduction> reductions,
                     unsigned threads = 1);

}  // namespace cicatrix
