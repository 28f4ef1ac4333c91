// A power with any exponent, of something that is never negative.
#pragma once
#include "cicatrix/numeric/dual.hpp"
#include "cicatrix/numeric/functions.hpp"

namespace cicatrix::published {

/// x^exponent for x > 0, otherwise next to nothing: trial states a rounding error below zero are no reason to stop.
CICATRIX_INLINE constexpr auto positive_power(const auto& x, const auto& exponent) {
    const auto base = select(x > 1e-30, x, 1e-30 + 0.0 * x);
    return exp(exponent * log(base));
}

}  // namespace cicatrix::published
