// exp, log, pow and integer powers: accuracy against extended precision, special values, the same bits at every width.
#include <algorithm>
#include <array>
#include <bit>
#include <cfloat>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "cicatrix/numeric/functions.hpp"

namespace {

/// Lanes of width N, or a plain number where there are no lanes.
template <int N> using Pack = cicatrix::LanesOf<cicatrix::has_vector_lanes ? N : 1>;

using Limits = std::numeric_limits<double>;

constexpr double infinity = Limits::infinity();
constexpr double not_a_number = Limits::quiet_NaN();
constexpr double smallest = Limits::denorm_min();
constexpr int many = 1'000'000;

// A reference rounded like the result itself (a system whose long double is a double) costs one more ulp.
constexpr double allowed = LDBL_MANT_DIG > DBL_MANT_DIG ? 1.0 : 2.0;

/// Distance of a result from the exact value, in units of the last place of the exact value.
double ulps(double result, long double exact) {
    if (std::isnan(result) || std::isnan(exact)) return std::isnan(result) == std::isnan(exact) ? 0.0 : infinity;
    if (result == exact) return 0.0;
    // What rounds to infinity starts at 2^1024, where the next number would be.
    const long double end = std::ldexp(1.0L, 1024);
    const long double wanted = std::clamp(exact, -end, end);
    const long double given = std::clamp(static_cast<long double>(result), -end, end);
    const int exponent = wanted == 0 ? -1022 : std::clamp(std::ilogb(wanted), -1022, 1023);
    return static_cast<double>(std::fabs(std::ldexp(given - wanted, 52 - exponent)));
}

/// The largest error of a series of results and where it was found.
struct Worst {
    double error = 0, x = 0, y = 0;

    void add(double result, long double exact, double at_x, double at_y = 0) {
        const double here = ulps(result, exact);
        if (here > error) *this = {here, at_x, at_y};
    }
};

/// Numbers drawn with a fixed seed, the same on every system.
class Draw {
  public:
    explicit Draw(std::uint64_t seed) : engine_(seed) {}

    double between(double low, double high) {
        return low + (high - low) * 0x1p-53 * static_cast<double>(engine_() >> 11);
    }

    /// Any positive finite number; every exponent is equally likely.
    double positive() {
        constexpr std::uint64_t end = 0x7ff0'0000'0000'0000;
        return std::bit_cast<double>(1 + engine_() % (end - 1));
    }

    double of_any_sign() { return engine_() % 2 ? positive() : -positive(); }

