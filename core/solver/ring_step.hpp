// One step of a Rosenbrock method for tissue in rings: all states of all cells and of all sheets together.
#pragma once
#include <array>
#include <cstddef>
#include <utility>

#include "cicatrix/solver/cell_values.hpp"
#include "cicatrix/solver/method_of_lines.hpp"
#include "cicatrix/solver/ring_solve.hpp"
#include "cicatrix/solver/stage_sums.hpp"

namespace cicatrix {

template <class Method, Model M, Layout layout> class RingStep {
    using Solve = RingSolve<M, layout>;
    using System = typename Solve::System;
    using P = CellPattern<M, layout>;
    using L = typename P::L;
    using V = CellLanes;
    using Lanes = typename System::Lanes;
    using Sums = StageSums<Method, M, layout>;
    static constexpr auto& method = Method::method;
    static constexpr std::size_t stages = method.stages, n = P::n, width = width_of<V>,
                                 together = CellRows<n>::together;
    static constexpr Pattern here = P::here;

  public:
    using Body = RingTissue<M>;
    using States = RingStates<M>;
    using Law = M;
    using Rosenbrock = Method;

    RingStep(const Body& tissue, const Settings<M>& settings)
        : settings_(settings),
          solve_(tissue, settings),
          argument_(tissue.blank()),
          next_(tissue.blank()),
          error_(tissue.blank()),
          time_slopes_(tissue.blank()) {
        for (std::size_t s = 0; s < stages; ++s) u_[s] = tissue.blank();
    }

    /// To be called when the tissue has changed; its rings and which state is the gate must not.
    void adopt_tissue() { solve_.system().adopt_tissue(); }

    /// Takes the step from (t, y), whose rows are linked. Returns the smallest pivot relative to the diagonal shift,
    /// zero when a stage could not be solved for.
    double take(double t, const States& y, double h) {
        const double pivot = linearise(t, y, h);
        bool solved = pivot > 0 && solve_.solve(u_[0]);
        [&]<std::size_t... S>(std::index_sequence<S...>) { ((solved = solved && stage<S + 1>(t, y, h)), ...); }
        (std::make_index_sequence<stages - 1>{});
        if (!solved) return 0;
        for (std::size_t r = 0; r < y.count(); ++r)
            Sums::finish(y[r], increments(r), argument_[r], next_[r], error_[r]);
        return pivot;
    }

    const States& next() const { return next_; }
    /// Makes `y` the state after the step just taken; `next` and `error` are then void.
    void advance(States& y) { std::swap(y, next_); }
    const States& error() const { return ends_with_last_stage(Method::method) ? u_[stages - 1] : error_; }
    const LinearWork& work() const { return solve_.work(); }

    /// The state at the fraction x of the step just taken from y.
    void between(const States& y, double x, States& out) {
        for (std::size_t r = 0; r < y.count(); ++r) Sums::between(y[r], x, increments(r), out[r]);
    }

    /// The square of the error of the step just taken from y; good up to 1.
    double error_norm(const States& y) const {
        return error_norm_of_cells<M, layout>(settings_, y.count(), [&](std::size_t r) {
            return StepOfCells<M>{y[r], next()[r], error()[r]};
        });
    }

    static void for_each_value(const States& y, const States& other, auto visit) {
        for (std::size_t r = 0; r < y.count(); ++r) cicatrix::for_each_value<M, layout>(y[r], other[r], visit);
    }

    /// Rates at (t, y), whose rows are linked, with what spreads.
    void rates(double t, const States& y, States& out) const {
        for (std::size_t r = 0; r < y.count(); ++r) {
            system().interior().for_each([&](LanesAt at) {
                Lanes f;
                system().rates(t, y, r, at, f);
                put(f, at, out[r]);
            });
            if constexpr (layout.sheet != 0) system().rates_of_sheet(t, y, r, out[r].sheet);
        }
    }

  private:
    const System& system() const { return solve_.system(); }

    static CICATRIX_INLINE void put(const Lanes& x, LanesAt at, CellStates<M>& out) {
        double* lanes = out.cells.place(at.place) + at.lanes;
        for_each_state<here>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA { store(lanes + i * together, x[i]); });
    }

