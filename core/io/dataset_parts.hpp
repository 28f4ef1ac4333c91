// What every kind of data set has: descriptions, the outcome of the integration, the table of parameters, provenance.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cicatrix/io/dataset.hpp"
#include "cicatrix/model/declare.hpp"
#include "cicatrix/solver/member.hpp"

namespace cicatrix {

/// Version of the layout of result files; the second number rises when something is added, the first when something
/// moves or goes.
inline constexpr std::string_view schema_version = "1.2";

/// Where a result comes from, kept with it so that it can be computed again.
struct Provenance {
    std::string title, question;
    std::string scenario_file, scenario_text, scenario_resolved;
    double seed = 0;
    std::vector<std::string> notes;
    std::vector<std::string> warnings;  ///< about the patient and the protocol
    std::vector<bool> parameter_given;  ///< one per parameter: set by the scenario
};

namespace detail {
Attributes described(std::string_view meaning, std::string_view unit);

template <class Rows, class Value> VariableData column(const Rows& rows, Value value) {
    std::vector<double> out;
    for (const auto& row : rows) out.push_back(value(row));
    return out;
}

/// How the integration ended; `limiting` names the state that spoilt it, `unit` is that of time.
void add_outcome(std::vector<Variable>& out, const Outcome& outcome, std::string_view limiting, std::string_view unit);

/// The table of parameters with the values used.
void add_parameters(std::vector<Variable>& out, std::span<const Parameter> table, const std::vector<double>& used,
                    const std::vector<bool>& given);

/// Attributes that every file has, for the model of this id.
Attributes provenance_attributes(const Provenance& from, std::string_view model);
}  // namespace detail

}  // namespace cicatrix
