// The dermis as tissue: its grid, its layers with their own coefficients, how its states spread and how it and the
// epidermal sheet hear each other.
#pragma once
#include <vector>

#include "cicatrix/course/depth_kernel.hpp"

namespace cicatrix {

/// What a course in depth is built from.
struct DermisPlan {
    CellGrid grid;
    std::vector<std::size_t> layer;         ///< of each cell: 0 papillary, 1 reticular
    std::vector<CourseCoefficients> kinds;  ///< of the two layers
    DepthParameters parameters;
    CourseStates sheet_home;
};

/// Lays out the dermis of a plan at some age, years.
DermisPlan dermis_plan(const Plan& plan, double age, Ageing ageing);

/// The dermis where, at each depth, the share `width` of the plane belongs to it.
Dermis dermis_of(const DermisPlan& plan, const std::vector<double>& width);

/// Home in every cell and in the sheet.
DermisStates home_of(const DermisPlan& plan);

}  // namespace cicatrix
