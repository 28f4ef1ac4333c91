// Packs of numbers: whatever is done to a pack is done to each of its members alone, exactly as to a plain number.
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "catch.hpp"
#include "cicatrix/numeric/lanes.hpp"

namespace {

/// Lanes of width N, or a plain number where there are no lanes.
template <int N>
using Pack = cicatrix::LanesOf<cicatrix::has_vector_lanes ? N : 1>;

using Limits = std::numeric_limits<double>;

// A prime count, so that each number meets each lane as the packs move along.
const std::vector<double> numbers{0.0, -0.0, 1.0, -1.0, 0.1, -2.5, 3e-7, 1e200, -1e200, 0x1p-1040, Limits::denorm_min(),
                                  -Limits::min(), Limits::max(), Limits::infinity(), -Limits::infinity(),
                                  Limits::quiet_NaN(), 7.0};

bool same_bits(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

/// The sign of a NaN that arithmetic makes is the processor's affair.
bool same(double a, double b) { return (std::isnan(a) && std::isnan(b)) || same_bits(a, b); }

double number(std::size_t i) { return numbers[i % numbers.size()]; }

template <class V>
V pack_from(std::size_t first) {
    V pack(0.0);
    for (int i = 0; i < cicatrix::width_of<V>; ++i) cicatrix::set_lane(pack, i, number(first + i));
    return pack;
}

/// Whether an operation on packs equals the same operation on their members, for every pair of the numbers.
template <class V, class Operation, class Equal>
bool acts_lane_by_lane(Operation operation, Equal equal) {
    for (std::size_t first = 0; first < numbers.size(); ++first)
        for (std::size_t second = 0; second < numbers.size(); ++second) {
            const auto together = operation(pack_from<V>(first), pack_from<V>(second));
            for (int i = 0; i < cicatrix::width_of<V>; ++i)
                if (!equal(cicatrix::lane(together, i), operation(number(first + i), number(second + i)))) return false;
        }
    return true;
}

template <class V, class Operation>
bool computes_lane_by_lane(Operation operation) {
    return acts_lane_by_lane<V>(operation, same);
}

template <class V, class Operation>
bool decides_lane_by_lane(Operation operation) {
    return acts_lane_by_lane<V>(operation, [](bool a, bool b) { return a == b; });
}

}  // namespace

TEMPLATE_TEST_CASE("a pack computes lane by lane", "[numeric]", Pack<1>, Pack<2>, Pack<4>, Pack<8>) {
    CHECK(computes_lane_by_lane<TestType>([](auto a, auto b) { return a + b; }));
    CHECK(computes_lane_by_lane<TestType>([](auto a, auto b) { return a - b; }));
    CHECK(computes_lane_by_lane<TestType>([](auto a, auto b) { return a * b; }));
    CHECK(computes_lane_by_lane<TestType>([](auto a, auto b) { return a / b; }));
    CHECK(computes_lane_by_lane<TestType>([](auto a, auto) { return -a; }));
    CHECK(computes_lane_by_lane<TestType>([](auto a, auto) { return cicatrix::magnitude(a); }));
    CHECK(computes_lane_by_lane<TestType>([](auto a, auto b) { return cicatrix::larger(a, b); }));
    CHECK(computes_lane_by_lane<TestType>([](auto a, auto b) { return cicatrix::smaller(a, b); }));
    CHECK(computes_lane_by_lane<TestType>([](auto a, auto) { return 2.5 * a - 1.0; }));
}

TEMPLATE_TEST_CASE("computing in place gives what computing gives", "[numeric]", Pack<1>, Pack<2>, Pack<4>, Pack<8>) {
    CHECK(computes_lane_by_lane<TestType>([](auto a, auto b) { return a += b; }));
    CHECK(computes_lane_by_lane<TestType>([](auto a, auto b) { return a -= b; }));
    CHECK(computes_lane_by_lane<TestType>([](auto a, auto b) { return a *= b; }));
    CHECK(computes_lane_by_lane<TestType>([](auto a, auto b) { return a /= b; }));
}

TEMPLATE_TEST_CASE("a pack compares lane by lane, NaN included", "[numeric]", Pack<1>, Pack<2>, Pack<4>, Pack<8>) {
    CHECK(decides_lane_by_lane<TestType>([](auto a, auto b) { return a < b; }));
    CHECK(decides_lane_by_lane<TestType>([](auto a, auto b) { return a > b; }));
    CHECK(decides_lane_by_lane<TestType>([](auto a, auto b) { return a <= b; }));
    CHECK(decides_lane_by_lane<TestType>([](auto a, auto b) { return a >= b; }));
    CHECK(decides_lane_by_lane<TestType>([](auto a, auto b) { return a == b; }));
}

TEMPLATE_TEST_CASE("masks combine and select lane by lane", "[numeric]", Pack<1>, Pack<2>, Pack<4>, Pack<8>) {
    CHECK(decides_lane_by_lane<TestType>([](auto a, auto b) { return (a < b) & (a > -b); }));
    CHECK(decides_lane_by_lane<TestType>([](auto a, auto b) { return (a < b) | (a > -b); }));
    CHECK(decides_lane_by_lane<TestType>([](auto a, auto b) { return !(a < b); }));
    CHECK(computes_lane_by_lane<TestType>([](auto a, auto b) { return cicatrix::select(a < b, a, b); }));
    CHECK(computes_lane_by_lane<TestType>([](auto a, auto b) { return cicatrix::select(!(a < b) & (a == a), a, b); }));
}

TEMPLATE_TEST_CASE("a lane is set alone", "[numeric]", Pack<1>, Pack<2>, Pack<4>, Pack<8>) {
    constexpr int width = cicatrix::width_of<TestType>;
    for (int changed = 0; changed < width; ++changed) {
        auto pack = pack_from<TestType>(2);
        cicatrix::set_lane(pack, changed, 42.0);
        for (int i = 0; i < width; ++i) CHECK(cicatrix::lane(pack, i) == (i == changed ? 42.0 : number(2 + i)));
    }
}

TEMPLATE_TEST_CASE("a number fills every lane with its bits", "[numeric]", Pack<1>, Pack<2>, Pack<4>, Pack<8>) {
    for (const double x : numbers) {
        const TestType pack(x);
        for (int i = 0; i < cicatrix::width_of<TestType>; ++i) CHECK(same_bits(cicatrix::lane(pack, i), x));
    }
}

TEMPLATE_TEST_CASE("bits go out and come back", "[numeric]", Pack<1>, Pack<2>, Pack<4>, Pack<8>) {
    for (std::size_t first = 0; first < numbers.size(); ++first) {
        const auto pack = pack_from<TestType>(first);
        const auto back = cicatrix::from_bits(cicatrix::to_bits(pack), pack);
        for (int i = 0; i < cicatrix::width_of<TestType>; ++i)
            CHECK(same_bits(cicatrix::lane(back, i), number(first + i)));
    }
}

TEST_CASE("the larger and the smaller of two are the second when either is NaN", "[numeric]") {
    const double not_a_number = Limits::quiet_NaN();
    CHECK(cicatrix::larger(1.0, 2.0) == 2.0);
    CHECK(cicatrix::smaller(1.0, 2.0) == 1.0);
    CHECK(cicatrix::larger(not_a_number, 1.0) == 1.0);
    CHECK(cicatrix::smaller(not_a_number, 1.0) == 1.0);
    CHECK(std::isnan(cicatrix::larger(1.0, not_a_number)));
    CHECK(std::isnan(cicatrix::smaller(1.0, not_a_number)));
}

TEST_CASE("a magnitude loses the sign and nothing else", "[numeric]") {
    CHECK(same_bits(cicatrix::magnitude(-0.0), 0.0));
    CHECK(cicatrix::magnitude(-2.5) == 2.5);
    CHECK(cicatrix::magnitude(-Limits::infinity()) == Limits::infinity());
    CHECK(std::isnan(cicatrix::magnitude(-Limits::quiet_NaN())));
}

TEST_CASE("the width of a scalar is the number of its members", "[numeric]") {
    CHECK(cicatrix::width_of<double> == 1);
    CHECK(cicatrix::width_of<Pack<1>> == 1);
    CHECK(cicatrix::width_of<Pack<8>> == (cicatrix::has_vector_lanes ? 8 : 1));
}
