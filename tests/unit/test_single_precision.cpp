// Packs of floats: they compute as plain floats do, with functions of a float's accuracy, the same bits at every width.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/solver/rodas5p.hpp"
#include "cicatrix/solver/step_control.hpp"

namespace {

/// N floats, or a single one where there are no lanes.
template <int N> using Pack = cicatrix::LanesOf<cicatrix::has_vector_lanes ? N : 1, float>;
using One = cicatrix::LanesOf<1, float>;

using Limits = std::numeric_limits<float>;
constexpr float infinity = Limits::infinity(), not_a_number = Limits::quiet_NaN();
constexpr int many = 300'000;

bool same(float a, float b) {
    return (std::isnan(a) && std::isnan(b)) || std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
}

/// Distance of a result from the exact value in units of the last place of a float.
double ulps(float result, double exact) {
    if (std::isnan(result) || std::isnan(exact)) return std::isnan(result) == std::isnan(exact) ? 0.0 : infinity;
    const double end = 0x1p128;  // what rounds to infinity is nearer to this than to the largest float
    const double wanted = std::clamp(exact, -end, end), given = std::clamp(static_cast<double>(result), -end, end);
    const int exponent = wanted == 0 ? -126 : std::clamp(std::ilogb(wanted), -126, 127);
    return std::fabs(std::ldexp(given - wanted, 23 - exponent));
}

class Draw {
  public:
    explicit Draw(std::uint32_t seed) : engine_(seed) {}
    float between(double low, double high) {
        return static_cast<float>(low + (high - low) * 0x1p-32 * static_cast<double>(engine_()));
    }
    /// Any positive finite number, subnormal ones included; every exponent is equally likely.
    float positive() { return std::bit_cast<float>(static_cast<std::uint32_t>(1 + engine_() % 0x7f7f'ffff)); }

  private:
    std::mt19937 engine_;
};

std::vector<float> special_values() {
    std::vector<float> all{0, 0.5, 1, 1.5, 2, 3, 4, 88, 103, 104, 127, 149, 0x1p23, 0x1p24 - 1, 0x1p24, 0x1p30, 1e30f};
    for (const float x : {Limits::denorm_min(), Limits::min(), Limits::max(), infinity, std::nextafter(1.0f, 2.0f),
                          std::nextafter(1.0f, 0.0f)})
        all.push_back(x);
    for (std::size_t i = 0, n = all.size(); i < n; ++i) all.push_back(-all[i]);
    all.push_back(not_a_number);
    return all;
}

std::vector<float> arguments_of_exp() {
    Draw draw(1);
    auto all = special_values();
    for (int i = 0; i < many; ++i) all.push_back(draw.between(-105, 90));
    for (int i = 0; i < many; ++i) all.push_back(draw.between(-1, 1));
    for (int i = 0; i < many; ++i) all.push_back(i % 2 ? draw.positive() : -draw.positive());
    return all;
}

std::vector<float> arguments_of_log() {
    Draw draw(2);
    auto all = special_values();
    for (int i = 0; i < many; ++i) all.push_back(draw.positive());
    for (int i = 0; i < many; ++i) all.push_back(draw.between(0.4, 2.5));
    return all;
}

std::vector<std::pair<float, float>> arguments_of_pow() {
    Draw draw(3);
    std::vector<std::pair<float, float>> all;
    for (const float x : special_values())
        for (const float y : special_values()) all.emplace_back(x, y);
    for (int i = 0; i < many; ++i) {
        const float x = i % 2 ? draw.positive() : draw.between(0.4, 2.5);
        all.emplace_back(x, static_cast<float>(draw.between(-104, 90) / std::log(x)));
    }
    for (int i = 0; i < many / 4; ++i) all.emplace_back(-draw.between(0, 30), std::floor(draw.between(-20, 20)));
    return all;
}

float of_one(One x) { return cicatrix::lane(x, 0); }

/// How many results of a pack differ from those of its members alone.
template <class V, class Function>
int differing(Function function, const std::vector<std::pair<float, float>>& arguments) {
    constexpr int width = cicatrix::width_of<V>;
    int count = 0;
    for (std::size_t first = 0; first + width <= arguments.size(); first += width) {
        V x(0.0), y(0.0);
        for (int i = 0; i < width; ++i) cicatrix::set_lane(x, i, arguments[first + i].first);
        for (int i = 0; i < width; ++i) cicatrix::set_lane(y, i, arguments[first + i].second);
        const V together = function(x, y);
        for (int i = 0; i < width; ++i) {
            const auto& [alone_x, alone_y] = arguments[first + i];
            count += !same(cicatrix::lane(together, i), of_one(function(One(alone_x), One(alone_y))));
        }
    }
    return count;
}

std::vector<std::pair<float, float>> paired(const std::vector<float>& numbers) {
    std::vector<std::pair<float, float>> all;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        all.emplace_back(numbers[i], numbers[(7 * i + 3) % numbers.size()]);
    return all;
}

template <class Function, class Exact>
double worst_error(const std::vector<float>& arguments, Function f, Exact exact) {
    double worst = 0;
    for (const float x : arguments) worst = std::max(worst, ulps(of_one(f(One(x))), exact(static_cast<double>(x))));
    return worst;
}

}  // namespace

TEST_CASE("a single float computes as floats do, and never in double precision", "[single]") {
    for (const float a : special_values())
        for (const float b : special_values()) {
            CAPTURE(a, b);
            CHECK(same(of_one(One(a) + One(b)), a + b));
            CHECK(same(of_one(One(a) - One(b)), a - b));
            CHECK(same(of_one(One(a) * One(b)), a * b));
            CHECK(same(of_one(One(a) / One(b)), a / b));
            CHECK(same(of_one(0.1 * One(a)), 0.1f * a));
            CHECK(same(of_one(cicatrix::select(One(a) < One(b), One(a), One(b))), a < b ? a : b));
            CHECK(same(of_one(cicatrix::magnitude(One(a))), std::fabs(a)));
            CHECK(cicatrix::lane(!(One(a) < One(b)) & (One(a) == One(a)), 0) == (!(a < b) && a == a));
        }
}

TEMPLATE_TEST_CASE("a pack of floats has the bits of each float alone", "[single]", Pack<2>, Pack<4>, Pack<8>,
                   Pack<16>) {
    using cicatrix::larger;
    using cicatrix::select;
    using cicatrix::smaller;
    CHECK(cicatrix::width_of<TestType> == (cicatrix::has_vector_lanes ? sizeof(TestType) / sizeof(float) : 1));
    std::vector<std::pair<float, float>> pairs;
    for (const float x : special_values())
        for (const float y : special_values()) pairs.emplace_back(x, y);
    CHECK(differing<TestType>([](auto a, auto b) { return 0.1 * a + b / (1.0 - a * b) - -a; }, pairs) == 0);
    CHECK(differing<TestType>([](auto a, auto b) { return select((a < b) | (a > 1.0), a, b); }, pairs) == 0);
    CHECK(differing<TestType>([](auto a, auto b) { return larger(a, b); }, pairs) == 0);
    CHECK(differing<TestType>([](auto a, auto b) { return smaller(cicatrix::magnitude(a), b); }, pairs) == 0);
    CHECK(differing<TestType>([](auto a, auto) { return cicatrix::exp(a); }, paired(arguments_of_exp())) == 0);
    CHECK(differing<TestType>([](auto a, auto) { return cicatrix::log(a); }, paired(arguments_of_log())) == 0);
    CHECK(differing<TestType>([](auto a, auto b) { return cicatrix::pow(a, b); }, arguments_of_pow()) == 0);
    const auto roots = [](auto a, auto) { return cicatrix::sqrt(magnitude(a)) + cicatrix::cube_root(magnitude(a)); };
    CHECK(differing<TestType>(roots, paired(arguments_of_log())) == 0);
}

TEST_CASE("exp and log of floats are within one and a half ulp, subnormal numbers included", "[single]") {
    CHECK(worst_error(
              arguments_of_exp(), [](One x) { return cicatrix::exp(x); }, [](double x) { return std::exp(x); }) < 1.5);
    CHECK(worst_error(
              arguments_of_log(), [](One x) { return cicatrix::log(x); }, [](double x) { return std::log(x); }) < 1.5);
}

TEST_CASE("pow of floats is within one ulp, with the special cases that C prescribes", "[single]") {
    double worst = 0;
    for (const auto& [x, y] : arguments_of_pow()) {
        const float given = of_one(cicatrix::pow(One(x), One(y)));
        const double exact = std::pow(static_cast<double>(x), static_cast<double>(y));
        CAPTURE(x, y, given, exact);
        worst = std::max(worst, ulps(given, exact));
        if (!std::isnan(exact) && std::signbit(given) != std::signbit(exact)) FAIL_CHECK("a sign is wrong");
    }
    CHECK(worst <= 1);
}

TEST_CASE("exp and log of floats know their special values", "[single]") {
    const auto exp = [](float x) { return of_one(cicatrix::exp(One(x))); };
    const auto log = [](float x) { return of_one(cicatrix::log(One(x))); };
    CHECK(exp(0) == 1);
    CHECK(exp(infinity) == infinity);
    CHECK(exp(88.73f) == infinity);
    CHECK(exp(88.7f) < infinity);
    CHECK(same(exp(-infinity), 0));
    CHECK(exp(-103.9f) == Limits::denorm_min());
    CHECK(same(exp(-104), 0));
    CHECK(std::isnan(exp(not_a_number)));
    CHECK(same(log(1), 0));
    CHECK(log(0) == -infinity);
    CHECK(log(-0.0f) == -infinity);
    CHECK(log(infinity) == infinity);
    CHECK(std::isnan(log(-Limits::denorm_min())));
    CHECK(std::isnan(log(-infinity)));
    CHECK(std::isnan(log(not_a_number)));
}

TEST_CASE("a step in single precision grows by the root of its error, too", "[single]") {
    for (double exponent = -19; exponent < 38; exponent += 0.0137) {
        const One norm(std::pow(10.0, exponent));
        const double factor = of_one(cicatrix::detail::step_factor<cicatrix::Rodas5P>(norm));
        CHECK(factor ==
              Approx(std::clamp(0.9 * std::pow(static_cast<double>(of_one(norm)), -0.1), 0.2, 8.0)).epsilon(0.005));
    }
}
