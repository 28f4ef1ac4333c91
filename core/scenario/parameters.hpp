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

/// The number of a node in the unit of a row, whatever the row's range; empty, with a finding, when it is none.
std::optional<double> parameter_number(const ParameterRow& row, const Node& node, const std::string& path,
                                       Findings& findings);

/// The unit that stands behind a value of a row in a file; empty where the value stands bare.
std::string written_unit(const ParameterRow& row);

}  // namespace cicatrix
