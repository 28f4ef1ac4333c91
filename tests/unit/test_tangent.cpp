// Tangents: the value as in plain numbers, the derivatives as difference quotients have them.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "catch.hpp"
#include "cicatrix/numeric/tangent.hpp"

namespace {

using namespace cicatrix;

/// One text for plain numbers and tangents.
struct Case {
    std::string name;
    std::function<double(double, double)> plain;
    std::function<Tangent(Tangent, Tangent)> tangent;
};
template <class F> Case made(const char* name, F f) { return {name, f, f}; }

const std::vector<Case> cases{
    made("sum", [](auto x, auto y) { return x + y; }),
    made("difference", [](auto x, auto y) { return x - y; }),
    made("product", [](auto x, auto y) { return x * y; }),
    made("quotient", [](auto x, auto y) { return x / y; }),
    made("negative", [](auto x, auto y) { return -x * y; }),
    made("number before and behind", [](auto x, auto y) { return 3.0 + x - 2.0 + (5.0 - y) - (y + 1.0) * 2.0; }),
    made("times and by a number", [](auto x, auto y) { return 2.0 * x + y * 3.0 + x / 7.0 + 11.0 / y; }),
    made("exp", [](auto x, auto y) { return cicatrix::exp(x - y); }),
    made("log", [](auto x, auto y) { return cicatrix::log(x * y); }),
    made("sqrt", [](auto x, auto y) { return cicatrix::sqrt(x + y); }),
    made("cube root", [](auto x, auto y) { return cicatrix::cube_root(x * y); }),
    made("pow", [](auto x, auto y) { return cicatrix::pow(x, y); }),
    made("integer power", [](auto x, auto y) { return power<5>(x) * power<-2>(y); }),
    made("magnitude", [](auto x, auto y) { return magnitude(x - 3.0 * y); }),
    made("larger", [](auto x, auto y) { return larger(x * x, y); }),
    made("smaller", [](auto x, auto y) { return smaller(x * x, y); }),
    made("select", [](auto x, auto y) { return select(x > y, x * y, x - y); }),
    made("positive part", [](auto x, auto y) { return positive_part(x - y) + positive_part(y - x) * y; }),
    made("in place",
         [](auto x, auto y) {
             auto sum = x;
             sum += y * y, sum -= x * y, sum *= y;
             return sum;
         }),
};

}  // namespace

TEST_CASE("A tangent has the value of plain numbers to the last bit") {
    for (const auto& [name, plain, tangent] : cases)
        for (const double x : {0.3, 1.7, 2.9})
            for (const double y : {0.4, 1.1, 3.3}) {
                CAPTURE(name, x, y);
                CHECK(tangent(Tangent::along(0, x), Tangent::along(1, y)).value == plain(x, y));
            }
}

TEST_CASE("Derivatives of every operation are those of central differences") {
    const double step = 1e-5;
    for (const auto& [name, plain, tangent] : cases)
        for (const double x : {0.3, 1.7, 2.9})
            for (const double y : {0.4, 1.1, 3.3}) {
                CAPTURE(name, x, y);
                const Tangent both = tangent(Tangent::along(2, x), Tangent::along(7, y));
                const double by_x = (plain(x + step, y) - plain(x - step, y)) / (2 * step),
                             by_y = (plain(x, y + step) - plain(x, y - step)) / (2 * step);
                CHECK(both.derivative(2) == Approx(by_x).epsilon(1e-8).margin(1e-8));
                CHECK(both.derivative(7) == Approx(by_y).epsilon(1e-8).margin(1e-8));
                for (const int other : {0, 1, 3, 4, 5, 6}) CHECK(both.derivative(other) == 0);
            }
}

TEST_CASE("Plain numbers have no derivatives, and comparisons do not see any") {
    const Tangent x = Tangent::along(3, 2.0), two = 2.0;
    CHECK(two.derivative(3) == 0);
    CHECK(x == two);
    CHECK(x <= two);
    CHECK(x >= two);
    CHECK_FALSE(x < two);
    CHECK_FALSE(x > two);
    CHECK(x < 2.5);
    CHECK(x > 1.5);
}

TEST_CASE("A power of zero has no derivative by its exponent") {
    const Tangent power = pow(Tangent::along(0, 0.0), Tangent::along(1, 2.0));
    CHECK(power.value == 0);
    CHECK(power.derivative(0) == 0);
    CHECK(power.derivative(1) == 0);
}

TEST_CASE("the root of zero has no slope", "[tangent]") {
    const Tangent left = sqrt(positive_part(Tangent::along(0, -2.0)));  // zero to both sides
    CHECK(left.value == 0);
    CHECK(left.derivative(0) == 0);
    CHECK(sqrt(Tangent::along(3, 4.0)).derivative(3) == 0.25);
}
