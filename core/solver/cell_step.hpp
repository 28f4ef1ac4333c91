// One step of a Rosenbrock method for a whole tissue: all states of all cells and of the sheet together, nothing split.
#pragma once
#include <array>
#include <cstddef>
#include <utility>

#include "cicatrix/solver/cell_kernel.hpp"
#include "cicatrix/solver/cell_values.hpp"
#include "cicatrix/solver/stage_sums.hpp"

namespace cicatrix {

template <class Method, Model M, Layout layout> class CellStep {
    using Kernel = CellKernel<M, layout>;
    using P = CellPattern<M, layout>;
    using V = typename Kernel::V;
    using Lanes = typename Kernel::States;
    using L = typename P::L;
    static constexpr auto& method = Method::method;
    static constexpr std::size_t stages = method.stages, n = P::n, width = Kernel::width, together = Kernel::together;
    static constexpr Pattern here = P::here;

    using Sums = StageSums<Method, M, layout>;

  public:
    using Body = Tissue<M>;
    using States = CellStates<M>;
    using Law = M;
    using Rosenbrock = Method;

    explicit CellStep(const Tissue<M>& tissue, const Settings<M>& settings = {})
        : settings_(settings),
          kernel_(tissue),
          sheet_(tissue),
          argument_(tissue.cells),
          next_(tissue.cells),
          error_(tissue.cells),
          time_slopes_(tissue.cells) {
        for (std::size_t s = 0; s < stages; ++s) u_[s] = CellStates<M>(tissue.cells);
    }

    /// To be called when the tissue has changed.
    void adopt_tissue() { kernel_.adopt_tissue(); }

    /// Takes the step from (t, y), whose rows are linked. Returns the smallest pivot relative to the diagonal shift;
    /// where it is not well above round-off, the step is worth nothing and a smaller one is needed.
    double take(double t, const CellStates<M>& y, double h) {
        const double pivot = linearise(t, y, h);
        kernel_.solve(u_[0], sheet_);
        [&]<std::size_t... S>(std::index_sequence<S...>) { (stage<S + 1>(t, y, h), ...); }
        (std::make_index_sequence<stages - 1>{});
        Sums::finish(y, increments(), argument_, next_, error_);
        return pivot;
    }

    const CellStates<M>& next() const { return next_; }
    /// Makes `y` the state after the step just taken; `next` and `error` are then void.
    void advance(CellStates<M>& y) { std::swap(y, next_); }
    const CellStates<M>& error() const { return ends_with_last_stage(Method::method) ? u_[stages - 1] : error_; }

    /// The state at the fraction x of the step just taken from y.
    void between(const CellStates<M>& y, double x, CellStates<M>& out) { Sums::between(y, x, increments(), out); }

    /// The square of the error of the step just taken from y; good up to 1.
    double error_norm(const CellStates<M>& y) const {
        return error_norm_of_cells<M, layout>(settings_, 1, [&](std::size_t) {
            return StepOfCells<M>{y, next(), error()};
        });
    }

    static void for_each_value(const CellStates<M>& y, const CellStates<M>& other, auto visit) {
        cicatrix::for_each_value<M, layout>(y, other, visit);
    }

    /// Rates at (t, y), whose rows are linked, with what spreads.
    void rates(double t, const CellStates<M>& y, CellStates<M>& out) const {
        kernel_.for_each([&](LanesAt at) {
            Lanes f;
            kernel_.rates(t, y, at, f);
            put(f, at, out);
        });
        if constexpr (layout.sheet != 0) sheet_.rates(t, y, out.sheet);
    }

  private:
    static CICATRIX_INLINE void put(const Lanes& x, LanesAt at, CellStates<M>& out) {
        double* lanes = out.cells.place(at.place) + at.lanes;
        for_each_state<here>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA { store(lanes + i * together, x[i]); });
    }
    /// The matrix of the step, and the right-hand side of the first stage.
    double linearise(double t, const CellStates<M>& y, double h) {
        const double shift = 1.0 / method.gamma / h;
        V smallest(1e300);
        kernel_.for_each([&](LanesAt at) CICATRIX_INLINE_LAMBDA {
            double* time_slopes = time_slopes_.cells.place(at.place) + at.lanes;
            Lanes f, slopes;
            smallest = smaller(kernel_.linearise(t, y, at, shift, f, slopes), smallest);
            for_each_state<here>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
                if constexpr (L::template depends_on_time<i>) {
                    store(time_slopes + i * together, slopes[i]);
                    f[i] += V(method.time[0] * h) * slopes[i];
                }
            });
            kernel_.reduce(f, at);
            put(f, at, u_[0]);
        });
        double pivot = kernel_.factor();
        for (std::size_t w = 0; w < width; ++w) pivot = smaller(lane(smallest, static_cast<int>(w)), pivot);
        if constexpr (layout.sheet != 0) {
            sheet_.linearise(t, y, shift, u_[0].sheet, time_slopes_.sheet);
            for (std::size_t i = 0; i < n; ++i) u_[0].sheet[i] += method.time[0] * h * time_slopes_.sheet[i];
        }
        return pivot / shift;
    }

    template <std::size_t s> void stage(double t, const CellStates<M>& y, double h) {
        const std::size_t last = y.cells.places() - 1;
        const auto u = increments();
        Sums::template prepare_place<s>(y, h, u, argument_, 0);
        Sums::template prepare_place<s>(y, h, u, argument_, last);
        Sums::link(argument_, y);
        Sums::template prepare_sheet<s>(y, u, argument_);
        for (std::size_t place = 0; place <= last; ++place) {
            // One place ahead, while what it reads of this place's neighbours is at hand.
            if (place + 1 < last) Sums::template prepare_place<s>(y, h, u, argument_, place + 1);
            for (std::size_t lanes = 0; lanes < together; lanes += width) stage_at<s>(t, h, {place, lanes});
        }
        if constexpr (layout.sheet != 0) stage_of_sheet<s>(t, h);
        kernel_.solve(u_[s], sheet_);
    }

    /// The right-hand side of stage s, reduced.
    template <std::size_t s> CICATRIX_INLINE void stage_at(double t, double h, LanesAt at) {
        const V time(method.time[s] * h);
        const double *past = u_[s].cells.place(at.place) + at.lanes,
                     *time_slopes = time_slopes_.cells.place(at.place) + at.lanes;
        Lanes f;
        kernel_.rates(t + method.node[s] * h, argument_, at, f);
        for_each_state<here>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
            f[i] += load<V>(past + i * together);
            if constexpr (L::template depends_on_time<i> && method.time[s] != 0)
                f[i] += time * load<V>(time_slopes + i * together);
        });
        kernel_.reduce(f, at);
        put(f, at, u_[s]);
    }

    template <std::size_t s> void stage_of_sheet(double t, double h) {
        const auto u = increments();
        sheet_.rates(t + method.node[s] * h, argument_, u_[s].sheet);
        for (std::size_t i = 0; i < n; ++i) u_[s].sheet[i] += Sums::template past_of_sheet<s>(i, h, u, time_slopes_);
    }

    typename Sums::Increments increments() {
        typename Sums::Increments out;
        for (std::size_t s = 0; s < stages; ++s) out[s] = &u_[s];
        return out;
    }

    Settings<M> settings_;
    Kernel kernel_;
    Sheet<M, layout> sheet_;
    std::array<CellStates<M>, stages> u_;
    CellStates<M> argument_, next_, error_, time_slopes_;
};

}  // namespace cicatrix
