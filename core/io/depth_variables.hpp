// What a data set of a course in space has besides the means: where its cells lie, and the states at each depth.
#pragma once
#include <vector>

#include "cicatrix/course/course.hpp"
#include "cicatrix/io/dataset.hpp"

namespace cicatrix {

/// Adds the dimension and the coordinate `depth`, the bounds of its cells and their layers; nothing without depth.
void add_depth(Group& root, const Course& course);

/// Adds NAME_profile over time and depth for each state of the dermis; nothing without depth.
void add_profiles(std::vector<Variable>& out, const Trajectory& trajectory, std::size_t cells);

}  // namespace cicatrix
