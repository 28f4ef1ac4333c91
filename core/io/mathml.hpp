// Expressions as content MathML, in the subset that SBML takes.
#pragma once
#include <string>

#include "cicatrix/numeric/symbol.hpp"

namespace cicatrix::detail {

/// The element `math` with an expression, on one line.
std::string mathml(const Symbol& x);
std::string mathml(const Truth& x);

}  // namespace cicatrix::detail
