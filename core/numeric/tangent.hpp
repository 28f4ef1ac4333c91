// A value with its derivatives by a few numbers that somebody has chosen: what is computed in it, whole courses
// included, comes with its gradient. The value is computed as in `double`, to the same bits; comparisons look at it
// alone.
#pragma once
#include <array>
#include <concepts>
#include <cstddef>
#include <limits>

#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/numeric/lanes.hpp"

namespace cicatrix {

namespace detail {
/// What derivatives are kept in: lanes where there are some.
#if defined(CICATRIX_SCALAR_ONLY) || !defined(__GNUC__)
struct EightSlopes {
    std::array<double, 8> v;

    EightSlopes() = default;
    constexpr EightSlopes(double every) : v{every, every, every, every, every, every, every, every} {}
    static EightSlopes by_place(auto value_at) {
        EightSlopes out;
        for (std::size_t i = 0; i < out.v.size(); ++i) out.v[i] = value_at(i);
        return out;
    }
    friend EightSlopes operator+(const EightSlopes& a, const EightSlopes& b) {
        return by_place([&](std::size_t i) { return a.v[i] + b.v[i]; });
    }
    friend EightSlopes operator-(const EightSlopes& a, const EightSlopes& b) {
        return by_place([&](std::size_t i) { return a.v[i] - b.v[i]; });
    }
    friend EightSlopes operator*(const EightSlopes& a, const EightSlopes& b) {
        return by_place([&](std::size_t i) { return a.v[i] * b.v[i]; });
    }
    friend EightSlopes operator-(const EightSlopes& a) { return EightSlopes(0.0) - a; }
};
inline double lane(const EightSlopes& a, int i) { return a.v[static_cast<std::size_t>(i)]; }
inline void set_lane(EightSlopes& a, int i, double value) { a.v[static_cast<std::size_t>(i)] = value; }
#else
using EightSlopes = Lanes<8>;
#endif
}  // namespace detail

struct Tangent {
    /// By how many numbers one is differentiated at once.
    static constexpr int directions = 8;
    using Slopes = detail::EightSlopes;

    double value;
    Slopes slope;

    Tangent() = default;
    Tangent(double value) : value(value), slope(0.0) {}
    Tangent(double value, const Slopes& slope) : value(value), slope(slope) {}
    /// The number itself that direction i differentiates by.
    static Tangent along(int i, double value) {
        Tangent out(value);
        set_lane(out.slope, i, 1.0);
        return out;
    }
    double derivative(int i) const { return lane(slope, i); }

    Tangent& operator+=(const Tangent& b);
    Tangent& operator-=(const Tangent& b);
    Tangent& operator*=(const Tangent& b);
};

namespace detail {
/// d(out) = da * d(a).
inline Tangent chain(double value, const Tangent& a, double da) { return {value, Tangent::Slopes(da) * a.slope}; }
/// d(out) = da * d(a) + db * d(b).
inline Tangent chain(double value, const Tangent& a, double da, const Tangent& b, double db) {
    return {value, Tangent::Slopes(da) * a.slope + Tangent::Slopes(db) * b.slope};
}
}  // namespace detail

inline Tangent operator+(const Tangent& a, const Tangent& b) { return {a.value + b.value, a.slope + b.slope}; }
inline Tangent operator-(const Tangent& a, const Tangent& b) { return {a.value - b.value, a.slope - b.slope}; }
inline Tangent operator*(const Tangent& a, const Tangent& b) {
    return detail::chain(a.value * b.value, a, b.value, b, a.value);
}
inline Tangent operator/(const Tangent& a, const Tangent& b) {
    const double quotient = a.value / b.value, inverse = 1.0 / b.value;
    return detail::chain(quotient, a, inverse, b, -(quotient * inverse));
}
inline Tangent operator-(const Tangent& a) { return {-a.value, -a.slope}; }
inline Tangent& Tangent::operator+=(const Tangent& b) { return *this = *this + b; }
inline Tangent& Tangent::operator-=(const Tangent& b) { return *this = *this - b; }
inline Tangent& Tangent::operator*=(const Tangent& b) { return *this = *this * b; }

// Beside plain numbers, which have no derivatives.
inline Tangent operator+(const Tangent& a, double b) { return {a.value + b, a.slope}; }
inline Tangent operator+(double a, const Tangent& b) { return {a + b.value, b.slope}; }
inline Tangent operator-(const Tangent& a, double b) { return {a.value - b, a.slope}; }
inline Tangent operator-(double a, const Tangent& b) { return detail::chain(a - b.value, b, -1.0); }
inline Tangent operator*(const Tangent& a, double b) { return detail::chain(a.value * b, a, b); }
inline Tangent operator*(double a, const Tangent& b) { return detail::chain(a * b.value, b, a); }
inline Tangent operator/(const Tangent& a, double b) { return detail::chain(a.value / b, a, 1.0 / b); }
inline Tangent operator/(double a, const Tangent& b) {
    const double quotient = a / b.value;
    return detail::chain(quotient, b, -(quotient / b.value));
}

inline bool operator<(const Tangent& a, const Tangent& b) { return a.value < b.value; }
inline bool operator>(const Tangent& a, const Tangent& b) { return a.value > b.value; }
inline bool operator<=(const Tangent& a, const Tangent& b) { return a.value <= b.value; }
inline bool operator>=(const Tangent& a, const Tangent& b) { return a.value >= b.value; }
inline bool operator==(const Tangent& a, const Tangent& b) { return a.value == b.value; }

inline Tangent select(bool where, const Tangent& a, const Tangent& b) { return where ? a : b; }
inline Tangent magnitude(const Tangent& a) { return a.value < 0 ? -a : a; }

inline Tangent exp(const Tangent& x) {
    const double value = exp(x.value);
    return detail::chain(value, x, value);
}
inline Tangent log(const Tangent& x) { return detail::chain(log(x.value), x, 1.0 / x.value); }
/// Of zero it has no slope, as where zero is what another choice has left of a negative number.
inline Tangent sqrt(const Tangent& x) {
    const double root = sqrt(x.value);
    return detail::chain(root, x, root > 0 ? 0.5 / root : 0.0);
}
inline Tangent cube_root(const Tangent& x) {
    const double root = cube_root(x.value);
    return detail::chain(root, x, 1.0 / (3.0 * root * root));
}
/// By the power as well where the base is positive.
inline Tangent pow(const Tangent& x, const Tangent& y) {
    const double value = pow(x.value, y.value);
    return detail::chain(value, x, y.value * pow(x.value, y.value - 1.0), y, x.value > 0 ? value * log(x.value) : 0.0);
}

/// The number without its derivatives, for any scalar.
inline double number_of(double x) { return x; }
inline double number_of(const Tangent& x) { return x.value; }

}  // namespace cicatrix
