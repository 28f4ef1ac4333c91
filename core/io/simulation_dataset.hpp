// The run of a published model as a self-describing data set.
#pragma once
#include "cicatrix/course/simulation.hpp"
#include "cicatrix/io/dataset_parts.hpp"

namespace cicatrix {

/// States over time in the model's own units, events, parameters, how the integration ended, and what is known to be
/// wrong with the source.
Group dataset_of(const Simulation& simulation, const Provenance& provenance);

}  // namespace cicatrix
