// The grid of a course in space: keys of [simulation] that belong to some fidelities only.
#pragma once
#include "cicatrix/scenario/draft.hpp"

namespace cicatrix {

/// Refuses what the fidelity cannot use (E-CONFLICT) and fills in the defaults of what it needs.
void read_grid(Draft& draft);

}  // namespace cicatrix
