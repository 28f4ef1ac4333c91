// Finds the modes of diffusion across rings.
#include "cicatrix/solver/radial_modes.hpp"

#include <cmath>

#include "cicatrix/numeric/eigenbasis.hpp"

namespace cicatrix {

RadialModes radial_modes(const CellGrid& grid) {
    const std::size_t n = grid.cells();
    const RadialCoupling coupling(grid);
    std::vector<double> root(n), matrix(n * n, 0.0);  // symmetric in terms of y sqrt(volume)
    double whole = 0;
    for (std::size_t r = 0; r < n; ++r) {
        root[r] = std::sqrt(grid.volumes[r]);
        whole += grid.volumes[r];
        matrix[r * n + r] = coupling.inward[r] + coupling.outward[r];
        if (r > 0) matrix[r * n + r - 1] = matrix[(r - 1) * n + r] = -coupling.inward[r] * root[r] / root[r - 1];
    }
    auto basis = eigenbasis_of(std::move(matrix));
    basis.values[0] = 0.0;  // exactly, so that no amount is lost however long a step
    for (std::size_t r = 0; r < n; ++r) basis.vectors[r] = root[r] / std::sqrt(whole);
    RadialModes out{basis.values, std::vector<double>(n * n), std::vector<double>(n * n)};
    for (std::size_t m = 0; m < n; ++m)
        for (std::size_t r = 0; r < n; ++r) {
            out.to_modes[r * n + m] = basis.vector(m)[r] * root[r];
            out.to_rings[m * n + r] = basis.vector(m)[r] / root[r];
        }
    return out;
}

}  // namespace cicatrix
