// Small models for tissue in rings, and the discs and axes on which they live.
#pragma once
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "cicatrix/solver/ring_tissue.hpp"
#include "cicatrix/solver/step_control.hpp"
#include "laws/small_models.hpp"

namespace cicatrix {

/// Made so that exp(-t) (2 + shape) for the one and its square for the other solve it; two states that never change
/// say what shape and its Laplacian are at each place.
struct MadeInRings {
    static constexpr std::string_view id = "made_in_rings";
    static constexpr std::array states{State{"first", "1", "spreads"}, State{"second", "1", "stays"},
                                       State{"shape", "1", "of the place", true},
                                       State{"laplacian", "1", "of the place", true}};
    static constexpr std::array parameters{made_up("coupling", 3.0), made_up("diffusivity", 1.0)};
    static constexpr auto rates(const auto& t, const auto& y, const auto& k) {
        using cicatrix::exp;
        const auto [first, second, shape, laplacian] = pick<"first", "second", "shape", "laplacian">(y);
        const auto [coupling, diffusivity] = pick<"coupling", "diffusivity">(k);
        const auto decay = exp(-t);
        const auto exact = decay * (2.0 + shape);
        return collect<states>(named<"first", "second", "shape", "laplacian">(
            -diffusivity * decay * laplacian - exact + coupling * (second - first * first),
            coupling * (first * first - second) - 2.0 * exact * exact, 0.0 * shape, 0.0 * laplacian));
    }
    /// Flat at the axis and at r = 1, and at z = 0 and z = 1.
    static double shape(double r, double z) { return r * r * (1 - 0.5 * r * r) * std::cos(std::numbers::pi * z); }
    static double laplacian(double r, double z) {
        return (4 - 8 * r * r) * std::cos(std::numbers::pi * z) - std::numbers::pi * std::numbers::pi * shape(r, z);
    }
    static double exact(double t, double r, double z) { return std::exp(-t) * (2 + shape(r, z)); }
};

/// Cells that a sheet wakes and that wear it off, and a store of what they leave behind.
struct Covered {
    static constexpr std::string_view id = "covered";
    static constexpr std::array states{State{"cells", "1", "spread"}, State{"signal", "1", "spreads"},
                                       State{"store", "1", "stays"}, State{"cover", "1", "of the sheet"}};
    static constexpr std::array parameters{made_up("speed", 2.0)};
    static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        const auto [cells, signal, store, cover] = pick<"cells", "signal", "store", "cover">(y);
        const auto [speed] = pick<"speed">(k);
        return collect<states>(named<"cells", "signal", "store", "cover">(
            speed * cells * (1.0 + signal - cells) + 0.1 * store, 4.0 * (1.0 - cover) - 3.0 * signal * (1.0 + store),
            cells - store, speed * cover * (1.0 - cover)));
    }
};
constexpr Layout covered{states_named<Covered>({"cells", "signal"}), states_named<Covered>({"cover"})};

/// Spreads, beside what stays, under a gate that closes.
struct Gated {
    static constexpr std::string_view id = "gated";
    static constexpr std::array states{State{"amount", "1", "spreads"}, State{"gate", "1", "of the sheet"}};
    static constexpr std::array parameters{made_up("closure", 1.5)};
    static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        const auto [amount, gate] = pick<"amount", "gate">(y);
        return collect<states>(named<"amount", "gate">(0.0 * amount, get<"closure">(k) * (1.0 - gate)));
    }
};
constexpr Layout gated{1, 2};

template <Model M> RingTissue<M> tissue_in(const CellGrid& radial, const CellGrid& axial) {
    RingTissue<M> out;
    out.column = Tissue<M>(axial.cells(), coefficients_from<M>(default_parameters<M>()));
    out.column.volume = axial.volumes;
    out.grid = radial;
    return out;
}
template <Model M>
void let_diffuse_everywhere(RingTissue<M>& tissue, const CellGrid& axial, std::size_t state, double d) {
    let_diffuse(tissue.column, axial, state, d);
    tissue.radial[state] = d;
}
inline CellGrid axis(std::size_t cells, double fineness = 1) {
    return planar_grid(stretched_faces(0, 1, cells, fineness));
}
inline CellGrid disc(std::size_t rings, double fineness = 1) {
    return radial_grid(stretched_faces(0, 1, rings, fineness));
}

template <Model M> Settings<M> tolerance(double relative, double absolute = 1e-12) {
    Settings<M> out;
    out.relative = relative, out.absolute = Settings<M>::every(absolute);
    return out;
}

/// Cover that ends at some radius, over cells that differ from place to place.
inline RingStates<Covered> torn_cover(const RingTissue<Covered>& tissue, double radius) {
    auto y = tissue.blank();
    for (std::size_t r = 0; r < tissue.rings(); ++r) {
        const bool open = tissue.grid.centres[r] < radius;
        y[r].sheet[3] = open ? 0.1 : 1.0;
        for (std::size_t j = 0; j < tissue.column.cells; ++j) {
            const double depth = static_cast<double>(j) / static_cast<double>(tissue.column.cells);
            y[r].cells(0, j) = open ? 0.2 + 0.5 * depth : 1.0;
            y[r].cells(2, j) = open ? depth * depth : 1.0;
        }
    }
    return y;
}
inline RingTissue<Covered> covered_tissue(std::size_t rings, std::size_t cells) {
    const auto axial = axis(cells, 2);
    auto tissue = tissue_in<Covered>(disc(rings, 2), axial);
    let_diffuse_everywhere(tissue, axial, 0, 0.05);
    let_diffuse_everywhere(tissue, axial, 1, 4.0);
    tissue.radial[3] = 0.02;
    for (std::size_t j = 0; j < cells; ++j) tissue.column.heard[j] = 1.0 / static_cast<double>(j + 1);
    tissue.column.sheet_home[3] = 1;
    return tissue;
}

}  // namespace cicatrix
