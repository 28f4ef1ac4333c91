// Planned sparse elimination: it solves as Eigen does, its fill is that of a symbolic elimination, it names its
// smallest pivot.
#include <Eigen/Dense>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <tuple>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "cicatrix/numeric/sparse_lu.hpp"

namespace {

using cicatrix::Pattern;
using cicatrix::RowPatterns;

/// Rows that reach `reach` places to either side.
template <std::size_t n, std::size_t reach> consteval RowPatterns<n> band() {
    RowPatterns<n> rows{};
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
            if (i <= j + reach && j <= i + reach) rows[i] |= Pattern{1} << j;
    return rows;
}
/// One full row and one full column, which meet in `tip`.
template <std::size_t n, std::size_t tip> consteval RowPatterns<n> arrow() {
    RowPatterns<n> rows{};
    for (std::size_t i = 0; i < n; ++i) rows[i] = Pattern{1} << i | Pattern{1} << tip;
    rows[tip] = (Pattern{1} << n) - 1;
    return rows;
}
/// About one entry in `every` is there, the diagonal only by chance.
template <std::size_t n, std::uint64_t every, std::uint64_t seed> consteval RowPatterns<n> scattered() {
    RowPatterns<n> rows{};
    std::uint64_t random = seed;
    for (auto& row : rows)
        for (std::size_t j = 0; j < n; ++j) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            if ((random >> 33) % every == 0) row |= Pattern{1} << j;
        }
    return rows;
}

template <std::size_t size, RowPatterns<size> pattern> struct Case {
    static constexpr std::size_t n = size;
    static constexpr RowPatterns<n> rows = pattern;
    static constexpr auto plan = cicatrix::detail::plan_elimination<n>(rows);
    template <class V> using Lu = cicatrix::SparseLu<V, n, rows>;

    static constexpr bool given(std::size_t i, std::size_t j) { return i == j || (rows[i] >> j & 1) != 0; }

    /// Numbers where the pattern has any, the diagonal larger than the rest of its row together.
    static Eigen::MatrixXd random(std::mt19937& engine) {
        std::uniform_real_distribution<double> number(-1, 1);
        Eigen::MatrixXd matrix = Eigen::MatrixXd::Zero(n, n);
        for (std::size_t i = 0; i < n; ++i) {
            double sum = 0;
            for (std::size_t j = 0; j < n; ++j)
                if (given(i, j) && i != j) sum += std::abs(matrix(i, j) = number(engine));
            matrix(i, i) = (sum + 0.1 + std::abs(number(engine))) * (number(engine) < 0 ? -1 : 1);
        }
        return matrix;
    }
    template <class V> static void fill(Lu<V>& lu, const Eigen::MatrixXd& matrix, int which) {
        fill(lu, matrix, which, std::make_index_sequence<n * n>{});
    }

  private:
    template <class V, std::size_t... IJ>
    static void fill(Lu<V>& lu, const Eigen::MatrixXd& matrix, int which, std::index_sequence<IJ...>) {
        const auto set = [&]<std::size_t i, std::size_t j>() {
            if constexpr (given(i, j)) cicatrix::set_lane(lu.template at<i, j>(), which, matrix(i, j));
        };
        (set.template operator()<IJ / n, IJ % n>(), ...);
    }
};

using Cases =
    std::tuple<Case<1, band<1, 0>()>, Case<6, band<6, 0>()>, Case<9, band<9, 1>()>, Case<8, band<8, 8>()>,
               Case<10, arrow<10, 0>()>, Case<10, arrow<10, 6>()>, Case<7, scattered<7, 3, 1>()>,
               Case<12, scattered<12, 4, 2>()>, Case<13, scattered<13, 3, 3>()>, Case<16, scattered<16, 6, 4>()>>;

constexpr int trials = 20;

/// Gaussian elimination in the plan's order on the dense matrix; the factors stand in its place.
template <class C> std::vector<double> eliminate(Eigen::MatrixXd& matrix) {
    std::vector<double> pivots;
    std::vector<std::size_t> rest(C::plan.order.begin(), C::plan.order.end());
    while (!rest.empty()) {
        const std::size_t k = rest.front();
        rest.erase(rest.begin());
        pivots.push_back(matrix(k, k));
        for (const auto i : rest) {
            const double factor = matrix(i, k) / matrix(k, k);
            for (const auto j : rest) matrix(i, j) -= factor * matrix(k, j);
        }
    }
    return pivots;
}

