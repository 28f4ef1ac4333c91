// Runs the course with every zone in view, follows the processes of both trajectories and says how fast states answer.
#include "cicatrix/io/explanation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>

#include "cicatrix/base/error.hpp"
#include "cicatrix/course/follow.hpp"
#include "cicatrix/course/lumped_course.hpp"
#include "cicatrix/io/budgets.hpp"
#include "cicatrix/io/tissue_terms.hpp"
#include "cicatrix/numeric/tangent.hpp"

namespace cicatrix {
namespace {

/// So tight that what is left of the sums is far below what anybody reads; in space as tight as takes seconds.
struct Closeness {
    double relative, grading;
};
constexpr std::array closeness{Closeness{1e-12, 1e-11}, Closeness{1e-11, 1e-9}, Closeness{1e-10, 1e-9}};
constexpr double absolute = 1e-15;

/// By fidelity.
constexpr const Closeness& closeness_of(const Plan& plan) { return closeness[static_cast<std::size_t>(plan.fidelity)]; }

Plan followed_closely(const Plan& plan, const std::vector<double>& days) {
    Plan out = plan;
    out.outputs = days;
    out.relative = std::min(plan.relative, closeness_of(plan).relative);
    out.absolute = std::min(plan.absolute, absolute);
    out.method = Method::rodas5p;
    return out;
}

void require_done(const Trajectory& trajectory) {
    const Outcome& outcome = trajectory.outcome;
    if (outcome.status == Status::done) return;
    throw NumericalError(0, outcome.time, std::string(CourseModel::states[outcome.limiting_state].name),
                         std::string(status_names[static_cast<std::size_t>(outcome.status)]));
}

/// When skin that grows older comes to the age from which it ages, d: its rates bend there. Nothing where that is not
/// within the course.
std::vector<double> onset_of_ageing(const Plan& plan) {
    const double onset = -years_of_ageing(plan) * days_per_year;
    if (plan.ageing != Ageing::drift || !(onset > 0 && onset < plan.duration)) return {};
    return {onset};
}

std::vector<std::vector<double>> time_constants(const CourseCoefficients& k, std::span<const Leg> legs) {
    constexpr std::size_t count = CourseModel::states.size();
    constexpr auto at_once = static_cast<std::size_t>(Tangent::directions);
    std::vector<std::vector<double>> out(count);
    for (const Leg& leg : legs)
        for (std::size_t o = 0; o < leg.outputs.size(); ++o) {
            const auto mean = leg.means.at<CourseStates>(leg.slots().output(o));
            for (std::size_t first = 0; first < count; first += at_once) {
                StatesOf<CourseModel, Tangent> y;
                for (std::size_t i = 0; i < count; ++i) {
                    const bool asked = i >= first && i < first + at_once;
                    y[i] = asked ? Tangent::along(static_cast<int>(i - first), mean[i]) : Tangent(mean[i]);
                }
                const auto rates = CourseModel::rates(leg.outputs[o], y, k);
                [&]<std::size_t... I>(std::index_sequence<I...>) {
                    const std::array all{Tangent(get<I>(rates.values))...};
                    for (std::size_t i = first; i < std::min(count, first + at_once); ++i)
                        out[i].push_back(1.0 / std::abs(all[i].derivative(static_cast<int>(i - first))));
                }
                (std::make_index_sequence<count>{});
            }
        }
    return out;
}

/// Follows a course and the terms of its rates along each leg.
std::map<const Leg*, LegTerms> follow_with_terms(Course& course, Legs& legs, RateTerms& terms) {
    std::map<const Leg*, LegTerms> out;
    TissueTerms in_space;
    const PartListener parts = [&](const SkinPart& part, const Leg& leg, std::size_t wanted) {
        in_space.add(part, leg, wanted, out[&leg]);
    };
    const ZoneListener zones = [&](const ZoneRecords& records, const Leg& leg) {
        out[&leg] = terms_of_leg(terms, records, leg);
    };
    if (course.plan.fidelity == Fidelity::depth) follow_depth(course, legs, {}, &parts);
    else if (course.plan.fidelity == Fidelity::channel) follow_channel(course, legs, {}, &parts);
    else follow_lumped(course, legs, {}, &zones);
    require_done(course.untreated), require_done(course.treated);
    return out;
}

}  // namespace

Explanation explained(const Plan& plan, std::span<const std::string> names, const std::vector<double>& days) {
    Course course;
    course.plan = followed_closely(plan, days);
    begin_course(course);
    const double grading = closeness_of(plan).grading;
    Legs legs = legs_of(course.plan, grading_after_session(grading), grading_at_rest(grading), onset_of_ageing(plan));
    const std::vector<Quantity> quantities = quantities_of(names);
    RateTerms terms(course.coefficients);
    const auto of_legs = follow_with_terms(course, legs, terms);

    const Wanted wanted{ReadoutSet().set(), StateSet().set(), {}};
    const auto start = legs.twin.means.at<CourseStates>(legs.twin.slots().begin());
    const CourseReader reader(course.plan, course.coefficients, course.injuries, start, wanted,
                              {StateSet().set(), OwnSet().set()});
    const Processes processes(terms, plan.fidelity != Fidelity::lumped);
    Explanation out;
    out.processes = processes.names();
    const auto followed = [&](std::span<const Leg> of) {
        ReadoutSeries series;
        reader.read(of, series);
        std::vector<const LegTerms*> along;
        for (const Leg& leg : of) along.push_back(&of_legs.at(&leg));
        return ProcessBudgets(reader, series, processes, along, quantities).follow();
    };
    out.untreated = followed({&legs.twin, 1});
    out.treated = followed(legs.treated);
    out.time_constants = time_constants(course.coefficients, legs.treated);
    for (const auto& quantity : quantities) out.reads.push_back(states_read_by(quantity, reader));
    return out;
}

}  // namespace cicatrix
