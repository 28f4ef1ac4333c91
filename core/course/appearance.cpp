// Reads everything out of both trajectories of a course.
#include "cicatrix/course/appearance.hpp"

#include <algorithm>

#include "cicatrix/course/series.hpp"

namespace cicatrix {
namespace {

void take_rows(Trajectory& trajectory, const ReadoutSeries& series) {
    for (std::size_t s = 0; s < series.legs(); ++s) {
        const Leg& leg = series.leg(s);
        for (std::size_t o = 0; o < leg.outputs.size(); ++o) {
            trajectory.rows.push_back(leg.means.at<CourseStates>(leg.slots().output(o)));
            auto& values = trajectory.appearance.emplace_back();
            for (std::size_t r = 0; r < values.size(); ++r) values[r] = series.readout(s, r).output(o);
        }
    }
}

/// The share of the area with a hole in the horny layer, at the begin of each leg and at the stages of its steps.
struct OpenArea {
    std::vector<double> times, area;

    explicit OpenArea(const ReadoutSeries& series) {
        for (std::size_t leg = 0; leg < series.legs(); ++leg) {
            const Curve open = series.own(leg, index_of(own_states, "open_channels"));
            times.push_back(open.steps.front()), area.push_back(open.begin());
            for (std::size_t n = 0; n < open.slots.steps; ++n)
                for (std::size_t s = 0; s < stage_count; ++s)
                    times.push_back(open.stage_time(s, n)), area.push_back(open.stage(s, n));
        }
    }
};

/// Each compound through the horny layer and, where there were sessions, through the channels that are still open.
void absorb_topicals(Trajectory& trajectory, const Plan& plan, const ReadoutSeries& series, bool treated) {
    if (plan.care.topicals.empty()) return;
    const OpenArea open(series);
    std::vector<Covered> covers;
    double depth = 0;
    for (const auto& session : plan.sessions) {
        if (treated && plan.care.occlusion > 0)  // the film belongs to the session, the twin has none
            covers.push_back({session.at, session.at + plan.care.occlusion});
        depth = std::max(depth, session.prescribed ? plan.skin.dermis : session.channels.depth);
    }
    for (const auto& topical : plan.care.topicals)
        trajectory.absorbed.push_back(
            absorb(topical, plan.skin, plan.absorption, {open.times, open.area, depth}, covers, plan.outputs));
}

}  // namespace

void read_out(Course& course, const Legs& legs) {
    if (course.untreated.outcome.status != Status::done) return;
    const Wanted everything{ReadoutSet().set(), StateSet().set(), {}};
    const Needs needs{StateSet().set(), OwnSet().set()};
    const auto start = legs.twin.means.at<CourseStates>(legs.twin.slots().begin());
    const CourseReader reader(course.plan, course.coefficients, course.injuries, start, everything, needs);
    ReadoutSeries series;
    for (auto* trajectory : {&course.untreated, &course.treated}) {
        if (trajectory->outcome.status != Status::done) continue;
        const bool treated = trajectory == &course.treated;
        reader.read(treated ? std::span<const Leg>(legs.treated) : std::span(&legs.twin, 1), series);
        take_rows(*trajectory, series);
        absorb_topicals(*trajectory, course.plan, series, treated);
    }
}

}  // namespace cicatrix
