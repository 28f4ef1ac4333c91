// Diagonalises symmetric matrices by sweeps of rotations.
#include "cicatrix/numeric/eigenbasis.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cicatrix {
namespace {

constexpr int most_sweeps = 60;  // convergence is quadratic; a dozen are rarely needed

class Rotations {
  public:
    Rotations(std::vector<double> matrix, std::size_t n) : n_(n), a_(std::move(matrix)), vectors_(n * n, 0.0) {
        for (std::size_t i = 0; i < n; ++i) vectors_[i * n + i] = 1.0;
    }

    /// Rotates every pair once; false when nothing was left to rotate.
    bool sweep() {
        bool rotated = false;
        for (std::size_t p = 0; p < n_; ++p)
            for (std::size_t q = p + 1; q < n_; ++q) rotated = rotate(p, q) || rotated;
        return rotated;
    }
    double diagonal(std::size_t i) const { return a_[i * n_ + i]; }
    const double* vector(std::size_t i) const { return vectors_.data() + i * n_; }

  private:
    /// Makes the entry between p and q zero; false when it was too small to matter.
    bool rotate(std::size_t p, std::size_t q) {
        const double off = a_[p * n_ + q], app = a_[p * n_ + p], aqq = a_[q * n_ + q];
        if (std::abs(off) <= 1e-17 * std::sqrt(std::abs(app * aqq)) || off == 0) return false;
        const double theta = (aqq - app) / (2.0 * off);
        const double t = (theta < 0 ? -1.0 : 1.0) / (std::abs(theta) + std::sqrt(theta * theta + 1.0));
        const double c = 1.0 / std::sqrt(t * t + 1.0), s = t * c;
        for (std::size_t k = 0; k < n_; ++k) turn(a_[k * n_ + p], a_[k * n_ + q], c, s);
        for (std::size_t k = 0; k < n_; ++k) turn(a_[p * n_ + k], a_[q * n_ + k], c, s);
        for (std::size_t k = 0; k < n_; ++k) turn(vectors_[p * n_ + k], vectors_[q * n_ + k], c, s);
        a_[p * n_ + q] = a_[q * n_ + p] = 0.0;
        return true;
    }
    static void turn(double& x, double& y, double c, double s) {
        const double before = x;
        x = c * before - s * y;
        y = s * before + c * y;
    }

    std::size_t n_;
    std::vector<double> a_, vectors_;
};

}  // namespace

Eigenbasis eigenbasis_of(std::vector<double> matrix) {
    std::size_t n = 0;
    while (n * n < matrix.size()) ++n;
    Rotations rotations(std::move(matrix), n);
    for (int sweep = 0; sweep < most_sweeps && rotations.sweep(); ++sweep) {
    }
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return rotations.diagonal(i); });
    Eigenbasis out;
    for (const std::size_t i : order) {
        out.values.push_back(rotations.diagonal(i));
        out.vectors.insert(out.vectors.end(), rotations.vector(i), rotations.vector(i) + n);
    }
    return out;
}

}  // namespace cicatrix
