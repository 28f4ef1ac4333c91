// A roller: a drum with rows of needles. Each needle strikes once a turn, so a pass prints the drum's lattice.
#pragma once
#include <algorithm>

#include "cicatrix/injury/penetration.hpp"
#include "cicatrix/injury/placement.hpp"

namespace cicatrix {

/// Defaults: Dermaroller MF8, 192 needles in 8 rows on a drum of 2 by 2 cm (Schwarz, Laaff 2011, Plast Reconstr Surg,
/// doi:10.1097/PRS.0b013e3182131e0f).
struct Roller {
    double needles = 192;  ///< on the whole drum
    int rows = 8;          ///< side by side across the drum
    double diameter = 20;  ///< of the drum, mm
    double width = 20;     ///< of the drum, mm

    static constexpr Drive drive = Drive::rolled;

    /// Needles that strike in one pass, 1/mm2: all of them once for each turn.
    double density_per_pass() const { return needles / (std::numbers::pi * diameter * width); }

    /// Strips side by side, each with the lattice of the drum; where in its turn the drum meets a strip is random.
    /// Odd rows stand half a step further round the drum.
    void place_pass(RandomStream& random, const Patch& patch, const Pass& pass, std::vector<Point>& points) const {
        const Frame frame{patch, Heading::held(pass, random)};
        const double step = std::numbers::pi * diameter * rows / needles, row_width = width / rows;
        const double reach = patch.radius();
        along_row(random.uniform(0, width), width, reach + width, [&](double edge) {
            const double turn = random.uniform(0, step);
            for (int row = 0; row < rows; ++row)
                along_row(turn + (row % 2 == 0 ? 0.0 : 0.5 * step), step, reach, [&](double x) {
                    frame.add({x, edge + (row + 0.5) * row_width}, points);
                });
        });
    }

    /// Distance between the two needles of the drum that stand closest, mm.
    double closest() const {
        const double step = std::numbers::pi * diameter * rows / needles, row_width = width / rows;
        const double to_next_row = std::sqrt(row_width * row_width + 0.25 * step * step);
        const double across_strips = row_width;
        return rows > 1 ? std::min({step, to_next_row, across_strips}) : std::min(step, width);
    }
};

}  // namespace cicatrix
