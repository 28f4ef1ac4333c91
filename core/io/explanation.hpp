// Why a quantity of a course changes: how much of its change each process has made until each day.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "cicatrix/course/course.hpp"

namespace cicatrix {

/// What the processes have made of one quantity since day 0, in its unit.
struct Budget {
    double start = 0;                          ///< on day 0, before any session
    double range = 0;                          ///< from its lowest to its highest along the course
    std::vector<double> values;                ///< on each day
    std::vector<std::vector<double>> changes;  ///< of each process, on each day; their sum is value - start
};

/// The quantities are states of the model and read-outs, in the order in which they were asked for.
struct Explanation {
    std::vector<std::string> processes;
    std::vector<Budget> treated, untreated;
    /// 1 / |d rate / d state| of each state of the model on each day, d, at the mean of the treated skin; infinite
    /// where a state does not answer to itself.
    std::vector<std::vector<double>> time_constants;
    /// The states of the model that each quantity reads by itself, not by way of own states of read-outs.
    std::vector<std::vector<std::size_t>> reads;
};

/// Runs a course again, to a tolerance of 1e-12 (depth 1e-11, channel 1e-10) or its own, and follows every process along
/// it. `days` ascend within the course; `names` are read-outs and states, which in space are means over the skin. Throws
/// std::invalid_argument for another name, NumericalError when the course fails.
Explanation explained(const Plan& plan, std::span<const std::string> names, const std::vector<double>& days);

}  // namespace cicatrix
