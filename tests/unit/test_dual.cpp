// Forward derivatives: every operation against its hand derivative and a central difference, and exact patterns.
#include <array>
#include <bit>
#include <cmath>
#include <utility>

#include "catch.hpp"
#include "cicatrix/numeric/dual.hpp"

namespace {

using cicatrix::Dual;
using cicatrix::Pattern;
using cicatrix::pattern_of;
using cicatrix::slope;

template <class V> using InX = Dual<V, 0b01>;
template <class V> using InY = Dual<V, 0b10>;
template <class V> using InBoth = Dual<V, 0b11>;

template <class V> InX<V> variable_x(V value) { return {value, {V(1.0)}}; }
template <class V> InY<V> variable_y(V value) { return {value, {V(1.0)}}; }

/// Places that are positive and apart, so that every operation is smooth there.
constexpr std::array places{std::pair{0.7, 1.9}, std::pair{2.5, 0.31}, std::pair{1.1, 1.3}, std::pair{12.0, 3e-3}};

template <class D> double slope_or_zero(const D& dual, int variable) {
    const Pattern pattern = pattern_of<D>;
    if ((pattern >> variable & 1) == 0) return 0;
    return dual.slope[static_cast<std::size_t>(std::popcount(pattern & ((Pattern{1} << variable) - 1)))];
}

/// Checks an operation f(x, y), which takes plain numbers and duals alike, against derivatives worked out by hand.
template <class F, class ByX, class ByY> void check_derivatives(F f, ByX by_x, ByY by_y) {
    for (const auto& [x, y] : places) {
        CAPTURE(x, y);
        const auto dual = f(variable_x(x), variable_y(y));
        const double h = 1e-5;
        const double difference_x = (f(x * (1 + h), y) - f(x * (1 - h), y)) / (2 * h * x);
        const double difference_y = (f(x, y * (1 + h)) - f(x, y * (1 - h))) / (2 * h * y);
        const double size = std::abs(f(x, y)) + std::abs(by_x(x, y)) + std::abs(by_y(x, y));
        CHECK(dual.value == f(x, y));
        CHECK(slope_or_zero(dual, 0) == Approx(by_x(x, y)).epsilon(1e-13).margin(1e-15 * size));
        CHECK(slope_or_zero(dual, 1) == Approx(by_y(x, y)).epsilon(1e-13).margin(1e-15 * size));
        // The difference errs by h^2 times the third derivative, a few times the size of the function over x^2.
        CHECK(slope_or_zero(dual, 0) == Approx(difference_x).margin(1e-7 * size * (1 + 1 / x)));
        CHECK(slope_or_zero(dual, 1) == Approx(difference_y).margin(1e-7 * size * (1 + 1 / y)));
    }
}

}  // namespace

TEST_CASE("sums, differences and signs have the derivatives of calculus", "[dual]") {
    check_derivatives([](auto x, auto y) { return x + y; }, [](auto, auto) { return 1.0; },
                      [](auto, auto) { return 1.0; });
    check_derivatives([](auto x, auto y) { return x - y; }, [](auto, auto) { return 1.0; },
                      [](auto, auto) { return -1.0; });
    check_derivatives([](auto x, auto y) { return -x - -y; }, [](auto, auto) { return -1.0; },
                      [](auto, auto) { return 1.0; });
    check_derivatives([](auto x, auto y) { return (x + y) - (x - y); }, [](auto, auto) { return 0.0; },
                      [](auto, auto) { return 2.0; });
}

TEST_CASE("products and quotients have the derivatives of calculus", "[dual]") {
    check_derivatives([](auto x, auto y) { return x * y; }, [](auto, auto y) { return y; },
                      [](auto x, auto) { return x; });
    check_derivatives([](auto x, auto y) { return x / y; }, [](auto, auto y) { return 1 / y; },
                      [](auto x, auto y) { return -x / (y * y); });
    check_derivatives([](auto x, auto y) { return (x * y) * (x / y); }, [](auto x, auto) { return 2 * x; },
                      [](auto, auto) { return 0.0; });
    check_derivatives([](auto x, auto y) { return x / (x + y); }, [](auto x, auto y) { return y / (x + y) / (x + y); },
                      [](auto x, auto y) { return -x / ((x + y) * (x + y)); });
}

TEST_CASE("a plain number on either side of an operation counts as a constant", "[dual]") {
    const auto zero = [](auto, auto) { return 0.0; };
    check_derivatives([](auto x, auto) { return x + 3.0; }, [](auto, auto) { return 1.0; }, zero);
    check_derivatives([](auto x, auto) { return 3.0 + x; }, [](auto, auto) { return 1.0; }, zero);
    check_derivatives([](auto, auto y) { return y - 3.0; }, zero, [](auto, auto) { return 1.0; });
    check_derivatives([](auto, auto y) { return 3.0 - y; }, zero, [](auto, auto) { return -1.0; });
    check_derivatives([](auto x, auto) { return x * 3.0; }, [](auto, auto) { return 3.0; }, zero);
    check_derivatives([](auto x, auto) { return 3.0 * x; }, [](auto, auto) { return 3.0; }, zero);
    check_derivatives([](auto x, auto) { return x / 4.0; }, [](auto, auto) { return 0.25; }, zero);
    check_derivatives([](auto, auto y) { return 4.0 / y; }, zero, [](auto, auto y) { return -4 / (y * y); });
}

