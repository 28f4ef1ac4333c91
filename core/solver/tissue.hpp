// Tissue in one dimension: a row of cells in each of which a model lives, some of its states spreading from cell to
// cell, others belonging to a sheet on top that is one for all cells.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/numeric/aligned_rows.hpp"
#include "cicatrix/numeric/dual.hpp"

namespace cicatrix {

/// Where the states of a model live: `mobile` ones spread, those of the `sheet` exist once, the others stay in their
/// cell.
struct Layout {
    Pattern mobile = 0, sheet = 0;
};

/// The pattern of some states by name; a misspelt name does not compile.
template <Model M> consteval Pattern states_named(std::initializer_list<std::string_view> names) {
    Pattern out = 0;
    for (const auto name : names) out |= Pattern{1} << index_of(M::states, name);
    return out;
}

/// Calls `visit.operator()<i>()` for each state in a pattern.
template <Pattern pattern, class Visit> CICATRIX_INLINE void for_each_state(Visit visit) {
    [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA {
        (visit.template operator()<static_cast<std::size_t>(detail::variable_at(pattern, static_cast<int>(I)))>(), ...);
    }
    (std::make_index_sequence<static_cast<std::size_t>(std::popcount(pattern))>{});
}

/// What stands in the cells and, where there is one, in the sheet; entries of a state that lives elsewhere are zero.
template <Model M> struct CellStates {
    CellRows<M::states.size()> cells;
    StatesOf<M, double> sheet{};

    CellStates() = default;
    explicit CellStates(std::size_t count) : cells(count) {}
};

/// How states spread and what differs from cell to cell. State s of cell j changes by
///     low(s, j) (y(s, j - 1) - y(s, j)) + high(s, j) (y(s, j + 1) - y(s, j))
/// besides its rate; beyond the first and the last cell stands the border's value.
template <Model M> struct Tissue {
    std::size_t cells = 0;
    CellRows<M::states.size()> low, high;          ///< 1 / time unit
    std::vector<double> volume;                    ///< of the cells, in any unit
    std::vector<CoefficientsOf<M, double>> kinds;  ///< coefficients, one set for each kind of cell
    std::vector<std::size_t> kind;                 ///< of each cell
    std::array<std::optional<double>, M::states.size()> before{}, after{};  ///< fixed values beyond the borders
    // With a sheet:
    std::vector<double> heard;         ///< by each cell: the part of a change of the sheet that it feels
    std::vector<double> told;          ///< by each cell: its weight in the mean that the sheet feels; they sum to one
    StatesOf<M, double> sheet_home{};  ///< from which a change of the sheet counts
    CoefficientsOf<M, double> sheet_kind{};

    Tissue() = default;
    /// Cells of one kind and equal volume among which nothing spreads.
    Tissue(std::size_t count, const CoefficientsOf<M, double>& k)
        : cells(count),
          low(count),
          high(count),
          volume(count, 1.0),
          kinds{k},
          kind(count, 0),
          heard(count, 1.0),
          told(count, 1.0 / static_cast<double>(count)),
          sheet_kind(k) {}

    /// States for its cells, all zero.
    CellStates<M> blank() const { return CellStates<M>(cells); }

    /// Sets what lies beyond the borders, the fixed value or the border cell's own, and links the rows. To be called
    /// when a state was written by hand.
    void close_borders(CellStates<M>& y) const {
        for (std::size_t i = 0; i < M::states.size(); ++i) {
            const double edge = y.cells(i, cells - 1), beyond = after[i].value_or(edge);
            for (std::size_t j = cells; j < y.cells.places() * y.cells.together; ++j)
                y.cells(i, j) = j == cells ? beyond : edge;
            y.cells.link(i, before[i].value_or(y.cells(i, 0)), beyond);
        }
    }

    /// Mean of a state over the volume of the cells.
    double mean(const CellRows<M::states.size()>& y, std::size_t state) const {
        double sum = 0, whole = 0;
        for (std::size_t j = 0; j < cells; ++j) sum += volume[j] * y(state, j), whole += volume[j];
        return sum / whole;
    }
};

}  // namespace cicatrix
