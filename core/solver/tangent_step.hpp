// The linear algebra of a Rosenbrock step in tangents: the matrix is factored once, in plain numbers, and serves the
// values and all their derivatives.
#pragma once
#include <array>
#include <cstddef>
#include <utility>

#include "cicatrix/numeric/tangent.hpp"
#include "cicatrix/solver/linearisation.hpp"
#include "cicatrix/solver/rosenbrock_step.hpp"

namespace cicatrix {

/// W = shift I - J. From W x = b follows W dx = db + dJ x, for each direction: the shift has no derivatives, since the
/// steps of a run are not part of what is differentiated. `factor` returns the smallest pivot relative to the shift.
template <Model M> class TangentShifted {
    using L = Linearisation<M, Tangent>;
    static constexpr std::size_t n = L::n;
    static constexpr auto plan_ = detail::plan_elimination<n>(L::rows);
    static constexpr auto factor_in_ = [](auto&& emit) constexpr { detail::factor_operations(plan_, emit); };
    static constexpr auto solve_in_ = [](auto&& emit) constexpr { detail::solve_operations(plan_, emit); };
    static constexpr auto factor_list_ = detail::listed<detail::counted(factor_in_)>(factor_in_);
    static constexpr auto solve_list_ = detail::listed<detail::counted(solve_in_)>(solve_in_);
    using Operation = detail::Operation;

  public:
    template <class Rates> Tangent factor(const Rates& rates, const Tangent& shift) {
        matrix_.fill(0.0);
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (fill_row<I>(get<I>(rates.values), shift.value, std::make_index_sequence<n>{}), ...);
        }
        (std::make_index_sequence<n>{});
        double smallest = 1e300;
        for (const Operation& op : factor_list_) {
            double& target = matrix_[op.target];
            if (op.kind == Operation::invert) {
                smallest = smaller(magnitude(target), smallest);
                target = 1.0 / target;
            } else if (op.kind == Operation::scale) target *= matrix_[op.left];
            else target -= matrix_[op.left] * matrix_[op.right];
        }
        return smallest / shift.value;
    }

    void solve(StatesOf<M, Tangent>& b) const {
        std::array<double, n> x;
        std::array<Tangent::Slopes, n> dx;
        for (std::size_t i = 0; i < n; ++i) x[i] = b[i].value, dx[i] = b[i].slope;
        substitute(x);
        for (std::size_t e = 0; e < entries; ++e)
            dx[places_[e].row] = dx[places_[e].row] + jacobian_[e] * Tangent::Slopes(x[places_[e].column]);
        substitute(dx);
        for (std::size_t i = 0; i < n; ++i) b[i] = {x[i], dx[i]};
    }

  private:
    struct Entry {
        std::uint16_t row, column;
    };
    static constexpr std::size_t entries = L::jacobian_entries;
    static constexpr std::array<Entry, entries> places_ = [] {
        std::array<Entry, entries> out{};
        std::size_t next = 0;
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j)
                if (L::rows[i] >> j & 1) out[next++] = {static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(j)};
        return out;
    }();
    /// Where entry (i, j) of the Jacobian stands among all.
    static constexpr std::size_t place(std::size_t i, std::size_t j) {
        std::size_t before = 0;
        while (places_[before].row != i || places_[before].column != j) ++before;
        return before;
    }

    template <class X> void substitute(std::array<X, n>& x) const {
        for (const Operation& op : solve_list_) {
            const X factor(matrix_[op.left]);
            x[op.target] = op.kind == Operation::scale ? x[op.target] * factor : x[op.target] - factor * x[op.right];
        }
    }

    template <std::size_t i, class Rate, std::size_t... J>
    void fill_row(const Rate& rate, double shift, std::index_sequence<J...>) {
        matrix_[static_cast<std::size_t>(plan_.position[i][i])] = shift;
        (fill<i, J>(rate), ...);
    }
    template <std::size_t i, std::size_t j, class Rate> void fill(const Rate& rate) {
        if constexpr (L::template has_entry<i, j>) {
            const Tangent& entry = slope<static_cast<int>(j)>(rate);
            matrix_[static_cast<std::size_t>(plan_.position[i][j])] -= entry.value;
            jacobian_[place(i, j)] = entry.slope;
        }
    }

    std::array<double, plan_.entries> matrix_;
    std::array<Tangent::Slopes, entries> jacobian_;
};

/// A step whose derivatives are those of what the step computes in numbers, with its length held fixed.
template <class Method, Model M> using TangentStep = RosenbrockStep<Method, M, Tangent, TangentShifted<M>>;

}  // namespace cicatrix
