// The sections [parameters] and [initial]: numbers of the model that a scenario changes.
#pragma once
#include <span>
#include <vector>

#include "cicatrix/scenario/scenario.hpp"

namespace cicatrix {

/// Every row of the model with its default, or with the value that the table gives; `table` is null when the file has
/// no such section. A value is a text with a unit, or a number where the parameter has none.
std::vector<ParameterValue> read_parameters(const Node* table, std::span<const ParameterRow> rows, Findings& findings);

/// The same of the states at time zero; a row's value may be NaN, which leaves it to the model.
std::vector<ParameterValue> read_initial(const Node* table, std::span<const ParameterRow> rows, Findings& findings);

}  // namespace cicatrix
