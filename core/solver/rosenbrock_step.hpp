// One step of a Rosenbrock method for all lanes at once, each lane with its own time and its own step.
#pragma once
#include <array>
#include <cstddef>
#include <utility>

#include "cicatrix/solver/linearisation.hpp"
#include "cicatrix/solver/rosenbrock_method.hpp"
#include "cicatrix/solver/shifted_lu.hpp"

namespace cicatrix {

template <class Method, Model M, class V, class Shifted = SparseShifted<M, V>> class RosenbrockStep {
    using L = Linearisation<M, V>;
    using Drive = typename L::Drive;
    static constexpr auto& method = Method::method;
    static constexpr std::size_t stages = method.stages, n = L::n;

  public:
    using States = StatesOf<M, V>;
    using Coefficients = CoefficientsOf<M, V>;

    /// Takes the step from (t, y); `next` and `error` hold its result. Returns the smallest pivot relative to the
    /// diagonal shift, by which the caller knows whether elimination without pivoting was safe.
    V take(const V& t, const States& y, const Coefficients& k, const V& h) {
        const V inverse_h = V(1.0) / h, shift = V(1.0 / method.gamma) * inverse_h;
        find_drives(t, k, h);
        const V pivot = first_stage(t, y, k, h, shift);
        [&]<std::size_t... S>(std::index_sequence<S...>) { (stage<S + 1>(y, k, h, inverse_h), ...); }
        (std::make_index_sequence<stages - 1>{});
        finish(y);
        return pivot;
    }

    const States& next() const { return next_; }
    const States& error() const { return ends_with_last_stage(method) ? u_[stages - 1] : error_; }

    /// Takes over in one lane what a scalar step found from the same point.
    template <class Other> void adopt(int which, const RosenbrockStep<Method, M, double, Other>& scalar) {
        for (std::size_t i = 0; i < n; ++i) {
            set_lane(next_[i], which, scalar.next_[i]);
            set_lane(error_[i], which, scalar.error_[i]);
            for (std::size_t s = 0; s < stages; ++s) set_lane(u_[s][i], which, scalar.u_[s][i]);
        }
    }

    /// The stages u of the step just taken.
    const std::array<States, stages>& stages_taken() const { return u_; }

  private:
    template <class, Model, class, class> friend class RosenbrockStep;

    template <std::size_t i, class Rate> CICATRIX_INLINE static V slope_in_time(const Rate& rate) {
        if constexpr (L::template depends_on_time<i>) return slope<static_cast<int>(n)>(rate);
        else return V(0.0);
    }

    /// The first stage after the first one that has the time of stage s.
    static constexpr std::size_t with_node_of(std::size_t s) {
        std::size_t first = 1;
        while (method.node[first] != method.node[s]) ++first;
        return first;
    }

    // Functions of their own, since the code of a step must not outgrow the processor's cache of instructions. Unless it
    // is told that results lie apart from what is read, the compiler keeps the whole Jacobian before it stores any.
    CICATRIX_APART V first_stage(const V& CICATRIX_RESTRICT t, const States& CICATRIX_RESTRICT y,
                                 const Coefficients& CICATRIX_RESTRICT k, const V& CICATRIX_RESTRICT h,
                                 const V& CICATRIX_RESTRICT shift) {
        const auto rates = L::dual_rates(t, y, k);
        const V pivot = matrix_.factor(rates, shift);
        const V share = V(method.time[0]) * h;
        [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA {
            ((time_slope_[I] = slope_in_time<I>(get<I>(rates.values))), ...);
            ((u_[0][I] = L::value_of(get<I>(rates.values)) + share * time_slope_[I]), ...);
        }
        (std::make_index_sequence<n>{});
        solve(u_[0]);
        return pivot;
    }

    CICATRIX_APART void find_drives(const V& t, const Coefficients& k, const V& h) {
        [&]<std::size_t... S>(std::index_sequence<S...>) CICATRIX_INLINE_LAMBDA {
            ((with_node_of(S + 1) == S + 1 ? (drives_[S + 1] = L::drive(t + V(method.node[S + 1]) * h, k), 0) : 0),
             ...);
        }
        (std::make_index_sequence<stages - 1>{});
    }

    template <std::size_t s>
    CICATRIX_INLINE void stage(const States& y, const Coefficients& k, const V& h, const V& inverse_h) {
        const V share = V(method.time[s]) * h;
        for (std::size_t i = 0; i < n; ++i) {
            V sum = extends_row(method, s) ? argument_[i] : y[i], past = V(0.0);
            add<s>(sum, method.a[s], i, extends_row(method, s) ? s - 1 : 0);
            add<s>(past, method.c[s], i, 0);
            argument_[i] = sum;
            past_[i] = past * inverse_h;
            if constexpr (method.time[s] != 0) past_[i] += share * time_slope_[i];
        }
        rates(drives_[with_node_of(s)], argument_, k, past_, u_[s]);
        solve(u_[s]);
    }

    CICATRIX_APART static void rates(const Drive& CICATRIX_RESTRICT drive, const States& CICATRIX_RESTRICT y,
                                     const Coefficients& CICATRIX_RESTRICT k, const States& CICATRIX_RESTRICT past,
                                     States& CICATRIX_RESTRICT out) {
        const auto f = L::driven_rates(drive, y, k);
        [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA {
            ((out[I] = V(get<I>(f.values)) + past[I]), ...);
        }
        (std::make_index_sequence<n>{});
    }
    CICATRIX_APART void solve(States& b) const { matrix_.solve(b); }

    /// sum += the stages from `first` to before `last`, of state i, in their weights.
    template <std::size_t last>
    CICATRIX_INLINE void add(V& sum, const std::array<double, stages>& weights, std::size_t i,
                             std::size_t first) const {
        [&]<std::size_t... J>(std::index_sequence<J...>) CICATRIX_INLINE_LAMBDA {
            ((J >= first && weights[J] != 0 ? (sum += V(weights[J]) * u_[J][i], 0) : 0), ...);
        }
        (std::make_index_sequence<last>{});
    }

    CICATRIX_INLINE void finish(const States& y) {
        for (std::size_t i = 0; i < n; ++i) {
            if constexpr (ends_with_last_stage(method)) {
                next_[i] = argument_[i] + u_[stages - 1][i];
            } else {
                next_[i] = y[i], error_[i] = V(0.0);
                add<stages>(next_[i], method.weight, i, 0);
                add<stages>(error_[i], method.error, i, 0);
            }
        }
    }

    Shifted matrix_;
    std::array<States, stages> u_;
    std::array<Drive, stages> drives_;
    States time_slope_, past_, argument_, next_, error_;
};

}  // namespace cicatrix
