// Which states of a model spread in space, as the model declares it: `diffusivity(k)` names the states that diffuse;
// `spread(y, k)` those whose Laplacian is multiplied by something that depends on the states of the place.
#pragma once
#include <array>
#include <cstddef>
#include <utility>

#include "cicatrix/solver/linearisation.hpp"

namespace cicatrix {

namespace detail {

template <Model M> using PlainStates = StatesOf<M, double>;
template <Model M> using PlainCoefficients = CoefficientsOf<M, double>;

/// The place of state i among the names of a declaration; -1 when it is not there.
template <class Declared> constexpr int place_in(std::string_view state) {
    int place = 0;
    for (const auto& entry : names_in<Declared>) {
        if (entry.name == state) return place;
        ++place;
    }
    return -1;
}

template <Model M, bool declared> struct SpreadOf {
    static constexpr int place(std::size_t) { return -1; }
};
template <Model M> struct SpreadOf<M, true> {
    using Declared = decltype(M::spread(std::declval<PlainStates<M>>(), std::declval<PlainCoefficients<M>>()));
    static constexpr auto places = [] {
        std::array<int, M::states.size()> out{};
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = place_in<Declared>(M::states[i].name);
        return out;
    }();
    static constexpr int place(std::size_t i) { return places[i]; }
};

template <Model M> inline constexpr bool has_spread = requires(PlainStates<M> y, PlainCoefficients<M> k) {
    M::spread(y, k);
};
template <Model M> inline constexpr bool has_diffusivity = requires(PlainCoefficients<M> k) { M::diffusivity(k); };

/// The place of state i in the model's `spread`; -1 when its Laplacian stands alone.
template <Model M> constexpr int spread_place(std::size_t i) { return SpreadOf<M, has_spread<M>>::place(i); }

/// What stands before the Laplacian of state i, plain or dual.
template <Model M, std::size_t i> CICATRIX_INLINE auto spread_of(const auto& y, const auto& k) {
    constexpr auto place = static_cast<std::size_t>(spread_place<M>(i));
    return get<place>(M::spread(y, k).values);
}

/// The states of a place as duals, each its own variable.
template <Model M, class V> CICATRIX_INLINE auto seeded(const StatesOf<M, V>& y) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA {
        return Entries<M::states, Dual<V, (Pattern{1} << I)>...>{{{{{y[I], {V(1.0)}}}...}}};
    }
    (std::make_index_sequence<M::states.size()>{});
}

}  // namespace detail

/// The states that a model lets spread.
template <Model M> consteval Pattern spreading_states() {
    Pattern out = 0;
    for (std::size_t i = 0; i < M::states.size(); ++i) {
        if constexpr (detail::has_diffusivity<M>) {
            using Declared = decltype(M::diffusivity(std::declval<detail::PlainCoefficients<M>>()));
            if (detail::place_in<Declared>(M::states[i].name) >= 0) out |= Pattern{1} << i;
        }
        if (detail::spread_place<M>(i) >= 0) out |= Pattern{1} << i;
    }
    return out;
}

/// The diffusivities that a model declares, in the order of its states; 1 where `spread` says how, 0 for what stays.
template <Model M> StatesOf<M, double> diffusivities_of(const CoefficientsOf<M, double>& k) {
    StatesOf<M, double> out{};
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        const auto set = [&]<std::size_t i>() {
            if constexpr (detail::has_diffusivity<M>) {
                using Declared = decltype(M::diffusivity(k));
                constexpr int place = detail::place_in<Declared>(M::states[i].name);
                if constexpr (place >= 0) out[i] = get<static_cast<std::size_t>(place)>(M::diffusivity(k).values);
            }
            if constexpr (detail::spread_place<M>(i) >= 0) out[i] = 1.0;
        };
        (set.template operator()<I>(), ...);
    }
    (std::make_index_sequence<M::states.size()>{});
    return out;
}

}  // namespace cicatrix
