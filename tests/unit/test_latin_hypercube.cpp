// Laws of nested Latin hypercubes: one point in each stratum at every power of two, and nothing moves as they grow.
#include <algorithm>
#include <cmath>
#include <vector>

#include "catch.hpp"
#include "cicatrix/numeric/latin_hypercube.hpp"

using cicatrix::NestedLatin;

namespace {

/// How many of the first `points` points lie in each of `strata` intervals of one length.
std::vector<int> counts(std::uint64_t key, std::uint64_t points, std::uint64_t strata) {
    std::vector<int> out(strata, 0);
    for (std::uint64_t i = 0; i < points; ++i)
        ++out[static_cast<std::size_t>(NestedLatin(key).at(i) * static_cast<double>(strata))];
    return out;
}

double correlation(std::uint64_t a, std::uint64_t b, std::uint64_t first, std::uint64_t count) {
    double sum = 0;
    for (std::uint64_t i = first; i < first + count; ++i)
        sum += (NestedLatin(a).at(i) - 0.5) * (NestedLatin(b).at(i) - 0.5);
    return 12 * sum / static_cast<double>(count);
}

}  // namespace

TEST_CASE("the first 2^k points lie one in each stratum", "[latin]") {
    for (const std::uint64_t key : {0u, 1u, 42u, 0xfeedu})
        for (int k = 0; k <= 13; ++k) {
            const std::uint64_t n = std::uint64_t{1} << k;
            INFO("key " << key << ", 2^" << k << " points");
            CHECK(std::ranges::all_of(counts(key, n, n), [](int count) { return count == 1; }));
        }
}

TEST_CASE("between powers of two every stratum has one point or two", "[latin]") {
    for (const std::uint64_t points : {3u, 100u, 1000u, 1500u}) {
        const auto found = counts(7, points, std::bit_floor(points));
        CHECK(std::ranges::all_of(found, [](int count) { return count == 1 || count == 2; }));
    }
}

TEST_CASE("coordinates of two keys go together no more than chance has it", "[latin]") {
    for (std::uint64_t key = 0; key < 20; ++key) {
        const std::uint64_t count = 4096;
        const double one_sigma = 1 / std::sqrt(static_cast<double>(count));
        CHECK(std::abs(correlation(2 * key, 2 * key + 1, 0, count)) < 4.5 * one_sigma);
        CHECK(std::abs(correlation(2 * key, 2 * key + 1, 1000, count)) < 4.5 * one_sigma);
    }
}

TEST_CASE("a point of many keys is uniform", "[latin]") {
    constexpr int keys = 4000;
    for (const std::uint64_t i : {0u, 1u, 2u, 1000u}) {
        double mean = 0, square = 0;
        for (std::uint64_t key = 0; key < keys; ++key) {
            const double x = NestedLatin(key).at(i);
            mean += x / keys;
            square += x * x / keys;
        }
        CHECK(mean == Approx(0.5).margin(5 * std::sqrt(1.0 / 12 / keys)));
        CHECK(square == Approx(1.0 / 3).margin(5 * std::sqrt(4.0 / 45 / keys)));
    }
}

TEST_CASE("far points are inside the cube too", "[latin]") {
    for (const std::uint64_t i : {NestedLatin::most_points - 1, NestedLatin::most_points / 2, std::uint64_t{1} << 33}) {
        const double x = NestedLatin(5).at(i);
        CHECK((x > 0 && x < 1));
    }
}
