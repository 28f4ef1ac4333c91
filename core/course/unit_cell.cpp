// Cuts channels into rings and depths.
#include "cicatrix/course/unit_cell.hpp"

#include <algorithm>

namespace cicatrix {
namespace {

constexpr std::size_t heights = 4;  // at which a cell is looked at

/// Share of a cell of a ring that lies inside the channels, as the mean over their depths.
double injured_share(const Channels& channels, const DepthSample& reached, const CellGrid& rings, std::size_t ring,
                     double from, double to) {
    double sum = 0;
    for (std::size_t h = 0; h < heights; ++h) {
        const double z = from + (to - from) * (static_cast<double>(h) + 0.5) / heights;
        for (const double depth : reached) sum += share_inside(rings, ring, channels.radius_at(z, depth));
    }
    return sum / static_cast<double>(heights * DepthSample::count);
}

}  // namespace

CellGrid ring_grid(const Channels& channels, std::size_t rings) {
    const double outer = unit_cell_radius(channels.density), wall = std::min(channels.radius, 0.5 * outer);
    // Half of the rings lie inside the widest part of the channel, where injured tissue meets whole tissue; outside they
    // get ever thicker. With a quarter inside, twice as many rings would still move
    // inflammation by a hundredth.
    const std::size_t inside = std::max<std::size_t>(1, rings / 2), outside = rings - inside;
    const double thickness = wall / static_cast<double>(inside);
    const double growth = 2.0 * (outer - wall) / (static_cast<double>(outside) * thickness) - 1.0;
    auto faces = stretched_faces(0.0, wall, inside, 1.0);
    const auto beyond = stretched_faces(wall, outer, outside, std::max(growth, 1.0));
    faces.insert(faces.end(), beyond.begin() + 1, beyond.end());
    return radial_grid(std::move(faces));
}

double share_inside(const CellGrid& rings, std::size_t ring, double radius) {
    const double inner = rings.faces[ring], outer = rings.faces[ring + 1];
    if (radius <= inner) return 0.0;
    return radius >= outer ? 1.0 : (radius * radius - inner * inner) / (outer * outer - inner * inner);
}

UnitCellInjury unit_cell_injury(const Channels& channels, const CellGrid& rings, const CellGrid& depths) {
    const auto reached = channels.depth_sample();
    UnitCellInjury out;
    for (std::size_t r = 0; r < rings.cells(); ++r) {
        auto& column = out.cells.emplace_back();
        for (std::size_t j = 0; j < depths.cells(); ++j)
            column.push_back({0.0, injured_share(channels, reached, rings, r, depths.faces[j], depths.faces[j + 1]),
                              channels.matrix_loss});
        out.sheet.push_back({share_inside(rings, r, channels.mouth_radius), 0.0, channels.matrix_loss});
    }
    return out;
}

}  // namespace cicatrix
