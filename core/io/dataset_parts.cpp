// The parts that data sets share.
#include "cicatrix/io/dataset_parts.hpp"

#include "cicatrix/io/checksum.hpp"
#include "cicatrix/io/version.hpp"

namespace cicatrix::detail {

namespace {
std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += (text.empty() ? "" : "\n") + line;
    return text;
}

}  // namespace

Attributes described(std::string_view meaning, std::string_view unit) {
    return {{"long_name", std::string(meaning)}, {"units", std::string(unit)}};
}

void add_outcome(std::vector<Variable>& out, const Outcome& outcome, std::string_view limiting, std::string_view unit) {
    std::string meanings;
    std::vector<std::int8_t> flags;
    for (std::size_t i = 0; i < status_names.size(); ++i) {
        meanings += (i ? " " : "") + std::string(status_names[i]);
        flags.push_back(static_cast<std::int8_t>(i));
    }
    auto status = described("how the integration ended", "1");
    status.emplace_back("flag_values", flags);
    status.emplace_back("flag_meanings", meanings);
    out.push_back(
        {"status", {}, std::vector<std::int8_t>{static_cast<std::int8_t>(outcome.status)}, std::move(status)});
    const auto count = [&](const char* name, const char* meaning, std::uint64_t value) {
        out.push_back({name, {}, std::vector<std::int32_t>{static_cast<std::int32_t>(value)}, described(meaning, "1")});
    };
    count("solver_steps", "steps that were accepted", outcome.steps);
    count("solver_rejected_steps", "steps that were repeated smaller", outcome.rejected);
    count("solver_pivoted_steps", "steps that needed elimination with pivoting", outcome.pivoted);
    out.push_back({"solver_time_reached", {}, std::vector<double>{outcome.time}, described("last time reached", unit)});
    const bool done = outcome.status == Status::done;
    out.push_back({"solver_limiting_state",
                   {},
                   std::vector<std::string>{done ? "none" : std::string(limiting)},
                   described("state that limited the last step of a failed integration", "1")});
}

void add_parameters(std::vector<Variable>& out, std::span<const Parameter> table, const std::vector<double>& used,
                    const std::vector<bool>& given) {
    const auto texts = [&](const char* name, const char* meaning, auto value) {
        std::vector<std::string> values;
        for (const auto& parameter : table) values.push_back(value(parameter));
        out.push_back({name, {"parameter"}, std::move(values), described(meaning, "1")});
    };
    const auto numbers = [&](const char* name, const char* meaning, VariableData values) {
        out.push_back({name, {"parameter"}, std::move(values), described(meaning, "1")});
        out.back().attributes.emplace_back("comment", std::string("each in its own unit, see parameter_unit"));
    };
    texts("parameter", "name of the parameter", [](const auto& p) { return std::string(p.name); });
    numbers("parameter_value", "value used", used);
    numbers("parameter_default", "value unless a scenario changes it",
            column(table, [](const auto& p) { return p.value; }));
    numbers("parameter_low", "smallest plausible value", column(table, [](const auto& p) { return p.range.low; }));
    numbers("parameter_high", "largest plausible value", column(table, [](const auto& p) { return p.range.high; }));
    texts("parameter_unit", "unit of the parameter", [](const auto& p) { return std::string(p.unit); });
    texts("parameter_meaning", "what the parameter is", [](const auto& p) { return std::string(p.meaning); });
    texts("parameter_grade", "how well the default is known: A to D, or assumed",
          [](const auto& p) { return std::string(text_of(p.grade)); });
    texts("parameter_source", "where the default was read, or why it was chosen",
          [](const auto& p) { return p.source.text(); });
    std::vector<std::int8_t> changed;
    for (std::size_t i = 0; i < table.size(); ++i)
        changed.push_back(i < given.size() && given[i] ? 1 : used[i] != table[i].value ? 2 : 0);
    auto attributes = described("who decided the value of the parameter", "1");
    attributes.emplace_back("flag_values", std::vector<std::int8_t>{0, 1, 2});
    attributes.emplace_back("flag_meanings", std::string("default set_by_scenario changed_by_patient_or_variant"));
    out.push_back({"parameter_origin", {"parameter"}, std::move(changed), std::move(attributes)});
}

Attributes provenance_attributes(const Provenance& from, std::string_view model) {
    return {
        {"Conventions", std::string("CF-1.8, ACDD-1.3")},
        {"title", from.title},
        {"summary", from.question},
        {"source", "cicatrix " + std::string(version()) + ", git " + std::string(git_commit())},
        {"version", std::string(version())},
        {"git_commit", std::string(git_commit())},
        {"compiler", std::string(compiler())},
        {"schema_version", std::string(schema_version)},
        {"model", std::string(model)},
        {"calibrated", std::string("no")},
        {"not_medical_advice",
         std::string("A model for research and teaching; most of its amplitudes are assumed. Not medical advice.")},
        {"notes", joined(from.notes)},
        {"seed", from.seed},
        {"warnings", joined(from.warnings)},
        {"scenario_file", from.scenario_file},
        {"scenario_sha256", sha256(from.scenario_text)},
        {"scenario_toml", from.scenario_text},
        {"scenario_resolved", from.scenario_resolved},
    };
}

}  // namespace cicatrix::detail
