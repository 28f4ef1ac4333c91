// Plans of needled skin for tests: the channels that a device opens in skin of 25 years at the cheek.
#pragma once
#include <vector>

#include "catch.hpp"
#include "cicatrix/injury/device.hpp"
#include "course_plans.hpp"

namespace cicatrix::tests {

/// What a roller of 192 needles opens in some passes.
inline Channels rolled(double needle_length, double passes) {
    return channels_of(Roller{}, passes, Needle{needle_length}, 1.0, default_injury_parameters);
}

/// Sessions `interval` days apart, all with the same channels; rows every fourth day, some time after the last.
inline Plan needled(const Channels& channels, int sessions, double interval = 28, double after = 365) {
    Plan plan;
    for (int i = 0; i < sessions; ++i) {
        PlannedSession session;
        session.at = i * interval;
        session.channels = channels;
        plan.sessions.push_back(session);
    }
    plan.duration = (sessions > 0 ? sessions - 1 : 0) * interval + after;
    plan.outputs = days(0, plan.duration, 1);
    return plan;
}

/// Treated less untreated of a read-out at an output, as a share of the untreated.
inline double relative_effect(const Course& course, std::size_t readout, std::size_t row) {
    return course.treated.appearance[row][readout] / course.untreated.appearance[row][readout] - 1.0;
}

template <Name name> double last_effect(const Course& course) {
    return relative_effect(course, index_of(readouts, name), course.treated.appearance.size() - 1);
}

}  // namespace cicatrix::tests
