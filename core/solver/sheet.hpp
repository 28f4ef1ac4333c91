// The sheet on top of a tissue: states that exist once, feel the mean of the cells, and are felt by them.
#pragma once
#include <array>
#include <cstddef>

#include "cicatrix/numeric/aligned_rows.hpp"
#include "cicatrix/solver/linearisation.hpp"
#include "cicatrix/solver/tissue.hpp"

namespace cicatrix {

/// Rates of the sheet and its rows of the linear systems of a step. Empty where a model has no sheet.
template <Model M, Layout layout> class Sheet {
    using L = Linearisation<M, double>;
    static constexpr std::size_t n = L::n;

  public:
    using States = StatesOf<M, double>;

    explicit Sheet(const Tissue<M>& tissue) : tissue_(tissue), told_(tissue.cells) {
        for (std::size_t j = 0; j < tissue.cells; ++j) told_(0, j) = tissue.told[j];
    }

    void rates(double t, const CellStates<M>& y, States& out) const {
        const auto all = M::rates(t, felt(y), tissue_.sheet_kind);
        for_each_state<layout.sheet>([&]<std::size_t i>() { out[i] = L::value_of(get<i>(all.values)); });
    }

    /// Rates, their slopes in time, and the rows of the matrix.
    void linearise(double t, const CellStates<M>& y, double shift, States& rates, States& time_slopes) {
        const auto dual = L::dual_rates(t, felt(y), tissue_.sheet_kind);
        for_each_state<layout.sheet>([&]<std::size_t i>() {
            const auto& rate = get<i>(dual.values);
            rates[i] = L::value_of(rate);
            if constexpr (L::template depends_on_time<i>) time_slopes[i] = slope<static_cast<int>(n)>(rate);
            matrix_[i] = {};
            for_each_state<L::rows[i]>([&]<std::size_t j>() { matrix_[i][j] = -slope<static_cast<int>(j)>(rate); });
            matrix_[i][i] += shift;
        });
    }

    /// Replaces the right-hand side of state i by its solution; what it reads has been solved for.
    template <std::size_t i> void solve(CellStates<M>& x) const {
        x.sheet[i] = less_others<i>(x, x.sheet[i]) / diagonal(i);
    }

    /// `right` less what the others that state i reads give to its row.
    template <std::size_t i> double less_others(const CellStates<M>& x, double right) const {
        for_each_state<L::rows[i] & ~(Pattern{1} << i)>([&]<std::size_t j>() {
            right -= matrix_[i][j] * ((layout.sheet >> j & 1) != 0 ? x.sheet[j] : mean(x.cells, j));
        });
        return right;
    }
    double diagonal(std::size_t i) const { return matrix_[i][i]; }

  private:
    /// What the sheet feels of a state of the cells; summed in an order that does not depend on the width of lanes.
    double mean(const CellRows<n>& y, std::size_t state) const {
        constexpr std::size_t together = CellRows<n>::together;
        std::array<double, together> sums{};
        for (std::size_t p = 0; p < y.places(); ++p) {
            const double *lanes = y.place(p) + state * together, *weights = told_.place(p);
            for (std::size_t w = 0; w < together; ++w) sums[w] += weights[w] * lanes[w];
        }
        double sum = 0;
        for (const double part : sums) sum += part;
        return sum;
    }

    States felt(const CellStates<M>& y) const {
        States out = tissue_.sheet_home;
        for_each_state<layout.sheet>([&]<std::size_t i>() {
            out[i] = y.sheet[i];
            for_each_state<L::rows[i] & ~layout.sheet>([&]<std::size_t j>() { out[j] = mean(y.cells, j); });
        });
        return out;
    }

    const Tissue<M>& tissue_;
    CellRows<1> told_;
    std::array<std::array<double, n>, n> matrix_{};
};

}  // namespace cicatrix
