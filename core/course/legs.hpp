// The stretches of a course from session to session, and when its states are wanted in each: at the stages of the steps
// by which read-outs follow it, and at the outputs.
#pragma once
#include <vector>

#include "cicatrix/course/course.hpp"
#include "cicatrix/readout/own_states.hpp"

namespace cicatrix {

/// Wanted times, ascending, where each stands in the rows of a leg, and which of them are outputs.
struct WantedTimes {
    std::vector<double> all;
    std::vector<std::size_t> slots;    ///< of each
    std::vector<std::size_t> outputs;  ///< their places among all
};

/// From a session (or day 0) to the next (or the end).
struct Leg {
    double from = 0, to = 0;  ///< d
    WantedTimes wanted;
    std::vector<double> steps;    ///< end points of the steps of the read-outs
    std::vector<double> outputs;  ///< d
    SeriesRows means;             ///< states of the whole skin in their slots, for whoever follows it to fill in

    Slots slots() const { return {steps.size() - 1, outputs.size()}; }
    /// The mean at a wanted time, by its place among them.
    CourseStates mean(std::size_t i) const { return means.at<CourseStates>(wanted.slots[i]); }
};

/// The legs of the treated skin; the untreated one knows no session and has one leg, from day 0 to the end, whose times
/// no session and no film sets.
struct Legs {
    std::vector<Leg> treated;
    Leg twin;
};

/// With steps as its tolerance demands, or as graded otherwise.
Legs legs_of(const Plan& plan);
/// The same in the room of those of another course; what they have in common is not worked out again.
void set_legs(Legs& legs, const Plan& plan);
/// No step leads across `breaks` either, d: times at which the rates of the skin itself bend.
Legs legs_of(const Plan& plan, const Grading& after_session, const Grading& at_rest,
             const std::vector<double>& breaks = {});

}  // namespace cicatrix
