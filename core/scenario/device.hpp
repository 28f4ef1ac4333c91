// The device of a draft: which keys its kind has, what it takes for granted, and what each session gets from it.
#pragma once
#include <vector>

#include "cicatrix/scenario/draft.hpp"
#include "cicatrix/scenario/sessions.hpp"

namespace cicatrix {

/// Refuses keys that are foreign to the kind of device (E-CONFLICT), reports what it misses (E-MISSING) and fills in
/// its defaults. A scenario without sessions needs no device.
void check_device(Draft& draft, const std::vector<Appointment>& appointments);

/// The sessions with the values of the device or, where a session has its own, those. Faults of the sessions' own
/// values go into the draft's findings.
std::vector<Session> read_sessions(Draft& draft, const std::vector<Appointment>& appointments);

}  // namespace cicatrix
