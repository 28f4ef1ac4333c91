// Time spent in sessions so far.
#pragma once
#include "cicatrix/readout/readout.hpp"

namespace cicatrix::readout {

struct TreatmentTime {
    static constexpr Readout row{
        .name = "treatment_time",
        .unit = "min",
        .meaning = "time spent in sessions so far",
        .formula = "sum of minutes of sessions",
        .grade = Grade::assumed,
        .source = "definition; the minutes of a session are given or follow from the device",
    };
    static auto value(const auto& now) {
        double sum = 0;
        for (const auto& session : now.sessions) sum += session.minutes;
        return sum;
    }
};

}  // namespace cicatrix::readout
