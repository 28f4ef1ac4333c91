// Runs a course: the skin is followed at the fidelity that was asked for, then read out; what failed is NaN.
#include "cicatrix/course/course.hpp"

#include <algorithm>
#include <cmath>

#include "cicatrix/base/error.hpp"
#include "cicatrix/course/appearance.hpp"
#include "cicatrix/course/depth_kernel.hpp"
#include "cicatrix/course/follow.hpp"
#include "cicatrix/course/grid_error.hpp"

namespace cicatrix {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

void fill_missing(Trajectory& trajectory, const Course& course) {
    const auto& plan = course.plan;
    trajectory.rows.assign(plan.outputs.size(), Settings<CourseModel>::every(missing));
    trajectory.appearance.resize(plan.outputs.size());
    for (auto& values : trajectory.appearance) values.fill(missing);
    AbsorptionResult none;
    for (auto* values : {&none.absorbed, &none.absorbed_fraction, &none.flux})
        values->assign(plan.outputs.size(), missing);
    trajectory.absorbed.assign(plan.care.topicals.size(), none);
    if (course.depths.cells() == 0) return;
    DepthProfile profile(course.depths.cells());
    std::fill_n(profile.data(), profile.size(), missing);
    trajectory.profiles.assign(plan.outputs.size(), profile);
    const std::size_t rings = course.rings.cells();
    if (rings == 0) return;
    const std::size_t in_sheet = std::popcount(depth::layout.sheet);
    for (auto& field : trajectory.fields)
        field.assign(plan.grid.fields.size() * course.depths.cells() * rings, missing);
    for (auto& sheet : trajectory.sheet_rings) sheet.assign(in_sheet * rings, missing);
}

/// A read-out that is no number, as where an injury leaves no collagen, is a failure and not a result.
void require_numbers(Trajectory& trajectory, const Plan& plan) {
    for (std::size_t row = 0; row < trajectory.appearance.size(); ++row)
        for (const double value : trajectory.appearance[row])
            if (!std::isfinite(value)) {
                trajectory.outcome.status = Status::not_finite;
                trajectory.outcome.time = plan.outputs[row];
                return;
            }
}

Course run_once(const Plan& plan, const Progress& progress) {
    Course course;
    course.plan = plan;
    begin_course(course);
    Legs legs = legs_of(plan);
    follow(course, legs, progress);
    if (course.treated.outcome.status == Status::interrupted || course.untreated.outcome.status == Status::interrupted)
        throw Interrupted();
    read_out(course, legs);
    for (auto* trajectory : {&course.treated, &course.untreated}) {
        require_numbers(*trajectory, plan);
        if (trajectory->outcome.status != Status::done) fill_missing(*trajectory, course);
    }
    return course;
}

/// Progress of a part of the whole.
Progress between(const Progress& progress, double from, double to) {
    if (!progress) return {};
    return [&progress, from, to](double share) { return progress(from + (to - from) * share); };
}

}  // namespace

void begin_course(Course& course) {
    Course fresh;
    std::swap(fresh.plan, course.plan);
    std::swap(fresh, course);
    course.injuries = injuries_of(course.plan);
    course.coefficients =
        skin_coefficients(course.plan, skin_parameters(course.plan), tissue_age(course.plan), course.plan.ageing);
}

void follow(Course& course, Legs& legs, const Progress& progress) {
    switch (course.plan.fidelity) {
        case Fidelity::depth:
            return follow_depth(course, legs, progress);
        case Fidelity::channel:
            return follow_channel(course, legs, progress);
        default:
            return follow_lumped(course, legs, progress);
    }
}

ParametersOf<CourseModel, double> skin_parameters(const Plan& plan) {
    auto parameters = plan.parameters;
    parameters[index_of(CourseModel::parameters, "mature_collagen_home")] *= plan.skin.baseline->mature_collagen;
    return parameters;
}

CourseCoefficients skin_coefficients(const Plan& plan, const ParametersOf<CourseModel, double>& parameters, double age,
                                     Ageing ageing) {
    auto k = coefficients_from<CourseModel>(parameters);
    set_coefficient<"age", CourseModel>(k, age);
    set_coefficient<"ageing_rate", CourseModel>(k, ageing == Ageing::drift ? 1.0 : 0.0);
    const double passed = plan.care.sunscreen ? 1.0 - get<"sunscreen_protection">(plan.readouts) : 1.0;
    set_coefficient<"uv", CourseModel>(k, passed * plan.care.uv);
    return k;
}

std::vector<ZonedInjury> injuries_of(const Plan& plan) {
    Zones zones(plan.skin.horny_layer() + plan.skin.epidermis(), plan.skin.dermis);
    std::vector<ZonedInjury> out;
    for (const auto& session : plan.sessions)
        out.push_back(session.prescribed ? zones.injure_all(*session.prescribed)
                                         : zones.open(session.channels, get<"reach">(plan.injury)));
    return out;
}

Course run_course(const Plan& plan, const Progress& progress) {
    const bool in_space = plan.fidelity != Fidelity::lumped;
    if (!in_space || !plan.grid.estimate_error) return run_once(plan, progress);
    Course course = run_once(plan, between(progress, 0, 0.7));
    if (course.treated.outcome.status != Status::done) return course;
    const Course coarse = run_once(coarser(plan), between(progress, 0.7, 1));
    estimate_grid_error(course, coarse);
    return course;
}

}  // namespace cicatrix
