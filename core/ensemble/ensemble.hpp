// Runs many courses at once: in lanes, on threads, each with a status of its own.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "cicatrix/course/course.hpp"
#include "cicatrix/ensemble/reduction.hpp"

namespace cicatrix {

/// How an ensemble is run. None of it changes a member's numbers, but for single precision.
struct EnsembleSettings {
    unsigned threads = 1;
    int lanes = 0;  ///< members that one thread follows together, 1, 2, 4 or 8; 0: as many as fit
    /// For screening: twice as many lanes, rounding errors of a few millionths. For courses without space and an rtol of
    /// least_relative_single or more; another member ends the ensemble with InputError.
    bool single_precision = false;
    std::size_t counted_together = 1;  ///< members in a row, from the first on, whose failures are told as one
};

/// What became of members, in their order.
struct EnsembleResult {
    std::vector<double> values;  ///< member by member, one for each reduction; NaN when the member failed
    std::vector<Status> status;
    std::vector<double> time_reached;           ///< d
    std::vector<std::uint32_t> limiting_state;  ///< that limited the last step, of interest when a member failed
    std::vector<std::uint32_t> steps;           ///< accepted, of the treated skin
};

/// Makes the plan of a member. Throws InputError when no scenario allows it; such a member is refused.
using PlanMaker = std::function<void(std::uint64_t member, Plan& plan)>;
/// Told now and then how many members are done and how many of them failed, those counted together once; false stops.
using EnsembleProgress = std::function<bool(std::size_t done, std::size_t failed)>;

/// Runs `count` members from `first` on. `maker` is called once in each thread. A member's numbers depend on its plan
/// alone: not on the threads, the lanes, the instruction set, the other members or their order. `progress` is called in
/// the calling thread; what it throws ends the ensemble and is thrown again. Throws Interrupted when it says so
/// before all members are done, std::invalid_argument for settings that there are not, and InputError for members that
/// single precision was asked for and cannot carry.
EnsembleResult run_ensemble(std::uint64_t first, std::size_t count, const std::function<PlanMaker()>& maker,
                            std::span<const Reduction> reductions, const EnsembleSettings& settings,
                            const EnsembleProgress& progress = {});

}  // namespace cicatrix
