// What in a protocol nobody could do, or nobody's skin should stand, though every value by itself is allowed.
#pragma once
#include <string>
#include <vector>

#include "cicatrix/course/course.hpp"

namespace cicatrix {

/// Channels of one session beyond which they are called too many, cm-2. Own choice: five times and more what the
/// devices open by their defaults in a usual session, 214 (pen) to 400 (laser).
inline constexpr double most_plausible_channels = 2000;

/// Sentences about sessions that last longer than the time to the next one, or to the end, and about sessions that open
/// more channels than is plausible; one sentence for all sessions of a kind.
std::vector<std::string> implausible(const Plan& plan);

}  // namespace cicatrix
