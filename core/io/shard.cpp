// The columns of a sweep as variables along `member` and, where protocols are compared, along `arm`.
#include "cicatrix/io/shard.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "cicatrix/course/parameters.hpp"

namespace cicatrix {
namespace {

using detail::described;

using Dimensions = std::vector<std::string>;

/// Every `width`-th value, from the one at `at` on.
template <class Value> std::vector<Value> strided(const std::vector<Value>& all, std::size_t at, std::size_t width) {
    std::vector<Value> out;
    out.reserve(all.size() / width);
    for (std::size_t i = at; i < all.size(); i += width) out.push_back(all[i]);
    return out;
}

/// Words with the blanks that CF takes for the end of a word replaced.
std::string flag_of(std::string words) {
    std::ranges::replace(words, ' ', '_');
    return words;
}

/// CF's names of the whole numbers from `first` on.
template <class Names> void add_flags(Attributes& attributes, const Names& names, int first = 0) {
    std::vector<std::int8_t> values;
    std::string meanings;
    for (const auto& name : names) {
        values.push_back(static_cast<std::int8_t>(first++));
        meanings += (meanings.empty() ? "" : " ") + flag_of(std::string(name));
    }
    attributes.emplace_back("flag_values", std::move(values));
    attributes.emplace_back("flag_meanings", std::move(meanings));
}

/// Of two names of a unit the one that readers do not take for a difference of dates.
std::string_view unit_in_files(std::string_view unit) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> names{
        {{"", "1"}, {"days", "d"}, {"hours", "h"}, {"minutes", "min"}, {"seconds", "s"}}};
    for (const auto& [known, name] : names)
        if (known == unit) return name;
    return unit;
}

Attributes described(const SweepColumn& column) {
    auto attributes =
        detail::described(column.meaning.empty() ? column.name : column.meaning, unit_in_files(column.unit));
    if (!column.grade.empty()) attributes.emplace_back("evidence_grade", column.grade);
    return attributes;
}

/// A factor is a number or, among words, the position of one.
Variable factor_variable(const SweepColumn& factor, std::vector<double> values) {
    auto attributes = described(factor);
    attributes.emplace_back("role", std::string("factor"));
    if (factor.choices.empty()) return {factor.name, {"member"}, std::move(values), std::move(attributes)};
    if (factor.choices.size() > 127)
        throw std::invalid_argument(factor.name + " has more choices than a file can name");
    add_flags(attributes, factor.choices);
    std::string words;
    for (const auto& choice : factor.choices) words += (words.empty() ? "" : "\n") + choice;
    attributes.emplace_back("choices", std::move(words));
    return {factor.name, {"member"}, std::vector<std::int8_t>(values.begin(), values.end()), std::move(attributes)};
}

void require_whole_rows(const SweepColumns& columns, const SweepRows& rows) {
    const std::size_t courses = rows.count * columns.arms.size();
    const bool whole = rows.design.size() == rows.count * columns.factors.size() &&
                       rows.values.size() == courses * columns.outcomes.size() && rows.status.size() == courses &&
                       rows.time_reached.size() == courses && rows.limiting_state.size() == courses &&
                       rows.steps.size() == courses;
    if (!whole) throw std::invalid_argument("the members of a sweep do not have one value for each of its columns");
}

void add_ends(std::vector<Variable>& out, const SweepRows& rows, const Dimensions& each) {
    auto status = described("how the integration ended", "1");
    add_flags(status, status_names);
    out.push_back({"status", each, rows.status, std::move(status)});
    out.push_back({"solver_time_reached", each, rows.time_reached, described("last time reached", "d")});
    std::vector<std::int8_t> limiting;
    for (std::size_t i = 0; i < rows.status.size(); ++i)
        limiting.push_back(rows.status[i] == 0 ? std::int8_t{-1} : static_cast<std::int8_t>(rows.limiting_state[i]));
    auto state = described("state that limited the last step of a failed integration", "1");
    std::vector<std::string_view> names{"none"};
    for (const auto& known : CourseModel::states) names.push_back(known.name);
    add_flags(state, names, -1);
    out.push_back({"solver_limiting_state", each, std::move(limiting), std::move(state)});
    out.push_back({"solver_steps", each, rows.steps, described("steps that were accepted", "1")});
}

}  // namespace

Group shard_of(const SweepColumns& columns, const SweepRows& rows) {
    require_whole_rows(columns, rows);
    Group root;
    root.attributes = {{"Conventions", std::string("CF-1.8")}, {"schema_version", std::string(schema_version)}};
    root.dimensions = {{"member", rows.count}};
    std::vector<std::int32_t> members(rows.count);
    std::iota(members.begin(), members.end(), static_cast<std::int32_t>(rows.first));
    auto member = described("number of the virtual patient in the sweep", "1");
    member.emplace_back("standard_name", std::string("realization"));
    root.variables.push_back({"member", {"member"}, std::move(members), std::move(member)});
    Dimensions each{"member"};
    if (columns.arms.size() > 1) {
        each.push_back("arm");
        root.dimensions.emplace_back("arm", columns.arms.size());
        root.variables.push_back(
            {"arm", {"arm"}, columns.arms, described("protocol, the same members under each", "1")});
    }
    for (std::size_t i = 0; i < columns.factors.size(); ++i)
        root.variables.push_back(factor_variable(columns.factors[i], strided(rows.design, i, columns.factors.size())));
    for (std::size_t i = 0; i < columns.outcomes.size(); ++i) {
        auto attributes = described(columns.outcomes[i]);
        attributes.emplace_back("role", std::string("outcome"));
        root.variables.push_back(
            {columns.outcomes[i].name, each, strided(rows.values, i, columns.outcomes.size()), std::move(attributes)});
    }
    add_ends(root.variables, rows, each);
    return root;
}

Group sweep_head(const Provenance& from, const std::vector<double>& parameters) {
    Group root;
    root.attributes = detail::provenance_attributes(from, CourseModel::id);
    root.dimensions = {{"parameter", course_parameters.size()}};
    detail::add_parameters(root.variables, course_parameters, parameters, from.parameter_given);
    return root;
}

}  // namespace cicatrix
