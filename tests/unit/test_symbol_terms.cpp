// Sums are taken apart as far as what changes allows, and programs have the values of the expressions.
#include "cicatrix/numeric/symbol_terms.hpp"

#include <array>
#include <limits>

#include "catch.hpp"

using namespace cicatrix;

namespace {

const Symbol x = Symbol::named("x"), y = Symbol::named("y"), k = Symbol::named("k"), m = Symbol::named("m");

bool is_variable(std::string_view name) { return name == "x" || name == "y"; }

double value(const Symbol& expression) {
    return value_of(
        expression,
        [](std::string_view name) { return name == "x"   ? 1.5
                                           : name == "y" ? -0.25
                                           : name == "k" ? 3.0
                                                         : 0.7; }, 2.0);
}

std::vector<double> values(const std::vector<Symbol>& terms) {
    std::vector<double> out;
    for (const auto& term : terms) out.push_back(value(term));
    return out;
}

}  // namespace

TEST_CASE("a sum is taken apart in the order of its text", "[symbol]") {
    const auto terms = additive_terms(x * y - k * x + (m - y), is_variable);
    CHECK(values(terms) == std::vector{1.5 * -0.25, -(3.0 * 1.5), 0.7, 0.25});
}

TEST_CASE("what never changes is spread over a sum, also as a divisor and behind a label", "[symbol]") {
    CHECK(values(additive_terms(k * (1.0 + m * x - y), is_variable)) ==
          std::vector{3.0, 3.0 * (0.7 * 1.5), 3.0 * 0.25});
    CHECK(additive_terms((x - y) / k, is_variable).size() == 2);
    CHECK(additive_terms(labelled("sum", x + y), is_variable).size() == 2);
    CHECK(additive_terms(-(x + labelled("inner", k * (x - 1.0))), is_variable).size() == 3);
}

TEST_CASE("products of sums that change, and sums that never do, stay whole", "[symbol]") {
    CHECK(additive_terms((x + y) * (1.0 - x), is_variable).size() == 1);
    CHECK(additive_terms((k + m) * x, is_variable).size() == 1);
    CHECK(additive_terms(1.0 / (x + y), is_variable).size() == 1);
    CHECK(additive_terms(Symbol::time() * (x + y), is_variable).size() == 1);
}

TEST_CASE("terms add up to their expression", "[symbol]") {
    const Symbol whole = (k * (x - m * (y + 2.0)) - x / y) / m - exp(x) * (x - y);
    double sum = 0;
    for (const double term : values(additive_terms(whole, is_variable))) sum += term;
    CHECK(sum == Approx(value(whole)).epsilon(1e-14));
}

TEST_CASE("a program has the values of its expressions to the last bit", "[symbol]") {
    const auto shared = labelled("shared", exp(-x) * pow(x, 3.0));
    const std::array expressions{shared + y * Symbol::time(), select((x > y) & !(x >= 2.0), log(x), pow(x, m)),
                                 select((x < y) | (y <= -1.0), x, -shared / k), Symbol(4.0), k - pow(y, -2.0)};
    const auto place_of = [](std::string_view name) -> std::size_t {
        return name == "x" ? 0 : name == "y" ? 1 : name == "k" ? 2 : 3;
    };
    SymbolProgram program(expressions, place_of);
    const auto found = program(std::array{1.5, -0.25, 3.0, 0.7}, 2.0);
    REQUIRE(found.size() == expressions.size());
    for (std::size_t i = 0; i < expressions.size(); ++i) CHECK(found[i] == value(expressions[i]));
}

TEST_CASE("a program computes anew with other inputs, and what is not chosen may be no number", "[symbol]") {
    const std::array expressions{select(x > 0.0, log(x), y), x / y};
    SymbolProgram program(expressions, [](std::string_view name) -> std::size_t { return name == "y"; });
    CHECK(program(std::array{-1.0, 5.0}, 0.0)[0] == 5.0);
    CHECK(program(std::array{1.0, 4.0}, 0.0)[0] == 0.0);
    CHECK(program(std::array{1.0, 0.0}, 0.0)[1] == std::numeric_limits<double>::infinity());
}
