// Finite volumes on a line: where the faces of the cells lie, how wide the body is there, and how that couples cells by
// diffusion.
#pragma once
#include <cmath>
#include <cstddef>
#include <functional>
#include <numbers>
#include <vector>

#include "cicatrix/solver/tissue.hpp"

namespace cicatrix {

/// Cells between faces. The width is the cross-section: 1 for a plane, the radius for a disc cut into rings.
struct CellGrid {
    std::vector<double> faces;  ///< ascending, one more than cells
    std::vector<double> centres;
    std::vector<double> face_widths;  ///< cross-section at each face
    std::vector<double> volumes;

    std::size_t cells() const { return centres.size(); }
};

namespace detail {
inline CellGrid with_centres(std::vector<double> faces) {
    CellGrid grid;
    for (std::size_t j = 0; j + 1 < faces.size(); ++j) grid.centres.push_back(0.5 * (faces[j] + faces[j + 1]));
    grid.faces = std::move(faces);
    return grid;
}
}  // namespace detail

/// Faces from `from` to `to`, the first cell `fineness` times thinner than the last, smoothly stretched.
inline std::vector<double> stretched_faces(double from, double to, std::size_t cells, double fineness) {
    std::vector<double> out{from};
    for (std::size_t j = 1; j < cells; ++j) {
        const double x = static_cast<double>(j) / static_cast<double>(cells);
        // The square of x mixed in: spacing grows linearly from 2 / (1 + fineness) to 2 fineness / (1 + fineness).
        const double part = (2.0 * x + (fineness - 1.0) * x * x) / (1.0 + fineness);
        out.push_back(from + (to - from) * part);
    }
    out.push_back(to);
    return out;
}

inline CellGrid planar_grid(std::vector<double> faces) {
    CellGrid grid = detail::with_centres(std::move(faces));
    grid.face_widths.assign(grid.faces.size(), 1.0);
    for (std::size_t j = 0; j < grid.cells(); ++j) grid.volumes.push_back(grid.faces[j + 1] - grid.faces[j]);
    return grid;
}

/// Rings of a disc; volumes are areas over 2 pi.
inline CellGrid radial_grid(std::vector<double> faces) {
    CellGrid grid = detail::with_centres(std::move(faces));
    grid.face_widths = grid.faces;
    for (std::size_t j = 0; j < grid.cells(); ++j)
        grid.volumes.push_back(0.5 * (grid.faces[j + 1] - grid.faces[j]) * (grid.faces[j + 1] + grid.faces[j]));
    return grid;
}

/// Lets a state of the tissue diffuse on the grid with one diffusivity per face (length^2 / time). Nothing passes the
/// outermost faces unless the tissue has a border value there, which then stands on the face itself.
template <Model M>
void let_diffuse(Tissue<M>& tissue, const CellGrid& grid, std::size_t state, const std::vector<double>& diffusivity) {
    const std::size_t last = grid.cells() - 1;
    for (std::size_t j = 0; j <= last; ++j) {
        const auto conductance = [&](std::size_t face, double distance) {
            return diffusivity[face] * grid.face_widths[face] / (distance * grid.volumes[j]);
        };
        double low = 0, high = 0;
        if (j > 0) low = conductance(j, grid.centres[j] - grid.centres[j - 1]);
        else if (tissue.before[state]) low = conductance(0, grid.centres[0] - grid.faces[0]);
        if (j < last) high = conductance(j + 1, grid.centres[j + 1] - grid.centres[j]);
        else if (tissue.after[state]) high = conductance(last + 1, grid.faces[last + 1] - grid.centres[last]);
        tissue.low(state, j) = low;
        tissue.high(state, j) = high;
    }
}

template <Model M> void let_diffuse(Tissue<M>& tissue, const CellGrid& grid, std::size_t state, double diffusivity) {
    let_diffuse(tissue, grid, state, std::vector<double>(grid.faces.size(), diffusivity));
}

}  // namespace cicatrix
