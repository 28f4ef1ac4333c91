// One step of a Rosenbrock method for a whole tissue: all states of all cells and of the sheet together, nothing split.
#pragma once
#include <array>
#include <cstddef>
#include <utility>

#include "cicatrix/solver/cell_kernel.hpp"
#include "cicatrix/solver/rosenbrock_method.hpp"

namespace cicatrix {

template <class Method, Model M, Layout layout> class CellStep {
    using Kernel = CellKernel<M, layout>;
    using P = CellPattern<M, layout>;
    using V = typename Kernel::V;
    using States = typename Kernel::States;
    using L = typename P::L;
    static constexpr auto& method = Method::method;
    static constexpr std::size_t stages = method.stages, n = P::n, width = Kernel::width, together = Kernel::together;
    static constexpr Pattern here = P::here;

  public:
    explicit CellStep(const Tissue<M>& tissue)
        : kernel_(tissue),
          sheet_(tissue),
          argument_(tissue.cells),
          next_(tissue.cells),
          error_(tissue.cells),
          time_slopes_(tissue.cells) {
        for (auto& u : u_) u = CellStates<M>(tissue.cells);
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
        finish(y);
        return pivot;
    }

    const CellStates<M>& next() const { return next_; }
    const CellStates<M>& error() const { return ends_with_last_stage() ? u_[stages - 1] : error_; }

    /// The state at the fraction x of the step just taken from y.
    void between(const CellStates<M>& y, double x, CellStates<M>& out) const {
        combine<stages, 0>(y, dense_weights(Method::method, x), out);
    }

    /// Rates at (t, y), whose rows are linked, with what spreads.
    void rates(double t, const CellStates<M>& y, CellStates<M>& out) const {
        kernel_.for_each([&](LanesAt at) {
            States f;
            kernel_.rates(t, y, at, f);
            put(f, at, out);
        });
        if constexpr (layout.sheet != 0) sheet_.rates(t, y, out.sheet);
    }

  private:
    static CICATRIX_INLINE void put(const States& x, LanesAt at, CellStates<M>& out) {
        double* lanes = out.cells.place(at.place) + at.lanes;
        for_each_state<here>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA { store(lanes + i * together, x[i]); });
    }
    static void add(CellStates<M>& sum, double weight, const CellStates<M>& u) {
        double* to = sum.cells.data();
        const double* from = u.cells.data();
        for (std::size_t j = 0; j < sum.cells.size(); j += width)
            store(to + j, load<V>(to + j) + V(weight) * load<V>(from + j));
        for (std::size_t i = 0; i < n; ++i) sum.sheet[i] += weight * u.sheet[i];
    }

