// Puts a course into named variables; every name, unit and meaning comes from the tables of model and read-outs.
#include "cicatrix/io/course_dataset.hpp"

#include <numeric>

#include "cicatrix/injury/needling.hpp"
#include "cicatrix/io/checksum.hpp"
#include "cicatrix/io/version.hpp"
#include "cicatrix/readout/all.hpp"

namespace cicatrix {
namespace {

Attributes described(std::string_view meaning, std::string_view unit) {
    return {{"long_name", std::string(meaning)}, {"units", std::string(unit)}};
}

template <class Rows, class Value> VariableData column(const Rows& rows, Value value) {
    std::vector<double> out;
    for (const auto& row : rows) out.push_back(value(row));
    return out;
}

/// The states and read-outs of one trajectory.
std::vector<Variable> trajectory_variables(const Trajectory& trajectory, const CourseCoefficients& k) {
    std::vector<Variable> out;
    for (std::size_t i = 0; i < CourseModel::states.size(); ++i) {
        const auto& state = CourseModel::states[i];
        auto attributes = described(state.meaning, state.unit);
        attributes.emplace_back("evidence_grade", std::string(text_of(Grade::assumed)));  // no state is calibrated yet
        out.push_back({std::string(state.name),
                       {"time"},
                       column(trajectory.rows, [i](const auto& y) { return y[i]; }),
                       std::move(attributes)});
    }
    for (const auto& readout : readouts) {
        auto attributes = described(readout.meaning, readout.unit);
        attributes.emplace_back("formula", std::string(readout.formula));
        attributes.emplace_back("evidence_grade", std::string(text_of(readout.grade)));
        attributes.emplace_back("source", readout.source.text());
        out.push_back({std::string(readout.name),
                       {"time"},
                       column(trajectory.rows, [&](const auto& y) { return readout.value(y, k); }),
                       std::move(attributes)});
    }
    return out;
}

void add_outcome(std::vector<Variable>& out, const Outcome& outcome) {
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
    out.push_back({"solver_time_reached", {}, std::vector<double>{outcome.time}, described("last time reached", "d")});
    const bool done = outcome.status == Status::done;
    out.push_back(
        {"solver_limiting_state",
         {},
         std::vector<std::string>{done ? "none" : std::string(CourseModel::states[outcome.limiting_state].name)},
         described("state that limited the last step of a failed integration", "1")});
}

/// How a share follows from the channels, with the radius that it takes for granted.
void add_radius(Variable& share, const Parameter& radius, std::string_view formula) {
    share.attributes.emplace_back("formula", std::string(formula));
    share.attributes.emplace_back(std::string(radius.name) + "_mm", radius.value);
    share.attributes.emplace_back(std::string(radius.name) + "_grade", std::string(text_of(radius.grade)));
    share.attributes.emplace_back(std::string(radius.name) + "_source", radius.source.text());
}

void add_sessions(std::vector<Variable>& out, const std::vector<PlannedSession>& sessions) {
    if (sessions.empty()) return;
    const auto add = [&](const char* name, const char* meaning, const char* unit, auto value) {
        out.push_back({name, {"session"}, column(sessions, value), described(meaning, unit)});
    };
    std::vector<std::int32_t> numbers(sessions.size());
    std::iota(numbers.begin(), numbers.end(), 1);
    out.push_back({"session", {"session"}, numbers, described("number of the session", "1")});
    add("session_time", "time of the session", "d", [](const auto& s) { return s.at; });
    add("channel_density", "channels of all passes of the session", "cm-2",
        [](const auto& s) { return 100.0 * s.channel_density; });
    add("channel_depth", "depth of a channel", "mm", [](const auto& s) { return s.depth; });
    add("dermis_thickness", "thickness of the dermis against which the depth is held", "mm",
        [](const auto& s) { return s.dermis; });
    add("open_area_fraction", "share of the area that the channels open", "1",
        [](const auto& s) { return s.injury.open_area; });
    add_radius(out.back(), injury::mouth_radius, "1 - exp(-channel_density pi mouth_radius^2), or as prescribed");
    add("injured_fraction", "share of the dermis's volume that is injured", "1",
        [](const auto& s) { return s.injury.injured_volume; });
    add_radius(
        out.back(), injury::injury_radius,
        "(1 - exp(-channel_density pi injury_radius^2)) min(channel_depth, dermis_thickness) / dermis_thickness, or "
        "as prescribed");
}

void add_parameters(std::vector<Variable>& out, const Course& course, const std::vector<bool>& given) {
    const auto& table = CourseModel::parameters;
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
    numbers("parameter_value", "value used by this course",
            std::vector<double>(course.plan.parameters.begin(), course.plan.parameters.end()));
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
    for (std::size_t i = 0; i < table.size(); ++i) changed.push_back(i < given.size() && given[i] ? 1 : 0);
    auto attributes = described("whether the scenario sets the parameter", "1");
    attributes.emplace_back("flag_values", std::vector<std::int8_t>{0, 1});
    attributes.emplace_back("flag_meanings", std::string("default set_by_scenario"));
    out.push_back({"parameter_origin", {"parameter"}, std::move(changed), std::move(attributes)});
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += (text.empty() ? "" : "\n") + line;
    return text;
}

Attributes root_attributes(const Course& course, const Provenance& from) {
    const auto& plan = course.plan;
    return {
        {"Conventions", std::string("CF-1.8, ACDD-1.3")},
        {"title", from.title},
        {"summary", from.question},
        {"source", "cicatrix " + std::string(version()) + ", git " + std::string(git_commit())},
        {"version", std::string(version())},
        {"git_commit", std::string(git_commit())},
        {"compiler", std::string(compiler())},
        {"schema_version", std::string(schema_version)},
        {"model", std::string(CourseModel::id)},
        {"calibrated", std::string("no")},
        {"not_medical_advice",
         std::string("A model for research and teaching; most of its amplitudes are assumed. Not medical advice.")},
        {"notes", joined(from.notes)},
        {"seed", from.seed},
        {"age_years", plan.age},
        {"method", std::string(plan.method == Method::rodas5p ? "rodas5p" : "rodas4")},
        {"rtol", plan.relative},
        {"atol", plan.absolute},
        {"scenario_file", from.scenario_file},
        {"scenario_sha256", sha256(from.scenario_text)},
        {"scenario_toml", from.scenario_text},
        {"scenario_resolved", from.scenario_resolved},
    };
}

}  // namespace

Group dataset_of(const Course& course, const Provenance& provenance) {
    Group root;
    root.attributes = root_attributes(course, provenance);
    root.dimensions = {{"time", course.plan.outputs.size()}, {"parameter", CourseModel::parameters.size()}};
    if (!course.plan.sessions.empty()) root.dimensions.emplace_back("session", course.plan.sessions.size());
    auto time = described("time since day 0 of the course", "d");
    time.emplace_back("axis", std::string("T"));
    root.variables.push_back({"time", {"time"}, course.plan.outputs, std::move(time)});
    for (auto& variable : trajectory_variables(course.treated, course.coefficients))
        root.variables.push_back(std::move(variable));
    add_sessions(root.variables, course.plan.sessions);
    add_outcome(root.variables, course.treated.outcome);
    add_parameters(root.variables, course, provenance.parameter_given);

    Group twin;
    twin.name = "untreated";
    twin.attributes = {{"title", std::string("The untreated twin: same skin, same care, no sessions")}};
    twin.variables = trajectory_variables(course.untreated, course.coefficients);
    add_outcome(twin.variables, course.untreated.outcome);
    root.groups.push_back(std::move(twin));
    return root;
}

}  // namespace cicatrix
