// When states are recorded: a word or a list of times.
#pragma once
#include <span>
#include <vector>

#include "cicatrix/scenario/document.hpp"
#include "cicatrix/scenario/findings.hpp"

namespace cicatrix {

/// Times in d, rising and distinct, from `simulation.outputs`. A word means its grid from day 0 on, the sessions and
/// the end; "weekly" adds each day of the fortnight after a session and the quarters of its first day. A list means
/// just its times. What is wrong goes into the findings (E-OUTPUTS and the codes of single values). A duration that is
/// not known (not above zero) gives none.
std::vector<double> read_outputs(const Node& node, double duration, std::span<const double> sessions,
                                 Findings& findings);

}  // namespace cicatrix
