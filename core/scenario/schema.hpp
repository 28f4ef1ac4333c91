// The JSON Schema (draft 07) of scenario files, for editors.
#pragma once
#include <span>
#include <string>

#include "cicatrix/scenario/scenario.hpp"

namespace cicatrix {

/// The schema as JSON. It says which keys there are, of what type and in which range; rules that join several keys,
/// such as those of the kinds of device, are left to the reader.
std::string scenario_schema(std::span<const ParameterRow> parameters);

}  // namespace cicatrix
