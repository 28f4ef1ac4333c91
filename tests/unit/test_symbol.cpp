// Expressions have the values of the arithmetic that made them, and are simplified only where that is safe.
#include "cicatrix/numeric/symbol.hpp"

#include <cmath>
#include <limits>
#include <string>

#include "catch.hpp"
#include "cicatrix/numeric/functions.hpp"

using namespace cicatrix;

namespace {

const Symbol x = Symbol::named("x"), y = Symbol::named("y");

/// The value with x = 3 and y = -0.5 at time 7.
double at_point(const Symbol& expression) {
    return value_of(
        expression, [](std::string_view name) { return name == "x" ? 3.0 : -0.5; }, 7.0);
}

bool is_just(const Symbol& expression, std::string_view name) {
    return expression.node().operation == Operation::name && expression.node().name == name;
}

/// A text of rates as models write it, for any scalar.
template <class T> T growth(const T& a, const T& b) {
    const auto room = 1.0 - a / 10.0;
    const auto signal = select(b > 0.0, b * b / (b + 0.01), 0.0 * b);
    return a * room * exp(-b) + signal - log(a) * pow(a, b) / power<3>(a) + 2.0 * a;
}

}  // namespace

TEST_CASE("an expression has the value that the same text gives for plain numbers", "[symbol]") {
    CHECK(at_point(growth(x, y)) == Approx(growth(3.0, -0.5)).epsilon(1e-14));
    CHECK(at_point(growth(x, -y)) == Approx(growth(3.0, 0.5)).epsilon(1e-14));
    CHECK(at_point(Symbol::time() - x) == 4.0);
}

TEST_CASE("nothing, one and double negation leave no trace", "[symbol]") {
    CHECK((0.0 * x).is(0));
    CHECK((x * 0.0).is(0));
    CHECK((0.0 / x).is(0));
    for (const Symbol& same : {1.0 * x, x * 1.0, x + 0.0, 0.0 + x, x - 0.0, x / 1.0, -(-x), pow(x, 1.0)})
        CHECK(is_just(same, "x"));
    CHECK(pow(x, 0.0).is(1));
    CHECK(exp(0.0 * x).is(1));
}

TEST_CASE("numbers are folded as arithmetic folds them", "[symbol]") {
    CHECK((Symbol(0.1) + Symbol(0.2)).is(0.1 + 0.2));
    CHECK((Symbol(1.0) / Symbol(3.0)).is(1.0 / 3.0));
    CHECK(power<-2>(Symbol(4.0)).is(1.0 / 16.0));
}

TEST_CASE("a quotient by nothing stays visible", "[symbol]") {
    CHECK_FALSE((Symbol(0.0) / Symbol(0.0)).is_number());
    CHECK(std::isnan(at_point(Symbol(0.0) / Symbol(0.0))));
}

TEST_CASE("repeated factors become one power", "[symbol]") {
    for (const Symbol& fourth : {x * x * x * x, square(square(x)), (x * x) * (x * x), power<4>(x)}) {
        REQUIRE(fourth.node().operation == Operation::power);
        CHECK(fourth.node().operands[1]->value == 4);
        CHECK(at_point(fourth) == 81.0);
    }
    CHECK(at_point(power<-1>(x) * x) == Approx(1.0));
}

TEST_CASE("a root of a square is not the number itself", "[symbol]") {
    CHECK(at_point(pow(square(y), 0.5)) == Approx(0.5));
    CHECK(at_point(square(pow(x, 0.5))) == Approx(3.0));
}

TEST_CASE("a choice follows its comparison, also a joined one", "[symbol]") {
    const auto chosen = [](const Truth& where) { return at_point(select(where, 1.0 + 0.0 * x, Symbol(2.0))); };
    CHECK(chosen(x > y) == 1);
    CHECK(chosen(x < y) == 2);
    CHECK(chosen((x > 0.0) & (y > 0.0)) == 2);
    CHECK(chosen((x > 0.0) | (y > 0.0)) == 1);
    CHECK(chosen(!(x >= 3.0)) == 2);
    CHECK(chosen(x <= 3.0) == 1);
}

TEST_CASE("the side that is not chosen is not computed", "[symbol]") {
    const auto only_x = [](std::string_view name) {
        if (name != "x") throw std::string(name);
        return 3.0;
    };
    CHECK(value_of(select(x > 0.0, x, y), only_x) == 3);
}

TEST_CASE("a label names a value and changes nothing", "[symbol]") {
    const Symbol sum = labelled("sum", x + y, "sum, difference");
    CHECK(sum.node().name == "sum");
    CHECK(sum.node().family == "sum, difference");
    CHECK(at_point(2.0 * sum) == 5.0);
    CHECK(is_just(labelled("other", x), "x"));
    CHECK(labelled("two", 2.0).is(2));
}

TEST_CASE("an expression that is used twice at every level is computed once a level", "[symbol]") {
    Symbol doubled = x;
    for (int i = 0; i < 60; ++i) doubled = doubled + doubled;
    CHECK(at_point(doubled) == 3.0 * std::ldexp(1.0, 60));
}

TEST_CASE("an operation makes of values what the language makes of them", "[symbol]") {
    CHECK(value_of_operation(Operation::subtract, 2.5, 4.0) == -1.5);
    CHECK(value_of_operation(Operation::divide, 1.0, 3.0) == 1.0 / 3.0);
    CHECK(value_of_operation(Operation::negate, 2.5) == -2.5);
    CHECK(value_of_operation(Operation::power, 1.1, 3.0) == 1.1 * 1.1 * 1.1);
    CHECK(value_of_operation(Operation::power, 2.0, -2.0) == 0.25);
    CHECK(value_of_operation(Operation::power, 2.0, 0.5) == Approx(1.4142135623730951).epsilon(1e-15));
    CHECK(value_of_operation(Operation::label, 2.5) == 2.5);
    CHECK(value_of_operation(Operation::select, 0.0, 2.0, 3.0) == 3.0);
    CHECK(value_of_operation(Operation::select, 1.0, 2.0, 3.0) == 2.0);
    for (const double a : {0.0, 1.0})
        for (const double b : {0.0, 1.0}) {
            INFO(a << " and " << b);
            CHECK(value_of_operation(Operation::less, a, b) == (a < b));
            CHECK(value_of_operation(Operation::greater, a, b) == (a > b));
            CHECK(value_of_operation(Operation::at_most, a, b) == (a <= b));
            CHECK(value_of_operation(Operation::at_least, a, b) == (a >= b));
            CHECK(value_of_operation(Operation::both, a, b) == (a == 1 && b == 1));
            CHECK(value_of_operation(Operation::either, a, b) == (a == 1 || b == 1));
            CHECK(value_of_operation(Operation::opposite, a) == (a == 0));
        }
}
