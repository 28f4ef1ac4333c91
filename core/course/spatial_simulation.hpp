// A run of a published model in space: its states over time and position, where the wound ends, when it has healed, and
// how far the cells can be trusted.
#pragma once
#include <cstddef>
#include <functional>
#include <limits>
#include <string_view>
#include <vector>

#include "cicatrix/course/simulation.hpp"

namespace cicatrix {

/// What to run, and where.
struct SpatialPlan {
    SimulationPlan simulation;
    std::string_view space;
    std::size_t cells = 0;  ///< 0: as many as the space has
};

/// What one grid gave. Times are in the model's own unit, positions in that of the space.
struct GridRun {
    std::vector<double> faces, centres;
    std::vector<std::vector<double>> rows;  ///< at the outputs: all cells of the first state, then of the next
    std::vector<double> fronts;             ///< at the outputs; empty for a model without a front
    double healing_time = std::numeric_limits<double>::quiet_NaN();  ///< NaN: not within the duration, or no front
    Outcome outcome;

    std::size_t cells() const { return centres.size(); }
    double at(std::size_t output, std::size_t state, std::size_t cell) const {
        return rows[output][state * cells() + cell];
    }
};

/// How far a number is from that of infinitely many cells, estimated from coarser grids. NaN: cannot be told.
struct GridError {
    double error = std::numeric_limits<double>::quiet_NaN();
    double order = std::numeric_limits<double>::quiet_NaN();  ///< at which the grids approach each other
};

struct SpatialSimulation {
    SpatialPlan plan;
    Space space;
    GridRun run;                    ///< every number is NaN when it failed
    std::vector<GridError> states;  ///< largest over time and position, in the state's unit
    GridError front, healing_time;
};

/// The spaces of a model; none when it has none. Throws std::invalid_argument for an unknown model.
std::vector<Space> spaces_of(std::string_view model);

/// Runs a model in a space, and again with a half and with a quarter of the cells. Throws std::invalid_argument for an
/// unknown model or space, Interrupted when `progress` says so.
SpatialSimulation simulate_in_space(const SpatialPlan& plan, const std::function<bool(double)>& progress = {});

/// From the largest difference to half the cells, and that between half and a quarter of them. The order is what they
/// show; the error divides the first by 2^order - 1, with an order from 1/2 to 2. It is not made smaller than the
/// difference by an order below 3/2, which a jump that no cell resolves may show by chance.
GridError grid_error(double to_half, double half_to_quarter);

/// Compiled in a translation unit for each model that has spaces; see core/CMakeLists.txt.
template <class M> struct SpatialSimulator {
    static GridRun run(const SimulationPlan& plan, const Space& space, std::size_t cells,
                       const std::function<bool(double)>& progress);
};

}  // namespace cicatrix
