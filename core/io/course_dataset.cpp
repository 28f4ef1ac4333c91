// Puts a course into named variables; every name, unit and meaning comes from the tables of model and read-outs.
#include "cicatrix/io/course_dataset.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "cicatrix/course/parameters.hpp"
#include "cicatrix/io/checksum.hpp"
#include "cicatrix/io/version.hpp"

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

Attributes declared(const Readout& readout) {
    auto attributes = described(readout.meaning, readout.unit);
    attributes.emplace_back("formula", std::string(readout.formula));
    attributes.emplace_back("evidence_grade", std::string(text_of(readout.grade)));
    attributes.emplace_back("source", readout.source.text());
    return attributes;
}

/// The states and read-outs of one trajectory.
std::vector<Variable> trajectory_variables(const Trajectory& trajectory) {
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
    for (std::size_t i = 0; i < readouts.size(); ++i) {
        const auto& readout = readouts[i];
        out.push_back({std::string(readout.name),
                       {"time"},
                       column(trajectory.appearance, [i](const auto& values) { return values[i]; }),
                       declared(readout)});
    }
    return out;
}

/// What the skin takes up of each compound, over time and compound.
void add_topicals(std::vector<Variable>& out, const Trajectory& trajectory, const Trajectory& twin, std::size_t times) {
    const auto add = [&](std::string_view name, auto value) {
        const Readout& row = *std::ranges::find(absorption::rows, name, &Readout::name);
        std::vector<double> values;
        for (std::size_t t = 0; t < times; ++t)
            for (std::size_t i = 0; i < trajectory.absorbed.size(); ++i) values.push_back(value(i, t));
        out.push_back({std::string(name), {"time", "topical"}, std::move(values), declared(row)});
    };
    if (trajectory.absorbed.empty()) return;
    add("absorbed_fraction", [&](auto i, auto t) { return trajectory.absorbed[i].absorbed_fraction[t]; });
    add("flux", [&](auto i, auto t) { return trajectory.absorbed[i].flux[t]; });
    add("absorption_gain", [&](auto i, auto t) {
        const double own = trajectory.absorbed[i].absorbed[t], others = twin.absorbed[i].absorbed[t];
        return others == 0 ? 1.0 : own / others;
    });
}

