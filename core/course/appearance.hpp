// What is seen and measured of a course whose states are known: read-outs, and what the skin takes up of each compound.
#pragma once
#include <span>

#include "cicatrix/course/legs.hpp"

namespace cicatrix {

/// Reads the treated skin and its twin out of legs that are filled in; a trajectory that failed is left without.
void read_out(Course& course, const Legs& legs);

}  // namespace cicatrix