TEST_CASE("exp, log, squares and powers have the derivatives of calculus", "[dual]") {
    using cicatrix::exp;
    using cicatrix::log;
    using cicatrix::power;
    using cicatrix::square;
    const auto zero = [](auto, auto) { return 0.0; };
    check_derivatives([](auto x, auto) { return exp(x); }, [](auto x, auto) { return std::exp(x); }, zero);
    check_derivatives([](auto, auto y) { return log(y); }, zero, [](auto, auto y) { return 1 / y; });
    check_derivatives([](auto x, auto) { return square(x); }, [](auto x, auto) { return 2 * x; }, zero);
    check_derivatives([](auto x, auto) { return power<5>(x); }, [](auto x, auto) { return 5 * x * x * x * x; }, zero);
    check_derivatives([](auto, auto y) { return power<-2>(y); }, zero, [](auto, auto y) { return -2 / (y * y * y); });
    check_derivatives([](auto x, auto y) { return exp(x * log(y)); },
                      [](auto x, auto y) { return std::pow(y, x) * std::log(y); },
                      [](auto x, auto y) { return x * std::pow(y, x - 1); });
}

TEST_CASE("select takes value and derivatives from the branch that it takes", "[dual]") {
    using cicatrix::select;
    const auto larger_of = [](auto x, auto y) { return select(x > y, x * x, y * 3.0); };
    check_derivatives(
        larger_of, [](auto x, auto y) { return x > y ? 2 * x : 0.0; },
        [](auto x, auto y) { return x > y ? 0.0 : 3.0; });
    const auto capped = [](auto x, auto) { return select(x < 2.0, x * x, 4.0); };
    check_derivatives(
        capped, [](auto x, auto) { return x < 2 ? 2 * x : 0.0; }, [](auto, auto) { return 0.0; });
    const auto floored = [](auto x, auto) { return select(x > 2.0, 4.0, x * x); };
    check_derivatives(
        floored, [](auto x, auto) { return x > 2 ? 0.0 : 2 * x; }, [](auto, auto) { return 0.0; });
    const auto smaller_of = [](auto x, auto y) { return cicatrix::smaller(x * y, x + y); };
    check_derivatives(
        smaller_of, [](auto x, auto y) { return x * y < x + y ? y : 1.0; },
        [](auto x, auto y) { return x * y < x + y ? x : 1.0; });
}

TEST_CASE("a result depends by type on what its operands depend on, and on nothing else", "[dual]") {
    const InX<double> x = variable_x(2.0);
    const InY<double> y = variable_y(3.0);
    STATIC_REQUIRE(pattern_of<double> == 0);
    STATIC_REQUIRE(pattern_of<decltype(x + y)> == 0b11);
    STATIC_REQUIRE(pattern_of<decltype(x * x - 1.0)> == 0b01);
    STATIC_REQUIRE(pattern_of<decltype(2.0 / y)> == 0b10);
    STATIC_REQUIRE(pattern_of<decltype(cicatrix::exp(x) / y)> == 0b11);
    STATIC_REQUIRE(pattern_of<decltype(cicatrix::select(true, x, y))> == 0b11);
    STATIC_REQUIRE(pattern_of<decltype(cicatrix::select(true, 1.0, y))> == 0b10);
    STATIC_REQUIRE(InBoth<double>::size == 2);
    STATIC_REQUIRE(sizeof(InX<double>) == 2 * sizeof(double));  // what is zero by type takes no room
}

TEST_CASE("derivatives stand in the order of the variables, however far apart those are", "[dual]") {
    const Dual<double, Pattern{1} << 63> last{2.0, {1.0}};
    const Dual<double, Pattern{1} << 5> fifth{3.0, {1.0}};
    const auto product = last * fifth;
    STATIC_REQUIRE(decltype(product)::size == 2);
    CHECK(slope<5>(product) == 2.0);
    CHECK(slope<63>(product) == 3.0);
    CHECK(product.slope[0] == slope<5>(product));
}

TEST_CASE("derivatives in lanes are those of each lane alone, to the bit", "[dual]") {
    using V = cicatrix::LanesOf<cicatrix::has_vector_lanes ? 4 : 1>;
    const auto formula = [](const auto& x, const auto& y, const auto& k) {
        const auto saturating = x / (x + k);
        return cicatrix::select(x > y, cicatrix::exp(-y) * saturating, cicatrix::log(x + y) - k * y / x) + k * x;
    };
    V x(0.0), y(0.0), k(0.0);
    for (int w = 0; w < cicatrix::width_of<V>; ++w) {
        const auto& [at_x, at_y] = places[static_cast<std::size_t>(w)];
        cicatrix::set_lane(x, w, at_x), cicatrix::set_lane(y, w, at_y), cicatrix::set_lane(k, w, 0.3 * w + 0.1);
    }
    const auto together = formula(variable_x(x), variable_y(y), k);
    for (int w = 0; w < cicatrix::width_of<V>; ++w) {
        const auto alone =
            formula(variable_x(cicatrix::lane(x, w)), variable_y(cicatrix::lane(y, w)), cicatrix::lane(k, w));
        CHECK(cicatrix::lane(together.value, w) == alone.value);
        CHECK(cicatrix::lane(slope<0>(together), w) == slope<0>(alone));
        CHECK(cicatrix::lane(slope<1>(together), w) == slope<1>(alone));
    }
}
