// What a data set of a course round one channel has besides profiles: rings, fields, and the closing epidermis.
#pragma once
#include "cicatrix/course/course.hpp"
#include "cicatrix/io/dataset.hpp"

namespace cicatrix {

/// Adds the dimension and the coordinate `radius`, NAME_field over time, depth and radius for the states that were kept,
/// and NAME_ring over time and radius for those of the epidermal sheet; nothing where no channel is resolved.
void add_channel(Group& root, const Course& course);

}  // namespace cicatrix
