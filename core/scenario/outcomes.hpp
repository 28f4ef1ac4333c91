// The outcomes of a sweep: what is kept of each member.
#pragma once
#include <vector>

#include "cicatrix/ensemble/reduction.hpp"
#include "cicatrix/scenario/document.hpp"
#include "cicatrix/scenario/findings.hpp"

namespace cicatrix {

/// Reads the list sweep.outcomes; what is wrong goes into the findings (E-OUTCOME, E-TYPE), also a day behind
/// `duration`, in d, that of the shortest member.
std::vector<Reduction> read_outcomes(const Node& list, double duration, Findings& findings);

}  // namespace cicatrix
