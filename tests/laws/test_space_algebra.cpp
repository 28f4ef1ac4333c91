// The linear algebra of tissue solves what it is given: lines of cells cut into chunks, components in the right order.
#include <Eigen/Dense>
#include <cmath>
#include <cstddef>
#include <random>

#include "catch.hpp"
#include "cicatrix/numeric/chunked_line.hpp"
#include "cicatrix/numeric/components.hpp"
#include "cicatrix/numeric/eigenbasis.hpp"
#include "cicatrix/numeric/gmres.hpp"
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

/// A dense system with a preconditioner that knows the diagonal only.
struct DenseSystem {
    using Vector = Eigen::VectorXd;
    Eigen::MatrixXd matrix;

    Vector blank() const { return Vector::Zero(matrix.rows()); }
    void copy(const Vector& from, Vector& to) const { to = from; }
    void precondition(Vector& x) const { x = x.cwiseQuotient(matrix.diagonal()).eval(); }
    void apply(const Vector& x, Vector& out) const { out = matrix * x; }
    double inner(const Vector& a, const Vector& b) const { return a.dot(b); }
    void add(Vector& to, double factor, const Vector& x) const { to += factor * x; }
    void scale(Vector& x, double factor) const { x *= factor; }
};

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

TEST_CASE("eigenvectors by rotations are those of a library, in order and orthonormal", "[space]") {
    Random random(7);
    for (const int n : {1, 2, 5, 32}) {
        Eigen::MatrixXd matrix(n, n);
        for (int i = 0; i < n; ++i)
            for (int j = 0; j <= i; ++j) matrix(i, j) = matrix(j, i) = between(random, -1, 1);
        const auto size = static_cast<std::size_t>(n);
        const auto found = eigenbasis_of({matrix.data(), matrix.data() + n * n});
        const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> expected(matrix);
        const Eigen::Map<const Eigen::MatrixXd> vectors(found.vectors.data(), n, n);
        for (std::size_t k = 0; k < size; ++k)
            CHECK(found.values[k] == Approx(expected.eigenvalues()[static_cast<int>(k)]).margin(1e-13));
        CHECK((vectors.transpose() * vectors - Eigen::MatrixXd::Identity(n, n)).norm() < 1e-13);
        const Eigen::Map<const Eigen::VectorXd> values(found.values.data(), n);
        CHECK((matrix * vectors - vectors * values.asDiagonal()).norm() < 1e-13 * n);
    }
}

TEST_CASE("iterations find what elimination finds, through restarts", "[space]") {
    Random random(3);
    DenseSystem system{Eigen::MatrixXd(40, 40)};
    for (int i = 0; i < 40; ++i)
        for (int j = 0; j < 40; ++j) system.matrix(i, j) = between(random, -1, 1) + (i == j ? 12 : 0);
    const Eigen::VectorXd right = Eigen::VectorXd::LinSpaced(40, -1, 2);
    Eigen::VectorXd x = right;
    Gmres<DenseSystem> gmres;
    const auto outcome = gmres.solve(system, x, 1e-11);
    CHECK(outcome.converged);
    CHECK(outcome.applications > Gmres<DenseSystem>::before_restart);
    CHECK((system.matrix * x - right).norm() <= 1.01e-11);
    CHECK((x - system.matrix.partialPivLu().solve(right)).norm() < 1e-11);
}

TEST_CASE("an exact preconditioner needs one application, and nothing needs none", "[space]") {
    DenseSystem system{Eigen::VectorXd::LinSpaced(20, 1, 9).asDiagonal()};
    Eigen::VectorXd x = Eigen::VectorXd::Ones(20);
    Gmres<DenseSystem> gmres;
    CHECK(gmres.solve(system, x, 1e-12).applications == 1);
    x.setZero();
    const auto outcome = gmres.solve(system, x, 1e-12);
    CHECK(outcome.converged);
    CHECK(outcome.applications == 0);
}

TEST_CASE("iterations that find nothing say so", "[space]") {
    constexpr int n = 64;  // each direction only shifts the residual to the next unknown
    DenseSystem system{Eigen::MatrixXd::Zero(n, n)};
    for (int i = 0; i < n; ++i) system.matrix((i + 1) % n, i) = 1, system.matrix(i, i) = 1e-12;
    Eigen::VectorXd x = Eigen::VectorXd::Unit(n, 0);
    const auto outcome = Gmres<DenseSystem>().solve(system, x, 1e-3);
    CHECK_FALSE(outcome.converged);
    CHECK(outcome.applications == Gmres<DenseSystem>::most_applications);
}
