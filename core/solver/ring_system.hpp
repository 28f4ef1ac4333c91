// The linear system of a stage in rings: what is left of it when the fixed states are gone, mobile states of all cells
// and the states of all sheets, multiplied exactly; the error-weighted length by which its residuals are judged.
#pragma once
#include <cstddef>
#include <utility>
#include <vector>

#include "cicatrix/solver/cell_interior.hpp"
#include "cicatrix/solver/cell_values.hpp"
#include "cicatrix/solver/ring_tissue.hpp"
#include "cicatrix/solver/sheet.hpp"

namespace cicatrix {

template <Model M, Layout layout> class RingSystem {
    using P = CellPattern<M, layout>;
    using L = typename P::L;
    using Interior = CellInterior<M, layout>;
    static constexpr std::size_t n = P::n, together = Interior::together;
    static constexpr Pattern mobile = P::mobile;

    static constexpr bool spreads_alone = [] {
        for (std::size_t i = 0; i < n; ++i)
            if (detail::spread_place<M>(i) >= 0) return false;
        return true;
    }();
    static_assert(spreads_alone, "in rings diffusivities do not depend on states");

  public:
    using V = CellLanes;
    using Lanes = typename Interior::States;
    using Elimination = typename P::WholeElimination;
    using Factors = typename Elimination::Factors;

    explicit RingSystem(const RingTissue<M>& tissue)
        : tissue_(tissue),
          coupling_(tissue.grid),
          interior_(tissue.column),
          factors_(tissue.rings(), std::vector<Factors>(interior_.visits())),
          sheets_(tissue.rings(), Sheet<M, layout>(tissue.column)),
          leak_slopes_(tissue.rings()) {}

    void adopt_tissue() { interior_.adopt_tissue(); }

    const RingTissue<M>& tissue() const { return tissue_; }
    const RadialCoupling& coupling() const { return coupling_; }
    const Interior& interior() const { return interior_; }
    const Sheet<M, layout>& sheet(std::size_t ring) const { return sheets_[ring]; }
    const Factors& factors(std::size_t ring, LanesAt at) const { return factors_[ring][at.number()]; }
    std::size_t rings() const { return factors_.size(); }

    /// Rates with what spreads and leaks.
    CICATRIX_INLINE void rates(double t, const RingStates<M>& y, std::size_t ring, LanesAt at, Lanes& out) const {
        interior_.rates(t, y[ring], at, out);
        add_exchange(y, ring, at, out);
    }
    void rates_of_sheet(double t, const RingStates<M>& y, std::size_t ring, StatesOf<M, double>& out) const {
        sheets_[ring].rates(t, y[ring], out);
        add_exchange_of_sheet(y, ring, out);
    }

    /// Rates and their slopes in time, with the matrix of a step; the fixed states are eliminated from it. Returns the
    /// smallest pivot.
    CICATRIX_INLINE V linearise(double t, const RingStates<M>& y, std::size_t ring, LanesAt at, double shift,
                                Lanes& rates, Lanes& time_slopes) {
        Elimination elimination;
        interior_.linearise(t, y[ring], at, shift, rates, time_slopes, elimination);
        add_exchange(y, ring, at, rates);
        if (is_top(at)) open(y[ring], ring, elimination);
        return elimination.factor(factors_[ring][at.number()]);
    }
    void linearise_sheet(double t, const RingStates<M>& y, std::size_t ring, double shift, StatesOf<M, double>& rates,
                         StatesOf<M, double>& time_slopes) {
        sheets_[ring].linearise(t, y[ring], shift, rates, time_slopes);
        add_exchange_of_sheet(y, ring, rates);
    }

    /// Takes the fixed states out of a right-hand side.
    CICATRIX_INLINE void reduce(Lanes& right, std::size_t ring, LanesAt at) const {
        interior_.mask(right, at);
        Elimination::forward(factors_[ring][at.number()], right.data());
    }
    /// Finds them once the others are known.
    void restore_fixed(RingStates<M>& x) const {
        for (std::size_t r = 0; r < rings(); ++r)
            interior_.for_each([&](LanesAt at) CICATRIX_INLINE_LAMBDA {
                Interior::template restore_fixed<Elimination>(factors_[r][at.number()], at, x[r]);
            });
    }

    /// How the loss of state i of the first cell changes with the gate of that ring.
    double leak_slope(std::size_t i, std::size_t ring) const { return leak_slopes_[ring][i]; }

    /// The matrix times x, whose rows are linked.
    void multiply(const RingStates<M>& x, RingStates<M>& out) const {
        for (std::size_t r = 0; r < rings(); ++r) {
            interior_.for_each([&](LanesAt at) CICATRIX_INLINE_LAMBDA { multiply_cells(x, r, at, out[r]); });
            for_each_state<mobile>([&]<std::size_t i>() { out[r].cells(i, 0) += leak_slopes_[r][i] * gate_of(x[r]); });
            for_each_state<layout.sheet>([&]<std::size_t i>() {
                const double own = sheets_[r].diagonal(i) * x[r].sheet[i];
                out[r].sheet[i] = own - sheets_[r].template less_others<i>(x[r], 0.0) - exchange_of_sheet(x, r, i);
            });
        }
    }

  private:
    static CICATRIX_INLINE bool is_top(LanesAt at) { return at.place == 0 && at.lanes == 0; }
    double gate_of(const CellStates<M>& y) const { return y.sheet[tissue_.gate]; }
    double openness(const CellStates<M>& y) const {
        return tissue_.column.sheet_home[tissue_.gate] - y.sheet[tissue_.gate];
    }

    /// What comes from the neighbouring rings.
    template <std::size_t i> CICATRIX_INLINE V from_rings(const RingStates<M>& y, std::size_t ring, LanesAt at) const {
        const V here = lanes_of<V>(y[ring].cells, i, at);
        const V inner = lanes_of<V>(y[ring > 0 ? ring - 1 : ring].cells, i, at),
                outer = lanes_of<V>(y[ring + 1 < rings() ? ring + 1 : ring].cells, i, at);
        return V(tissue_.radial[i]) *
               (V(coupling_.inward[ring]) * (inner - here) + V(coupling_.outward[ring]) * (outer - here));
    }
    double exchange_of_sheet(const RingStates<M>& y, std::size_t ring, std::size_t i) const {
        const double here = y[ring].sheet[i], inner = y[ring > 0 ? ring - 1 : ring].sheet[i],
                     outer = y[ring + 1 < rings() ? ring + 1 : ring].sheet[i];
        return tissue_.radial[i] * (coupling_.inward[ring] * (inner - here) + coupling_.outward[ring] * (outer - here));
    }

    CICATRIX_INLINE void add_exchange(const RingStates<M>& y, std::size_t ring, LanesAt at, Lanes& rates) const {
        for_each_state<mobile>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA { rates[i] += from_rings<i>(y, ring, at); });
        if (is_top(at)) add_leak(y[ring], rates);
    }
    void add_exchange_of_sheet(const RingStates<M>& y, std::size_t ring, StatesOf<M, double>& rates) const {
        for_each_state<layout.sheet>([&]<std::size_t i>() { rates[i] += exchange_of_sheet(y, ring, i); });
    }

