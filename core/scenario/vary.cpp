// From names, lists and words to factors.
#include "cicatrix/scenario/vary.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "cicatrix/course/parameters.hpp"
#include "cicatrix/scenario/parameters.hpp"
#include "cicatrix/scenario/value.hpp"
#include "cicatrix/units/quantity.hpp"
#include "cicatrix/units/quoted.hpp"

namespace cicatrix {
namespace {

constexpr std::string_view parameter_prefix = "parameters.";
constexpr std::size_t most_levels = 100000;

/// Keys that say what the sweep is about rather than what happens to a patient.
bool is_fixed(const Key& key) {
    return key.kind == ValueKind::text || section_of(key.name) == "model" || section_of(key.name) == "sweep" ||
           key.name == "seed" || key.name == "simulation.fields" || key.name == "simulation.outputs";
}

bool is_numeric(const Key& key) {
    return key.kind == ValueKind::integer || key.kind == ValueKind::number || key.kind == ValueKind::quantity;
}

std::string grade_of(std::string_view parameter) {
    const auto hit = std::ranges::find(course_parameters, parameter, &Parameter::name);
    return hit == course_parameters.end() ? "" : std::string(text_of(hit->grade));
}

/// What the words would be in a file: a number, or a text.
Node node_of_words(std::string_view words, Place place) {
    Node node = text_node(words, place);
    if (parse_number(words, node.number)) node.kind = NodeKind::number;
    return node;
}

std::string indexed(const std::string& path, std::size_t i) { return path + "[" + std::to_string(i + 1) + "]"; }

}  // namespace

bool FactorReader::has_factor(std::string_view name) const {
    return std::ranges::find(factors_, name, &Factor::name) != factors_.end();
}

void FactorReader::refuse_unknown(const Factor& factor) {
    std::vector<std::string_view> names;
    const bool parameter = factor.name.starts_with(parameter_prefix);
    if (parameter)
        for (const auto& row : rows_) names.push_back(row.name);
    else
        for (const auto& key : keys)
            if (!is_fixed(key)) names.push_back(key.name);
    std::string_view given = std::string_view(factor.name).substr(parameter ? parameter_prefix.size() : 0, 64);
    const std::string nearest = nearest_name(given, names);
    findings_.add(factor.place, factor.path,
                  {"E-UNKNOWN-KEY", quoted(factor.name) + " is no key of a scenario",
                   "'cicatrix list keys' shows all; parameters stand as 'parameters.NAME'",
                   nearest.empty() || !parameter ? nearest : std::string(parameter_prefix) + nearest});
}

bool FactorReader::find_target(Factor& factor) {
    if (factor.name.starts_with(parameter_prefix)) {
        const auto row = std::ranges::find(rows_, std::string_view(factor.name).substr(parameter_prefix.size()),
                                           &ParameterRow::name);
        if (row == rows_.end()) return refuse_unknown(factor), false;
        factor.target = FactorTarget::parameter;
        factor.index = static_cast<std::size_t>(row - rows_.begin());
        factor.unit = written_unit(*row);
        factor.range = {row->low, row->high};
        factor.grade = grade_of(row->name);
        return true;
    }
    const auto key = std::ranges::find(keys, factor.name, &Key::name);
    if (key == keys.end()) return refuse_unknown(factor), false;
    if (is_fixed(*key)) {
        findings_.add(
            factor.place, factor.path,
            {"E-CONFLICT", quoted(factor.name) + " is the same for all members of a sweep", "say it outside [sweep]"});
        return false;
    }
    factor.index = static_cast<std::size_t>(key - keys.begin());
    factor.kind = is_numeric(*key) ? FactorKind::number : FactorKind::choice;
    factor.whole = key->kind == ValueKind::integer;
    factor.unit = key->unit;
    factor.range = key->limits;
    return true;
}

Factor* FactorReader::begin(const std::string& name, Place place, std::string path) {
    Factor factor;
    factor.name = name;
    factor.place = place;
    factor.path = std::move(path);
    if (has_factor(name)) {
        findings_.add(place, factor.path, {"E-DUPLICATE", quoted(name) + " is varied twice", "name it once"});
        return nullptr;
    }
    if (!find_target(factor)) return nullptr;
    factors_.push_back(std::move(factor));
    return &factors_.back();
}

std::optional<double> FactorReader::number(const Factor& factor, const Node& node, const std::string& path) {
    if (factor.target == FactorTarget::parameter) return parameter_number(rows_[factor.index], node, path, findings_);
    if (node.kind == NodeKind::number || node.kind == NodeKind::integer) {
        if (keys[factor.index].dimension == dimension::none) return node.number;
    }
    const std::string words = node.kind == NodeKind::text ? node.words : shortest_text(node.number);
    try {
        const Key& key = keys[factor.index];
        const Quantity quantity = parse_quantity(words, key.dimension, findings_.where(node.place, path), key.unit);
        return quantity.unit == factor.unit ? quantity.given : parse_unit(key.unit).from_base(quantity.value);
    } catch (const InputError& error) {
        findings_.add(error);
        return {};
    }
}

std::optional<double> FactorReader::level(Factor& factor, const Node& node, const std::string& path) {
    if (factor.target == FactorTarget::parameter) {
        const auto value = number(factor, node, path);
        if (!value || (*value >= factor.range.low && *value <= factor.range.high)) return value;
        findings_.add(node.place, path,
                      {"E-RANGE", printable(node.words) + " is out of range", "allowed is " + factor.range_text()});
        return {};
    }
    if (!check_value(keys[factor.index], node, path, findings_)) return {};
    if (factor.kind == FactorKind::number) return number(factor, node, path);
    const std::string text = toml_text(node);
    const auto known = std::ranges::find(factor.choices, text, [](const Node& choice) { return toml_text(choice); });
    const auto position = known - factor.choices.begin();
    if (known == factor.choices.end()) factor.choices.push_back(node);
    return static_cast<double>(position);
}

void FactorReader::read_levels(Factor& factor, const Node& list) {
    if (list.items.empty() || list.items.size() > most_levels)
        return findings_.add(list.place, factor.path,
                             {"E-SWEEP", "this list has " + std::to_string(list.items.size()) + " levels",
                              "allowed are 1 to " + std::to_string(most_levels)});
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        const auto value = level(factor, list.items[i], indexed(factor.path, i));
        if (!value) continue;
        factor.levels.push_back(*value);
        factor.level_places.push_back(list.items[i].place);
    }
}