    /// The matrix of the step, and the right-hand side of the first stage.
    double linearise(double t, const CellStates<M>& y, double h) {
        const double shift = 1.0 / method.gamma / h;
        V smallest(1e300);
        kernel_.for_each([&](LanesAt at) CICATRIX_INLINE_LAMBDA {
            double* time_slopes = time_slopes_.cells.place(at.place) + at.lanes;
            States f, slopes;
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

    /// True when row s of `a` is row s - 1 with one more entry, so that the argument can be carried on.
    static constexpr bool extends_row(std::size_t s) {
        if (s < 2) return false;
        for (std::size_t j = 0; j + 1 < s; ++j)
            if (method.a[s][j] != method.a[s - 1][j]) return false;
        return true;
    }

    template <std::size_t s> void stage(double t, const CellStates<M>& y, double h) {
        prepare<s>(y, h);
        const V time(method.time[s] * h);
        kernel_.for_each([&](LanesAt at) CICATRIX_INLINE_LAMBDA {
            const double *past = u_[s].cells.place(at.place) + at.lanes,
                         *time_slopes = time_slopes_.cells.place(at.place) + at.lanes;
            States f;
            kernel_.rates(t + method.node[s] * h, argument_, at, f);
            for_each_state<here>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
                f[i] += load<V>(past + i * together);
                if constexpr (L::template depends_on_time<i> && method.time[s] != 0)
                    f[i] += time * load<V>(time_slopes + i * together);
            });
            kernel_.reduce(f, at);
            put(f, at, u_[s]);
        });
        if constexpr (layout.sheet != 0) stage_of_sheet<s>(t, h);
        kernel_.solve(u_[s], sheet_);
    }

    /// Finds the argument of stage s, and leaves sum_j c_sj u_j / h in u_s; the stages before are read once for both.
    template <std::size_t s> void prepare(const CellStates<M>& y, double h) {
        constexpr std::size_t first = extends_row(s) ? s - 1 : 0;
        const CellStates<M>& from = extends_row(s) ? argument_ : y;
        const V inverse_h(1.0 / h);
        const double* start = from.cells.data();
        double *argument = argument_.cells.data(), *past = u_[s].cells.data();
        const std::size_t size = argument_.cells.size();
        [&]<std::size_t... J>(std::index_sequence<J...>) CICATRIX_INLINE_LAMBDA {
            const std::array<const double*, s> u{u_[J].cells.data()...};
            for (std::size_t j = 0; j < size; j += width) {
                const std::array<V, s> value{load<V>(u[J] + j)...};
                V sum = load<V>(start + j), before(0.0);
                ((J >= first && method.a[s][J] != 0 ? (sum += V(method.a[s][J]) * value[J], 0) : 0), ...);
                ((method.c[s][J] != 0 ? (before += V(method.c[s][J]) * value[J], 0) : 0), ...);
                store(argument + j, sum);
                store(past + j, before * inverse_h);
            }
        }
        (std::make_index_sequence<s>{});
        for (std::size_t i = 0; i < n; ++i) {
            double sum = from.sheet[i];
            for (std::size_t j = first; j < s; ++j) sum += method.a[s][j] * u_[j].sheet[i];
            argument_.sheet[i] = sum;
        }
        link(argument_, y);
    }

    /// Links the chunks; beyond the borders stands what stands there in y.
    static void link(CellStates<M>& state, const CellStates<M>& y) {
        for_each_state<layout.mobile>(
            [&]<std::size_t i>() { state.cells.link(i, y.cells.before(i), y.cells.after(i)); });
    }

    template <std::size_t s> void stage_of_sheet(double t, double h) {
        sheet_.rates(t + method.node[s] * h, argument_, u_[s].sheet);
        for (std::size_t i = 0; i < n; ++i) {
            double sum = 0;
            for (std::size_t j = 0; j < s; ++j) sum += method.c[s][j] * u_[j].sheet[i];
            u_[s].sheet[i] += sum * (1.0 / h) + method.time[s] * h * time_slopes_.sheet[i];
        }
    }

    /// out = from + sum_j weights_j u_j over the stages from `first` to before `last`.
    template <std::size_t last, std::size_t first>
    void combine(const CellStates<M>& from, const std::array<double, stages>& weights, CellStates<M>& out) const {
        const double* start = from.cells.data();
        double* to = out.cells.data();
        const std::size_t size = out.cells.size();
        [&]<std::size_t... J>(std::index_sequence<J...>) CICATRIX_INLINE_LAMBDA {
            const std::array<const double*, last - first> u{u_[first + J].cells.data()...};
            for (std::size_t j = 0; j < size; j += width) {
                V sum = load<V>(start + j);
                ((sum += V(weights[first + J]) * load<V>(u[J] + j)), ...);
                store(to + j, sum);
            }
        }
        (std::make_index_sequence<last - first>{});
        for (std::size_t i = 0; i < n; ++i) {
            double sum = from.sheet[i];
            for (std::size_t j = first; j < last; ++j) sum += weights[j] * u_[j].sheet[i];
            out.sheet[i] = sum;
        }
    }

    /// True when the step ends at the last stage's argument plus the last stage, and that stage is the error.
    static constexpr bool ends_with_last_stage() {
        bool same = method.weight[stages - 1] == 1 && method.error[stages - 1] == 1;
        for (std::size_t j = 0; j + 1 < stages; ++j)
            same = same && method.weight[j] == method.a[stages - 1][j] && method.error[j] == 0;
        return same;
    }

    void finish(const CellStates<M>& y) {
        if constexpr (ends_with_last_stage()) {
            combine<stages, stages - 1>(argument_, method.weight, next_);
            return link(next_, y);
        }
        combine<stages, 0>(y, method.weight, next_);
        link(next_, y);
        error_ = CellStates<M>(y.cells.cells());
        for (std::size_t s = 0; s < stages; ++s)
            if (method.error[s] != 0) add(error_, method.error[s], u_[s]);
    }

    Kernel kernel_;
    Sheet<M, layout> sheet_;
    std::array<CellStates<M>, stages> u_;
    CellStates<M> argument_, next_, error_, time_slopes_;
};

}  // namespace cicatrix