    void add_leak(const CellStates<M>& y, Lanes& rates) const {
        for_each_state<mobile>([&]<std::size_t i>() {
            set_lane(rates[i], 0, lane(rates[i], 0) - tissue_.leak[i] * openness(y) * y.cells(i, 0));
        });
    }
    /// The leak's part in the matrix.
    void open(const CellStates<M>& y, std::size_t ring, Elimination& elimination) {
        for_each_state<mobile>([&]<std::size_t i>() {
            V& own = elimination.template at<i, i>();
            set_lane(own, 0, lane(own, 0) + tissue_.leak[i] * openness(y));
            leak_slopes_[ring][i] = -tissue_.leak[i] * y.cells(i, 0);
        });
    }

    CICATRIX_INLINE void multiply_cells(const RingStates<M>& x, std::size_t ring, LanesAt at,
                                        CellStates<M>& out) const {
        const Factors& factors = factors_[ring][at.number()];
        const double* lanes = x[ring].cells.place(at.place) + at.lanes;
        double* to = out.cells.place(at.place) + at.lanes;
        constexpr std::size_t step = CellRows<n>::place_size;
        Lanes own;
        for_each_state<mobile>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA { own[i] = load<V>(lanes + i * together); });
        for_each_state<layout.sheet>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA { own[i] = V(x[ring].sheet[i]); });
        for_each_state<mobile>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
            V sum = lanes_of<V>(interior_.lower(), i, at) * load<V>(lanes + i * together - step) +
                    lanes_of<V>(interior_.upper(), i, at) * load<V>(lanes + i * together + step);
            for_each_state<P::left[i]>([&]<std::size_t j>() CICATRIX_INLINE_LAMBDA {
                sum += Elimination::template kept<i, j>(factors) * own[j];
            });
            store(to + i * together, sum - from_rings<i>(x, ring, at));
        });
    }

    const RingTissue<M>& tissue_;
    RadialCoupling coupling_;
    Interior interior_;
    std::vector<std::vector<Factors>> factors_;
    std::vector<Sheet<M, layout>> sheets_;
    std::vector<StatesOf<M, double>> leak_slopes_;
};

}  // namespace cicatrix
