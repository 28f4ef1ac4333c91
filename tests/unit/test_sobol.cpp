// Laws of Sobol' points: nets stay nets when scrambled, a seed and an index decide a point, means lose their bias.
#include <cmath>
#include <set>
#include <vector>

#include "catch.hpp"
#include "cicatrix/numeric/sobol.hpp"

using cicatrix::SobolPoints;

namespace {

/// Whether points `first` to `first + 2^k` lie one in each interval of length 2^-k.
bool is_even(const SobolPoints& points, std::size_t dimension, std::uint64_t first, int k) {
    std::set<std::uint64_t> intervals;
    const std::uint64_t count = std::uint64_t{1} << k;
    for (std::uint64_t i = 0; i < count; ++i)
        intervals.insert(static_cast<std::uint64_t>(points.at(first + i, dimension) * static_cast<double>(count)));
    return intervals.size() == count;
}

/// Whether the first 2^(a + b) points of two dimensions lie one in each box of 2^-a by 2^-b.
bool fills_boxes(const SobolPoints& points, int a, int b) {
    std::set<std::pair<int, int>> boxes;
    const std::uint64_t count = std::uint64_t{1} << (a + b);
    for (std::uint64_t i = 0; i < count; ++i)
        boxes.emplace(static_cast<int>(std::ldexp(points.at(i, 0), a)),
                      static_cast<int>(std::ldexp(points.at(i, 1), b)));
    return boxes.size() == count;
}

}  // namespace

TEST_CASE("each block of 2^k points has one point in each interval of every dimension, scrambled or not", "[sobol]") {
    const SobolPoints plain(SobolPoints::most_dimensions), scrambled(SobolPoints::most_dimensions, 7);
    for (std::size_t d = 0; d < SobolPoints::most_dimensions; ++d)
        for (const int k : {1, 4, 9}) {
            INFO("dimension " << d << ", 2^" << k << " points");
            CHECK(is_even(plain, d, 0, k));
            CHECK(is_even(scrambled, d, 0, k));
            CHECK(is_even(scrambled, d, std::uint64_t{5} << k, k));
        }
}

TEST_CASE("the first two dimensions have one point in every box of a net of strength two", "[sobol]") {
    for (const auto& points : {SobolPoints(2), SobolPoints(2, 1), SobolPoints(2, 99)})
        for (const auto& [a, b] : {std::pair{1, 1}, std::pair{3, 2}, std::pair{2, 6}, std::pair{5, 5}})
            CHECK(fills_boxes(points, a, b));
}

TEST_CASE("plain points are those of another implementation", "[sobol]") {
    // scipy 1.17.1, stats.qmc.Sobol(520, scramble=False): points 1000 and 123456.
    const std::vector<std::tuple<std::size_t, double, double>> others{
        {0, 0.2197265625, 0.0264968872},   {1, 0.0966796875, 0.1827468872},   {2, 0.5185546875, 0.3072586060},
        {5, 0.9072265625, 0.2032546997},   {100, 0.7685546875, 0.5315628052}, {300, 0.5185546875, 0.5117721558},
        {519, 0.3779296875, 0.6046066284},
    };
    const SobolPoints points(SobolPoints::most_dimensions);
    for (const auto& [d, early, late] : others) {
        INFO("dimension " << d);
        CHECK(points.at(1000, d) == Approx(early).margin(1e-10));
        CHECK(points.at(123456, d) == Approx(late).margin(1e-10));
    }
}

TEST_CASE("a point depends on seed, index and dimension, not on how many dimensions there are", "[sobol]") {
    const SobolPoints few(3, 11), many(200, 11), other(3, 12);
    for (const std::uint64_t i : {0u, 1u, 77u, 1u << 30})
        for (std::size_t d = 0; d < 3; ++d) {
            CHECK(few.at(i, d) == many.at(i, d));
            CHECK(few.at(i, d) != other.at(i, d));
            CHECK((few.at(i, d) > 0 && few.at(i, d) < 1));
        }
}

TEST_CASE("one point of many seeds is uniform, so that means have no bias", "[sobol]") {
    constexpr int seeds = 4000;
    for (const std::uint64_t i : {0u, 1u, 6u}) {
        double mean = 0, square = 0;
        for (int seed = 0; seed < seeds; ++seed) {
            const double x = SobolPoints(2, static_cast<std::uint64_t>(seed)).at(i, 1);
            mean += x / seeds;
            square += x * x / seeds;
        }
        const double one_sigma = std::sqrt(1.0 / 12 / seeds);
        CHECK(mean == Approx(0.5).margin(5 * one_sigma));
        CHECK(square == Approx(1.0 / 3).margin(5 * std::sqrt(4.0 / 45 / seeds)));
    }
}

TEST_CASE("the mean of a smooth function over scrambled points is far nearer than chance", "[sobol]") {
    constexpr std::uint64_t count = 1024;
    double squares = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const SobolPoints points(5, seed);
        double mean = 0;
        for (std::uint64_t i = 0; i < count; ++i) {
            double product = 1;
            for (std::size_t d = 0; d < 5; ++d) product *= 1 + (points.at(i, d) - 0.5) / 2;
            mean += product / count;
        }
        squares += (mean - 1) * (mean - 1) / 20;
    }
    // The variance of the product is (1 + 1/48)^5 - 1 = 0.109: independent points would err by 0.0103.
    CHECK(std::sqrt(squares) < 0.0103 / 20);
}

TEST_CASE("more dimensions than there are direction numbers are refused", "[sobol]") {
    CHECK_THROWS_AS(SobolPoints(SobolPoints::most_dimensions + 1), std::invalid_argument);
}