    /// The matrix of the step, and the right-hand side of the first stage.
    double linearise(double t, const States& y, double h) {
        const double shift = 1.0 / method.gamma / h;
        V smallest(1e300);
        for (std::size_t r = 0; r < y.count(); ++r) {
            smallest = smaller(linearise_ring(t, y, r, h, shift), smallest);
            if constexpr (layout.sheet != 0) {
                solve_.system().linearise_sheet(t, y, r, shift, u_[0][r].sheet, time_slopes_[r].sheet);
                for (std::size_t i = 0; i < n; ++i) u_[0][r].sheet[i] += method.time[0] * h * time_slopes_[r].sheet[i];
            }
        }
        double pivot = solve_.factor(y, shift);
        for (std::size_t w = 0; w < width; ++w) pivot = smaller(lane(smallest, static_cast<int>(w)), pivot);
        return pivot / shift;
    }

    V linearise_ring(double t, const States& y, std::size_t r, double h, double shift) {
        V smallest(1e300);
        system().interior().for_each([&](LanesAt at) CICATRIX_INLINE_LAMBDA {
            double* time_slopes = time_slopes_[r].cells.place(at.place) + at.lanes;
            Lanes f, slopes;
            smallest = smaller(solve_.system().linearise(t, y, r, at, shift, f, slopes), smallest);
            for_each_state<here>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
                if constexpr (L::template depends_on_time<i>) {
                    store(time_slopes + i * together, slopes[i]);
                    f[i] += V(method.time[0] * h) * slopes[i];
                }
            });
            system().reduce(f, r, at);
            put(f, at, u_[0][r]);
        });
        return smallest;
    }

    template <std::size_t s> bool stage(double t, const States& y, double h) {
        for (std::size_t r = 0; r < y.count(); ++r) Sums::template prepare<s>(y[r], h, increments(r), argument_[r]);
        for (std::size_t r = 0; r < y.count(); ++r) {
            set_right_side<s>(t, h, r);
            if constexpr (layout.sheet != 0) stage_of_sheet<s>(t, h, r);
        }
        return solve_.solve(u_[s]);
    }

    template <std::size_t s> void set_right_side(double t, double h, std::size_t r) {
        const V time(method.time[s] * h);
        system().interior().for_each([&](LanesAt at) CICATRIX_INLINE_LAMBDA {
            const double *past = u_[s][r].cells.place(at.place) + at.lanes,
                         *time_slopes = time_slopes_[r].cells.place(at.place) + at.lanes;
            Lanes f;
            system().rates(t + method.node[s] * h, argument_, r, at, f);
            for_each_state<here>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
                f[i] += load<V>(past + i * together);
                if constexpr (L::template depends_on_time<i> && method.time[s] != 0)
                    f[i] += time * load<V>(time_slopes + i * together);
            });
            system().reduce(f, r, at);
            put(f, at, u_[s][r]);
        });
    }

    template <std::size_t s> void stage_of_sheet(double t, double h, std::size_t r) {
        const auto u = increments(r);
        system().rates_of_sheet(t + method.node[s] * h, argument_, r, u_[s][r].sheet);
        for (std::size_t i = 0; i < n; ++i)
            u_[s][r].sheet[i] += Sums::template past_of_sheet<s>(i, h, u, time_slopes_[r]);
    }

    typename Sums::Increments increments(std::size_t ring) {
        typename Sums::Increments out;
        for (std::size_t s = 0; s < stages; ++s) out[s] = &u_[s][ring];
        return out;
    }

    Settings<M> settings_;
    Solve solve_;
    std::array<States, stages> u_;
    States argument_, next_, error_, time_slopes_;
};

/// When tissue in rings is asked or disturbed.
template <Model M> using RingVoyage = VoyageOf<RingTissue<M>, RingStates<M>>;

/// Follows tissue in rings through time.
template <class Method, Model M, Layout layout> using RingDiffusion = MethodOfLines<RingStep<Method, M, layout>>;

}  // namespace cicatrix
