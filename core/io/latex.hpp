// Expressions as LaTeX mathematics.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cicatrix/numeric/symbol.hpp"

namespace cicatrix::detail {

/// A name as an upright word.
std::string latex_name(std::string_view name);

std::string latex(const Symbol& x);
std::string latex(const Truth& x);

/// The summands of an expression, each with its sign; the first has none unless it is negative.
std::vector<std::string> latex_summands(const Symbol& x);

}  // namespace cicatrix::detail