std::vector<double> padded(std::vector<double> values, std::size_t size) {
    values.resize(size, std::numeric_limits<double>::quiet_NaN());
    return values;
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

void add_sessions(std::vector<Variable>& out, const Course& course) {
    const auto& sessions = course.plan.sessions;
    if (sessions.empty()) return;
    const auto add = [&](const char* name, const char* meaning, const char* unit, const char* formula, auto value) {
        auto attributes = described(meaning, unit);
        if (*formula) attributes.emplace_back("formula", std::string(formula));
        out.push_back({name, {"session"}, column(sessions, value), std::move(attributes)});
    };
    const auto add_injury = [&](const char* name, const char* meaning, const char* formula, auto value) {
        auto attributes = described(meaning, "1");
        attributes.emplace_back("formula", std::string(formula));
        std::vector<double> values(sessions.size(), std::numeric_limits<double>::quiet_NaN());
        std::ranges::transform(course.injuries, values.begin(), value);
        out.push_back({name, {"session"}, std::move(values), std::move(attributes)});
    };
    const auto of_channels = [](auto member, double factor) {
        return [=](const PlannedSession& s) {
            return s.prescribed ? std::numeric_limits<double>::quiet_NaN() : factor * s.channels.*member;
        };
    };
    std::vector<std::int32_t> numbers(sessions.size());
    std::iota(numbers.begin(), numbers.end(), 1);
    out.push_back({"session", {"session"}, numbers, described("number of the session", "1")});
    add("session_time", "time of the session", "d", "", [](const auto& s) { return s.at; });
    add("channel_density", "distinct channels of all passes of the session", "cm-2",
        "strikes less those that re-entered a hole within reentry_radius", of_channels(&Channels::density, 100.0));
    add("strike_density", "needles that struck in all passes of the session", "cm-2", "",
        of_channels(&Channels::strikes, 100.0));
    add("channel_depth", "mean depth of the channels below the surface", "mm", "", of_channels(&Channels::depth, 1.0));
    add("channel_depth_spread", "standard deviation of the depth from channel to channel", "mm", "",
        of_channels(&Channels::depth_spread, 1.0));
    add_injury("open_area_fraction", "share of the area that the channels open",
               "1 - exp(-channel_density pi mouth radius^2), or as prescribed",
               [](const auto& i) { return i.whole.open_area; });
    add_injury("injured_fraction", "share of the dermis's volume that is injured",
               "mean over depth of 1 - exp(-channel_density pi mean(radius^2)), or as prescribed",
               [](const auto& i) { return i.whole.injured_volume; });
    add_injury("reached_fraction", "share of the dermis's volume that lies within reach of a channel of the session",
               "mean over depth of 1 - exp(-channel_density pi mean((radius + reach)^2)), or 1 where prescribed",
               [](const auto& i) { return i.volume.after.fresh; });
    add_injury("untouched_fraction", "share of the dermis's volume that no session so far has reached",
               "1 - what this session or an earlier one has reached",
               [](const auto& i) { return i.volume.after.untouched; });
    out.push_back(
        {"inflammation_left",
         {"session"},
         padded(course.inflammation_left, sessions.size()),
         described("inflammation that the session before has left in the tissue it reached, over its peak", "1")});
}

void add_parameters(std::vector<Variable>& out, const Course& course, const std::vector<bool>& given) {
    const auto& table = course_parameters;
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
    std::vector<double> used;
    for (std::size_t i = 0; i < table.size(); ++i) used.push_back(course_parameter(course.plan, i));
    numbers("parameter_value", "value used by this course", used);
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
    attributes.emplace_back("flag_meanings", std::string("default set_by_scenario changed_by_condition_of_patient"));
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
        {"warnings", joined(from.warnings)},
        {"age_years", plan.skin.age},
        {"sex", std::string(plan.skin.sex == Sex::unknown ? "not stated"
                            : plan.skin.sex == Sex::male  ? "male"
                                                          : "female")},
        {"site", std::string(plan.skin.site->name)},
        {"phototype", static_cast<double>(plan.skin.phototype)},
        {"baseline", std::string(plan.skin.baseline->name)},
        {"dermis_thickness_mm", plan.skin.dermis},
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
    root.dimensions = {{"time", course.plan.outputs.size()}, {"parameter", course_parameters.size()}};
    if (!course.plan.sessions.empty()) root.dimensions.emplace_back("session", course.plan.sessions.size());
    auto time = described("time since day 0 of the course", "d");
    time.emplace_back("axis", std::string("T"));
    root.variables.push_back({"time", {"time"}, course.plan.outputs, std::move(time)});
    for (auto& variable : trajectory_variables(course.treated)) root.variables.push_back(std::move(variable));
    add_sessions(root.variables, course);
    if (!course.plan.care.topicals.empty()) {
        std::vector<std::string> names;
        for (const auto& topical : course.plan.care.topicals) names.push_back(topical.compound.name);
        root.dimensions.emplace_back("topical", names.size());
        root.variables.push_back(
            {"topical", {"topical"}, std::move(names), described("compound put on the skin", "1")});
        add_topicals(root.variables, course.treated, course.untreated, course.plan.outputs.size());
    }
    add_outcome(root.variables, course.treated.outcome);
    add_parameters(root.variables, course, provenance.parameter_given);

    Group twin;
    twin.name = "untreated";
    twin.attributes = {{"title", std::string("The untreated twin: same skin, same care, no sessions")}};
    twin.variables = trajectory_variables(course.untreated);
    add_topicals(twin.variables, course.untreated, course.untreated, course.plan.outputs.size());
    add_outcome(twin.variables, course.untreated.outcome);
    root.groups.push_back(std::move(twin));
    return root;
}

}  // namespace cicatrix