void FactorReader::read_shares(Factor& factor, const Node& table) {
    double sum = 0;
    bool good = true;
    for (const auto& entry : table.entries) {
        const std::string path = factor.path + "." + printable(entry.key);
        const bool is_share = (entry.value.kind == NodeKind::integer || entry.value.kind == NodeKind::number) &&
                              entry.value.number >= 0 && entry.value.number <= 1;
        good = good && is_share;
        if (!is_share) {
            findings_.add(entry.value.place, path,
                          {"E-TYPE", "this is not a share", "allowed is a number from 0 to 1"});
            continue;
        }
        Node named = node_of_words(entry.key, entry.place);
        if (named.kind == NodeKind::number && factor.whole)
            named.kind = NodeKind::integer, named.integer = static_cast<long long>(named.number);
        if (factor.target == FactorTarget::key && keys[factor.index].kind == ValueKind::boolean)
            named.kind = NodeKind::boolean, named.truth = entry.key == "true", named.words = entry.key;
        sum += entry.value.number;
        const auto value = level(factor, named, path);
        if (!value) continue;
        factor.levels.push_back(*value);
        factor.level_places.push_back(entry.place);
        factor.shares_below.push_back(sum);
    }
    constexpr double rounding = 1e-6;
    if (good && (sum < 1 - rounding || sum > 1 + rounding))
        findings_.add(table.place, factor.path,
                      {"E-SWEEP", "the shares sum up to " + shortest_text(sum), "shares sum up to 1"});
    for (double& share : factor.shares_below) share /= sum;
    factor.words = toml_text(table);
}

std::optional<double> FactorReader::usual_value(const Factor& factor) {
    const Node* given = find_value(document_, factor.name);
    if (given == nullptr && factor.target == FactorTarget::parameter) return rows_[factor.index].value;
    if (given == nullptr) return {};
    Findings elsewhere(findings_.file());  // a fault of that value is reported where the scenario is read
    FactorReader reader(document_, rows_, elsewhere);
    return reader.number(factor, *given, factor.path);
}

void FactorReader::read_words(Factor& factor, const Node& text) {
    if (factor.kind == FactorKind::choice)
        return findings_.add(text.place, factor.path,
                             {"E-TYPE", "this is a text",
                              "allowed is a list of levels, or a table of shares such as { cheek = 0.6, neck = 0.4 }"});
    const DistributionReader reader{
        factor.range_text(),
        factor.range,
        usual_value(factor),
        factor.target == FactorTarget::parameter,
        [&](std::string_view words) { return number(factor, node_of_words(words, text.place), factor.path); },
        [&](std::string_view code, std::string what, std::string allowed) {
            findings_.add(text.place, factor.path, {code, std::move(what), std::move(allowed)});
        }};
    factor.distribution = read_distribution(text.words, reader);
    factor.words = text.words;
    if (!factor.distribution || !factor.whole) return;
    const auto& [low, high] = factor.distribution->ends;
    if (std::ceil(low) > std::floor(high))
        reader.refuse("E-SWEEP", "between its ends lies no whole number", "only whole numbers are allowed");
}

