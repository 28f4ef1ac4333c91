// The equations of a model for people: Markdown with LaTeX.
#pragma once
#include <string>

#include "cicatrix/io/symbolic_model.hpp"

namespace cicatrix {

/// A page with the source and its faults, the rates process by process, the terms that they share, events, constants
/// and tables of states and parameters.
std::string equations_text(const SymbolicModel& model);

}  // namespace cicatrix
