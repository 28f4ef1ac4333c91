// exp, log, pow and integer powers for `double` and packs of doubles or floats: one text, hence the same bits at every
// lane width.
//
// Only + - * / , comparisons, select and integer operations on the bits are used, each rounded once (the project is
// compiled without contraction to fused operations), so results depend neither on the C library nor on the instruction
// set. Nothing branches: special cases are selected at the end. The error is below 1 ulp of a double and 1.5 ulp of a
// float, subnormal numbers included.
// Qualify calls on a plain `double` outside the namespace: without it the C library's functions answer.
#pragma once
#include <array>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>

#include "cicatrix/numeric/lanes.hpp"

namespace cicatrix {

namespace detail {

// ln 2 is a sum of two, the first of which is so short that its product with every binary exponent is exact.
//
// The series are polynomials through as many Chebyshev points of their interval as they have terms, solved for in
// 400-bit arithmetic and rounded: they differ visibly from the Taylor series in the last terms only, and the rest of a
// Taylor series of that length would be larger by the factor 2^(terms - 1) and more.
//   exp_series: (e^r - 1 - r) / r^2, beginning 1/2! + r/3! + r^2/4!, for |r| <= ln 2 / 2.
//   log_series: (2 artanh(s) - 2 s) / s^3, beginning 2/3 + 2/5 z + 2/7 z^2 with z = s^2: ln(m) = 2 artanh(s) for
//               s = (m - 1) / (m + 1). With m in [sqrt 1/2, sqrt 2), |s| <= 0.172.

/// What exp and log need in a precision. Beyond `least` and `most` e^x does not change any more.
template <class T> struct Logarithms;

/// The error of the first series is below 2^-61 of e^r, that of the second below 2^-60 of the logarithm.
template <> struct Logarithms<double> {
    static constexpr double ln2_high = 0x1.62e42fefa38p-1, ln2_low = 0x1.ef35793c7673p-45;
    static constexpr double least = -746, most = 710;
    static constexpr std::array exp_series{
        0.5,
        0x1.5555555555557p-3,
        0x1.5555555555556p-5,
        0x1.11111111100dfp-7,
        0x1.6c16c16c162d6p-10,
        0x1.a01a01abe6323p-13,
        0x1.a01a01a6d7831p-16,
        0x1.71de0237484cdp-19,
        0x1.27e4db67ac2b0p-22,
        0x1.af4ddda1c08cdp-26,
        0x1.1f72fc83bcbc7p-29,
    };
    static constexpr std::array log_series{
        0x1.5555555555555p-1, 0x1.9999999999a38p-2, 0x1.2492492476ccbp-2, 0x1.c71c7201592a1p-3,
        0x1.745cf9048617ap-3, 0x1.3b1c355c3560fp-3, 0x1.0fbe95aaf31a8p-3, 0x1.0c039e172b8dfp-3,
    };
};

/// Errors below 2^-26 and 2^-28.
template <> struct Logarithms<float> {
    static constexpr double ln2_high = 0x1.62e4p-1, ln2_low = 0x1.7f7d1cp-20;
    static constexpr double least = -104, most = 89;
    static constexpr std::array exp_series{0.5, 0x1.5554dep-3, 0x1.55551ap-5, 0x1.120b62p-7, 0x1.6d10fcp-10};
    static constexpr std::array log_series{0x1.55555cp-1, 0x1.997c30p-2, 0x1.2ee610p-2};
};

inline constexpr double one_over_ln2 = 0x1.71547652b82fep0;

// ln 1.5 as a sum of two; k ln2_high + ln1_5_high is exact for every binary exponent k that a double can have.
inline constexpr double ln1_5_high = 0x1.9f323ecbfap-2;
inline constexpr double ln1_5_low = -0x1.ed03525ca2643p-44;

// The second series from s^5 on, beginning 2/5 + 2/7 z, for s = (m - c) / (m + c) with c = 1 or 3/2 and m in
// [sqrt 3 / 2, sqrt 3): |s| <= 0.1011; the error is below 2^-69 of the logarithm.
inline constexpr std::array fine_log_series{
    0x1.999999999999ap-2, 0x1.2492492492478p-2, 0x1.c71c71c730b22p-3, 0x1.745d17175a51cp-3,
    0x1.3b13e3f60191ap-3, 0x1.10f4ac8430677p-3, 0x1.f196e3c2ef3ddp-4,
};

/// x, x^2, x^4, x^8.
template <LaneScalar V> struct BinaryPowers {
    V one, two, four, eight;
    explicit CICATRIX_INLINE BinaryPowers(V x) : one(x), two(x * x), four(two * two), eight(four * four) {}

    template <std::size_t degree> CICATRIX_INLINE V get() const {
        if constexpr (degree == 8) return eight;
        else if constexpr (degree == 4) return four;
        else if constexpr (degree == 2) return two;
        else return one;
    }
};

/// The terms [first, first + count) of a series in x, lowest first, by Estrin's scheme: short chains, a fixed order.
template <const auto& series, std::size_t first = 0, std::size_t count = series.size(), LaneScalar V>
CICATRIX_INLINE V polynomial(const BinaryPowers<V>& x) {
    if constexpr (count == 1) {
        return V(series[first]);
    } else {
        constexpr std::size_t half = std::bit_floor(count - 1);
        return polynomial<series, first, half>(x) +
               polynomial<series, first + half, count - half>(x) * x.template get<half>();
    }
}

/// x without its `dropped` last binary digits: the leading part of an exact split x = leading(x) + (x - leading(x)).
template <int dropped, LaneScalar V> CICATRIX_INLINE V leading(V x) {
    return from_bits(to_bits(x) & (~std::uint64_t{0} << dropped), x);
}

template <LaneScalar V> using FormatOf = Format<NumberOf<V>>;

/// 2^n for a whole n that a double can have.
consteval double two_to(int n) {
    double out = 1;
    for (; n > 0; --n) out *= 2;
    for (; n < 0; ++n) out /= 2;
    return out;
}

/// x = mantissa * 2^exponent.
template <LaneScalar V> struct Scaled { V mantissa, exponent; };

/// A positive finite x with its mantissa in [lowest, 2 lowest), where 1/2 < lowest <= 1; nonsense for any other x.
template <LaneScalar V> CICATRIX_INLINE Scaled<V> scaled(V x, double lowest) {
    using F = FormatOf<V>;
    using Bits = typename F::Bits;
    constexpr double unit = two_to(F::fraction);  // from here on up to its double a number's last bits are an integer
    const auto bits_of = [](double number) { return std::bit_cast<Bits>(static_cast<NumberOf<V>>(number)); };
    const auto subnormal = x < V(two_to(1 - F::bias));
    const Bits lowest_bits = bits_of(lowest);
    const auto bits = to_bits(select(subnormal, x * V(4 * unit), x)) + (bits_of(1.0) - lowest_bits);
    const V biased = from_bits((bits >> F::fraction) | bits_of(unit), x);  // unit + exponent + bias
    return {from_bits((bits & ((Bits{1} << F::fraction) - 1)) + lowest_bits, x),
            biased - select(subnormal, V(unit + F::bias + F::fraction + 2), V(unit + F::bias))};
}

/// e^(x - excess) for |excess| below 2^-20 |x|; `excess` is ignored where the result is 0 or infinite anyway.
template <LaneScalar V> CICATRIX_INLINE V exp_of_difference(V x, V excess) {
    using F = FormatOf<V>;
    using Bits = typename F::Bits;
    using L = Logarithms<NumberOf<V>>;
    // NaN passes: it stands second in `smaller` and `larger`.
    const V clamped = larger(V(L::least), smaller(V(L::most), x));
    excess = select(clamped == x, excess, V(0.0));
    // x = n ln 2 + r. Adding 1.5 units rounds to an integer; 2 bias more makes the last bits of the sum n + 2 bias > 0.
    constexpr double shift = 1.5 * two_to(F::fraction) + 2 * F::bias;
    const V shifted = clamped * V(one_over_ln2) + V(shift);
    const V n = shifted - V(shift);
    const V high = clamped - n * V(L::ln2_high);  // exact
    const V low = n * V(-L::ln2_low) - excess;
    const BinaryPowers<V> powers(high + low);
    const V growth = V(1.0) + (high + (low + powers.two * polynomial<L::exp_series>(powers)));
    // 2^n in two factors whose biased exponents add up to n + 2 bias: only the last product can round.
    const auto sum = to_bits(shifted) & Bits{4 * F::bias + 3};
    const auto half = sum >> 1;
    return growth * from_bits(half << F::fraction, x) * from_bits((sum - half) << F::fraction, x);
}

}  // namespace detail

/// e^x. Overflows to infinity, underflows through the subnormal numbers to 0; NaN stays NaN.
template <LaneScalar V> CICATRIX_INLINE V exp(V x) { return detail::exp_of_difference(x, V(0.0)); }

/// Natural logarithm. -infinity at 0, NaN for negative numbers and NaN.
template <LaneScalar V> CICATRIX_INLINE V log(V x) {
    using L = detail::Logarithms<NumberOf<V>>;
    const V infinite(std::numeric_limits<double>::infinity()), undefined(std::numeric_limits<double>::quiet_NaN());
    const auto [m, k] = detail::scaled(x, 0x1.6a09e667f3bcdp-1);  // from sqrt 1/2
    const V f = m - V(1.0);
    const V s = f / (V(2.0) + f);
    const detail::BinaryPowers<V> powers(s * s);
    const V tail = powers.one * detail::polynomial<L::log_series>(powers);
    // 2 s = f - s f and s f = f^2 / 2 - s f^2 / 2: the exact f leads and everything that was rounded is small.
    const V half_square = V(0.5) * f * f;
    const V correction = half_square - (s * (half_square + tail) + k * V(L::ln2_low));
    const V regular = k * V(L::ln2_high) - (correction - f);
    const V limited = select(x < infinite, regular, x);  // infinity and NaN are their own logarithms
    return select(x == V(0.0), -infinite, select(x < V(0.0), undefined, limited));
}

namespace detail {

/// A number as an unevaluated sum.
template <LaneScalar V> struct Sum { V high, low; };

/// ln(x) for positive finite x with a relative error of at most about 2^-65; |low| stays below 2^-14 |high|.
template <LaneScalar V> CICATRIX_INLINE Sum<V> fine_log(V x) {
    const auto [m, k] = scaled(x, 0x1.bb67ae8584caap-1);  // from sqrt 3 / 2
    const auto upper = m > V(0x1.3988e1409212ep0);        // sqrt 3/2
    const V centre = select(upper, V(1.5), V(1.0));
    // w = (m - c) / (3 (m + c)) = w_high + w_low, the first of 16 bits. With s = 3 w the first two terms of the series,
    // 2 s + 2/3 s^3 = 6 w + 18 w^3, have integer coefficients, and both are exact for w_high.
    const V difference = m - centre;
    const V m_high = leading<21>(m);
    const V divisor_high = V(3.0) * (m_high + centre), divisor_low = V(3.0) * (m - m_high);
    const V reciprocal = V(1.0) / (divisor_high + divisor_low);
    const V w_high = leading<37>(difference * reciprocal);
    const V w_low = ((difference - w_high * divisor_high) - w_high * divisor_low) * reciprocal;
    const V linear = V(6.0) * w_high, cubic = V(18.0) * (w_high * w_high * w_high);
    const V cross = V(3.0) * (w_high * w_high) + w_low * (V(3.0) * w_high + w_low);
    const V s = V(3.0) * (w_high + w_low);
    const BinaryPowers<V> powers(s * s);
    const V rest = w_low * (V(6.0) + V(18.0) * cross) + s * powers.two * polynomial<fine_log_series>(powers);
    const V near_high = linear + cubic;
    const V near_low = (cubic - (near_high - linear)) + rest;
    using L = Logarithms<double>;
    // ln x = (k ln 2 + ln c) + ln(m / c); the bracket is 0 or larger than what is added to it.
    const V far_high = k * V(L::ln2_high) + select(upper, V(ln1_5_high), V(0.0));
    const V far_low = k * V(L::ln2_low) + select(upper, V(ln1_5_low), V(0.0));
    const V high = far_high + near_high;
    return {high, (near_high - (high - far_high)) + (near_low + far_low)};
}

/// Whether a number that is not negative has no fraction; infinity has none.
template <LaneScalar V> CICATRIX_INLINE auto whole(V x) {
    const V unit(two_to(FormatOf<V>::fraction));
    return (x >= unit) | ((x + unit) - unit == x);
}

/// |x|^y for finite |x| > 0 and any y but NaN. For floats in doubles, which have the digits that the logarithm needs.
template <LaneScalar V> CICATRIX_INLINE V pow_of_magnitude(V x, V y) {
    // |ln x| is 0 or at least 2^-53: a larger exponent than 2^66 changes nothing, and this one does not overflow.
    y = larger(V(-0x1p66), smaller(V(0x1p66), y));
    if constexpr (std::same_as<NumberOf<V>, float>) {
        return converted<float>(exp(converted<double>(y) * log(converted<double>(x))));
    } else {
        const auto logarithm = fine_log(x);
        const V y_high = leading<27>(y), log_high = leading<27>(logarithm.high);
        const V log_low = (logarithm.high - log_high) + logarithm.low;
        const V product = y_high * log_high;  // exact
        const V rest = y_high * log_low + (y - y_high) * (log_high + log_low);
        const V exponent = product + rest;
        return exp_of_difference(exponent, (exponent - product) - rest);
    }
}

}  // namespace detail

/// x^y with the special cases of C: 1 if y is 0 or x is 1 (even beside NaN); a negative x needs a whole y, else NaN.
template <LaneScalar V> CICATRIX_INLINE V pow(V x, std::type_identity_t<V> y) {
    const V infinite(std::numeric_limits<double>::infinity()), undefined(std::numeric_limits<double>::quiet_NaN());
    const V zero(0.0), one(1.0);
    using Bits = typename detail::FormatOf<V>::Bits;
    const V base = magnitude(x), exponent = magnitude(y);
    const V regular = detail::pow_of_magnitude(base, y);

    const auto empty = base == zero, endless = base == infinite;
    const V outward = select(empty, -y, y);  // positive: an empty or endless base goes to infinity
    const V size = select(empty | endless, select(outward > zero, infinite, zero), regular);

    const auto whole = detail::whole(exponent);
    const auto odd = whole & !detail::whole(exponent * V(0.5));
    const V with_sign = from_bits(to_bits(size) | (to_bits(x) & ~(~Bits{0} >> 1)), x);
    const V real = select((x < zero) & !endless & !whole, undefined, select(odd, with_sign, size));

    const V known = select(x == x, select(y == y, real, y), x);
    return select((y == zero) | (x == one), one, known);
}

/// The square root, rounded correctly; NaN below zero.
template <LaneScalar V> CICATRIX_INLINE V sqrt(V x) {
    NumberOf<V> lanes[width_of<V>];
    std::memcpy(lanes, &x, sizeof(V));
    for (auto& number : lanes) number = std::sqrt(number);
    std::memcpy(&x, lanes, sizeof(V));
    return x;
}

/// The cube root of a number that is not negative, within 1 ulp; nonsense below zero and for subnormal numbers.
template <LaneScalar V> CICATRIX_INLINE V cube_root(V x) {
    if constexpr (std::same_as<NumberOf<V>, float>) return converted<float>(cube_root(converted<double>(x)));
    else {
        // z = x^(-1/3) from a third of the exponent, off by 3.5 per cent at most, then by the series of (1 - h)^(-1/3),
        // of which the second time few terms are enough.
        const auto third = ((to_bits(x) >> 32) * std::uint64_t{0x5555'5556} >> 32) << 32;
        V z = from_bits(std::uint64_t{0x553e'f0ff'289d'd796} - third, x);
        V h = V(1.0) - (x * z) * (z * z);
        z += z * h * (V(1.0 / 3) + h * (V(2.0 / 9) + h * (V(14.0 / 81) + h * V(35.0 / 243))));
        h = V(1.0) - (x * z) * (z * z);
        z += z * h * (V(1.0 / 3) + h * V(2.0 / 9));
        const V root = x * (z * z);
        return root - (root * root * root - x) * (z * z) * V(1.0 / 3);
    }
}

/// x where it is positive, else 0; for every scalar kind.
template <class T> CICATRIX_INLINE T positive_part(const T& x) { return select(x > 0.0, x, T(0.0)); }

/// x^n for a whole n known at compile time, by repeated squaring; for every scalar kind that multiplies.
template <int n, class V> CICATRIX_INLINE auto power(const V& x) {
    if constexpr (n < 0) {
        return 1.0 / power<-n>(x);
    } else if constexpr (n == 0) {
        return V(1.0);
    } else if constexpr (n == 1) {
        return x;
    } else if constexpr (n % 2 == 0) {
        return power<n / 2>(x * x);
    } else {
        return power<n / 2>(x * x) * x;
    }
}

}  // namespace cicatrix
