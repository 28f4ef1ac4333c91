// Follows the own states of the read-outs from leg to leg.
#include "cicatrix/course/series.hpp"

namespace cicatrix {
namespace {

Patient patient_of(const Plan& plan, const CourseCoefficients& k, const CourseStates& start) {
    return {.skin = plan.skin,
            .care = plan.care,
            .k = k,
            .p = plan.readouts,
            .injury = plan.injury,
            .start = start,
            .ageing_rate = plan.ageing == Ageing::drift ? 1.0 : 0.0};
}

std::vector<PastSession> sessions_of(const Plan& plan, std::span<const ZonedInjury> injuries) {
    std::vector<PastSession> out(plan.sessions.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto& session = plan.sessions[i];
        const Injury whole = i < injuries.size() ? injuries[i].whole : Injury{};
        out[i] = {session.at, session.channels, whole.open_area, whole.injured_volume, session.minutes, session.price};
    }
    return out;
}

}  // namespace

Needs needs_of(const Plan& plan, const Wanted& wanted, const OwnSet& own) {
    Needs needs = needs_of(wanted.readouts, own, patient_of(plan, {}, {}), sessions_of(plan, {}));
    needs.states |= wanted.states;
    return needs;
}

std::vector<StepPlace> places_on(const Leg& other, const Leg& leg) {
    std::vector<StepPlace> out(leg.slots().size());
    for (std::size_t i = 0; i < leg.wanted.all.size(); ++i)
        out[leg.wanted.slots[i]] = place_in(other.steps, leg.wanted.all[i]);
    return out;
}

CourseReader::CourseReader(const Plan& plan, const CourseCoefficients& k, std::span<const ZonedInjury> injuries,
                           const CourseStates& start, const Wanted& wanted, const Needs& needs)
    : patient_(patient_of(plan, k, start)),
      past_(sessions_of(plan, injuries)),
      wanted_(wanted),
      needs_(needs),
      fixed_(patient_, past_, needs.own, wanted.readouts) {}

void CourseReader::read(std::span<const Leg> legs, ReadoutSeries& out) const {
    out.legs_ = legs;
    out.readings_.resize(legs.size());
    OwnValues own = own_start(patient_, needs_.own);
    for (std::size_t s = 0; s < legs.size(); ++s) {
        const Leg& leg = legs[s];
        const auto sessions = std::span<const PastSession>(past_).first(s);
        const Slots slots = leg.slots();
        if (s > 0) {
            const auto y = leg.means.at<CourseStates>(slots.begin());
            own = own_after_session(patient_, y, own, sessions, needs_.own);
        }
        auto& readings = out.readings_[s];
        readings.own = needs_.own, readings.readouts = wanted_.readouts, readings.along = wanted_.along;
        read_stretch(patient_, fixed_, {leg.steps, leg.outputs, sessions, leg.means}, own, readings, out.scratch_);
        own = readings.own_rows.at<OwnValues>(slots.last());
    }
}

}  // namespace cicatrix
