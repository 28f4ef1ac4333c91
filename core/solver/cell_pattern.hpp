// What can be known of a tissue's linear systems before the program runs: which states of a cell are eliminated in
// place, which must be solved for together, and in which order.
#pragma once
#include <cstddef>
#include <utility>

#include "cicatrix/numeric/block_elimination.hpp"
#include "cicatrix/numeric/components.hpp"
#include "cicatrix/solver/linearisation.hpp"
#include "cicatrix/solver/spread.hpp"
#include "cicatrix/solver/tissue.hpp"

namespace cicatrix {

template <Model M, Layout layout> struct CellPattern {
    using V = CellLanes;
    using L = Linearisation<M, V>;
    static constexpr std::size_t n = L::n;
    static constexpr Pattern sheet = layout.sheet, mobile = layout.mobile;
    static constexpr Pattern here = L::states_mask & ~sheet, fixed = here & ~mobile;
    static_assert((mobile & sheet) == 0 && ((mobile | sheet) & ~L::states_mask) == 0 && mobile != 0);

    /// The derivatives of the states of a cell, those of `spread` included.
    static constexpr RowPatterns<n> rows = []<std::size_t... I>(std::index_sequence<I...>) {
        const auto of = []<std::size_t i>() -> Pattern {
            if constexpr (detail::spread_place<M>(i) < 0) {
                return L::rows[i];
            } else {
                using Before = decltype(detail::spread_of<M, i>(detail::seeded<M, V>(std::declval<StatesOf<M, V>>()),
                                                                std::declval<CoefficientsOf<M, V>>()));
                return L::rows[i] | pattern_of<Before>;
            }
        };
        return RowPatterns<n>{of.template operator()<I>()...};
    }
    (std::make_index_sequence<n>{});

    /// What is left of the derivatives when the fixed states are gone.
    static constexpr RowPatterns<n> left = [] {
        auto out = detail::plan_partial<n>(rows, here, fixed).filled;
        for (std::size_t i = 0; i < n; ++i)
            out[i] = (sheet >> i & 1) ? L::rows[i] : (mobile >> i & 1) ? out[i] & (mobile | sheet) : 0;
        return out;
    }();
    static constexpr Components<n> components = components_of<n>(left, mobile | sheet);

    /// What a mobile state reads of those that are solved for earlier.
    static constexpr RowPatterns<n> earlier = [] {
        RowPatterns<n> out{};
        for (std::size_t i = 0; i < n; ++i)
            if (mobile >> i & 1) out[i] = left[i] & ~components.members[components.of(i)];
        return out;
    }();

    static constexpr bool sheet_is_in_no_loop = [] {
        bool out = true;
        for (std::size_t i = 0; i < n; ++i) {
            if (!(sheet >> i & 1)) continue;
            out = out && components.members[components.of(i)] == Pattern{1} << i && (L::rows[i] & fixed) == 0;
        }
        return out;
    }();
    static_assert(sheet_is_in_no_loop,
                  "the sheet feels mobile states alone, and none of them feels it back, directly or by way of others");

    using Elimination = BlockElimination<V, n, rows, here, fixed, earlier>;
    /// Keeps all that is left, for solvers that multiply by it.
    using WholeElimination = BlockElimination<V, n, rows, here, fixed, left>;
};

}  // namespace cicatrix
