// Elimination of a part of the unknowns of a small sparse matrix whose pattern is known at compile time. What is left
// is the Schur complement on the rest, to be solved by other means; then the eliminated unknowns follow.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <utility>

#include "cicatrix/numeric/sparse_lu.hpp"

namespace cicatrix {

namespace detail {

template <std::size_t n> struct PartialPlan {
    std::array<std::size_t, n> order{};  // the k-th pivot, for k < eliminated
    std::array<Pattern, n> left{};       // unknowns that remain after the k-th pivot
    std::size_t eliminated = 0;
    RowPatterns<n> filled{};
    std::array<std::array<std::int16_t, n>, n> position{};  // in storage, -1 when zero
    std::size_t entries = 0;
};

/// The cheapest of the `allowed` pivots by Markowitz' count over the `remaining` unknowns.
template <std::size_t n>
constexpr std::size_t cheapest_of(const RowPatterns<n>& rows, Pattern remaining, Pattern allowed) {
    std::size_t best = n, least = ~std::size_t{0};
    for (std::size_t k = 0; k < n; ++k) {
        if (!(allowed >> k & 1)) continue;
        std::size_t column = 0;
        for (std::size_t i = 0; i < n; ++i) column += (remaining >> i & 1) && (rows[i] >> k & 1);
        const std::size_t cost = (static_cast<std::size_t>(std::popcount(rows[k] & remaining)) - 1) * (column - 1);
        if (cost < least) least = cost, best = k;
    }
    return best;
}

template <std::size_t n>
constexpr PartialPlan<n> plan_partial(RowPatterns<n> rows, Pattern equations, Pattern eliminated) {
    PartialPlan<n> plan;
    for (std::size_t i = 0; i < n; ++i) rows[i] = (equations >> i & 1) ? rows[i] | Pattern{1} << i : 0;
    Pattern remaining = (Pattern{1} << n) - 1;
    for (Pattern allowed = eliminated; allowed != 0;) {
        const std::size_t k = cheapest_of<n>(rows, remaining, allowed);
        allowed &= ~(Pattern{1} << k);
        remaining &= ~(Pattern{1} << k);
        plan.order[plan.eliminated] = k;
        plan.left[plan.eliminated++] = remaining;
        for (std::size_t i = 0; i < n; ++i)
            if ((remaining >> i & 1) && (rows[i] >> k & 1)) rows[i] |= rows[k] & remaining;
    }
    plan.filled = rows;
    for (auto& row : plan.position) row.fill(-1);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
            if (rows[i] >> j & 1) plan.position[i][j] = static_cast<std::int16_t>(plan.entries++);
    return plan;
}

template <std::size_t n> constexpr void partial_factor_operations(const PartialPlan<n>& plan, auto&& emit) {
    for (std::size_t step = 0; step < plan.eliminated; ++step) {
        const std::size_t k = plan.order[step];
        const Pattern rest = plan.left[step];
        emit(Operation::invert, plan.position[k][k], 0, 0);
        for (std::size_t i = 0; i < n; ++i) {
            if (!(rest >> i & 1) || plan.position[i][k] < 0) continue;
            emit(Operation::scale, plan.position[i][k], plan.position[k][k], 0);
            for (std::size_t j = 0; j < n; ++j)
                if ((rest >> j & 1) && plan.position[k][j] >= 0)
                    emit(Operation::subtract, plan.position[i][j], plan.position[i][k], plan.position[k][j]);
        }
    }
}

template <std::size_t n> constexpr void partial_forward_operations(const PartialPlan<n>& plan, auto&& emit) {
    for (std::size_t step = 0; step < plan.eliminated; ++step) {
        const std::size_t k = plan.order[step];
        for (std::size_t i = 0; i < n; ++i)
            if ((plan.left[step] >> i & 1) && plan.position[i][k] >= 0)
                emit(Operation::subtract, i, plan.position[i][k], k);
    }
}

template <std::size_t n> constexpr void partial_back_operations(const PartialPlan<n>& plan, auto&& emit) {
    for (std::size_t step = plan.eliminated; step-- > 0;) {
        const std::size_t k = plan.order[step];
        for (std::size_t j = 0; j < n; ++j)
            if ((plan.left[step] >> j & 1) && plan.position[k][j] >= 0)
                emit(Operation::subtract, k, plan.position[k][j], j);
        emit(Operation::scale, k, plan.position[k][k], 0);
    }
}

}  // namespace detail

/// Eliminates `eliminated` of the unknowns that have `equations` from an n x n matrix with pattern `rows` (the diagonal
/// is always included), without pivoting. Other columns stand for what is known by the time of `back`. What `forward`
/// and `back` need is kept, and the entries of `also_kept`.
template <class V, std::size_t n, RowPatterns<n> rows, Pattern equations, Pattern eliminated,
          RowPatterns<n> also_kept = RowPatterns<n>{}>
class BlockElimination {
    static constexpr auto plan_ = detail::plan_partial<n>(rows, equations, eliminated);
    static constexpr auto factor_in_ = [](auto&& emit) constexpr { detail::partial_factor_operations(plan_, emit); };
    static constexpr auto forward_in_ = [](auto&& emit) constexpr { detail::partial_forward_operations(plan_, emit); };
    static constexpr auto back_in_ = [](auto&& emit) constexpr { detail::partial_back_operations(plan_, emit); };
    static constexpr auto factor_list_ = detail::listed<detail::counted(factor_in_)>(factor_in_);
    static constexpr auto forward_list_ = detail::listed<detail::counted(forward_in_)>(forward_in_);
    static constexpr auto back_list_ = detail::listed<detail::counted(back_in_)>(back_in_);

