// The grid of a course in space: keys of [simulation] that belong to some fidelities only.
#pragma once
#include <span>

#include "cicatrix/scenario/draft.hpp"

namespace cicatrix {

/// Refuses what the fidelity cannot use (E-CONFLICT) and fills in the defaults of what it needs.
void read_grid(Draft& draft);

/// Round one channel there must be channels, and the same in every session (E-CONFLICT).
void check_channel(Draft& draft, std::span<const Session> sessions);

}  // namespace cicatrix
