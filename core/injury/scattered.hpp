// Channels of a given density at random places: a device of which nothing but its density is known.
#pragma once
#include "cicatrix/injury/penetration.hpp"
#include "cicatrix/injury/placement.hpp"

namespace cicatrix {

struct Scattered {
    double density = 0;           ///< needles that strike in one pass, 1/mm2
    Drive drive = Drive::rolled;  ///< how they are driven in

    double density_per_pass() const { return density; }

    /// As many points as a Poisson process has: gaps between one and the next are exponential.
    void place_pass(RandomStream& random, const Patch& patch, const Pass&, std::vector<Point>& points) const {
        double left = density * patch.area() + log(1.0 - random.uniform());
        for (; left > 0; left += log(1.0 - random.uniform())) {
            const double x = random.uniform(0, patch.width);
            points.push_back({x, random.uniform(0, patch.height)});
        }
    }
};

}  // namespace cicatrix
