// The sums over the stages of a Rosenbrock step, for one line of cells with its sheet: arguments of stages, what earlier
// stages add to later right-hand sides, the end of the step and its error.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <utility>

#include "cicatrix/solver/cell_pattern.hpp"
#include "cicatrix/solver/rosenbrock_method.hpp"
#include "cicatrix/solver/tissue.hpp"

namespace cicatrix {

template <class Method, Model M, Layout layout> class StageSums {
    static constexpr auto& method = Method::method;
    static constexpr std::size_t stages = method.stages, n = M::states.size();
    using V = CellLanes;
    static constexpr std::size_t width = width_of<V>, together = CellRows<n>::together;
    static constexpr Pattern here = CellPattern<M, layout>::here;
    /// Where the rows of a place begin whose states live in the cells.
    static constexpr auto rows_here = [] {
        std::array<std::size_t, static_cast<std::size_t>(std::popcount(here))> out{};
        for (std::size_t i = 0, row = 0; i < n; ++i)
            if (here >> i & 1) out[row++] = i * together;
        return out;
    }();

  public:
    /// The increments of all stages.
    using Increments = std::array<CellStates<M>*, stages>;

    /// Finds the argument of stage s, and leaves sum_j c_sj u_j / h in u_s. `argument` holds that of the stage before.
    template <std::size_t s>
    static void prepare(const CellStates<M>& y, double h, const Increments& u, CellStates<M>& argument) {
        for (std::size_t place = 0; place < y.cells.places(); ++place) prepare_place<s>(y, h, u, argument, place);
        prepare_sheet<s>(y, u, argument);
        link(argument, y);
    }

    /// The same at one place; the stages before are read once for both.
    template <std::size_t s>
    static CICATRIX_INLINE void prepare_place(const CellStates<M>& y, double h, const Increments& u,
                                              CellStates<M>& argument, std::size_t place) {
        constexpr std::size_t first = extends_row(method, s) ? s - 1 : 0;
        const V inverse_h(1.0 / h);
        const double* start = (extends_row(method, s) ? argument : y).cells.place(place);
        double *to = argument.cells.place(place), *past = u[s]->cells.place(place);
        [&]<std::size_t... J>(std::index_sequence<J...>) CICATRIX_INLINE_LAMBDA {
            const std::array<const double*, s> in{u[J]->cells.place(place)...};
            for (const std::size_t row : rows_here)
                for (std::size_t j = row; j < row + together; j += width) {
                    const std::array<V, s> value{load<V>(in[J] + j)...};
                    V sum = load<V>(start + j), before(0.0);
                    ((J >= first && method.a[s][J] != 0 ? (sum += V(method.a[s][J]) * value[J], 0) : 0), ...);
                    ((method.c[s][J] != 0 ? (before += V(method.c[s][J]) * value[J], 0) : 0), ...);
                    store(to + j, sum);
                    store(past + j, before * inverse_h);
                }
        }
        (std::make_index_sequence<s>{});
    }

    /// The argument of stage s in the sheet.
    template <std::size_t s>
    static void prepare_sheet(const CellStates<M>& y, const Increments& u, CellStates<M>& argument) {
        constexpr std::size_t first = extends_row(method, s) ? s - 1 : 0;
        const CellStates<M>& from = extends_row(method, s) ? argument : y;
        for (std::size_t i = 0; i < n; ++i) {
            double sum = from.sheet[i];
            for (std::size_t j = first; j < s; ++j) sum += method.a[s][j] * u[j]->sheet[i];
            argument.sheet[i] = sum;
        }
    }

    /// Links the chunks; beyond the borders stands what stands there in y.
    static void link(CellStates<M>& state, const CellStates<M>& y) {
        for_each_state<layout.mobile>(
            [&]<std::size_t i>() { state.cells.link(i, y.cells.before(i), y.cells.after(i)); });
    }

    /// The same of u_s for state i of the sheet, with the slope in time.
    template <std::size_t s>
    static double past_of_sheet(std::size_t i, double h, const Increments& u, const CellStates<M>& time_slopes) {
        double sum = 0;
        for (std::size_t j = 0; j < s; ++j) sum += method.c[s][j] * u[j]->sheet[i];
        return sum * (1.0 / h) + method.time[s] * h * time_slopes.sheet[i];
    }

    /// The end of the step in `next`, and its error, in `error` where it is not the last increment.
    static void finish(const CellStates<M>& y, const Increments& u, const CellStates<M>& argument, CellStates<M>& next,
                       CellStates<M>& error) {
        if constexpr (ends_with_last_stage(method)) {
            combine<stages, stages - 1>(argument, method.weight, u, next);
            return link(next, y);
        }
        combine<stages, 0>(y, method.weight, u, next);
        link(next, y);
        error = CellStates<M>(y.cells.cells());
        for (std::size_t s = 0; s < stages; ++s)
            if (method.error[s] != 0) add(error, method.error[s], *u[s]);
    }

    /// The state at the fraction x of the step from y.
    static void between(const CellStates<M>& y, double x, const Increments& u, CellStates<M>& out) {
        combine<stages, 0>(y, dense_weights(Method::method, x), u, out);
    }

  private:
    static void add(CellStates<M>& sum, double weight, const CellStates<M>& u) {
        double* to = sum.cells.data();
        const double* from = u.cells.data();
        for (std::size_t j = 0; j < sum.cells.size(); j += width)
            store(to + j, load<V>(to + j) + V(weight) * load<V>(from + j));
        for (std::size_t i = 0; i < n; ++i) sum.sheet[i] += weight * u.sheet[i];
    }

    /// out = from + sum_j weights_j u_j over the stages from `first` to before `last`.
    template <std::size_t last, std::size_t first>
    static void combine(const CellStates<M>& from, const std::array<double, stages>& weights, const Increments& u,
                        CellStates<M>& out) {
        const double* start = from.cells.data();
        double* to = out.cells.data();
        const std::size_t size = out.cells.size();
        [&]<std::size_t... J>(std::index_sequence<J...>) CICATRIX_INLINE_LAMBDA {
            const std::array<const double*, last - first> in{u[first + J]->cells.data()...};
            for (std::size_t j = 0; j < size; j += width) {
                V sum = load<V>(start + j);
                ((sum += V(weights[first + J]) * load<V>(in[J] + j)), ...);
                store(to + j, sum);
            }
        }
        (std::make_index_sequence<last - first>{});
        for (std::size_t i = 0; i < n; ++i) {
            double sum = from.sheet[i];
            for (std::size_t j = first; j < last; ++j) sum += weights[j] * u[j]->sheet[i];
            out.sheet[i] = sum;
        }
    }
};

}  // namespace cicatrix
