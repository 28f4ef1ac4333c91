// Puts a course into named variables; every name, unit and meaning comes from the tables of model and read-outs.
#include "cicatrix/io/course_dataset.hpp"

#include <algorithm>
#include <numeric>

#include "cicatrix/course/parameters.hpp"
#include "cicatrix/io/channel_variables.hpp"
#include "cicatrix/io/depth_variables.hpp"
#include "cicatrix/io/session_variables.hpp"

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

void add_sessions(std::vector<Variable>& out, const Course& course) {
    const std::size_t count = course.plan.sessions.size();
    if (count == 0) return;
    std::vector<std::int32_t> numbers(count);
    std::iota(numbers.begin(), numbers.end(), 1);
    out.push_back({"session", {"session"}, numbers, described("number of the session", "1")});
    for (const auto& row : session_variables) {
        auto attributes = described(row.meaning, row.unit);
        if (!row.formula.empty()) attributes.emplace_back("formula", std::string(row.formula));
        std::vector<double> values;
        for (std::size_t i = 0; i < count; ++i) values.push_back(row.value(course, i));
        out.push_back({std::string(row.name), {"session"}, std::move(values), std::move(attributes)});
    }
}

/// Beside each mean and read-out, what the grid costs it.
void add_grid_errors(std::vector<Variable>& variables, const Course& course) {
    const auto add = [&](std::string_view name, double error) {
        const auto found = std::ranges::find(variables, name, &Variable::name);
        found->attributes.emplace_back("grid_error", error);
    };
    for (std::size_t i = 0; i < course.state_grid_error.size(); ++i)
        add(CourseModel::states[i].name, course.state_grid_error[i]);
    for (std::size_t i = 0; i < course.readout_grid_error.size(); ++i)
        add(readouts[i].name, course.readout_grid_error[i]);
}

Attributes root_attributes(const Course& course, const Provenance& from) {
    const auto& plan = course.plan;
    auto attributes = provenance_attributes(from, CourseModel::id);
    constexpr std::array names_of_fidelities{"lumped", "depth", "channel"};
    const auto fidelity = static_cast<std::size_t>(plan.fidelity);
    const std::string_view sex = plan.skin.sex == Sex::unknown ? "not stated"
                                 : plan.skin.sex == Sex::male  ? "male"
                                                               : "female";
    attributes.insert(attributes.end(), {{"age_years", plan.skin.age},
                                         {"sex", std::string(sex)},
                                         {"site", std::string(plan.skin.site->name)},
                                         {"phototype", static_cast<double>(plan.skin.phototype)},
                                         {"baseline", std::string(plan.skin.baseline->name)},
                                         {"dermis_thickness_mm", plan.skin.dermis},
                                         {"fidelity", std::string(names_of_fidelities[fidelity])},
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
    add_grid_errors(root.variables, course);
    add_depth(root, course);
    add_channel(root, course);
    add_profiles(root.variables, course.treated, course.depths.cells());
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
    add_profiles(twin.variables, course.untreated, course.depths.cells());
    add_topicals(twin.variables, course.untreated, course.untreated, course.plan.outputs.size());
    add_outcome(twin.variables, course.untreated.outcome, limiting(course.untreated), "d");
    root.groups.push_back(std::move(twin));
    return root;
}

}  // namespace cicatrix
