// Follows the own states of the read-outs from leg to leg.
#include "cicatrix/course/appearance.hpp"

#include <algorithm>
#include <cmath>

#include "cicatrix/course/follow.hpp"

namespace cicatrix {
namespace {

class Appearance {
  public:
    Appearance(Course& course, const Legs& legs) : course_(course), plan_(course.plan) {
        patient_.skin = plan_.skin, patient_.care = plan_.care, patient_.k = course.coefficients;
        patient_.p = plan_.readouts, patient_.injury = plan_.injury, patient_.start = legs.twin.means.front();
        patient_.ageing_rate = plan_.ageing == Ageing::drift ? 1.0 : 0.0;
        for (std::size_t i = 0; i < plan_.sessions.size(); ++i) {
            const auto& session = plan_.sessions[i];
            const Injury& whole = course.injuries[i].whole;
            past_.push_back(
                {session.at, session.channels, whole.open_area, whole.injured_volume, session.minutes, session.price});
        }
    }

    void read_out(Trajectory& trajectory, std::span<const Leg> legs) {
        std::vector<double> open;  // share of the area with a hole in the horny layer
        std::vector<OwnValues> own_before;
        for (std::size_t s = 0; s < legs.size(); ++s) read_leg(trajectory, legs[s], s, own_before, open);
        absorb_topicals(trajectory, legs, open);
    }

  private:
    /// `own` holds the own states at the end of the leg before, once there is one.
    void read_leg(Trajectory& trajectory, const Leg& leg, std::size_t s, std::vector<OwnValues>& own,
                  std::vector<double>& open) {
        Stretch stretch{leg.steps, {}};
        for (const std::size_t i : leg.wanted.stages) stretch.states.push_back(leg.means[i]);
        const auto sessions = std::span<const PastSession>(past_).first(s);
        const OwnValues start = own.empty() ? own_start(patient_)
                                            : own_after_session(patient_, stretch.states.front(), own.back(), sessions);
        const OwnHistory history(patient_, stretch, sessions, start);
        for (const std::size_t i : leg.wanted.outputs) {
            const double time = leg.wanted.all[i];
            const OwnValues x = history.at(time);
            const Moment now(patient_, time, leg.means[i], x, sessions);
            trajectory.rows.push_back(leg.means[i]);
            auto& values = trajectory.appearance.emplace_back();
            for (std::size_t r = 0; r < values.size(); ++r) values[r] = readout_value(r, now);
        }
        own.assign(1, history.last());
        for (const OwnValues& x : history.values()) open.push_back(get<"open_channels">(x));
    }

    /// Each compound through the horny layer and, where there were sessions, through the channels that are still open.
    void absorb_topicals(Trajectory& trajectory, std::span<const Leg> legs, std::span<const double> open) {
        const bool treated = &trajectory == &course_.treated;
        if (plan_.care.topicals.empty()) return;
        std::vector<double> times;
        std::vector<Covered> covers;
        double depth = 0;
        for (const Leg& leg : legs)
            for (const std::size_t i : leg.wanted.stages) times.push_back(leg.wanted.all[i]);
        for (const auto& session : plan_.sessions) {
            if (treated && plan_.care.occlusion > 0)  // the film belongs to the session, the twin has none
                covers.push_back({session.at, session.at + plan_.care.occlusion});
            depth = std::max(depth, session.prescribed ? plan_.skin.dermis : session.channels.depth);
        }
        for (const auto& topical : plan_.care.topicals)
            trajectory.absorbed.push_back(
                absorb(topical, plan_.skin, plan_.absorption, {times, open, depth}, covers, plan_.outputs));
    }

    Course& course_;
    const Plan& plan_;
    Patient patient_;
    std::vector<PastSession> past_;
};

}  // namespace

void read_out(Course& course, const Legs& legs) {
    if (course.untreated.outcome.status != Status::done) return;
    Appearance appearance(course, legs);
    appearance.read_out(course.untreated, {&legs.twin, 1});
    if (course.treated.outcome.status == Status::done) appearance.read_out(course.treated, legs.treated);
}

}  // namespace cicatrix