  private:
    std::mt19937_64 engine_;
};

std::vector<double> special_values() {
    return {0.0,
            -0.0,
            0.5,
            -0.5,
            1.0,
            -1.0,
            1.5,
            -1.5,
            2.0,
            -2.0,
            3.0,
            -3.0,
            4.0,
            1023.0,
            -1074.0,
            710.0,
            -746.0,
            std::nextafter(1.0, 2.0),
            std::nextafter(1.0, 0.0),
            0x1p52,
            0x1p53 - 1,
            -0x1p53 + 1,
            0x1p53,
            0x1p60,
            smallest,
            -smallest,
            Limits::min(),
            -Limits::min(),
            std::nextafter(Limits::min(), 0.0),
            Limits::max(),
            -Limits::max(),
            infinity,
            -infinity,
            not_a_number};
}

std::vector<double> exp_arguments() {
    Draw draw(1);
    std::vector<double> all = special_values();
    for (int i = 0; i < many; ++i) all.push_back(draw.between(-746.0, 710.0));
    for (int i = 0; i < many / 2; ++i) all.push_back(draw.between(-1.0, 1.0));
    for (int i = 0; i < many / 4; ++i) all.push_back(draw.between(-746.0, -707.0));
    for (int i = 0; i < many / 4; ++i) all.push_back(draw.of_any_sign());
    return all;
}

std::vector<double> log_arguments() {
    Draw draw(2);
    std::vector<double> all = special_values();
    for (int i = 0; i < many; ++i) all.push_back(draw.positive());
    for (int i = 0; i < many / 2; ++i) all.push_back(draw.between(0.4, 2.5));
    for (int i = 0; i < many / 4; ++i) all.push_back(1.0 + draw.between(-1.0, 1.0) * std::ldexp(1.0, -(i % 52)));
    for (int i = 0; i < many / 4; ++i) all.push_back(draw.between(0.0, Limits::min()));
    return all;
}

/// Pairs whose power is finite mostly: y is drawn so that y ln x covers what a double can hold.
std::vector<std::pair<double, double>> pow_arguments() {
    Draw draw(3);
    std::vector<std::pair<double, double>> all;
    for (const double x : special_values())
        for (const double y : special_values()) all.emplace_back(x, y);
    const auto add = [&](double x) { all.emplace_back(x, draw.between(-750.0, 715.0) / std::log(x)); };
    for (int i = 0; i < many / 2; ++i) add(draw.positive());
    for (int i = 0; i < many / 2; ++i) add(draw.between(0.4, 2.5));
    for (int i = 0; i < many / 4; ++i) add(1.0 + draw.between(0.1, 1.0) * std::ldexp(i % 2 ? 1.0 : -1.0, -1 - i % 45));
    for (int i = 0; i < many / 4; ++i) all.emplace_back(draw.between(0.0, 30.0), draw.between(-8.0, 8.0));
    for (int i = 0; i < many / 8; ++i) all.emplace_back(draw.of_any_sign(), draw.of_any_sign());
    const auto whole = [&] { return std::floor(draw.between(-99.0, 99.0)); };
    for (int i = 0; i < many / 8; ++i) all.emplace_back(-draw.between(0.0, 30.0), whole());
    return all;
}

bool same_bits(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

/// How many results of a pack differ in any bit from those of single numbers.
template <class V, class Function>
int differing(Function function, const std::vector<std::pair<double, double>>& arguments) {
    constexpr int width = cicatrix::width_of<V>;
    int count = 0;
    for (std::size_t first = 0; first + width <= arguments.size(); first += width) {
        V x(0.0), y(0.0);
        for (int i = 0; i < width; ++i) cicatrix::set_lane(x, i, arguments[first + i].first);
        for (int i = 0; i < width; ++i) cicatrix::set_lane(y, i, arguments[first + i].second);
        const V together = function(x, y);
        for (int i = 0; i < width; ++i) {
            const auto& [alone_x, alone_y] = arguments[first + i];
            count += !same_bits(cicatrix::lane(together, i), function(alone_x, alone_y));
        }
    }
    return count;
}

std::vector<std::pair<double, double>> paired(const std::vector<double>& numbers) {
    std::vector<std::pair<double, double>> all;
    for (const double x : numbers) all.emplace_back(x, 0.0);
    return all;
}

}  // namespace

TEST_CASE("exp is within one ulp from underflow to overflow", "[numeric]") {
    Worst worst;
    for (const double x : exp_arguments()) worst.add(cicatrix::exp(x), std::exp(static_cast<long double>(x)), x);
    INFO("largest error " << worst.error << " ulp at " << worst.x);
    CHECK(worst.error <= allowed);
}

TEST_CASE("log is within one ulp for every exponent, subnormal numbers included", "[numeric]") {
    Worst worst;
    for (const double x : log_arguments()) worst.add(cicatrix::log(x), std::log(static_cast<long double>(x)), x);
    INFO("largest error " << worst.error << " ulp at " << worst.x);
    CHECK(worst.error <= allowed);
}

TEST_CASE("pow is within one ulp wherever the power is a number", "[numeric]") {
    Worst worst;
    for (const auto& [x, y] : pow_arguments())
        worst.add(cicatrix::pow(x, y), std::pow(static_cast<long double>(x), static_cast<long double>(y)), x, y);
    INFO("largest error " << worst.error << " ulp at " << worst.x << ", " << worst.y);
    CHECK(worst.error <= allowed);
}

TEST_CASE("exp knows its special values", "[numeric]") {
    using cicatrix::exp;
    CHECK(exp(0.0) == 1.0);
    CHECK(exp(-0.0) == 1.0);
    CHECK(exp(infinity) == infinity);
    CHECK(exp(Limits::max()) == infinity);
    CHECK(exp(709.0) < infinity);
    CHECK(exp(709.79) == infinity);
    CHECK(same_bits(exp(-infinity), 0.0));
    CHECK(same_bits(exp(-Limits::max()), 0.0));
    CHECK(exp(-745.0) == smallest);
    CHECK(same_bits(exp(-745.2), 0.0));
    CHECK(std::isnan(exp(not_a_number)));
}

TEST_CASE("log knows its special values", "[numeric]") {
    using cicatrix::log;
    CHECK(same_bits(log(1.0), 0.0));
    CHECK(log(0.0) == -infinity);
    CHECK(log(-0.0) == -infinity);
    CHECK(log(infinity) == infinity);
    CHECK(std::isnan(log(-infinity)));
    CHECK(std::isnan(log(-smallest)));
    CHECK(std::isnan(log(-1.0)));
    CHECK(std::isnan(log(not_a_number)));
}

TEST_CASE("pow has the zeros, infinities, signs and NaN that C prescribes", "[numeric]") {
    for (const double x : special_values()) {
        for (const double y : special_values()) {
            const double given = cicatrix::pow(x, y), prescribed = std::pow(x, y);
            INFO(x << " to the power " << y << " gives " << given << ", not " << prescribed);
            CHECK(std::isnan(given) == std::isnan(prescribed));
            if (!std::isnan(prescribed)) CHECK(std::signbit(given) == std::signbit(prescribed));
            if (prescribed == 0 || prescribed == 1 || std::isinf(prescribed)) CHECK(same_bits(given, prescribed));
        }
    }
}

TEST_CASE("pow is exact where the power is a short number", "[numeric]") {
    using cicatrix::pow;
    CHECK(pow(2.0, 10.0) == 1024.0);
    CHECK(pow(2.0, -1074.0) == smallest);
    CHECK(pow(3.0, 5.0) == 243.0);
    CHECK(pow(-3.0, 3.0) == -27.0);
    CHECK(pow(10.0, 15.0) == 1e15);
    CHECK(pow(6.25, 0.5) == 2.5);
    CHECK(pow(4.0, -1.5) == 0.125);
}

TEMPLATE_TEST_CASE("functions of a pack are bit for bit those of its members", "[numeric]", Pack<2>, Pack<4>, Pack<8>) {
    const auto exp = [](auto x, auto) { return cicatrix::exp(x); };
    const auto log = [](auto x, auto) { return cicatrix::log(x); };
    const auto pow = [](auto x, auto y) { return cicatrix::pow(x, y); };
    const auto roots = [](auto x, auto) {
        return cicatrix::sqrt(cicatrix::magnitude(x)) + cicatrix::cube_root(cicatrix::magnitude(x));
    };
    CHECK(differing<TestType>(roots, paired(log_arguments())) == 0);
    CHECK(differing<TestType>(exp, paired(exp_arguments())) == 0);
    CHECK(differing<TestType>(log, paired(log_arguments())) == 0);
    CHECK(differing<TestType>(pow, pow_arguments()) == 0);
}

TEST_CASE("the cube root is within one ulp for every exponent, and nothing of nothing", "[numeric]") {
    Draw draw(7);
    Worst worst;
    for (int i = 0; i < many; ++i) {
        const double x = std::max(draw.positive(), Limits::min());
        worst.add(cicatrix::cube_root(x), std::cbrt(static_cast<long double>(x)), x);
    }
    INFO("at " << worst.x);
    CHECK(worst.error <= allowed);
    CHECK(cicatrix::cube_root(0.0) == 0);
    CHECK(cicatrix::cube_root(27.0) == 3);
}

TEST_CASE("the square root is rounded correctly, and not a number below zero", "[numeric]") {
    Draw draw(8);
    for (int i = 0; i < 1000; ++i) {
        const double x = draw.positive();
        CHECK(same_bits(cicatrix::sqrt(x), std::sqrt(x)));
    }
    CHECK(std::isnan(cicatrix::sqrt(-1.0)));
}

TEST_CASE("an integer power multiplies as often as it says", "[numeric]") {
    using cicatrix::power;
    CHECK(power<0>(not_a_number) == 1.0);
    CHECK(power<1>(1.7) == 1.7);
    CHECK(power<2>(-1.5) == 2.25);
    CHECK(power<7>(3.0) == 2187.0);
    CHECK(power<20>(3.0) == 3486784401.0);
    CHECK(power<-3>(2.0) == 0.125);
    CHECK(power<5>(-2.0) == -32.0);
    CHECK(cicatrix::lane(power<6>(Pack<4>(5.0)), 0) == 15625.0);
}
