// Puts a course into named variables; every name, unit and meaning comes from the tables of model and read-outs.
#include "cicatrix/io/course_dataset.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "cicatrix/course/parameters.hpp"

namespace cicatrix {
namespace {

using detail::add_outcome, detail::add_parameters, detail::column, detail::described, detail::provenance_attributes;

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

Attributes root_attributes(const Course& course, const Provenance& from) {
    const auto& plan = course.plan;
    auto attributes = provenance_attributes(from, CourseModel::id);
    const std::string_view sex = plan.skin.sex == Sex::unknown ? "not stated"
                                 : plan.skin.sex == Sex::male  ? "male"
                                                               : "female";
    attributes.insert(attributes.end(), {{"age_years", plan.skin.age},
                                         {"sex", std::string(sex)},
                                         {"site", std::string(plan.skin.site->name)},
                                         {"phototype", static_cast<double>(plan.skin.phototype)},
                                         {"baseline", std::string(plan.skin.baseline->name)},
                                         {"dermis_thickness_mm", plan.skin.dermis},
                                         {"method", std::string(plan.method == Method::rodas5p ? "rodas5p" : "rodas4")},
                                         {"rtol", plan.relative},
                                         {"atol", plan.absolute}});
    return attributes;
}

std::string_view limiting(const Trajectory& trajectory) {
    return CourseModel::states[trajectory.outcome.limiting_state].name;
}

std::vector<double> used_parameters(const Plan& plan) {
    std::vector<double> used;
    for (std::size_t i = 0; i < course_parameters.size(); ++i) used.push_back(course_parameter(plan, i));
    return used;
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
    add_outcome(root.variables, course.treated.outcome, limiting(course.treated), "d");
    add_parameters(root.variables, course_parameters, used_parameters(course.plan), provenance.parameter_given);

    Group twin;
    twin.name = "untreated";
    twin.attributes = {{"title", std::string("The untreated twin: same skin, same care, no sessions")}};
    twin.variables = trajectory_variables(course.untreated);
    add_topicals(twin.variables, course.untreated, course.untreated, course.plan.outputs.size());
    add_outcome(twin.variables, course.untreated.outcome, limiting(course.untreated), "d");
    root.groups.push_back(std::move(twin));
    return root;
}

}  // namespace cicatrix