/// Apart, so that it is compiled once and not for every pattern.
Eigen::VectorXd solution(const Eigen::MatrixXd& matrix, const Eigen::VectorXd& b) {
    return matrix.partialPivLu().solve(b);
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("the planned elimination solves as Eigen's with pivoting does", "[sparse_lu]", Cases) {
    std::mt19937 engine(7);
    for (int trial = 0; trial < trials; ++trial) {
        const auto matrix = TestType::random(engine);
        typename TestType::template Lu<double> lu;
        lu.clear();
        TestType::fill(lu, matrix, 0);
        lu.factor();
        const Eigen::VectorXd b = Eigen::VectorXd::Random(TestType::n);
        Eigen::VectorXd x = b;
        lu.solve(x.data());
        const Eigen::VectorXd expected = solution(matrix, b);
        CHECK((x - expected).norm() <= 1e-12 * (1 + expected.norm()));
        CHECK((matrix * x - b).norm() <= 1e-13 * (matrix.norm() * x.norm() + b.norm()));
    }
}

TEMPLATE_LIST_TEST_CASE("what is stored is what elimination by numbers fills, no less and no more", "[sparse_lu]",
                        Cases) {
    std::mt19937 engine(8);
    auto matrix = TestType::random(engine);
    eliminate<TestType>(matrix);
    std::size_t filled = 0;
    for (std::size_t i = 0; i < TestType::n; ++i)
        for (std::size_t j = 0; j < TestType::n; ++j) {
            CAPTURE(i, j);
            filled += matrix(i, j) != 0;
            CHECK(TestType::template Lu<double>::has(i, j) == (matrix(i, j) != 0));
        }
    CHECK(TestType::template Lu<double>::entries == filled);
}

TEMPLATE_LIST_TEST_CASE("the smallest pivot is reported, whatever its sign", "[sparse_lu]", Cases) {
    std::mt19937 engine(9);
    for (int trial = 0; trial < trials; ++trial) {
        auto matrix = TestType::random(engine);
        typename TestType::template Lu<double> lu;
        lu.clear();
        TestType::fill(lu, matrix, 0);
        double smallest = 1e300;
        const double reported = lu.factor();
        for (const double pivot : eliminate<TestType>(matrix)) smallest = std::min(smallest, std::abs(pivot));
        CHECK(reported == Approx(smallest).epsilon(1e-12));
    }
}

TEMPLATE_LIST_TEST_CASE("each variable is eliminated once", "[sparse_lu]", Cases) {
    Pattern seen = 0;
    for (const auto k : TestType::plan.order) seen |= Pattern{1} << k;
    CHECK(seen == (Pattern{1} << TestType::n) - 1);
}

TEMPLATE_LIST_TEST_CASE("a lane of the factorisation has the bits of that matrix alone", "[sparse_lu]", Cases) {
    using V = cicatrix::LanesOf<cicatrix::has_vector_lanes ? 4 : 1>;
    std::mt19937 engine(10);
    typename TestType::template Lu<V> together;
    together.clear();
    std::array<Eigen::MatrixXd, cicatrix::width_of<V>> matrices;
    for (int w = 0; w < cicatrix::width_of<V>; ++w)
        TestType::fill(together, matrices[static_cast<std::size_t>(w)] = TestType::random(engine), w);
    const V pivot = together.factor();
    std::array<V, TestType::n> x;
    for (std::size_t i = 0; i < TestType::n; ++i) x[i] = V(1.0 + 0.1 * static_cast<double>(i));
    const auto b = x;
    together.solve(x.data());
    for (int w = 0; w < cicatrix::width_of<V>; ++w) {
        typename TestType::template Lu<double> alone;
        alone.clear();
        TestType::fill(alone, matrices[static_cast<std::size_t>(w)], 0);
        CHECK(alone.factor() == cicatrix::lane(pivot, w));
        std::array<double, TestType::n> y;
        for (std::size_t i = 0; i < TestType::n; ++i) y[i] = cicatrix::lane(b[i], w);
        alone.solve(y.data());
        for (std::size_t i = 0; i < TestType::n; ++i) CHECK(y[i] == cicatrix::lane(x[i], w));
    }
}

TEST_CASE("an arrow is eliminated from its shaft to its tip, without fill", "[sparse_lu]") {
    STATIC_REQUIRE(cicatrix::SparseLu<double, 10, arrow<10, 0>()>::entries == 3 * 10 - 2);
    STATIC_REQUIRE(cicatrix::SparseLu<double, 10, arrow<10, 6>()>::entries == 3 * 10 - 2);
}

TEST_CASE("a chain is eliminated without fill", "[sparse_lu]") {
    STATIC_REQUIRE(cicatrix::SparseLu<double, 9, band<9, 1>()>::entries == 3 * 9 - 2);
}

TEST_CASE("a pivot of zero is reported as zero", "[sparse_lu]") {
    cicatrix::SparseLu<double, 2, RowPatterns<2>{0b11, 0b11}> lu;
    lu.clear();
    lu.at<0, 0>() = 0.0;
    lu.at<0, 1>() = lu.at<1, 0>() = lu.at<1, 1>() = 1.0;  // a sound matrix, in an order that cannot eliminate it
    CHECK(lu.factor() == 0.0);
}
