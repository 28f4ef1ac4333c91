// Laws of the normal distribution: share and quantile undo each other, both agree with what tables and integrals say.
#include <cmath>
#include <limits>

#include "catch.hpp"
#include "cicatrix/numeric/normal.hpp"

using cicatrix::normal_quantile;
using cicatrix::normal_share;

TEST_CASE("the share below a number is that of the error function", "[normal]") {
    for (double x = -8; x <= 8; x += 0.37)
        CHECK(normal_share(x) == Approx(0.5 * std::erfc(-x / std::sqrt(2.0))).margin(4e-16));
    CHECK(normal_share(40.0) == 1);
    CHECK(normal_share(-40.0) == 0);
    CHECK(std::isnan(normal_share(std::numeric_limits<double>::quiet_NaN())));
}

TEST_CASE("the quantile undoes the share", "[normal]") {
    for (double x = -5; x <= 5; x += 0.171) {
        const double density = std::exp(-0.5 * x * x) / std::sqrt(2 * M_PI);
        CHECK(normal_quantile(normal_share(x)) == Approx(x).margin(1e-14 + 4e-16 / density));
    }
}

TEST_CASE("quantiles are those of tables, down to the smallest shares", "[normal]") {
    CHECK(normal_quantile(0.5) == 0);
    CHECK(normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-15));
    CHECK(normal_quantile(0.841344746068543) == Approx(1).epsilon(1e-14));
    CHECK(normal_quantile(1e-10) == Approx(-6.361340902404056).epsilon(1e-15));
    CHECK(normal_quantile(1e-300) == Approx(-37.0470962993612).epsilon(1e-14));
}

TEST_CASE("the quantile is odd, rises, and ends at infinity", "[normal]") {
    double before = -std::numeric_limits<double>::infinity();
    for (int i = 0; i <= 4096; ++i) {
        const double u = i / 4096.0, x = normal_quantile(u);
        CHECK(x == -normal_quantile(1 - u));
        CHECK((x > before || i == 0));
        before = x;
    }
    CHECK(std::isinf(before));
    CHECK(std::isnan(normal_quantile(1.5)));
    CHECK(std::isnan(normal_quantile(-0.1)));
}
