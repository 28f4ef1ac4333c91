// The run of a published model in space as a self-describing data set.
#pragma once
#include "cicatrix/course/spatial_simulation.hpp"
#include "cicatrix/io/dataset_parts.hpp"

namespace cicatrix {

/// States over time and position, where the wound ends and when it has healed, each with what coarser grids say of its
/// error; further what every published model's run has.
Group dataset_of(const SpatialSimulation& simulation, const Provenance& provenance);

}  // namespace cicatrix
