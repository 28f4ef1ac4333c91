// What the grid of a course in space costs, after Richardson: the same course on a grid of half as many cells differs
// from it by three times as much as it differs from the truth, since the error falls with the square of the cells.
#pragma once
#include "cicatrix/course/course.hpp"

namespace cicatrix {

/// The same plan on half as many cells and rings.
Plan coarser(const Plan& plan);

/// Writes the estimates into the course; they are NaN where one of both failed.
void estimate_grid_error(Course& course, const Course& coarse);

}  // namespace cicatrix
