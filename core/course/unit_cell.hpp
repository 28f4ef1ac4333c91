// The tissue that belongs to one channel: a disc round its axis whose area is that of the plane over the number of
// channels in it, cut into rings.
#pragma once
#include <vector>

#include "cicatrix/injury/channels.hpp"
#include "cicatrix/injury/zones.hpp"
#include "cicatrix/solver/cell_grid.hpp"

namespace cicatrix {

/// Radius of the disc that belongs to one of `density` channels per mm2, mm.
inline double unit_cell_radius(double density) { return 1.0 / std::sqrt(std::numbers::pi * density); }

/// Rings from the axis to half-way to the next channel, mm; they are thinnest inside the channel.
CellGrid ring_grid(const Channels& channels, std::size_t rings);

/// Share of a ring's area that lies within `radius` mm of the axis.
double share_inside(const CellGrid& rings, std::size_t ring, double radius);

/// What the average of all channels of a session does, ring by ring.
struct UnitCellInjury {
    std::vector<std::vector<Injury>> cells;  ///< of each ring, at each depth
    std::vector<Injury> sheet;               ///< of the epidermis over each ring
};

/// `depths` is the grid of the dermis, mm below the surface of the skin.
UnitCellInjury unit_cell_injury(const Channels& channels, const CellGrid& rings, const CellGrid& depths);

}  // namespace cicatrix
