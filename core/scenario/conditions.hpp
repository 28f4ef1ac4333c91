// Conditions of the patient that a course may only be run with when the author has acknowledged their warnings.
#pragma once
#include "cicatrix/scenario/draft.hpp"

namespace cicatrix {

/// Refuses each condition whose warning must be acknowledged and is not (E-WARNING).
void check_conditions(Draft& draft);

}  // namespace cicatrix
