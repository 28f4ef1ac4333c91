// Laws of the random numbers: a position decides the number, streams are their own, and the shares are even.
#include <algorithm>
#include <set>

#include "catch.hpp"
#include "cicatrix/numeric/random.hpp"

using cicatrix::RandomStream;

TEST_CASE("the mixing is that of SplitMix64", "[random]") {
    // First outputs of the published generator from seed 0.
    CHECK(cicatrix::detail::mixed(cicatrix::detail::golden) == 0xe220a8397b1dcdafu);
    CHECK(cicatrix::detail::mixed(2 * cicatrix::detail::golden) == 0x6e789e6aa1b965f4u);
}

TEST_CASE("a number depends on seed, stream and position, not on what was drawn before", "[random]") {
    RandomStream drawn(7, 3);
    for (std::uint64_t i = 0; i < 100; ++i) {
        const auto ahead = RandomStream(7, 3).at(i);
        CHECK(drawn.at(i) == ahead);
        CHECK(drawn() == ahead);
    }
}

TEST_CASE("seeds and streams share no numbers", "[random]") {
    std::set<std::uint64_t> seen;
    for (const std::uint64_t seed : {0u, 1u, 2u})
        for (const std::uint64_t stream : {0u, 1u, 2u})
            for (std::uint64_t i = 0; i < 500; ++i) seen.insert(RandomStream(seed, stream).at(i));
    CHECK(seen.size() == 9 * 500);
}

TEST_CASE("numbers fill the unit interval evenly", "[random]") {
    constexpr int draws = 100000;
    RandomStream random(2026);
    double sum = 0, squares = 0, products = 0, before = 0.5, lowest = 1, highest = 0;
    for (int i = 0; i < draws; ++i) {
        const double u = random.uniform();
        lowest = std::min(lowest, u), highest = std::max(highest, u);
        sum += u, squares += u * u, products += (u - 0.5) * (before - 0.5);
        before = u;
    }
    CHECK(lowest >= 0);
    CHECK(highest < 1);
    // Three standard errors of the mean, of the mean square and of the covariance of neighbours.
    CHECK(sum / draws == Approx(1.0 / 2).margin(3 * 0.2887 / 316));
    CHECK(squares / draws == Approx(1.0 / 3).margin(3 * 0.2981 / 316));
    CHECK(products / draws == Approx(0).margin(3 * 0.0833 / 316));
}

TEST_CASE("bounds are kept", "[random]") {
    RandomStream random(1);
    for (int i = 0; i < 1000; ++i) {
        const double x = random.uniform(-2, 3);
        CHECK(x >= -2);
        CHECK(x < 3);
    }
}
