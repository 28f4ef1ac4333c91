// From a scenario's text to a checked scenario.
#pragma once
#include <filesystem>
#include <span>
#include <string>

#include "cicatrix/scenario/scenario.hpp"

namespace cicatrix {

/// Reads a scenario. `file` names it in messages; `parameters` are those of the model that [parameters] may change.
/// Throws InputError with every problem, in the order of the file; a text that is not TOML has exactly one.
Scenario parse_scenario(std::string text, std::string file, std::span<const ParameterRow> parameters);

/// The same from a file. Throws FileError (no_input) when it cannot be read, see `read_text_file`.
Scenario read_scenario(const std::filesystem::path& path, std::span<const ParameterRow> parameters);

}  // namespace cicatrix
