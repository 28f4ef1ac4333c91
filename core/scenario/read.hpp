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

// What sweeps read documents with after they have changed them.

/// Everything but [parameters] that the document of a course says; what is wrong goes into the findings.
ScenarioContents read_keys(const Node& document, Findings& findings);

/// The model that a document names; that of courses when it names none, or none that is known.
std::string model_of(const Node& document);

/// The section [parameters]; null without one.
const Node* parameters_in(const Node& document);

}  // namespace cicatrix
