// N members moving together: a pack of numbers, one lane a member, on the compiler's vector extensions. They are doubles,
// or floats for members that need no more than single precision.
// Every operation acts on each lane alone with IEEE rounding, so a lane's bits never depend on N or on its neighbours.
// A single double is a plain `double`; with CICATRIX_SCALAR_ONLY (plain C++20) packs have one lane only.
#pragma once
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#if defined(__AVX512F__)
#include <immintrin.h>
#endif

#if defined(__GNUC__)
#define CICATRIX_INLINE __attribute__((always_inline)) inline
#define CICATRIX_INLINE_LAMBDA __attribute__((always_inline))
#define CICATRIX_FLATTEN __attribute__((flatten))  // all that it calls is compiled into it
#define CICATRIX_APART __attribute__((noinline))
#define CICATRIX_RESTRICT __restrict__
#else
#define CICATRIX_INLINE inline
#define CICATRIX_INLINE_LAMBDA
#define CICATRIX_FLATTEN
#define CICATRIX_APART
#define CICATRIX_RESTRICT
#endif

namespace cicatrix {

namespace detail {

/// How a number is laid out: the bits of its fraction, and what is added to its exponent of two.
template <class T> struct Format;
template <> struct Format<double> {
    using Bits = std::uint64_t;
    using Truth = std::int64_t;
    static constexpr int fraction = 52, bias = 1023;
};
template <> struct Format<float> {
    using Bits = std::uint32_t;
    using Truth = std::int32_t;
    static constexpr int fraction = 23, bias = 127;
};

/// What N numbers of T, as many truths about them, and their bits are kept in.
template <int N, class T> struct Storage;
template <class T> struct Storage<1, T> {
    using Numbers = T;
    using Truths = bool;
    using Bits = typename Format<T>::Bits;
};
}  // namespace detail

#if defined(__GNUC__) && !defined(CICATRIX_SCALAR_ONLY)
inline constexpr bool has_vector_lanes = true;

namespace detail {
template <int N, class T> struct Storage {
    typedef T Numbers __attribute__((vector_size(N * sizeof(T))));
    typedef typename Format<T>::Truth Truths __attribute__((vector_size(N * sizeof(T))));
    typedef typename Format<T>::Bits Bits __attribute__((vector_size(N * sizeof(T))));
};
}  // namespace detail
#else
inline constexpr bool has_vector_lanes = false;
#endif

template <int N, class T = double> struct Mask {
    using Vector = typename detail::Storage<N, T>::Truths;
    Vector v;  // in a vector, all bits of a lane set: true

    friend CICATRIX_INLINE Mask operator&(Mask a, Mask b) { return {Vector(a.v & b.v)}; }
    friend CICATRIX_INLINE Mask operator|(Mask a, Mask b) { return {Vector(a.v | b.v)}; }
    friend CICATRIX_INLINE Mask operator!(Mask a) { return {Vector(a.v == Vector{})}; }
};

template <int N, class T = double> struct Lanes {
    using Vector = typename detail::Storage<N, T>::Numbers;
    using Bits = typename detail::Storage<N, T>::Bits;
    Vector v;

    Lanes() = default;
    CICATRIX_INLINE Lanes(double every) : v(static_cast<T>(every) - Vector{}) {}
    static CICATRIX_INLINE Lanes of(Vector lanes) {
        Lanes out;
        out.v = lanes;
        return out;
    }
    friend CICATRIX_INLINE Lanes operator+(Lanes a, Lanes b) { return of(a.v + b.v); }
    friend CICATRIX_INLINE Lanes operator-(Lanes a, Lanes b) { return of(a.v - b.v); }
    friend CICATRIX_INLINE Lanes operator*(Lanes a, Lanes b) { return of(a.v * b.v); }
    friend CICATRIX_INLINE Lanes operator/(Lanes a, Lanes b) { return of(a.v / b.v); }
    friend CICATRIX_INLINE Lanes operator-(Lanes a) { return of(-a.v); }
    CICATRIX_INLINE Lanes& operator+=(Lanes b) {
        v += b.v;
        return *this;
    }
    CICATRIX_INLINE Lanes& operator-=(Lanes b) {
        v -= b.v;
        return *this;
    }
    CICATRIX_INLINE Lanes& operator*=(Lanes b) {
        v *= b.v;
        return *this;
    }
    CICATRIX_INLINE Lanes& operator/=(Lanes b) {
        v /= b.v;
        return *this;
    }
    friend CICATRIX_INLINE Mask<N, T> operator<(Lanes a, Lanes b) { return {a.v < b.v}; }
    friend CICATRIX_INLINE Mask<N, T> operator>(Lanes a, Lanes b) { return {a.v > b.v}; }
    friend CICATRIX_INLINE Mask<N, T> operator<=(Lanes a, Lanes b) { return {a.v <= b.v}; }
    friend CICATRIX_INLINE Mask<N, T> operator>=(Lanes a, Lanes b) { return {a.v >= b.v}; }
    friend CICATRIX_INLINE Mask<N, T> operator==(Lanes a, Lanes b) { return {a.v == b.v}; }
};

/// One number may stand for all lanes of either.
template <int N, class T>
CICATRIX_INLINE Lanes<N, T> select(Mask<N, T> where, std::type_identity_t<Lanes<N, T>> a,
                                   std::type_identity_t<Lanes<N, T>> b) {
    return Lanes<N, T>::of(where.v ? a.v : b.v);
}
template <int N, class T> CICATRIX_INLINE typename Lanes<N, T>::Bits to_bits(Lanes<N, T> a) {
    return std::bit_cast<typename Lanes<N, T>::Bits>(a.v);
}
template <int N, class T> CICATRIX_INLINE Lanes<N, T> from_bits(typename Lanes<N, T>::Bits bits, Lanes<N, T>) {
    return Lanes<N, T>::of(std::bit_cast<typename Lanes<N, T>::Vector>(bits));
}
template <int N, class T> CICATRIX_INLINE T lane(const Lanes<N, T>& a, int i) {
    if constexpr (N == 1) return a.v;
    else return a.v[i];
}
/// Rounds to single precision where that is the lanes'.
template <int N, class T> CICATRIX_INLINE void set_lane(Lanes<N, T>& a, int i, double value) {
    if constexpr (N == 1) a.v = static_cast<T>(value);
    else a.v[i] = static_cast<T>(value);
}
template <int N, class T> CICATRIX_INLINE bool lane(const Mask<N, T>& a, int i) {
    if constexpr (N == 1) return a.v;
    else return a.v[i] != 0;
}
/// The same numbers in another precision.
template <class To, int N, class T> CICATRIX_INLINE Lanes<N, To> converted(Lanes<N, T> a) {
    if constexpr (N == 1) return Lanes<N, To>::of(static_cast<To>(a.v));
    else return Lanes<N, To>::of(__builtin_convertvector(a.v, typename Lanes<N, To>::Vector));
}

template <class T> inline constexpr int width_of = 1;
template <int N, class T> inline constexpr int width_of<Lanes<N, T>> = N;

namespace detail {
template <class V> struct Element { using type = V; };
template <int N, class T> struct Element<Lanes<N, T>> { using type = T; };

template <int N, class T> struct LanesOf {
    static_assert(N == 1 || has_vector_lanes, "without vector extensions lanes have width 1");
    using type = Lanes<N, T>;
};
template <> struct LanesOf<1, double> { using type = double; };
}  // namespace detail

/// What a pack is made of: `double` or `float`.
template <class V> using NumberOf = typename detail::Element<V>::type;

/// The scalar that carries N members: `double` when N is 1. A single float is a pack, too, so that no formula slips into
/// double precision.
template <int N, class T = double> using LanesOf = typename detail::LanesOf<N, T>::type;

/// One number or a pack of them.
template <class V>
concept LaneScalar = std::same_as<V, double> || !std::same_as<V, NumberOf<V>>;

CICATRIX_INLINE double select(bool where, double a, double b) { return where ? a : b; }
CICATRIX_INLINE std::uint64_t to_bits(double a) { return std::bit_cast<std::uint64_t>(a); }
CICATRIX_INLINE double from_bits(std::uint64_t bits, double) { return std::bit_cast<double>(bits); }
CICATRIX_INLINE double lane(double a, int) { return a; }
CICATRIX_INLINE void set_lane(double& a, int, double value) { a = value; }
template <std::integral T> CICATRIX_INLINE bool lane(T truth, int) { return truth != 0; }  // bool & bool is an int

// Shared by `double` and packs, written once. `larger` and `smaller` give the second argument if either is NaN.
template <class V> CICATRIX_INLINE V larger(V a, V b) { return select(a > b, a, b); }
template <class V> CICATRIX_INLINE V smaller(V a, V b) { return select(a < b, a, b); }
#if defined(__AVX512F__) && !defined(CICATRIX_SCALAR_ONLY)
// One instruction of just this meaning, which g++ 12 does not find by itself at this width.
CICATRIX_INLINE Lanes<8> larger(Lanes<8> a, Lanes<8> b) {
    return Lanes<8>::of(_mm512_mask_max_pd(a.v, 0xff, a.v, b.v));
}
CICATRIX_INLINE Lanes<8> smaller(Lanes<8> a, Lanes<8> b) {
    return Lanes<8>::of(_mm512_mask_min_pd(a.v, 0xff, a.v, b.v));
}
CICATRIX_INLINE Lanes<16, float> larger(Lanes<16, float> a, Lanes<16, float> b) {
    return Lanes<16, float>::of(_mm512_mask_max_ps(a.v, 0xffff, a.v, b.v));
}
CICATRIX_INLINE Lanes<16, float> smaller(Lanes<16, float> a, Lanes<16, float> b) {
    return Lanes<16, float>::of(_mm512_mask_min_ps(a.v, 0xffff, a.v, b.v));
}
#endif
template <class V> CICATRIX_INLINE V magnitude(V a) {
    using Bits = typename detail::Format<NumberOf<V>>::Bits;
    return from_bits(to_bits(a) & static_cast<Bits>(~Bits{0} >> 1), a);
}

}  // namespace cicatrix
