// Tissue in a round unit cell: rings round an axis, each a line of cells along it with a sheet of its own on top.
#pragma once
#include <cstddef>
#include <vector>

#include "cicatrix/solver/cell_grid.hpp"
#include "cicatrix/solver/tissue.hpp"

namespace cicatrix {

/// What stands in the rings, from the axis outwards.
template <Model M> struct RingStates {
    std::vector<CellStates<M>> rings;

    RingStates() = default;
    RingStates(std::size_t count, std::size_t cells) : rings(count, CellStates<M>(cells)) {}

    std::size_t count() const { return rings.size(); }
    CellStates<M>& operator[](std::size_t ring) { return rings[ring]; }
    const CellStates<M>& operator[](std::size_t ring) const { return rings[ring]; }
};

/// Rings of equal columns. Nothing passes the axis and the outermost face.
template <Model M> struct RingTissue {
    Tissue<M> column;              ///< along the axis, the same in every ring
    CellGrid grid;                 ///< of the rings, by `radial_grid`
    StatesOf<M, double> radial{};  ///< diffusivity across the rings, of mobile states and those of the sheet
    /// Open sheet lets a state of the first cells out: they lose leak (gate_home - gate) y per time unit, where the
    /// gate is a state of the sheet of that ring and gate_home its `sheet_home`.
    StatesOf<M, double> leak{};
    std::size_t gate = 0;

    std::size_t rings() const { return grid.cells(); }

    RingStates<M> blank() const { return {rings(), column.cells}; }

    /// As of each column.
    void close_borders(RingStates<M>& y) const {
        for (auto& ring : y.rings) column.close_borders(ring);
    }

    /// The mean of rings, weighted by their volume.
    CellStates<M> mean(const RingStates<M>& y) const {
        CellStates<M> out(column.cells);
        double whole = 0;
        for (const double volume : grid.volumes) whole += volume;
        for (std::size_t r = 0; r < rings(); ++r) {
            const double share = grid.volumes[r] / whole;
            for (std::size_t i = 0; i < out.cells.size(); ++i) out.cells.data()[i] += share * y[r].cells.data()[i];
            for (std::size_t i = 0; i < M::states.size(); ++i) out.sheet[i] += share * y[r].sheet[i];
        }
        return out;
    }
};

/// How rings feel their neighbours, per unit of diffusivity: the content of ring r changes by
///     inward[r] (y[r - 1] - y[r]) + outward[r] (y[r + 1] - y[r]).
struct RadialCoupling {
    std::vector<double> inward, outward;

    explicit RadialCoupling(const CellGrid& grid) : inward(grid.cells(), 0.0), outward(grid.cells(), 0.0) {
        for (std::size_t r = 0; r + 1 < grid.cells(); ++r) {
            const double conductance = grid.face_widths[r + 1] / (grid.centres[r + 1] - grid.centres[r]);
            outward[r] = conductance / grid.volumes[r];
            inward[r + 1] = conductance / grid.volumes[r + 1];
        }
    }
};

}  // namespace cicatrix
