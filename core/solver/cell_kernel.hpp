// The cells of a tissue in a line: their rates, and the linear systems of a step.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <tuple>
#include <utility>
#include <vector>

#include "cicatrix/numeric/chunked_line.hpp"
#include "cicatrix/solver/cell_interior.hpp"
#include "cicatrix/solver/sheet.hpp"

namespace cicatrix {

/// Reads and writes lanes of cells; holds what a factored step needs of them.
template <Model M, Layout layout> class CellKernel {
    using P = CellPattern<M, layout>;
    using Interior = CellInterior<M, layout>;
    using Elimination = typename P::Elimination;
    static constexpr std::size_t n = P::n;

    template <std::size_t c> static constexpr Pattern members = P::components.members[c];
    template <std::size_t c> static constexpr bool in_sheet = (members<c> & layout.sheet) != 0;
    struct Nothing {
        Nothing() = default;
        explicit Nothing(std::size_t) {}
    };
    template <std::size_t c> using Line = std::conditional_t<in_sheet<c>, Nothing, ChunkedLine<n, members<c>>>;

  public:
    using V = typename Interior::V;
    using States = typename Interior::States;
    static constexpr std::size_t width = Interior::width, together = Interior::together;

    explicit CellKernel(const Tissue<M>& tissue)
        : interior_(tissue), factors_(interior_.visits()), lines_(lines_for(tissue.cells, all_components)) {}

    CICATRIX_INLINE void for_each(auto visit) const { interior_.for_each(visit); }

    /// To be called when the tissue has changed.
    void adopt_tissue() { interior_.adopt_tissue(); }

    /// Rates with what spreads.
    CICATRIX_INLINE void rates(double t, const CellStates<M>& y, LanesAt at, States& out) const {
        interior_.rates(t, y, at, out);
    }

    /// Rates and their slopes in time, with the matrix of a step; the fixed states are eliminated from it. Returns the
    /// smallest pivot.
    CICATRIX_INLINE V linearise(double t, const CellStates<M>& y, LanesAt at, double shift, States& rates,
                                States& time_slopes) {
        Elimination elimination;
        interior_.linearise(t, y, at, shift, rates, time_slopes, elimination);
        const V pivot = elimination.factor(factors_[at.number()]);
        set_lines(elimination, at, all_components);
        return pivot;
    }

    /// Factors what couples cell to cell; returns the smallest pivot.
    double factor() { return factor_lines(all_components); }

    /// Takes the fixed states out of a right-hand side.
    CICATRIX_INLINE void reduce(States& right, LanesAt at) const {
        interior_.mask(right, at);
        Elimination::forward(factors_[at.number()], right.data());
    }

    /// Replaces the reduced right-hand side of all cells, and that of the sheet, by the solution.
    void solve(CellStates<M>& x, const Sheet<M, layout>& sheet) const {
        solve_lines(x, sheet, all_components);
        for_each([&](LanesAt at) CICATRIX_INLINE_LAMBDA {
            Interior::template restore_fixed<Elimination>(factors_[at.number()], at, x);
        });
    }

  private:
    static constexpr auto all_components = std::make_index_sequence<P::components.count>{};

    template <std::size_t... C> static auto lines_for(std::size_t cells, std::index_sequence<C...>) {
        return std::tuple<Line<C>...>(Line<C>(cells)...);
    }
    using Lines = decltype(lines_for(0, all_components));

    template <std::size_t... C>
    CICATRIX_INLINE void set_lines(Elimination& elimination, LanesAt at, std::index_sequence<C...>) {
        const auto set = [&]<std::size_t c>() CICATRIX_INLINE_LAMBDA {
            if constexpr (!in_sheet<c>)
                for_each_state<members<c>>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
                    for_each_state<members<c>>([&]<std::size_t j>() CICATRIX_INLINE_LAMBDA {
                        V entry(0.0);
                        if constexpr (Elimination::has(i, j)) entry = elimination.template at<i, j>();
                        std::get<c>(lines_).set(at.place, at.lanes, slot<c>(i), slot<c>(j), entry);
                    });
                });
        };
        (set.template operator()<C>(), ...);
    }
    template <std::size_t c> static constexpr std::size_t slot(std::size_t state) {
        return static_cast<std::size_t>(detail::slot(members<c>, static_cast<int>(state)));
    }

    template <std::size_t... C> double factor_lines(std::index_sequence<C...>) {
        double smallest = 1e300;
        const auto factor = [&]<std::size_t c>() {
            if constexpr (!in_sheet<c>)
                smallest = smaller(std::get<c>(lines_).factor(interior_.lower(), interior_.upper()), smallest);
        };
        (factor.template operator()<C>(), ...);
        return smallest;
    }

    template <std::size_t... C>
    void solve_lines(CellStates<M>& x, const Sheet<M, layout>& sheet, std::index_sequence<C...>) const {
        const auto solve = [&]<std::size_t c>() {
            if constexpr (in_sheet<c>) {
                for_each_state<members<c>>([&]<std::size_t i>() { sheet.template solve<i>(x); });
            } else {
                for_each([&](LanesAt at) CICATRIX_INLINE_LAMBDA {
                    Interior::template subtract_earlier<Elimination, members<c>>(factors_[at.number()], at, x);
                });
                std::get<c>(lines_).solve(interior_.lower(), interior_.upper(), x.cells);
            }
        };
        (solve.template operator()<C>(), ...);
    }

    Interior interior_;
    std::vector<typename Elimination::Factors> factors_;
    Lines lines_;
};

}  // namespace cicatrix
