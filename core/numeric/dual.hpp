// A value and its derivatives moving together. Which variables a value depends on is part of its type, so a derivative
// that is zero is neither stored nor computed, and the sparsity of a Jacobian is read from the types of its rows.
#pragma once
#include <array>
#include <bit>
#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/numeric/lanes.hpp"

namespace cicatrix {

/// The variables that a value depends on, one bit each.
using Pattern = std::uint64_t;

namespace detail {
/// Where a variable stands among the stored derivatives; -1 when the value does not depend on it.
constexpr int slot(Pattern pattern, int variable) {
    if (!(pattern >> variable & 1)) return -1;
    return std::popcount(pattern & ((Pattern{1} << variable) - 1));
}
constexpr int variable_at(Pattern pattern, int slot_wanted) {
    int variable = 0;
    for (int seen = 0;; ++variable)
        if (pattern >> variable & 1)
            if (seen++ == slot_wanted) return variable;
}
}  // namespace detail

/// Copied number by number: as blocks of memory compilers copy it in pieces smaller than a pack, which a processor
/// cannot read back as a whole pack before they have reached its cache.
template <class V, Pattern pattern> struct Dual {
    static constexpr std::size_t size = std::popcount(pattern);
    V value;
    std::array<V, size> slope;  // in the order of the variables

    Dual() = default;
    CICATRIX_INLINE constexpr Dual(const V& value, const std::array<V, size>& slope) : value(value) { copy(slope); }
    CICATRIX_INLINE constexpr Dual(const Dual& other) : value(other.value) { copy(other.slope); }
    CICATRIX_INLINE constexpr Dual& operator=(const Dual& other) {
        value = other.value;
        copy(other.slope);
        return *this;
    }

  private:
    CICATRIX_INLINE constexpr void copy(const std::array<V, size>& from) {
        [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA { ((slope[I] = from[I]), ...); }
        (std::make_index_sequence<size>{});
    }
};

template <class T> inline constexpr Pattern pattern_of = 0;
template <class V, Pattern p> inline constexpr Pattern pattern_of<Dual<V, p>> = p;

/// The derivative of `x` by variable `i`, which it must depend on.
template <int i, class V, Pattern p> CICATRIX_INLINE const V& slope(const Dual<V, p>& x) {
    return x.slope[static_cast<std::size_t>(detail::slot(p, i))];
}

namespace detail {
/// Builds a dual from its value and, for each variable, a slope made from the operands' slopes of that variable.
template <Pattern result, class V, class SlopeOf>
CICATRIX_INLINE Dual<V, result> with_slopes(const V& value, SlopeOf slope_of) {
    Dual<V, result> out;
    out.value = value;
    [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA {
        ((out.slope[I] = slope_of.template operator()<variable_at(result, static_cast<int>(I))>()), ...);
    }
    (std::make_index_sequence<std::popcount(result)>{});
    return out;
}

/// d(out) = da * d(a) + db * d(b), leaving out what is zero by type.
template <class V, Pattern p, Pattern q>
CICATRIX_INLINE Dual<V, (p | q)> chain(const V& value, const Dual<V, p>& a, const V& da, const Dual<V, q>& b,
                                       const V& db) {
    return with_slopes<(p | q)>(value, [&]<int i>() CICATRIX_INLINE_LAMBDA -> V {
        if constexpr (slot(p, i) < 0) return db * slope<i>(b);
        else if constexpr (slot(q, i) < 0) return da * slope<i>(a);
        else return da * slope<i>(a) + db * slope<i>(b);
    });
}

/// d(out) = da * d(a).
template <class V, Pattern p> CICATRIX_INLINE Dual<V, p> chain(const V& value, const Dual<V, p>& a, const V& da) {
    return with_slopes<p>(value, [&]<int i>() CICATRIX_INLINE_LAMBDA -> V { return da * slope<i>(a); });
}
}  // namespace detail

template <class V, Pattern p, Pattern q>
CICATRIX_INLINE Dual<V, (p | q)> operator+(const Dual<V, p>& a, const Dual<V, q>& b) {
    return detail::with_slopes<(p | q)>(a.value + b.value, [&]<int i>() CICATRIX_INLINE_LAMBDA -> V {
        if constexpr (detail::slot(p, i) < 0) return slope<i>(b);
        else if constexpr (detail::slot(q, i) < 0) return slope<i>(a);
        else return slope<i>(a) + slope<i>(b);
    });
}
template <class V, Pattern p, Pattern q>
CICATRIX_INLINE Dual<V, (p | q)> operator-(const Dual<V, p>& a, const Dual<V, q>& b) {
    return detail::with_slopes<(p | q)>(a.value - b.value, [&]<int i>() CICATRIX_INLINE_LAMBDA -> V {
        if constexpr (detail::slot(p, i) < 0) return -slope<i>(b);
        else if constexpr (detail::slot(q, i) < 0) return slope<i>(a);
        else return slope<i>(a) - slope<i>(b);
    });
}
template <class V, Pattern p, Pattern q>
CICATRIX_INLINE Dual<V, (p | q)> operator*(const Dual<V, p>& a, const Dual<V, q>& b) {
    return detail::chain(a.value * b.value, a, b.value, b, a.value);
}
template <class V, Pattern p, Pattern q>
CICATRIX_INLINE Dual<V, (p | q)> operator/(const Dual<V, p>& a, const Dual<V, q>& b) {
    const V quotient = a.value / b.value, inverse = V(1.0) / b.value;
    return detail::chain(quotient, a, inverse, b, V(-(quotient * inverse)));
}
template <class V, Pattern p> CICATRIX_INLINE Dual<V, p> operator-(const Dual<V, p>& a) {
    return detail::with_slopes<p>(V(-a.value), [&]<int i>() CICATRIX_INLINE_LAMBDA -> V { return -slope<i>(a); });
}

/// A number that carries no derivatives beside a dual over V.
template <class S, class V>
concept PlainBeside = std::convertible_to<S, V> &&(pattern_of<S> == 0);

template <class V, Pattern p, PlainBeside<V> S> CICATRIX_INLINE Dual<V, p> operator+(const Dual<V, p>& a, const S& b) {
    return {a.value + V(b), a.slope};
}
template <class V, Pattern p, PlainBeside<V> S> CICATRIX_INLINE Dual<V, p> operator+(const S& a, const Dual<V, p>& b) {
    return {V(a) + b.value, b.slope};
}
template <class V, Pattern p, PlainBeside<V> S> CICATRIX_INLINE Dual<V, p> operator-(const Dual<V, p>& a, const S& b) {
    return {a.value - V(b), a.slope};
}
template <class V, Pattern p, PlainBeside<V> S> CICATRIX_INLINE Dual<V, p> operator-(const S& a, const Dual<V, p>& b) {
    return detail::with_slopes<p>(V(V(a) - b.value), [&]<int i>() CICATRIX_INLINE_LAMBDA -> V { return -slope<i>(b); });
}
template <class V, Pattern p, PlainBeside<V> S> CICATRIX_INLINE Dual<V, p> operator*(const Dual<V, p>& a, const S& b) {
    return detail::chain(V(a.value * V(b)), a, V(b));
}
template <class V, Pattern p, PlainBeside<V> S> CICATRIX_INLINE Dual<V, p> operator*(const S& a, const Dual<V, p>& b) {
    return detail::chain(V(V(a) * b.value), b, V(a));
}
template <class V, Pattern p, PlainBeside<V> S> CICATRIX_INLINE Dual<V, p> operator/(const Dual<V, p>& a, const S& b) {
    return detail::chain(V(a.value / V(b)), a, V(V(1.0) / V(b)));
}
template <class V, Pattern p, PlainBeside<V> S> CICATRIX_INLINE Dual<V, p> operator/(const S& a, const Dual<V, p>& b) {
    const V quotient = V(a) / b.value;
    return detail::chain(quotient, b, V(-(quotient / b.value)));
}

// Comparisons look at values alone.
template <class V, Pattern p, PlainBeside<V> S> CICATRIX_INLINE auto operator>(const Dual<V, p>& a, const S& b) {
    return a.value > V(b);
}
template <class V, Pattern p, PlainBeside<V> S> CICATRIX_INLINE auto operator<(const Dual<V, p>& a, const S& b) {
    return a.value < V(b);
}
template <class V, Pattern p, Pattern q> CICATRIX_INLINE auto operator>(const Dual<V, p>& a, const Dual<V, q>& b) {
    return a.value > b.value;
}
template <class V, Pattern p, Pattern q> CICATRIX_INLINE auto operator<(const Dual<V, p>& a, const Dual<V, q>& b) {
    return a.value < b.value;
}

template <class Truth, class V, Pattern p, Pattern q>
CICATRIX_INLINE Dual<V, (p | q)> select(Truth where, const Dual<V, p>& a, const Dual<V, q>& b) {
    return detail::with_slopes<(p | q)>(select(where, a.value, b.value), [&]<int i>() CICATRIX_INLINE_LAMBDA -> V {
        if constexpr (detail::slot(p, i) < 0) return select(where, V(0.0), slope<i>(b));
        else if constexpr (detail::slot(q, i) < 0) return select(where, slope<i>(a), V(0.0));
        else return select(where, slope<i>(a), slope<i>(b));
    });
}
template <class Truth, class V, Pattern p, PlainBeside<V> S>
CICATRIX_INLINE Dual<V, p> select(Truth where, const Dual<V, p>& a, const S& b) {
    return select(where, a, Dual<V, 0>{V(b), {}});
}
template <class Truth, class V, Pattern p, PlainBeside<V> S>
CICATRIX_INLINE Dual<V, p> select(Truth where, const S& a, const Dual<V, p>& b) {
    return select(where, Dual<V, 0>{V(a), {}}, b);
}

template <class V, Pattern p> CICATRIX_INLINE Dual<V, p> exp(const Dual<V, p>& a) {
    const V value = exp(a.value);
    return detail::chain(value, a, value);
}
template <class V, Pattern p> CICATRIX_INLINE Dual<V, p> log(const Dual<V, p>& a) {
    return detail::chain(log(a.value), a, V(V(1.0) / a.value));
}

/// The square, for any scalar.
template <class T> CICATRIX_INLINE auto square(const T& x) { return x * x; }

}  // namespace cicatrix