    /// Where an entry of the storage stands among those that are kept; -1 when it is not.
    struct Kept {
        std::array<std::int16_t, plan_.entries> place{};
        std::size_t count = 0;
    };
    static constexpr Kept kept_ = [] {
        Kept out;
        out.place.fill(-1);
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j)
                if (plan_.position[i][j] >= 0 && (((eliminated >> i | eliminated >> j | also_kept[i] >> j) & 1) != 0))
                    out.place[static_cast<std::size_t>(plan_.position[i][j])] = static_cast<std::int16_t>(out.count++);
        return out;
    }();

  public:
    static constexpr RowPatterns<n> filled = plan_.filled;
    using Factors = std::array<V, kept_.count>;

    static constexpr bool has(std::size_t i, std::size_t j) { return plan_.position[i][j] >= 0; }
    /// An entry: of the matrix before `factor`, of the Schur complement after.
    template <std::size_t i, std::size_t j> CICATRIX_INLINE V& at() {
        return storage_[static_cast<std::size_t>(plan_.position[i][j])];
    }
    template <std::size_t i, std::size_t j> CICATRIX_INLINE static const V& kept(const Factors& factors) {
        return factors[static_cast<std::size_t>(kept_.place[static_cast<std::size_t>(plan_.position[i][j])])];
    }
    CICATRIX_INLINE void clear() {
        for (auto& entry : storage_) entry = V(0.0);
    }

    /// Eliminates. Returns the smallest pivot's magnitude.
    CICATRIX_INLINE V factor(Factors& factors) {
        smallest_ = V(1e300);
        [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA { (factor_one<I>(), ...); }
        (std::make_index_sequence<factor_list_.size()>{});
        [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA {
            ((kept_.place[I] >= 0 ? (factors[static_cast<std::size_t>(kept_.place[I])] = storage_[I], 0) : 0), ...);
        }
        (std::make_index_sequence<plan_.entries>{});
        return smallest_;
    }
    /// Takes the eliminated unknowns out of the right-hand side of the others.
    CICATRIX_INLINE static void forward(const Factors& factors, V* b) {
        [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA {
            (solve_one<forward_list_[I]>(factors, b), ...);
        }
        (std::make_index_sequence<forward_list_.size()>{});
    }
    /// Finds the eliminated unknowns once the others are known.
    CICATRIX_INLINE static void back(const Factors& factors, V* b) {
        [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA {
            (solve_one<back_list_[I]>(factors, b), ...);
        }
        (std::make_index_sequence<back_list_.size()>{});
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
    template <detail::Operation op> CICATRIX_INLINE static void solve_one(const Factors& factors, V* b) {
        constexpr auto place = static_cast<std::size_t>(kept_.place[op.left]);
        if constexpr (op.kind == detail::Operation::scale) b[op.target] *= factors[place];
        else b[op.target] -= factors[place] * b[op.right];
    }

    V storage_[plan_.entries];
    V smallest_;
};

}  // namespace cicatrix
