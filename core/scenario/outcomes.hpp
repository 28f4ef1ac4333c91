// The outcomes of a sweep: what is kept of each member.
#pragma once
#include <vector>

#include "cicatrix/ensemble/reduction.hpp"
#include "cicatrix/scenario/document.hpp"
#include "cicatrix/scenario/findings.hpp"

namespace cicatrix {

/// Reads the list sweep.outcomes; what is wrong goes into the findings (E-OUTCOME, E-TYPE).
std::vector<Reduction> read_outcomes(const Node& list, Findings& findings);

}  // namespace cicatrix
