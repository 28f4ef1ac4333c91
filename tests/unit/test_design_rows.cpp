// Designs of factors that the test makes itself: strata, independence of names and seeds, and what lies beyond the end.
#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>
#include <vector>

#include "catch.hpp"
#include "cicatrix/scenario/design.hpp"

using namespace cicatrix;

namespace {

using Row = std::vector<double>;

/// Uniform from 0 to 1, so that its values are the coordinates.
Factor unit_factor(const std::string& name) {
    Factor factor;
    factor.name = name;
    factor.distribution = Distribution{};
    factor.distribution->settle();
    return factor;
}

Factor with_levels(const std::string& name, std::vector<double> levels) {
    Factor factor;
    factor.name = name;
    factor.levels = std::move(levels);
    return factor;
}

std::vector<Factor> unit_factors(std::initializer_list<const char*> names) {
    std::vector<Factor> out;
    for (const char* name : names) out.push_back(unit_factor(name));
    return out;
}

Row row_of(const Design& design, std::uint64_t i) {
    Row row(design.factors().size());
    design.write_row(i, row);
    return row;
}

/// The values of one factor for the first members.
Row column_of(const Design& design, std::size_t factor, std::uint64_t count) {
    Row out;
    for (std::uint64_t i = 0; i < count; ++i) out.push_back(row_of(design, i)[factor]);
    return out;
}

double correlation(const Row& a, const Row& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - 0.5) * (b[i] - 0.5);
    return 12 * sum / static_cast<double>(a.size());
}

constexpr std::array random_kinds{DesignKind::latin_hypercube, DesignKind::sobol, DesignKind::cohort};

}  // namespace

TEST_CASE("a grid's members are the products of its levels, each once", "[design]") {
    const Design design(DesignKind::grid, 0, 0,
                        {with_levels("a", {1, 2, 3}), with_levels("b", {5}), with_levels("c", {7, 8})}, {});
    REQUIRE(design.members() == 6);
    std::set<Row> rows;
    for (std::uint64_t i = 0; i < 6; ++i) rows.insert(row_of(design, i));
    CHECK(rows.size() == 6);
    CHECK(row_of(design, 0) == Row{1, 5, 7});
    CHECK(row_of(design, 1) == Row{1, 5, 8});
    CHECK(row_of(design, 5) == Row{3, 5, 8});
}

TEST_CASE("beyond their end grid, list and zip have nobody, the others have whom more samples would add", "[design]") {
    const std::vector<Factor> levels{with_levels("a", {1, 2}), with_levels("b", {3, 4})};
    const Design grid(DesignKind::grid, 0, 0, levels, {}), zip(DesignKind::zip, 0, 0, levels, {}),
        list(DesignKind::list, 0, 0, levels, {1, 3, 2, 4, 1, 4});
    CHECK(grid.members() == 4);
    CHECK(zip.members() == 2);
    CHECK(list.members() == 3);
    CHECK(row_of(list, 2) == Row{1, 4});
    CHECK(row_of(zip, 1) == Row{2, 4});
    for (const Design* design : {&grid, &zip, &list})
        CHECK_THROWS_AS(row_of(*design, design->members()), std::out_of_range);
    for (const DesignKind kind : random_kinds) {
        const auto factors = unit_factors({"a", "b"});
        CHECK(row_of(Design(kind, 4, 10, factors, {}), 17) == row_of(Design(kind, 4, 100, factors, {}), 17));
    }
}

TEST_CASE("the order of factors is no matter to latin hypercubes and cohorts", "[design]") {
    for (const DesignKind kind : {DesignKind::latin_hypercube, DesignKind::cohort}) {
        const Design there(kind, 9, 32, unit_factors({"a", "b", "c"}), {}),
            back(kind, 9, 32, unit_factors({"c", "b", "a"}), {});
        for (std::uint64_t i = 0; i < 32; ++i) {
            Row row = row_of(back, i);
            std::ranges::reverse(row);
            CHECK(row == row_of(there, i));
        }
    }
}

TEST_CASE("factors of like names, and designs of neighbouring seeds, go together no more than chance has it",
          "[design]") {
    constexpr std::uint64_t count = 4096;
    const double margin = 4.5 / std::sqrt(double(count));
    for (const DesignKind kind : random_kinds) {
        const auto factors = unit_factors({"parameters.a1", "parameters.a2", "parameters.1a"});
        const Design design(kind, 1, count, factors, {}), next(kind, 2, count, factors, {});
        for (std::size_t f = 0; f < 3; ++f) {
            const Row here = column_of(design, f, count);
            CHECK(std::abs(correlation(here, column_of(design, (f + 1) % 3, count))) < margin);
            // Of a net the first bit of two seeds is the same or the opposite, so that they go together by themselves.
            if (kind != DesignKind::sobol) CHECK(std::abs(correlation(here, column_of(next, f, count))) < margin);
            CHECK(correlation(here, here) == Approx(1).margin(0.1));
        }
    }
}

TEST_CASE("coordinates of every design are uniform, those of nets in strata", "[design]") {
    constexpr std::uint64_t count = 1024;
    for (const DesignKind kind : random_kinds) {
        Row column = column_of(Design(kind, 3, count, unit_factors({"a", "b"}), {}), 1, count);
        std::ranges::sort(column);
        double farthest = 0;  // of the share below a number from the number, as Kolmogorov has it
        for (std::uint64_t i = 0; i < count; ++i)
            farthest = std::max(farthest, std::abs(column[i] - (double(i) + 0.5) / count));
        CHECK(column.front() > 0);
        CHECK(column.back() < 1);
        if (kind == DesignKind::cohort) CHECK(farthest < 2 / std::sqrt(double(count)));
        else CHECK(farthest <= 0.5 / count);
    }
}

TEST_CASE("members of a cohort are persons, numbered like the members", "[design]") {
    Factor person;
    person.name = "cohort.person", person.target = FactorTarget::person;
    const Design cohort(DesignKind::cohort, 5, 10, {unit_factor("a"), person}, {});
    for (const std::uint64_t i : {0u, 1u, 9u}) CHECK(row_of(cohort, i)[1] == static_cast<double>(i));
    const Design net(DesignKind::sobol, 5, 10, {unit_factor("a"), person}, {});
    CHECK(row_of(net, 1)[1] != 1);
}

TEST_CASE("a point of the cube gives each factor its own quantile, in any design", "[design]") {
    const std::vector<Factor> factors{with_levels("a", {5, 6, 7, 8}), unit_factor("b")};
    for (const DesignKind kind : {DesignKind::cohort, DesignKind::sobol, DesignKind::latin_hypercube}) {
        const Design design(kind, 77, 0, factors, {});
        CHECK(design.members() == 0);
        Row row(2);
        design.write_row_at(Row{0.3, 0.625}, row);
        CHECK(row == Row{6, 0.625});
        design.write_row_at(Row{0.999, 0.001}, row);
        CHECK(row[0] == 8);
    }
}