void FactorReader::read(const Asked& asked) {
    if (asked.name == "parameters") return read_group(asked);
    Factor* factor = begin(asked.name, asked.place, asked.path);
    if (factor == nullptr) return;
    if (asked.value.kind == NodeKind::list) return read_levels(*factor, asked.value);
    if (asked.value.kind == NodeKind::table) return read_shares(*factor, asked.value);
    if (asked.value.kind == NodeKind::text) return read_words(*factor, asked.value);
    findings_.add(asked.value.place, asked.path,
                  {"E-TYPE", "this is " + std::string(words(asked.value.kind)),
                   "allowed is a list of levels, a distribution as text, or a table of shares"});
}

/// Whether an outcome of this scenario can depend on the parameter in a row. Those of the grid and of what moves along it
/// change nothing without space, and no outcome asks for what is absorbed, which acts on nothing else.
bool FactorReader::is_in_use(std::size_t row) const {
    const auto [absorbed, deep, along] = std::array{
        CourseModel::parameters.size() + injury::parameters.size() + readout_parameters.size(),
        rows_.size() - channel::parameters.size() - depth::parameters.size(),
        rows_.size() - channel::parameters.size(),
    };
    const Node* fidelity = find_value(document_, "simulation.fidelity");
    const std::string_view space = fidelity != nullptr ? std::string_view(fidelity->words) : "lumped";
    if (row >= along) return space == "channel";
    if (row >= deep) return space != "lumped";
    return row < absorbed;
}

/// "all", "grade assumed", "grade D cv 0.2": the parameters of a grade that are not varied by name, each over its range
/// or as the rest says.
void FactorReader::read_group(const Asked& asked) {
    std::string_view words = asked.value.words;
    std::string grade;
    if (words.starts_with("grade ")) {
        words.remove_prefix(6);
        grade = words.substr(0, words.find(' '));
    }
    words.remove_prefix(std::min(words.find(' '), words.size()));
    words.remove_prefix(std::min(words.find_first_not_of(' '), words.size()));
    const bool all = asked.value.words.substr(0, asked.value.words.find(' ')) == "all";
    const bool known = grade.empty() ? all : std::ranges::any_of(course_parameters, [&](const Parameter& parameter) {
        return text_of(parameter.grade) == grade;
    });
    if (asked.value.kind != NodeKind::text || !known)
        return findings_.add(asked.value.place, asked.path,
                             {"E-SWEEP", "this names no parameters",
                              "allowed is 'all' or 'grade A', B, C, D or assumed, with a distribution such as 'cv 0.2' "
                              "behind it; else each parameter's range is taken"});
    const Node each = text_node(words.empty() ? "range" : words, asked.value.place);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const auto& row = rows_[i];
        if (!is_in_use(i)) continue;
        const std::string name = std::string(parameter_prefix) + std::string(row.name);
        if (has_factor(name) || (!grade.empty() && grade_of(row.name) != grade)) continue;
        if (Factor* factor = begin(name, asked.place, asked.path)) read_words(*factor, each);
    }
}

void FactorReader::read_vary(const Node& vary) {
    const auto entries = named_entries(vary);
    // The groups come last, because they leave alone what is varied by name.
    for (const bool groups : {false, true})
        for (const auto& [name, place, value] : entries)
            if ((name == "parameters") == groups) read({name, place, *value, "sweep.vary." + printable(name)});
}

std::vector<double> FactorReader::read_rows(const Node& rows) {
    std::vector<double> table;
    for (std::size_t i = 0; i < rows.items.size(); ++i) {
        const std::string path = indexed("sweep.rows", i);
        if (rows.items[i].kind != NodeKind::table) {
            findings_.add(
                rows.items[i].place, path,
                {"E-TYPE", "this is " + std::string(words(rows.items[i].kind)), "allowed is a table of keys"});
            continue;
        }
        const auto entries = named_entries(rows.items[i]);
        if (i == 0)
            for (const auto& [name, place, value] : entries) begin(name, place, path + "." + printable(name));
        for (const auto& [name, place, value] : entries)
            if (i > 0 && !has_factor(name))
                findings_.add(
                    place, path,
                    {"E-SWEEP", quoted(name) + " does not stand in the first row", "every row has the same keys"});
        for (Factor& factor : factors_) {
            const auto entry = std::ranges::find(entries, factor.name, &NamedEntry::name);
            if (entry == entries.end()) {
                findings_.add(rows.items[i].place, path,
                              {"E-MISSING", quoted(factor.name) + " is missing", "every row has the same keys"});
                continue;
            }
            const auto value = level(factor, *entry->value, path + "." + factor.name);
            table.push_back(value.value_or(0));
            if (!value || std::ranges::find(factor.levels, *value) != factor.levels.end()) continue;
            factor.levels.push_back(*value);
            factor.level_places.push_back(entry->value->place);
        }
    }
    return table;
}

}  // namespace cicatrix
