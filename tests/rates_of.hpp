// The rates of any model and their Jacobian as plain arrays, and random states and parameters, for tests.
#pragma once
#include <array>
#include <cstddef>
#include <random>
#include <type_traits>
#include <utility>

#include "cicatrix/solver/linearisation.hpp"

namespace cicatrix::tests {

template <Model M, class V = double>
StatesOf<M, V> rates_of(const V& t, const StatesOf<M, V>& y, const CoefficientsOf<M, V>& k) {
    StatesOf<M, V> out;
    Linearisation<M, V>::rates(t, y, k, out);
    return out;
}

/// One row a rate, one column a state; the last column is the derivative by time.
template <Model M, class V = double>
using Derivatives = std::array<std::array<V, M::states.size() + 1>, M::states.size()>;

/// The derivative of one rate by one variable, also where the model's text has none.
template <class V, std::size_t i, std::size_t variable>
V slope_or_zero(const auto& rates) {
    using Rate = std::remove_cvref_t<decltype(get<i>(rates.values))>;
    constexpr bool depends = (pattern_of<Rate> & Pattern{1} << variable) != 0;
    if constexpr (depends) return slope<static_cast<int>(variable)>(get<i>(rates.values));
    else return V(0.0);
}

/// The exact derivatives of the rates, from dual numbers.
template <Model M, class V = double>
Derivatives<M, V> derivatives_of(const V& t, const StatesOf<M, V>& y, const CoefficientsOf<M, V>& k) {
    constexpr std::size_t n = M::states.size();
    const auto rates = Linearisation<M, V>::dual_rates(t, y, k);
    const auto row = [&]<std::size_t i, std::size_t... J>(std::index_sequence<J...>) {
        return std::array<V, n + 1>{slope_or_zero<V, i, J>(rates)...};
    };
    const auto all_rows = [&]<std::size_t... I>(std::index_sequence<I...>) {
        return Derivatives<M, V>{row.template operator()<I>(std::make_index_sequence<n + 1>{})...};
    };
    return all_rows(std::make_index_sequence<n>{});
}

using Random = std::mt19937_64;

/// A number between two bounds, from the same bits on every system.
inline double between(Random& random, double low, double high) {
    return low + (high - low) * (static_cast<double>(random() >> 11) * 0x1p-53);
}

/// Every parameter somewhere in its range.
template <Model M> ParametersOf<M, double> random_parameters(Random& random) {
    ParametersOf<M, double> out{};
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = between(random, M::parameters[i].range.low, M::parameters[i].range.high);
    return out;
}

/// Every state positive.
template <Model M> StatesOf<M, double> random_states(Random& random, double low, double high) {
    StatesOf<M, double> out{};
    for (double& y : out) y = between(random, low, high);
    return out;
}

}  // namespace cicatrix::tests
