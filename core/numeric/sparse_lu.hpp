// LU factorisation of a matrix whose pattern is known at compile time: the order of elimination (Markowitz, on the
// diagonal), the fill and every operation are planned by the compiler, so nothing is left of it at run time but
// arithmetic.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

#include "cicatrix/numeric/dual.hpp"
#include "cicatrix/numeric/lanes.hpp"

namespace cicatrix {

/// Which columns of each row may be non-zero.
template <std::size_t n> using RowPatterns = std::array<Pattern, n>;

namespace detail {

template <std::size_t n> struct EliminationPlan {
    std::array<std::size_t, n> order{};                     // the k-th pivot
    RowPatterns<n> filled{};                                // rows with their fill
    std::array<std::array<std::int16_t, n>, n> position{};  // of an entry in storage, -1 when it is zero
    std::size_t entries = 0;
};

template <std::size_t n> constexpr std::size_t cheapest_pivot(const RowPatterns<n>& rows, Pattern remaining) {
    std::size_t best = n, least = ~std::size_t{0};
    for (std::size_t k = 0; k < n; ++k) {
        if (!(remaining >> k & 1)) continue;
        std::size_t column = 0;
        for (std::size_t i = 0; i < n; ++i) column += (remaining >> i & 1) && (rows[i] >> k & 1);
        const std::size_t cost = (static_cast<std::size_t>(std::popcount(rows[k] & remaining)) - 1) * (column - 1);
        if (cost < least) least = cost, best = k;
    }
    return best;
}

template <std::size_t n> constexpr EliminationPlan<n> plan_elimination(RowPatterns<n> rows) {
    EliminationPlan<n> plan;
    for (std::size_t i = 0; i < n; ++i) rows[i] |= Pattern{1} << i;
    Pattern remaining = n == 64 ? ~Pattern{0} : (Pattern{1} << n) - 1;
    for (std::size_t step = 0; step < n; ++step) {
        const std::size_t k = plan.order[step] = cheapest_pivot(rows, remaining);
        remaining &= ~(Pattern{1} << k);
        for (std::size_t i = 0; i < n; ++i)
            if ((remaining >> i & 1) && (rows[i] >> k & 1)) rows[i] |= rows[k] & remaining;
    }
    plan.filled = rows;
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
            plan.position[i][j] = (rows[i] >> j & 1) ? static_cast<std::int16_t>(plan.entries++) : std::int16_t{-1};
    return plan;
}

/// Whether elimination fills an entry that the matrix with its diagonal lacks.
template <std::size_t n>
constexpr bool fills(const RowPatterns<n>& rows, const EliminationPlan<n>& plan, std::size_t i, std::size_t j) {
    return i != j && plan.position[i][j] >= 0 && !(rows[i] >> j & 1);
}
template <std::size_t n> constexpr std::size_t fill_count(const RowPatterns<n>& rows, const EliminationPlan<n>& plan) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) count += fills(rows, plan, i, j);
    return count;
}
/// Where these entries are stored.
template <std::size_t count, std::size_t n>
constexpr std::array<std::size_t, count> fill(const RowPatterns<n>& rows, const EliminationPlan<n>& plan) {
    std::array<std::size_t, count> list{};
    for (std::size_t i = 0, next = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
            if (fills(rows, plan, i, j)) list[next++] = static_cast<std::size_t>(plan.position[i][j]);
    return list;
}

/// One arithmetic operation on numbered storage; which kind is said by the list it stands in.
struct Operation {
    enum Kind : std::uint8_t { invert, scale, subtract } kind;
    std::uint16_t target, left, right;
};

template <std::size_t n> constexpr auto later(const EliminationPlan<n>& plan, std::size_t step) {
    Pattern mask = 0;
    for (std::size_t s = step + 1; s < n; ++s) mask |= Pattern{1} << plan.order[s];
    return mask;
}

/// Calls `emit(kind, target, left, right)` for each operation of the factorisation, in order.
template <std::size_t n> constexpr void factor_operations(const EliminationPlan<n>& plan, auto&& emit) {
    for (std::size_t step = 0; step < n; ++step) {
        const std::size_t k = plan.order[step];
        const Pattern rest = later(plan, step);
        emit(Operation::invert, plan.position[k][k], 0, 0);
        for (std::size_t i = 0; i < n; ++i) {
            if (!(rest >> i & 1) || plan.position[i][k] < 0) continue;
            emit(Operation::scale, plan.position[i][k], plan.position[k][k], 0);
            for (std::size_t j = 0; j < n; ++j)
                if ((rest >> j & 1) && plan.position[k][j] >= 0)
                    emit(Operation::subtract, plan.position[i][j], plan.position[i][k], plan.position[k][j]);
        }
        for (std::size_t j = 0; j < n; ++j)
            if ((rest >> j & 1) && plan.position[k][j] >= 0)
                emit(Operation::scale, plan.position[k][j], plan.position[k][k], 0);
    }
}

/// The same for forward and back substitution: `left` numbers the factor's storage, `target` and `right` the vector.
template <std::size_t n> constexpr void solve_operations(const EliminationPlan<n>& plan, auto&& emit) {
    for (std::size_t step = 0; step < n; ++step) {
        const std::size_t k = plan.order[step];
        const Pattern rest = later(plan, step);
        for (std::size_t i = 0; i < n; ++i)
            if ((rest >> i & 1) && plan.position[i][k] >= 0) emit(Operation::subtract, i, plan.position[i][k], k);
    }
    for (std::size_t k = 0; k < n; ++k) emit(Operation::scale, k, plan.position[k][k], 0);
    for (std::size_t step = n; step-- > 0;) {
        const std::size_t k = plan.order[step];
        const Pattern rest = later(plan, step);
        for (std::size_t j = 0; j < n; ++j)
            if ((rest >> j & 1) && plan.position[k][j] >= 0) emit(Operation::subtract, k, plan.position[k][j], j);
    }
}

template <std::size_t count> constexpr std::array<Operation, count> listed(auto&& operations) {
    std::array<Operation, count> list{};
    std::size_t i = 0;
    operations([&](Operation::Kind kind, auto target, auto left, auto right) {
        list[i++] = {kind, static_cast<std::uint16_t>(target), static_cast<std::uint16_t>(left),
                     static_cast<std::uint16_t>(right)};
    });
    return list;
}
constexpr std::size_t counted(auto&& operations) {
    std::size_t count = 0;
    operations([&](auto, auto, auto, auto) { ++count; });
    return count;
}

}  // namespace detail

