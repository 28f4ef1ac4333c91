// Linear systems by GMRES with a preconditioner on the right (Saad and Schultz 1986, SIAM J Sci Stat Comput 7:856): of
// the combinations of preconditioned vectors the one with the smallest residual.
#pragma once
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace cicatrix {

/// How a solution was found.
struct GmresOutcome {
    bool converged = false;
    std::size_t applications = 0;  ///< of the preconditioner, and as often of the matrix
    double residual = 0;
};

/// A `System` gives
///     Vector blank()                                   a vector of zeros
///     void copy(const Vector& from, Vector& to)
///     void precondition(Vector& x)                     replaces it by a solution that need not be exact
///     void apply(const Vector& x, Vector& out)         the matrix
///     double inner(const Vector& a, const Vector& b)   in which residuals are measured
///     void add(Vector& to, double factor, const Vector& x);   void scale(Vector& x, double factor)
template <class System> class Gmres {
    using Vector = typename System::Vector;

  public:
    static constexpr std::size_t before_restart = 10, most_applications = 40;

    /// Replaces the right-hand side by the solution, as soon as the residual is below `tolerance`.
    GmresOutcome solve(System& system, Vector& x, double tolerance) {
        outcome_ = {};
        vector(basis_, 0, system);
        system.copy(x, basis_[0]);
        system.scale(x, 0.0);
        do cycle(system, x, tolerance);
        while (!outcome_.converged && outcome_.applications < most_applications && is_finite(outcome_.residual));
        return outcome_;
    }

  private:
    using Column = std::array<double, before_restart + 1>;

    static bool is_finite(double a) { return a - a == 0; }

    static Vector& vector(std::vector<Vector>& list, std::size_t k, const System& system) {
        while (list.size() <= k) list.push_back(system.blank());
        return list[k];
    }

    /// From the residual in the first basis vector; leaves the new one there.
    void cycle(System& system, Vector& x, double tolerance) {
        const double start = std::sqrt(system.inner(basis_[0], basis_[0]));
        outcome_.residual = start;
        outcome_.converged = start == 0;
        if (outcome_.converged || !is_finite(start)) return;
        system.scale(basis_[0], 1.0 / start);
        right_ = {};
        right_[0] = start;
        std::size_t size = 0;
        while (size < before_restart && !outcome_.converged && is_finite(outcome_.residual)) {
            extend(system, size++);
            outcome_.residual = std::abs(right_[size]);
            outcome_.converged = outcome_.residual <= tolerance;
        }
        if (is_finite(outcome_.residual)) combine(system, x, size, start);
    }

    /// One more direction: what the matrix makes of the preconditioned vector k, less what is known of it.
    void extend(System& system, std::size_t k) {
        Vector& direction = vector(directions_, k, system);
        Vector& image = vector(basis_, k + 1, system);
        system.copy(basis_[k], direction);
        system.precondition(direction);
        system.apply(direction, image);
        Column column{};
        for (std::size_t j = 0; j <= k; ++j) {
            column[j] = system.inner(image, basis_[j]);
            system.add(image, -column[j], basis_[j]);
        }
        column[k + 1] = std::sqrt(system.inner(image, image));
        if (column[k + 1] > 0) system.scale(image, 1.0 / column[k + 1]);
        full_[k] = column;
        rotate(column, k);
        ++outcome_.applications;
    }

    /// Keeps the small matrix triangular.
    void rotate(Column column, std::size_t k) {
        for (std::size_t j = 0; j < k; ++j) {
            const double upper = column[j];
            column[j] = cosine_[j] * upper + sine_[j] * column[j + 1];
            column[j + 1] = cosine_[j] * column[j + 1] - sine_[j] * upper;
        }
        const double length = std::sqrt(column[k] * column[k] + column[k + 1] * column[k + 1]);
        cosine_[k] = column[k] / length;
        sine_[k] = column[k + 1] / length;
        column[k] = length;
        right_[k + 1] = -sine_[k] * right_[k];
        right_[k] *= cosine_[k];
        triangle_[k] = column;
    }

    void combine(System& system, Vector& x, std::size_t size, double start) {
        Column weights{}, left{};
        for (std::size_t k = size; k-- > 0;) {
            double sum = right_[k];
            for (std::size_t j = k + 1; j < size; ++j) sum -= triangle_[j][k] * weights[j];
            weights[k] = sum / triangle_[k][k];
            system.add(x, weights[k], directions_[k]);
        }
        if (outcome_.converged) return;
        left[0] = start;
        for (std::size_t k = 0; k < size; ++k)
            for (std::size_t j = 0; j <= k + 1; ++j) left[j] -= full_[k][j] * weights[k];
        system.scale(basis_[0], left[0]);
        for (std::size_t k = 1; k <= size; ++k) system.add(basis_[0], left[k], basis_[k]);
    }

    std::vector<Vector> basis_, directions_;
    std::array<Column, before_restart> full_{}, triangle_{};
    Column right_{}, cosine_{}, sine_{};
    GmresOutcome outcome_;
};

}  // namespace cicatrix
