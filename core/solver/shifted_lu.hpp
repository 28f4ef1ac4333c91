// The matrix 1/(gamma h) I - J of a Rosenbrock step, factored two ways: planned sparse elimination without pivoting for
// lanes, and Eigen's dense elimination with partial pivoting for the rare member that needs it.
#pragma once
#include <Eigen/Dense>
#include <cstddef>
#include <utility>

#include "cicatrix/solver/linearisation.hpp"

namespace cicatrix {

/// Sparse, unrolled, without pivoting. `factor` returns the smallest pivot relative to `shift`.
template <Model M, class V> class SparseShifted {
    using L = Linearisation<M, V>;
    static constexpr std::size_t n = L::n;

  public:
    template <class Rates> CICATRIX_INLINE V factor(const Rates& rates, const V& shift) {
        lu_.clear();
        [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA {
            (fill_row<I>(get<I>(rates.values), shift, std::make_index_sequence<n>{}), ...);
        }
        (std::make_index_sequence<n>{});
        return lu_.factor() / shift;
    }
    CICATRIX_INLINE void solve(StatesOf<M, V>& b) const { lu_.solve(b.data()); }

  private:
    template <std::size_t i, class Rate, std::size_t... J>
    CICATRIX_INLINE void fill_row(const Rate& rate, const V& shift, std::index_sequence<J...>) {
        (fill<i, J>(rate, shift), ...);
    }
    template <std::size_t i, std::size_t j, class Rate> CICATRIX_INLINE void fill(const Rate& rate, const V& shift) {
        if constexpr (L::template has_entry<i, j>)
            lu_.template at<i, j>() =
                i == j ? shift - slope<static_cast<int>(j)>(rate) : -slope<static_cast<int>(j)>(rate);
        else if constexpr (i == j) lu_.template at<i, j>() = shift;
    }

    SparseLu<V, n, L::rows> lu_;
};

/// Dense, with partial pivoting; scalar only.
template <Model M> class PivotingShifted {
    using L = Linearisation<M, double>;
    static constexpr int n = static_cast<int>(L::n);

  public:
    template <class Rates> double factor(const Rates& rates, double shift) {
        Eigen::Matrix<double, n, n> matrix = shift * Eigen::Matrix<double, n, n>::Identity();
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (subtract_row<I>(matrix, get<I>(rates.values), std::make_index_sequence<L::n>{}), ...);
        }
        (std::make_index_sequence<L::n>{});
        lu_.compute(matrix);
        return 1.0;
    }
    void solve(StatesOf<M, double>& b) const {
        Eigen::Map<Eigen::Matrix<double, n, 1>> x(b.data());
        x = lu_.solve(x).eval();
    }

  private:
    template <std::size_t i, class Rate, std::size_t... J>
    static void subtract_row(auto& matrix, const Rate& rate, std::index_sequence<J...>) {
        (subtract<i, J>(matrix, rate), ...);
    }
    template <std::size_t i, std::size_t j, class Rate> static void subtract(auto& matrix, const Rate& rate) {
        if constexpr (L::template has_entry<i, j>) matrix(i, j) -= slope<static_cast<int>(j)>(rate);
    }

    Eigen::PartialPivLU<Eigen::Matrix<double, n, n>> lu_;
};

}  // namespace cicatrix
