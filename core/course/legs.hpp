// The stretches of a course from session to session, and when its states are wanted in each: at the stages of the steps
// by which read-outs follow it, and at the outputs.
#pragma once
#include <vector>

#include "cicatrix/course/course.hpp"
#include "cicatrix/readout/own_states.hpp"

namespace cicatrix {

/// Wanted times, ascending, and which of them are stages of steps and which are outputs.
struct WantedTimes {
    std::vector<double> all;
    std::vector<std::size_t> stages, outputs;
};

/// From a session (or day 0) to the next (or the end).
struct Leg {
    double from = 0, to = 0;  ///< d
    WantedTimes wanted;
    std::vector<double> steps;        ///< end points of the steps of the read-outs
    std::vector<CourseStates> means;  ///< of the whole skin at the wanted times, for whoever follows it to fill in
};

/// The legs of the treated skin; the untreated one knows no session and has one leg, from day 0 to the end, whose times
/// no session and no film sets.
struct Legs {
    std::vector<Leg> treated;
    Leg twin;
};

Legs legs_of(const Plan& plan);

}  // namespace cicatrix
