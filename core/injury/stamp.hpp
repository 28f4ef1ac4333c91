// A stamp: a square array of needles that is pressed on the skin, place beside place.
#pragma once
#include "cicatrix/injury/penetration.hpp"
#include "cicatrix/injury/placement.hpp"

namespace cicatrix {

/// Defaults are own choices: an array of 8 by 8 needles on a square centimetre.
struct Stamp {
    double needles = 64;
    double width = 10;  ///< of the square array, mm

    static constexpr Drive drive = Drive::pressed;

    /// Needles that strike in one pass, 1/mm2.
    double density_per_pass() const { return needles / (width * width); }

    /// Distance between neighbours, mm.
    double pitch() const { return width / std::sqrt(needles); }

    /// The array continues itself from place to place.
    void place_pass(RandomStream& random, const Patch& patch, const Pass& pass, std::vector<Point>& points) const {
        place_lattice(random, patch, Heading::held(pass, random), pitch(), points);
    }
};

}  // namespace cicatrix
