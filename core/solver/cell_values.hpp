// What decides over a step of a tissue: sums over all its values, in an order that does not depend on the width of
// lanes, and visits to each of them.
#pragma once
#include <array>
#include <cstddef>
#include <utility>

#include "cicatrix/solver/step_control.hpp"
#include "cicatrix/solver/tissue.hpp"

namespace cicatrix {

namespace detail {

/// Sums over cells whose order does not depend on the width of lanes.
template <class V> class CellSum {
    static constexpr std::size_t width = width_of<V>, parts = CellRows<1>::together / width;

  public:
    CICATRIX_INLINE void add(std::size_t lanes, const V& value) { sums_[lanes / width] += value; }
    CICATRIX_INLINE void raise(std::size_t lanes, const V& value) {
        sums_[lanes / width] = larger(value, sums_[lanes / width]);
    }
    double sum() const {
        double out = 0;
        for (const V& part : sums_)
            for (std::size_t w = 0; w < width; ++w) out += lane(part, static_cast<int>(w));
        return out;
    }
    double largest() const {
        double out = 0;
        for (const V& part : sums_)
            for (std::size_t w = 0; w < width; ++w) out = larger(lane(part, static_cast<int>(w)), out);
        return out;
    }

  private:
    std::array<V, parts> sums_ = every_zero(std::make_index_sequence<parts>{});
    template <std::size_t... I> static std::array<V, parts> every_zero(std::index_sequence<I...>) {
        return {((void)I, V(0.0))...};
    }
};

}  // namespace detail

/// Where a step led one line of cells with its sheet.
template <Model M> struct StepOfCells { const CellStates<M>&from, &next, &error; };

namespace detail {
/// Adds the squares of the errors of all cells, and raises `below` to how far states lie below zero.
template <Model M, Layout layout, class V>
void add_errors(const Settings<M>& settings, const StepOfCells<M>& step, CellSum<V>& sum, CellSum<V>& below) {
    constexpr Pattern here = ((Pattern{1} << M::states.size()) - 1) & ~layout.sheet;
    constexpr std::size_t together = CellRows<1>::together, width = width_of<V>;
    for (std::size_t p = 0; p < step.from.cells.places(); ++p)
        for (std::size_t lanes = 0; lanes < together; lanes += width) {
            const double *from = step.from.cells.place(p) + lanes, *to = step.next.cells.place(p) + lanes,
                         *fault = step.error.cells.place(p) + lanes;
            for_each_state<here>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
                const V reached = load<V>(to + i * together);
                sum.add(lanes, square(scaled_error<M>(settings, i, load<V>(from + i * together), reached,
                                                      load<V>(fault + i * together))));
                if constexpr (!M::states[i].may_be_negative)
                    below.raise(lanes, depth_below_zero<M>(settings, i, reached));
            });
        }
}
}  // namespace detail

/// The square of the error's root mean square over all states of `lines` lines of cells, each in units of its
/// tolerance; more than one when a state lies further below zero than its absolute tolerance. `step(r)` is a
/// StepOfCells.
template <Model M, Layout layout>
double error_norm_of_cells(const Settings<M>& settings, std::size_t lines, auto step) {
    detail::CellSum<CellLanes> sum, below;
    std::size_t values = 0;
    for (std::size_t r = 0; r < lines; ++r) detail::add_errors<M, layout>(settings, step(r), sum, below);
    double whole = sum.sum(), deepest = below.largest();
    for (std::size_t r = 0; r < lines; ++r) {
        const auto [from, next, error] = step(r);
        for (std::size_t i = 0; i < M::states.size(); ++i) {
            values += (layout.sheet >> i & 1) != 0 ? 1 : from.cells.cells();
            if (!(layout.sheet >> i & 1)) continue;
            whole += square(detail::scaled_error<M>(settings, i, from.sheet[i], next.sheet[i], error.sheet[i]));
            if (!M::states[i].may_be_negative)
                deepest = larger(detail::depth_below_zero<M>(settings, i, next.sheet[i]), deepest);
        }
    }
    return larger(deepest > 1.0 ? square(deepest) : 0.0, whole / static_cast<double>(values));
}

/// Visits every state of every cell and of the sheet with its partner in `other`.
template <Model M, Layout layout> void for_each_value(const CellStates<M>& y, const CellStates<M>& other, auto visit) {
    for (std::size_t i = 0; i < M::states.size(); ++i) {
        if (layout.sheet >> i & 1) visit(i, y.sheet[i], other.sheet[i]);
        else
            for (std::size_t j = 0; j < y.cells.cells(); ++j) visit(i, y.cells(i, j), other.cells(i, j));
    }
}

}  // namespace cicatrix
