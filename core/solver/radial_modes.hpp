// The modes of diffusion across rings: patterns over the radius that diffusion only makes smaller.
#pragma once
#include <vector>

#include "cicatrix/solver/ring_tissue.hpp"

namespace cicatrix {

/// A pattern decays at the rate `values` times its diffusivity. Matrices are in one piece, the entries of an input
/// following each other.
struct RadialModes {
    std::vector<double> values;    ///< 1 / mm2, ascending; the first is zero, the uniform pattern
    std::vector<double> to_modes;  ///< entry (r, m): what ring r gives to mode m
    std::vector<double> to_rings;  ///< entry (m, r)
};

RadialModes radial_modes(const CellGrid& grid);

}  // namespace cicatrix
