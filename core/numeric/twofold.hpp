// A number as the sum of two doubles, some 32 digits, for constants that the compiler works out: `long double` is another
// format on each platform, and the last bits of results would be as well.
#pragma once

namespace cicatrix::detail {

struct Twofold {
    double high = 0, low = 0;  ///< low is less than half a last place of high

    constexpr Twofold() = default;
    constexpr Twofold(double value) : high(value) {}
    constexpr Twofold(double h, double l) : high(h), low(l) {}
    constexpr explicit operator double() const { return high + low; }

    /// a + b without loss.
    static constexpr Twofold sum(double a, double b) {
        const double s = a + b, part = s - a;
        return {s, (a - (s - part)) + (b - part)};
    }
    /// a b without loss, by halves of 26 bits (Dekker 1971).
    static constexpr Twofold product(double a, double b) {
        constexpr double splitter = 134217729.0;  // 2^27 + 1
        const double p = a * b, ta = splitter * a, tb = splitter * b;
        const double a1 = ta - (ta - a), b1 = tb - (tb - b), a2 = a - a1, b2 = b - b1;
        return {p, ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2};
    }

    friend constexpr Twofold operator-(Twofold a) { return {-a.high, -a.low}; }
    friend constexpr Twofold operator+(Twofold a, Twofold b) {
        const Twofold s = sum(a.high, b.high);
        return sum(s.high, s.low + (a.low + b.low));
    }
    friend constexpr Twofold operator-(Twofold a, Twofold b) { return a + -b; }
    friend constexpr Twofold operator*(Twofold a, Twofold b) {
        const Twofold p = product(a.high, b.high);
        return sum(p.high, p.low + (a.high * b.low + a.low * b.high));
    }
    friend constexpr Twofold operator/(Twofold a, Twofold b) {
        const double first = a.high / b.high;
        const Twofold rest = a - b * first;
        const double second = rest.high / b.high;
        return sum(first, second) + (rest - b * second).high / b.high;
    }
};

}  // namespace cicatrix::detail
