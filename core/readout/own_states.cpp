// Grades steps and begins own states.
#include "cicatrix/readout/own_states.hpp"

#include <algorithm>

#include "cicatrix/numeric/functions.hpp"

namespace cicatrix {
namespace {

/// How much longer than the one before a step may be, so that the polynomial of a step misses an exponential decay of
/// any rate by a twentieth of the tolerance.
double lengthening(double relative) { return 1.4 * pow(relative / 1e-4, 0.185); }

}  // namespace

Grading grading_after_session(double relative) {
    const double more = lengthening(relative);
    return {.first = 2.5e-3 * more, .growth = 1.0 + more};
}

Grading grading_at_rest(double relative) {
    const double more = lengthening(relative);
    return {.first = 0.2 * more, .growth = 1.0 + more};
}

std::vector<double> graded_steps(double begin, double end, std::span<const double> breaks, const Grading& grading) {
    std::vector<double> ends;
    for (const double t : breaks)
        if (t > begin && t < end) ends.push_back(t);
    std::ranges::sort(ends);
    ends.push_back(end);
    std::vector<double> steps{begin};
    double h = grading.first;
    for (const double stop : ends) {
        for (; stop - steps.back() > 1.5 * h; h *= grading.growth) steps.push_back(steps.back() + h);
        if (stop > steps.back()) steps.push_back(stop);
        h = std::min(0.1 * (stop - begin), grading.longest_restart);
    }
    return steps;
}

OwnValues own_start(const Patient& patient, const OwnSet& wanted) {
    OwnValues x{};
    detail::for_each_in(static_cast<OwnStates*>(nullptr), wanted,
                        [&]<class S, std::size_t i>() { x[i] = S::start(Moment(patient, 0.0, patient.start, x, {})); });
    return x;
}

OwnValues own_after_session(const Patient& patient, const StatesOf<Microneedling, double>& y, const OwnValues& before,
                            std::span<const PastSession> sessions, const OwnSet& wanted) {
    OwnValues x = before;
    const Moment now(patient, sessions.back().at, y, x, sessions);
    detail::for_each_in(static_cast<OwnStates*>(nullptr), wanted, [&]<class S, std::size_t i>() {
        if constexpr (HasSession<S, Moment, double>) x[i] = S::after_session(x[i], now);
    });
    return x;
}

}  // namespace cicatrix
