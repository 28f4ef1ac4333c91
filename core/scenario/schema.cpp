// The schema, derived from the table of keys and the rows of the model.
#include "cicatrix/scenario/schema.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "cicatrix/scenario/devices.hpp"
#include "cicatrix/units/unit.hpp"

namespace cicatrix {
namespace {

const std::string anything = "{}";

using Members = std::vector<std::pair<std::string, std::string>>;  ///< names with JSON texts

std::string json(std::string_view content) { return toml_string(content); }  // TOML's escapes are all JSON's

std::string object(const Members& members) {
    std::string text;
    for (const auto& [name, value] : members) text += (text.empty() ? "" : ",\n") + json(name) + ": " + value;
    return "{\n" + text + "\n}";
}

std::string list(const std::vector<std::string>& items) {
    std::string text;
    for (const auto& item : items) text += (text.empty() ? "" : ", ") + item;
    return "[" + text + "]";
}

std::string names_list(std::span<const std::string_view> names) {
    std::vector<std::string> items;
    for (const auto name : names) items.push_back(json(name));
    return list(items);
}

std::string typed(std::string_view type) { return object({{"type", json(type)}}); }
std::string any_of(const std::vector<std::string>& forms) { return object({{"anyOf", list(forms)}}); }
std::string list_of(const std::string& item) { return object({{"type", json("array")}, {"items", item}}); }

std::string matching(const std::string& pattern) {
    return object({{"type", json("string")}, {"pattern", json(pattern)}});
}

std::string numeric(std::string_view type, Range limits) {
    return object(
        {{"type", json(type)}, {"minimum", shortest_text(limits.low)}, {"maximum", shortest_text(limits.high)}});
}

/// A number and a unit: one of the names of its dimension, or any product of names when it has none of its own.
std::string quantity_text_form(Dimension dimension) {
    std::string units;
    for (const auto name : unit_names(dimension)) units += (units.empty() ? "" : "|") + std::string(name);
    const std::string number = "^ *[+-]?[0-9.]+([eE][+-]?[0-9]+)? *";
    return matching(number + (units.empty() ? "[^ 0-9].*$|" + number + "1/.*$" : "(" + units + ")? *$"));
}

std::string quantity_form(Dimension dimension, Range limits) {
    const std::string text = quantity_text_form(dimension);
    return dimension == dimension::none ? any_of({numeric("number", limits), text}) : text;
}

std::string table_form(Members properties, const std::vector<std::string>& required) {
    Members members{{"type", json("object")}, {"additionalProperties", "false"}, {"properties", object(properties)}};
    if (!required.empty()) members.emplace_back("required", list(required));
    return object(members);
}

std::string form_of(const Key& key);

std::string sessions_form() {
    Members properties{{"at", quantity_text_form(dimension::time)}};
    for (const auto& [name, member, unit] : session_keys) {
        const auto key = std::ranges::find(keys, name, &Key::name);
        properties.emplace_back(std::string(leaf_of(name)), form_of(*key));
    }
    const std::string sentence = matching("^(once|none|every .+ x +[0-9]+(, skip( *[0-9]+)+)?)$");
    return any_of(
        {sentence, list_of(quantity_text_form(dimension::time)), list_of(table_form(properties, {json("at")}))});
}

std::string topicals_form() {
    Members properties;
    std::vector<std::string> required;
    for (const auto& key : topical_keys) {
        properties.emplace_back(std::string(key.name), form_of(key));
        if (key.need == Need::required) required.push_back(json(key.name));
    }
    return list_of(table_form(properties, required));
}

std::string times_form() {
    const std::string sentence = matching("^ *(once|daily|twice daily|every .+|after each session)");
    return any_of({sentence, list_of(quantity_text_form(dimension::time))});
}

/// A table with any keys, each of a form.
std::string table_of(const std::string& form) {
    return object({{"type", json("object")}, {"additionalProperties", form}});
}

std::string levels_form() {
    return any_of(
        {list_of(anything), typed("string"), table_of(any_of({numeric("number", {0, 1}), table_of(anything)}))});
}

std::string own_table_form(std::span<const Key> own_keys) {
    Members properties;
    for (const auto& key : own_keys) properties.emplace_back(std::string(key.name), form_of(key));
    return table_form(properties, {});
}

std::string form_of(const Key& key) {
    const std::string choices = object({{"enum", names_list(key.choices)}});
    switch (key.kind) {
        case ValueKind::text:
            return typed("string");
        case ValueKind::choice:
            return choices;
        case ValueKind::choices:
            return list_of(choices);
        case ValueKind::boolean:
            return typed("boolean");
        case ValueKind::integer:
            return numeric("integer", key.limits);
        case ValueKind::number:
            return numeric("number", key.limits);
        case ValueKind::quantity:
            return quantity_form(key.dimension, key.limits);
        case ValueKind::sessions:
            return sessions_form();
        case ValueKind::outputs:
            return any_of({choices, list_of(quantity_text_form(dimension::time))});
        case ValueKind::topicals:
            return topicals_form();
        case ValueKind::times:
            return times_form();
        case ValueKind::levels:
            return levels_form();
        case ValueKind::varied:
            return table_of(any_of({levels_form(), table_of(anything)}));
        case ValueKind::rows:
            return list_of(table_of(anything));
        case ValueKind::outcomes:
            return list_of(typed("string"));
        case ValueKind::arms:
            return table_of(table_of(anything));
        case ValueKind::cohort:
            return own_table_form(cohort_keys);
        case ValueKind::adherence:
            return own_table_form(adherence_keys);
    }
    return std::string(anything);
}

/// A form with its description; draft 07 ignores what stands beside a reference, so both are joined.
std::string described(const std::string& form, std::string_view meaning, std::string_view fallback) {
    const std::string text =
        std::string(meaning) + (fallback.empty() ? "" : " Default: " + std::string(fallback) + ".");
    return object({{"description", json(text)}, {"allOf", list({form})}});
}

/// The keys of one section; an empty name means those outside every section.
Members properties_of(std::string_view section) {
    Members properties;
    for (const auto& key : keys)
        if (section_of(key.name) == section)
            properties.emplace_back(std::string(leaf_of(key.name)), described(form_of(key), key.meaning, key.fallback));
    return properties;
}

std::vector<std::string> required_of(std::string_view section) {
    std::vector<std::string> names;
    for (const auto& key : keys)
        if (section_of(key.name) == section && key.need == Need::required) names.push_back(json(leaf_of(key.name)));
    return names;
}

std::string parameters_form(std::span<const ParameterRow> parameters) {
    Members properties;
    for (const auto& row : parameters) {
        const std::string form = any_of({typed("number"), typed("string")});
        const std::string meaning =
            "In " + std::string(row.unit) + ", " + shortest_text(row.low) + " to " + shortest_text(row.high) + ".";
        properties.emplace_back(std::string(row.name), described(form, meaning, shortest_text(row.value)));
    }
    return table_form(properties, {});
}

/// What a course cannot go without. A sweep may vary it instead, or name it in its arms.
std::string requirements() {
    std::vector<std::string> sections;
    Members inside;
    for (const auto& key : keys) {
        const std::string section(section_of(key.name));
        const bool known = std::ranges::any_of(inside, [&](const auto& member) { return member.first == section; });
        if (known || key.need != Need::required) continue;
        sections.push_back(json(section));
        inside.emplace_back(section, object({{"required", list(required_of(section))}}));
    }
    return list({object({{"required", list({json("sweep")})}}),
                 object({{"required", list(sections)}, {"properties", object(inside)}})});
}

}  // namespace

std::string scenario_schema(std::span<const ParameterRow> parameters) {
    Members properties = properties_of("");
    for (const auto& key : keys) {
        const std::string section(section_of(key.name));
        const bool known = std::ranges::any_of(properties, [&](const auto& member) { return member.first == section; });
        if (!section.empty() && !known) properties.emplace_back(section, table_form(properties_of(section), {}));
    }
    properties.emplace_back("parameters", parameters_form(parameters));
    return object({{"$schema", json("http://json-schema.org/draft-07/schema#")},
                   {"title", json("Scenario of Cicatrix")},
                   {"type", json("object")},
                   {"additionalProperties", "false"},
                   {"properties", object(properties)},
                   {"anyOf", requirements()}}) +
           "\n";
}

}  // namespace cicatrix
