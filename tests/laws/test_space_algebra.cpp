// The linear algebra of tissue solves what it is given: lines of cells cut into chunks, components in the right order.
#include <Eigen/Dense>
#include <cmath>
#include <cstddef>
#include <random>

#include "catch.hpp"
#include "cicatrix/numeric/chunked_line.hpp"
#include "cicatrix/numeric/components.hpp"
#include "rates_of.hpp"

namespace {

using namespace cicatrix;
using tests::between;
using tests::Random;

constexpr std::size_t numbers = 5;

/// A random line of cells of which the states `members` are coupled, as the solver wants it and as a dense matrix.
template <Pattern members> struct RandomLine {
    static constexpr std::size_t m = static_cast<std::size_t>(std::popcount(members));
    ChunkedLine<numbers, members> line;
    CellRows<numbers> lower, upper;
    Eigen::MatrixXd dense;

    RandomLine(std::size_t cells, Random& random)
        : line(cells),
          lower(cells),
          upper(cells),
          dense(Eigen::MatrixXd::Zero(static_cast<int>(cells * m), static_cast<int>(cells * m))) {
        fill_diagonal(cells, random);
        for (std::size_t j = 0; j < cells; ++j)
            for (std::size_t i = 0; i < m; ++i) {
                const auto row = static_cast<int>(j * m + i), width = static_cast<int>(m);
                if (j > 0) dense(row, row - width) = lower(state(i), j) = -between(random, 0, 50);
                if (j + 1 < cells) dense(row, row + width) = upper(state(i), j) = -between(random, 0, 50);
            }
    }

    static std::size_t state(std::size_t i) {
        return static_cast<std::size_t>(detail::variable_at(members, static_cast<int>(i)));
    }

  private:
    void fill_diagonal(std::size_t cells, Random& random) {
        const std::size_t places = lower.places(), width = width_of<CellLanes>;
        for (std::size_t place = 0; place < places; ++place)
            for (std::size_t lanes = 0; lanes < lower.together; lanes += width)
                for (std::size_t i = 0; i < m; ++i)
                    for (std::size_t j = 0; j < m; ++j) {
                        CellLanes entry(0.0);
                        for (std::size_t w = 0; w < width; ++w) {
                            const std::size_t cell = (lanes + w) * places + place;
                            const double value = between(random, -1, 1) + (i == j ? 110 : 0);
                            set_lane(entry, static_cast<int>(w), value);
                            if (cell < cells)
                                dense(static_cast<int>(cell * m + i), static_cast<int>(cell * m + j)) = value;
                        }
                        line.set(place, lanes, i, j, entry);
                    }
    }
};

template <Pattern members> void check_line(std::size_t cells) {
    Random random(cells);
    RandomLine<members> system(cells, random);
    constexpr std::size_t m = RandomLine<members>::m;
    CellRows<numbers> x(cells);
    Eigen::VectorXd right(static_cast<int>(cells * m));
    for (std::size_t j = 0; j < cells; ++j)
        for (std::size_t i = 0; i < m; ++i)
            right(static_cast<int>(j * m + i)) = x(system.state(i), j) = between(random, -1, 1);
    CHECK(system.line.factor(system.lower, system.upper) > 1);
    system.line.solve(system.lower, system.upper, x);
    const Eigen::VectorXd expected = system.dense.partialPivLu().solve(right);
    double worst = 0;
    for (std::size_t j = 0; j < cells; ++j)
        for (std::size_t i = 0; i < m; ++i)
            worst = std::max(worst, std::abs(x(system.state(i), j) - expected(static_cast<int>(j * m + i))));
    INFO(cells << " cells of " << m);
    CHECK(worst < 1e-13 * expected.lpNorm<Eigen::Infinity>() * 100);
}

}  // namespace

TEST_CASE("a line of any number of cells is solved as by dense elimination", "[space]") {
    for (const std::size_t cells : {1u, 2u, 7u, 8u, 9u, 15u, 16u, 17u, 24u, 61u, 128u}) {
        check_line<0b00100>(cells);
        check_line<0b10110>(cells);
        check_line<0b11111>(cells);
    }
}

TEST_CASE("unknowns that read each other are solved together, after those that they read", "[space]") {
    // 0 and 3 read each other and 1; 1 reads 4; 2 reads all.
    constexpr RowPatterns<5> reads{0b01010, 0b10000, 0b11011, 0b00001, 0b00000};
    constexpr auto components = components_of<5>(reads, 0b11111);
    REQUIRE(components.count == 4);
    CHECK(components.of(0) == components.of(3));
    CHECK(components.of(4) < components.of(1));
    CHECK(components.of(1) < components.of(0));
    CHECK(components.of(0) < components.of(2));
}
