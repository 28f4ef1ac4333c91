// Integrates the own states of the read-outs along a course whose states are known at chosen times. Each is a scalar
// linear equation x' = source - rate x; Radau IIA of order 5 follows fast and slow ones alike and never oscillates.
#pragma once
#include <array>
#include <span>
#include <vector>

#include "cicatrix/readout/moment.hpp"

namespace cicatrix {

/// Times inside a step at which the course's states are wanted, as shares of the step; the last is its end.
inline constexpr std::array<double, 3> stage_times{0.15505102572168219, 0.64494897427831781, 1.0};

/// The end points of steps from `begin` to `end`: short after `begin` and after each of `breaks`, then ever longer.
std::vector<double> graded_steps(double begin, double end, std::span<const double> breaks);

/// A stretch of a course without a session inside: steps, and the model's states at the start and at every stage.
struct Stretch {
    std::vector<double> steps;                            ///< end points, ascending; the first is the begin
    std::vector<StatesOf<Microneedling, double>> states;  ///< at the begin, then three for each step
};

/// Own states along a stretch.
class OwnHistory {
  public:
    /// Follows the stretch from `x` at its begin.
    OwnHistory(const Patient& patient, const Stretch& stretch, std::span<const PastSession> sessions,
               const OwnValues& x);
    /// At any time of the stretch.
    OwnValues at(double time) const;
    const OwnValues& last() const { return values_.back(); }
    /// At the begin, then at the three stages of each step.
    const std::vector<OwnValues>& values() const { return values_; }

  private:
    std::span<const double> steps_;
    std::vector<OwnValues> values_;
};

/// At day 0, before any session.
OwnValues own_start(const Patient& patient);

/// Just after the last of `sessions`; `y` are the model's states just after it.
OwnValues own_after_session(const Patient& patient, const StatesOf<Microneedling, double>& y, const OwnValues& before,
                            std::span<const PastSession> sessions);

}  // namespace cicatrix
