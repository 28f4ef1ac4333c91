// Eigenvalues and eigenvectors of small symmetric matrices by rotations, to the same bits on every machine.
#pragma once
#include <cstddef>
#include <vector>

namespace cicatrix {

/// Eigenvalues in ascending order, and orthonormal eigenvectors.
struct Eigenbasis {
    std::vector<double> values;
    std::vector<double> vectors;  ///< the k-th in entries k n to (k + 1) n

    std::size_t size() const { return values.size(); }
    const double* vector(std::size_t k) const { return vectors.data() + k * size(); }
};

/// Of a symmetric n x n matrix in one piece. The method of Jacobi keeps small eigenvalues of diffusion accurate.
Eigenbasis eigenbasis_of(std::vector<double> matrix);

}  // namespace cicatrix
