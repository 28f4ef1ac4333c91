// What decides over a step just taken: its error in units of the tolerance, and how the next step follows from it.
#pragma once
#include <cstddef>
#include <limits>

#include "cicatrix/numeric/dual.hpp"
#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/solver/member.hpp"

namespace cicatrix {

namespace detail {

/// Elimination without pivoting is trusted while every pivot keeps this share of the diagonal shift.
inline constexpr double trusted_pivot = 1e-6;
inline constexpr double safety = 0.9, least_factor = 0.2, most_factor = 8.0, factor_when_not_finite = 0.1;

/// The error of state i in units of its tolerance, with its sign.
template <Model M, class T>
CICATRIX_INLINE T scaled_error(const Settings<M>& settings, std::size_t i, const T& from, const T& next,
                               const T& error) {
    return error / (T(settings.absolute[i]) + T(settings.relative) * larger(magnitude(from), magnitude(next)));
}

/// How far state i lies below zero, in units of its absolute tolerance.
template <Model M, class T>
CICATRIX_INLINE T depth_below_zero(const Settings<M>& settings, std::size_t i, const T& next) {
    return next * T(-1.0 / settings.absolute[i]);
}

/// What the tolerances of a run ask of each state, in the form in which every step needs it.
template <Model M> struct Tolerances {
    StatesOf<M, double> absolute, minus_one_over_absolute;
    double relative;

    explicit Tolerances(const Settings<M>& settings) : absolute(settings.absolute), relative(settings.relative) {
        for (std::size_t i = 0; i < absolute.size(); ++i) minus_one_over_absolute[i] = -1.0 / absolute[i];
    }
};

/// The square of the error's root mean square over the states, each in units of its tolerance; a step is good up to 1.
/// A state below -atol alone spoils the step, which is then repeated smaller; nothing is ever clipped.
template <Model M, class V>
CICATRIX_INLINE V error_norm(const Tolerances<M>& tolerances, const StatesOf<M, V>& from, const StatesOf<M, V>& next,
                             const StatesOf<M, V>& error) {
    constexpr std::size_t n = M::states.size();
    V sum = V(0.0), below = V(0.0);
    for (std::size_t i = 0; i < n; ++i) {
        sum += square(error[i] / (V(tolerances.absolute[i]) +
                                  V(tolerances.relative) * larger(magnitude(from[i]), magnitude(next[i]))));
        if (!M::states[i].may_be_negative) below = larger(next[i] * V(tolerances.minus_one_over_absolute[i]), below);
    }
    return larger(select(below > V(1.0), square(below), V(0.0)), sum * V(1.0 / n));
}
template <Model M, class V>
CICATRIX_INLINE V error_norm(const Settings<M>& settings, const StatesOf<M, V>& from, const StatesOf<M, V>& next,
                             const StatesOf<M, V>& error) {
    return error_norm<M, V>(Tolerances<M>(settings), from, next, error);
}

/// x^exponent for positive normal x within 0.4 % while |exponent| <= 1/4: all that a step size needs. Logarithm and
/// power are chords between powers of two, bent so that they are right in their middles.
template <class V> CICATRIX_INLINE V rough_power(V x, double exponent) {
    const auto [mantissa, binary] = scaled(x, 1.0);
    const V u = mantissa - V(1.0);
    const V z = V(exponent) * (binary + (u + V(0.34) * u * (V(1.0) - u)));
    using F = FormatOf<V>;
    constexpr double shift = 1.5 * two_to(F::fraction) + F::bias;
    const V shifted = (z - V(0.5)) + V(shift);  // rounds to an integer, its last bits the exponent of the result
    const V f = z - (shifted - V(shift));
    return (V(1.0) + f - V(0.3431) * f * (V(1.0) - f)) * from_bits(to_bits(shifted) << F::fraction, x);
}

/// By what the step is to be multiplied after one with this norm, at most.
template <class Method, class V> CICATRIX_INLINE V step_factor(const V& norm, double most = most_factor) {
    constexpr double exponent = -0.5 / (Method::method.error_order + 1);
    const V wanted = V(safety) * rough_power(larger(norm, V(1e-20)), exponent);
    return smaller(larger(wanted, V(least_factor)), V(most));
}

/// The same after a rejection: smaller in any case.
inline double factor_after_rejection(double norm, double factor) {
    const bool finite = norm < std::numeric_limits<double>::infinity();  // false for NaN, too
    return finite ? smaller(factor, 0.9) : factor_when_not_finite;
}

/// True when a rejected step cannot be halved much further.
inline bool is_too_small(double step, double t) {
    return step <= 4 * std::numeric_limits<double>::epsilon() * magnitude(t) || step < 1e-290;
}

/// Which size of a state counts as small where a first step is chosen, from its tolerances.
template <Model M> double small_size(const Settings<M>& settings, std::size_t i) {
    const double absolute = settings.absolute[i];
    return larger(absolute / settings.relative, smaller(1e9 * absolute, 1e-3));
}

inline constexpr double first_share = 0.1;  // of the size of the fastest state, by which it moves in a first step

/// A first step on the `whole` way to the next stop, from the rates of a state.
template <Model M>
double first_step(const Settings<M>& settings, const StatesOf<M, double>& y, const StatesOf<M, double>& rates,
                  double whole) {
    double fastest = 0;
    for (std::size_t i = 0; i < M::states.size(); ++i)
        fastest = larger(magnitude(rates[i]) / (magnitude(y[i]) + small_size<M>(settings, i)), fastest);
    return fastest * whole > first_share ? first_share / fastest : whole;
}

/// Why a step that became too small was still rejected.
template <Model M> Status why_rejected(const Settings<M>& settings, const StatesOf<M, double>& next, double norm) {
    if (!(norm < std::numeric_limits<double>::infinity())) return Status::not_finite;
    for (std::size_t i = 0; i < M::states.size(); ++i)
        if (!M::states[i].may_be_negative && depth_below_zero<M>(settings, i, next[i]) > 1.0) return Status::negative;
    return Status::step_too_small;
}

/// The state that spoilt the step most: the first whose rate is not finite, else the one with the largest error or
/// furthest below zero.
template <Model M>
std::size_t limiting_state(const Settings<M>& settings, const StatesOf<M, double>& from,
                           const StatesOf<M, double>& next, const StatesOf<M, double>& error,
                           const StatesOf<M, double>& rates) {
    std::size_t limiting = 0;
    double worst = -1;
    for (std::size_t i = 0; i < M::states.size(); ++i) {
        if (!(magnitude(rates[i]) < std::numeric_limits<double>::infinity())) return i;
        const double fault = magnitude(scaled_error<M>(settings, i, from[i], next[i], error[i]));
        if (fault != fault) return i;  // no number is larger than it
        const double below = M::states[i].may_be_negative ? 0.0 : depth_below_zero<M>(settings, i, next[i]);
        const double spoilt = below > 1.0 ? larger(below, fault) : fault;
        if (spoilt > worst) worst = spoilt, limiting = i;
    }
    return limiting;
}

}  // namespace detail
}  // namespace cicatrix
