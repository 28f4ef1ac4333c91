// Values of model parameters, checked against the rows of the model.
#include "cicatrix/scenario/parameters.hpp"

#include <algorithm>

#include "cicatrix/units/quantity.hpp"
#include "cicatrix/units/quoted.hpp"

namespace cicatrix {
namespace {

/// The unit of a row, or nothing when a model counts in a unit that users cannot write.
std::optional<Unit> known_unit(std::string_view text) {
    try {
        return parse_unit(text);
    } catch (const InputError&) {
        return {};
    }
}

std::string with_unit(double number, std::string_view unit) {
    return shortest_text(number) + (unit == "1" ? "" : " " + std::string(unit));
}

/// The default of a row as a file would give it.
std::string default_words(const ParameterRow& row) {
    return written_unit(row).empty() ? shortest_text(row.value) : toml_string(with_unit(row.value, row.unit));
}

/// One value to be read for one row.
struct Assignment {
    const ParameterRow& row;
    const Node& node;
    const std::string& path;
    Findings& findings;

    std::string allowed() const {
        return "allowed is " + with_unit(row.low, row.unit) + " to " + with_unit(row.high, row.unit);
    }

    void refuse(std::string_view code, std::string what) const {
        findings.add(node.place, path, {code, std::move(what), allowed()});
    }
};

/// The value in the row's own unit. A text that names just this unit is taken as it stands, without conversion.
std::optional<double> number_of(const Assignment& assignment) {
    const Node& node = assignment.node;
    const auto unit = known_unit(assignment.row.unit);
    const bool is_bare = node.kind == NodeKind::integer || node.kind == NodeKind::number;
    if (is_bare && (!unit || unit->dimension == dimension::none)) return node.number;
    if (!unit || (!is_bare && node.kind != NodeKind::text)) {
        assignment.refuse("E-TYPE", "this is " + std::string(words(node.kind)));
        return {};
    }
    try {
        const Where where = assignment.findings.where(node.place, assignment.path);
        const std::string text = is_bare ? shortest_text(node.number) : node.words;
        const Quantity quantity = parse_quantity(text, unit->dimension, where, assignment.row.unit);
        return quantity.unit == assignment.row.unit ? quantity.given : unit->from_base(quantity.value);
    } catch (const InputError& error) {
        assignment.findings.add(error);
        return {};
    }
}

void assign(const Assignment& assignment, ParameterValue& parameter) {
    const auto number = number_of(assignment);
    if (!number) return;
    if (!(*number >= assignment.row.low && *number <= assignment.row.high))
        return assignment.refuse("E-RANGE", printable(assignment.node.words) + " is out of range");
    parameter.value = *number;
    parameter.place = assignment.node.place;
    parameter.words = toml_text(assignment.node);
}

/// What a section holds, in its own name and in words.
struct Section {
    std::string_view name, item, listing;
};

void refuse_unknown(const Entry& entry, const Section& section, std::span<const ParameterRow> rows,
                    Findings& findings) {
    std::vector<std::string_view> names;
    for (const auto& row : rows) names.push_back(row.name);
    const std::string nearest = nearest_name(std::string_view(entry.key).substr(0, 64), names);
    findings.add(entry.place, std::string(section.name) + "." + printable(entry.key),
                 {"E-UNKNOWN-KEY", quoted(entry.key) + " is not a " + std::string(section.item) + " of the model",
                  std::string(section.listing) + " shows all " + std::to_string(rows.size()), nearest});
}

std::vector<ParameterValue> read_section(const Node* table, const Section& section, std::span<const ParameterRow> rows,
                                         Findings& findings) {
    std::vector<ParameterValue> values;
    for (const auto& row : rows)
        values.push_back({std::string(row.name), row.value, std::string(row.unit), {}, default_words(row)});
    if (table == nullptr) return values;
    for (const auto& entry : table->entries) {
        const auto row = std::ranges::find(rows, entry.key, &ParameterRow::name);
        if (row == rows.end()) {
            refuse_unknown(entry, section, rows, findings);
            continue;
        }
        assign({*row, entry.value, std::string(section.name) + "." + entry.key, findings},
               values[static_cast<std::size_t>(row - rows.begin())]);
    }
    return values;
}

}  // namespace

std::optional<double> parameter_number(const ParameterRow& row, const Node& node, const std::string& path,
                                       Findings& findings) {
    return number_of({row, node, path, findings});
}

std::string written_unit(const ParameterRow& row) {
    return row.unit == "1" || !known_unit(row.unit) ? "" : std::string(row.unit);
}

std::vector<ParameterValue> read_parameters(const Node* table, std::span<const ParameterRow> rows, Findings& findings) {
    return read_section(table, {"parameters", "parameter", "'cicatrix list parameters'"}, rows, findings);
}

std::vector<ParameterValue> read_initial(const Node* table, std::span<const ParameterRow> rows, Findings& findings) {
    return read_section(table, {"initial", "state", "'cicatrix explain' with the name of the model"}, rows, findings);
}

}  // namespace cicatrix