/// LU factors of an n x n matrix with pattern `rows` (the diagonal is always included), without pivoting.
template <class V, std::size_t n, RowPatterns<n> rows> class SparseLu {
    static constexpr auto plan_ = detail::plan_elimination<n>(rows);
    static constexpr auto factor_in_ = [](auto&& emit) constexpr { detail::factor_operations(plan_, emit); };
    static constexpr auto solve_in_ = [](auto&& emit) constexpr { detail::solve_operations(plan_, emit); };
    static constexpr auto factor_list_ = detail::listed<detail::counted(factor_in_)>(factor_in_);
    static constexpr auto solve_list_ = detail::listed<detail::counted(solve_in_)>(solve_in_);

    static constexpr auto fill_list_ = detail::fill<detail::fill_count(rows, plan_)>(rows, plan_);

  public:
    static constexpr std::size_t entries = plan_.entries;  ///< stored entries, fill included
    static constexpr std::size_t factor_operations = factor_list_.size();

    static constexpr bool has(std::size_t i, std::size_t j) { return plan_.position[i][j] >= 0; }
    /// The matrix entry, to be filled in before `factor`: all of the pattern and of the diagonal.
    template <std::size_t i, std::size_t j> CICATRIX_INLINE V& at() {
        return storage_[static_cast<std::size_t>(plan_.position[i][j])];
    }
    /// Sets the entries that the pattern lacks to zero, to be done before `factor`.
    CICATRIX_INLINE void clear() {
        [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA {
            ((storage_[fill_list_[I]] = V(0.0)), ...);
        }
        (std::make_index_sequence<fill_list_.size()>{});
    }

    /// Factors in place. Returns the smallest pivot's magnitude; a tiny one means that this order of elimination fails.
    CICATRIX_INLINE V factor() {
        smallest_ = V(std::numeric_limits<double>::infinity());
        [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA { (factor_one<I>(), ...); }
        (std::make_index_sequence<factor_list_.size()>{});
        return smallest_;
    }

    /// Replaces `b` by the solution. It is worked out in a copy, of which the compiler knows that it is no part of the
    /// factors, so that numbers stay in registers.
    CICATRIX_INLINE void solve(V* b) const {
        V x[n];
        [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA { ((x[I] = b[I]), ...); }
        (std::make_index_sequence<n>{});
        [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA { (solve_one<I>(x), ...); }
        (std::make_index_sequence<solve_list_.size()>{});
        [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA { ((b[I] = x[I]), ...); }
        (std::make_index_sequence<n>{});
    }

  private:
    template <std::size_t I> CICATRIX_INLINE void factor_one() {
        constexpr auto op = factor_list_[I];
        if constexpr (op.kind == detail::Operation::invert) {
            smallest_ = smaller(magnitude(storage_[op.target]), smallest_);
            storage_[op.target] = V(1.0) / storage_[op.target];
        } else if constexpr (op.kind == detail::Operation::scale) {
            storage_[op.target] *= storage_[op.left];
        } else {
            storage_[op.target] -= storage_[op.left] * storage_[op.right];
        }
    }
    template <std::size_t I> CICATRIX_INLINE void solve_one(V* b) const {
        constexpr auto op = solve_list_[I];
        if constexpr (op.kind == detail::Operation::scale) b[op.target] *= storage_[op.left];
        else b[op.target] -= storage_[op.left] * b[op.right];
    }

    V storage_[plan_.entries];
    V smallest_;
};

}  // namespace cicatrix
