// What single precision, which is for screening, cannot carry.
#pragma once
#include <string_view>

#include "cicatrix/base/error.hpp"

namespace cicatrix {

/// Of a course in space (E-CONFLICT); `where` is the place of its fidelity.
Problem in_space_for_screening(const Where& where, std::string_view fidelity);

/// Of a relative tolerance below `least_relative_single` (E-RANGE).
Problem too_precise_for_screening(const Where& where, double relative);

}  // namespace cicatrix
