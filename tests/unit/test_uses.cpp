// The scalar that remembers what it was computed from.
#include "catch.hpp"
#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/numeric/uses.hpp"

using namespace cicatrix;

namespace {
const Uses a = Uses::input(0), b = Uses::input(1), c = Uses::input(40);
constexpr std::uint64_t of_a = 1, of_b = 2, of_c = std::uint64_t{1} << 40;
}  // namespace

TEST_CASE("a result was computed from all that its operands were computed from", "[uses]") {
    CHECK((a + 2.0).inputs == of_a);
    CHECK((a * b - exp(c) / 3.0).inputs == (of_a | of_b | of_c));
    CHECK((1.0 - pow(a, b)).inputs == (of_a | of_b));
    CHECK(power<8>(a).inputs == of_a);
    CHECK(Uses(5.0).inputs == 0);
}

TEST_CASE("a choice was computed from its condition and from both sides", "[uses]") {
    CHECK(select(a > 0.0, b, c).inputs == (of_a | of_b | of_c));
    CHECK(select((a > b) & (c < 1.0), 0.0, 1.0).inputs == (of_a | of_b | of_c));
    CHECK(positive_part(a).inputs == of_a);
    CHECK(larger(a, b).inputs == (of_a | of_b));
}
