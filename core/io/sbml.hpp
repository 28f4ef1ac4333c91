// Models as SBML Level 3 Version 2 core: states follow rate rules, jumps and sessions are events.
#pragma once
#include <string>

#include "cicatrix/io/symbolic_model.hpp"

namespace cicatrix {

/// The text of an SBML file, in UTF-8. Units that SBML cannot express are left out.
std::string sbml_text(const SymbolicModel& model);

}  // namespace cicatrix
