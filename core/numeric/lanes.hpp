// N members moving together: a pack of doubles, one lane a member, on the compiler's vector extensions.
// Every operation acts on each lane alone with IEEE rounding, so a lane's bits never depend on N or on its neighbours.
// A single lane is a plain `double`; with CICATRIX_SCALAR_ONLY (plain C++20) there is nothing else.
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

#if defined(__GNUC__) && !defined(CICATRIX_SCALAR_ONLY)
inline constexpr bool has_vector_lanes = true;

namespace detail {
template <int N> struct VectorsOf {
    typedef double Numbers __attribute__((vector_size(N * 8)));
    typedef std::int64_t Truths __attribute__((vector_size(N * 8)));
    typedef std::uint64_t Bits __attribute__((vector_size(N * 8)));
};
}  // namespace detail

template <int N> struct Mask {
    using Vector = typename detail::VectorsOf<N>::Truths;
    Vector v;  // all bits of a lane set: true

    friend CICATRIX_INLINE Mask operator&(Mask a, Mask b) { return {a.v & b.v}; }
    friend CICATRIX_INLINE Mask operator|(Mask a, Mask b) { return {a.v | b.v}; }
    friend CICATRIX_INLINE Mask operator!(Mask a) { return {~a.v}; }
};

template <int N> struct Lanes {
    using Vector = typename detail::VectorsOf<N>::Numbers;
    using Bits = typename detail::VectorsOf<N>::Bits;
    Vector v;

    Lanes() = default;
    CICATRIX_INLINE Lanes(double every) : v(every - Vector{}) {}
    CICATRIX_INLINE explicit Lanes(Vector lanes) : v(lanes) {}

    friend CICATRIX_INLINE Lanes operator+(Lanes a, Lanes b) { return Lanes(a.v + b.v); }
    friend CICATRIX_INLINE Lanes operator-(Lanes a, Lanes b) { return Lanes(a.v - b.v); }
    friend CICATRIX_INLINE Lanes operator*(Lanes a, Lanes b) { return Lanes(a.v * b.v); }
    friend CICATRIX_INLINE Lanes operator/(Lanes a, Lanes b) { return Lanes(a.v / b.v); }
    friend CICATRIX_INLINE Lanes operator-(Lanes a) { return Lanes(-a.v); }
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
    friend CICATRIX_INLINE Mask<N> operator<(Lanes a, Lanes b) { return {a.v < b.v}; }
    friend CICATRIX_INLINE Mask<N> operator>(Lanes a, Lanes b) { return {a.v > b.v}; }
    friend CICATRIX_INLINE Mask<N> operator<=(Lanes a, Lanes b) { return {a.v <= b.v}; }
    friend CICATRIX_INLINE Mask<N> operator>=(Lanes a, Lanes b) { return {a.v >= b.v}; }
    friend CICATRIX_INLINE Mask<N> operator==(Lanes a, Lanes b) { return {a.v == b.v}; }
};

/// One number may stand for all lanes of either.
template <int N>
CICATRIX_INLINE Lanes<N> select(Mask<N> where, std::type_identity_t<Lanes<N>> a, std::type_identity_t<Lanes<N>> b) {
    return Lanes<N>(where.v ? a.v : b.v);
}
template <int N> CICATRIX_INLINE typename Lanes<N>::Bits to_bits(Lanes<N> a) {
    return reinterpret_cast<typename Lanes<N>::Bits>(a.v);
}
template <int N> CICATRIX_INLINE Lanes<N> from_bits(typename Lanes<N>::Bits bits, Lanes<N>) {
    return Lanes<N>(reinterpret_cast<typename Lanes<N>::Vector>(bits));
}
template <int N> CICATRIX_INLINE double lane(const Lanes<N>& a, int i) { return a.v[i]; }
template <int N> CICATRIX_INLINE void set_lane(Lanes<N>& a, int i, double value) { a.v[i] = value; }
template <int N> CICATRIX_INLINE bool lane(const Mask<N>& a, int i) { return a.v[i] != 0; }

template <class T> inline constexpr int width_of = 1;
template <int N> inline constexpr int width_of<Lanes<N>> = N;

namespace detail {
template <int N> struct LanesOf { using type = Lanes<N>; };
template <> struct LanesOf<1> { using type = double; };
}  // namespace detail

#else
inline constexpr bool has_vector_lanes = false;
template <class T> inline constexpr int width_of = 1;
namespace detail {
template <int N> struct LanesOf {
    static_assert(N == 1, "without vector extensions lanes have width 1");
    using type = double;
};
}  // namespace detail
#endif

/// The scalar that carries N members: `double` when N is 1.
template <int N> using LanesOf = typename detail::LanesOf<N>::type;

CICATRIX_INLINE double select(bool where, double a, double b) { return where ? a : b; }
CICATRIX_INLINE std::uint64_t to_bits(double a) { return std::bit_cast<std::uint64_t>(a); }
CICATRIX_INLINE double from_bits(std::uint64_t bits, double) { return std::bit_cast<double>(bits); }
CICATRIX_INLINE double lane(double a, int) { return a; }
CICATRIX_INLINE void set_lane(double& a, int, double value) { a = value; }
template <std::integral T> CICATRIX_INLINE bool lane(T truth, int) { return truth != 0; }  // bool & bool is an int

// Shared by `double` and `Lanes<N>`, written once. `larger` and `smaller` give the second argument if either is NaN.
template <class V> CICATRIX_INLINE V larger(V a, V b) { return select(a > b, a, b); }
template <class V> CICATRIX_INLINE V smaller(V a, V b) { return select(a < b, a, b); }
#if defined(__AVX512F__) && !defined(CICATRIX_SCALAR_ONLY)
// One instruction of just this meaning, which g++ 12 does not find by itself at this width.
CICATRIX_INLINE Lanes<8> larger(Lanes<8> a, Lanes<8> b) { return Lanes<8>(_mm512_mask_max_pd(a.v, 0xff, a.v, b.v)); }
CICATRIX_INLINE Lanes<8> smaller(Lanes<8> a, Lanes<8> b) { return Lanes<8>(_mm512_mask_min_pd(a.v, 0xff, a.v, b.v)); }
#endif
template <class V> CICATRIX_INLINE V magnitude(V a) { return from_bits(to_bits(a) & 0x7fff'ffff'ffff'ffffu, a); }

}  // namespace cicatrix
