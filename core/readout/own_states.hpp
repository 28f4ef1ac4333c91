// The own states of the read-outs: by which steps they are followed, and what they are where a stretch begins.
#pragma once
#include <span>
#include <vector>

#include "cicatrix/readout/stretch.hpp"

namespace cicatrix {

/// How steps are graded: the first, d, and each over the one before. The first after a break is a tenth of the time from
/// the begin to the break, and `longest_restart` d at most.
struct Grading {
    double first, growth, longest_restart = 0.3;
};

/// Where a stretch begins with a session, whose marks fade within minutes and hours and months.
Grading grading_after_session(double relative);
/// Where it does not: what changes there takes days.
Grading grading_at_rest(double relative);

/// The end points of steps from `begin` to `end`: short after `begin` and after each of `breaks`, then ever longer.
std::vector<double> graded_steps(double begin, double end, std::span<const double> breaks,
                                 const Grading& grading = grading_after_session(1e-6));

/// At day 0, before any session; those alone that are wanted.
OwnValues own_start(const Patient& patient, const OwnSet& wanted = OwnSet().set());

/// Just after the last of `sessions`; `y` are the model's states just after it.
OwnValues own_after_session(const Patient& patient, const StatesOf<Microneedling, double>& y, const OwnValues& before,
                            std::span<const PastSession> sessions, const OwnSet& wanted = OwnSet().set());

}  // namespace cicatrix
