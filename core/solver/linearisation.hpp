// The rates of a model at a point, with their exact derivatives: the Jacobian and df/dt, read from one evaluation of
// the model's text in dual numbers.
#pragma once
#include <array>
#include <cstddef>
#include <utility>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/numeric/dual.hpp"
#include "cicatrix/numeric/sparse_lu.hpp"

namespace cicatrix {

/// Rates of `M` and their derivatives for the scalar V. Time is the variable after the last state.
template <Model M, class V> struct Linearisation {
    static constexpr std::size_t n = M::states.size();
    static_assert(n < 64, "a pattern has one bit per state and one for time");
    using States = StatesOf<M, V>;
    using Coefficients = CoefficientsOf<M, V>;

    CICATRIX_INLINE static void rates(const V& t, const States& y, const Coefficients& k, States& out) {
        const auto f = M::rates(t, y, k);
        [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA {
            ((out[I] = V(get<I>(f.values))), ...);
        }
        (std::make_index_sequence<n>{});
    }

    /// What the rates read of time: its own kind where the model has one, else the time.
    CICATRIX_INLINE static auto drive(const V& t, const Coefficients& k) {
        if constexpr (requires { M::drive(t, k); }) return M::drive(t, k);
        else return t;
    }
    using Drive = decltype(drive(std::declval<V>(), std::declval<Coefficients>()));

    /// The rates with the drive given, as a tuple of values.
    CICATRIX_INLINE static auto driven_rates(const Drive& drive, const States& y, const Coefficients& k) {
        if constexpr (requires { M::drive(std::declval<V>(), k); }) return M::driven_rates(drive, y, k);
        else return M::rates(drive, y, k);
    }

    /// The rates in dual numbers; the i-th entry knows by type which states and whether time moves it.
    CICATRIX_INLINE static auto dual_rates(const V& t, const States& y, const Coefficients& k) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA {
            const Entries<M::states, Dual<V, (Pattern{1} << I)>...> seeded{{{{{y[I], {V(1.0)}}}...}}};
            return M::rates(Dual<V, (Pattern{1} << n)>{t, {V(1.0)}}, seeded, k);
        }
        (std::make_index_sequence<n>{});
    }

    using DualRates =
        decltype(dual_rates(std::declval<V>(), std::declval<States>(), std::declval<Coefficients>()).values);

    static constexpr RowPatterns<n> full_rows = []<std::size_t... I>(std::index_sequence<I...>) {
        return RowPatterns<n>{pattern_of<std::tuple_element_t<I, DualRates>>...};
    }
    (std::make_index_sequence<n>{});

    static constexpr Pattern states_mask = (Pattern{1} << n) - 1;

    /// The pattern of the Jacobian.
    static constexpr RowPatterns<n> rows = [] {
        auto only_states = full_rows;
        for (auto& row : only_states) row &= states_mask;
        return only_states;
    }();

    template <std::size_t i, std::size_t j> static constexpr bool has_entry = (rows[i] >> j & 1) != 0;
    template <std::size_t i> static constexpr bool depends_on_time = (full_rows[i] >> n & 1) != 0;
    static constexpr std::size_t jacobian_entries = [] {
        std::size_t count = 0;
        for (const auto row : rows) count += static_cast<std::size_t>(std::popcount(row));
        return count;
    }();

    /// The value of a rate, be it dual or plain.
    template <class Rate> CICATRIX_INLINE static V value_of(const Rate& rate) {
        if constexpr (requires { rate.slope; }) return rate.value;
        else return V(rate);
    }
};

}  // namespace cicatrix
