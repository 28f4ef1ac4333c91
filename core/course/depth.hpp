// One patient's course resolved in depth: the states of the dermis against the depth below the surface of the skin, the
// epidermis as a sheet on top, in the treated skin and in its untreated twin.
#pragma once
#include <cstddef>
#include <vector>

#include "cicatrix/course/course.hpp"
#include "cicatrix/course/depth_parameters.hpp"
#include "cicatrix/solver/cell_grid.hpp"

namespace cicatrix {

/// How depth is resolved.
struct DepthSettings {
    DepthParameters parameters = default_depth_parameters;
    std::size_t cells = 64;
    double fineness = 4;  ///< thickness of the last cell over that of the first
};

/// All states at all depths.
using DepthProfile = CellRows<CourseModel::states.size()>;

/// States of one skin at the output times. A row is a state, a column a cell; states of the sheet have their value in
/// `means` alone. Everything is NaN from a failure on.
struct DepthTrajectory {
    std::vector<DepthProfile> profiles;  ///< means over the plane at each depth
    std::vector<CourseStates> means;     ///< over the dermis, and over the area for the epidermal sheet
    Outcome outcome;                     ///< steps are summed over the parts of the skin
};

struct DepthCourse {
    Plan plan;
    DepthSettings settings;
    CellGrid grid;                   ///< mm below the surface of the skin
    std::vector<std::size_t> layer;  ///< of each cell: 0 papillary, 1 reticular
    DepthTrajectory treated, untreated;
};

/// Runs a course in depth. Throws Interrupted when `progress` says so.
DepthCourse run_depth(const Plan& plan, const DepthSettings& settings = {}, const Progress& progress = {});

}  // namespace cicatrix
