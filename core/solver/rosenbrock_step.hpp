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
    static constexpr auto& method = Method::method;
    static constexpr std::size_t stages = method.stages, n = L::n;

  public:
    using States = StatesOf<M, V>;
    using Coefficients = CoefficientsOf<M, V>;

    /// Takes the step from (t, y); `next` and `error` hold its result. Returns the smallest pivot relative to the
    /// diagonal shift, by which the caller knows whether elimination without pivoting was safe.
    V take(const V& t, const States& y, const Coefficients& k, const V& h) {
        const V shift = V(1.0 / method.gamma) / h, inverse_h = V(1.0) / h;
        const auto rates = L::dual_rates(t, y, k);
        const V pivot = matrix_.factor(rates, shift);
        [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA {
            ((time_slope_[I] = slope_in_time<I>(get<I>(rates.values))), ...);
            ((u_[0][I] = L::value_of(get<I>(rates.values)) + V(method.time[0]) * h * time_slope_[I]), ...);
        }
        (std::make_index_sequence<n>{});
        matrix_.solve(u_[0]);
        argument_ = y;
        [&]<std::size_t... S>(std::index_sequence<S...>) { (stage<S + 1>(t, y, k, h, inverse_h), ...); }
        (std::make_index_sequence<stages - 1>{});
        finish(y);
        return pivot;
    }

    const States& next() const { return next_; }
    const States& error() const { return error_; }

    /// Takes over in one lane what a scalar step found from the same point.
    template <class Other> void adopt(int which, const RosenbrockStep<Method, M, double, Other>& scalar) {
        for (std::size_t i = 0; i < n; ++i) {
            set_lane(next_[i], which, scalar.next_[i]);
            set_lane(error_[i], which, scalar.error_[i]);
            for (std::size_t s = 0; s < stages; ++s) set_lane(u_[s][i], which, scalar.u_[s][i]);
        }
    }

    /// State i of one lane at the fraction x of the step just taken from y, its dense weights given.
    double between(std::size_t i, int which, double from, const std::array<double, stages>& weights) const {
        double value = from;
        for (std::size_t s = 0; s < stages; ++s) value += weights[s] * lane(u_[s][i], which);
        return value;
    }

  private:
    template <class, Model, class, class> friend class RosenbrockStep;

    template <std::size_t i, class Rate> CICATRIX_INLINE static V slope_in_time(const Rate& rate) {
        if constexpr (L::template depends_on_time<i>) return slope<static_cast<int>(n)>(rate);
        else return V(0.0);
    }

    /// True when row s of `a` is row s - 1 with one more entry, so that the argument can be carried on.
    static constexpr bool extends_row(std::size_t s) {
        for (std::size_t j = 0; j + 1 < s; ++j)
            if (method.a[s][j] != method.a[s - 1][j]) return false;
        return true;
    }

    template <std::size_t s>
    CICATRIX_INLINE void stage(const V& t, const States& y, const Coefficients& k, const V& h, const V& inverse_h) {
        for (std::size_t i = 0; i < n; ++i) {
            V sum = extends_row(s) ? argument_[i] : y[i];
            add<s>(sum, method.a, i, extends_row(s) ? s - 1 : 0);
            argument_[i] = sum;
        }
        L::rates(t + V(method.node[s]) * h, argument_, k, u_[s]);
        for (std::size_t i = 0; i < n; ++i) {
            V sum = V(0.0);
            add<s>(sum, method.c, i, 0);
            u_[s][i] += sum * inverse_h;
            if constexpr (method.time[s] != 0) u_[s][i] += V(method.time[s]) * h * time_slope_[i];
        }
        matrix_.solve(u_[s]);
    }

    /// sum += row s of `weights` times the stages from `first` on, of state i.
    template <std::size_t s>
    CICATRIX_INLINE void add(V& sum, const auto& weights, std::size_t i, std::size_t first) const {
        [&]<std::size_t... J>(std::index_sequence<J...>) CICATRIX_INLINE_LAMBDA {
            ((J >= first && weights[s][J] != 0 ? (sum += V(weights[s][J]) * u_[J][i], 0) : 0), ...);
        }
        (std::make_index_sequence<s>{});
    }

    /// The last row of `a`, the weights and the error of a stiffly accurate method differ by the last stages alone; the
    /// general sums are written so that the compiler drops what is zero.
    CICATRIX_INLINE void finish(const States& y) {
        for (std::size_t i = 0; i < n; ++i) {
            V sum = y[i], fault = V(0.0);
            [&]<std::size_t... J>(std::index_sequence<J...>) CICATRIX_INLINE_LAMBDA {
                ((method.weight[J] != 0 ? (sum += V(method.weight[J]) * u_[J][i], 0) : 0), ...);
                ((method.error[J] != 0 ? (fault += V(method.error[J]) * u_[J][i], 0) : 0), ...);
            }
            (std::make_index_sequence<stages>{});
            next_[i] = sum;
            error_[i] = fault;
        }
    }

    Shifted matrix_;
    std::array<States, stages> u_;
    States time_slope_, argument_, next_, error_;
};

}  // namespace cicatrix
