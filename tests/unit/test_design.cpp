// Designs: which rows they have, that a row follows from its number alone, and that more samples move nothing.
#include <algorithm>
#include <map>
#include <set>

#include "sweep_texts.hpp"

using namespace cicatrix;
using namespace cicatrix::test;

namespace {

using Row = std::vector<double>;

Row row_of(const Sweep& sweep, std::uint64_t i) { return sweep.rows(i, 1); }

const std::string two_levels =
    "[sweep.vary]\nprotocol.passes = [5, 10, 15]\ndevice.needle_length = [\"0.5 mm\", \"1 mm\"]\n";
const std::string two_ranges =
    "[sweep.vary]\nprotocol.passes = [5, 10]\ndevice.needle_length = \"uniform 0.5 mm to 2 mm\"\n";

}  // namespace

TEST_CASE("a grid has every combination once, the last factor changing fastest", "[design]") {
    const Sweep sweep = sweep_of("design = \"grid\"\n" + two_levels);
    REQUIRE(sweep.members() == 6);
    CHECK(sweep.rows(0, 6) == Row{5, 0.5, 5, 1, 10, 0.5, 10, 1, 15, 0.5, 15, 1});
    CHECK_THROWS_AS(sweep.rows(6, 1), std::out_of_range);
}

TEST_CASE("a zip takes the levels side by side", "[design]") {
    const Sweep sweep = sweep_of(
        "design = \"zip\"\n[sweep.vary]\nprotocol.passes = [5, 10]\n"
        "device.needle_length = [\"0.5 mm\", \"1 mm\"]\n");
    CHECK(sweep.members() == 2);
    CHECK(sweep.rows(0, 2) == Row{5, 0.5, 10, 1});
    CHECK(problem_of_sweep("design = \"zip\"\n" + two_levels).code == "E-SWEEP");
}

TEST_CASE("a list has its rows in order, with texts as choices", "[design]") {
    const Sweep sweep = sweep_of(
        "design = \"list\"\nrows = [{ device.needle_length = \"1 mm\", patient.site = \"neck\" }, "
        "{ patient.site = \"cheek\", \"device.needle_length\" = \"2 mm\" }, "
        "{ patient.site = \"neck\", device.needle_length = \"1 mm\" }]\n");
    CHECK(sweep.rows(0, 3) == Row{1, 0, 2, 1, 1, 0});
    CHECK(sweep.factors()[1].choice_text(1) == "cheek");
    CHECK(problem_of_sweep("design = \"list\"\nrows = [{ protocol.passes = 3 }, { patient.site = \"neck\", "
                           "protocol.passes = 4 }]\n")
              .code == "E-SWEEP");
    CHECK(problem_of_sweep("design = \"list\"\nrows = [{ protocol.passes = 3, patient.site = \"neck\" }, "
                           "{ protocol.passes = 4 }]\n")
              .code == "E-MISSING");
}

TEST_CASE("a row follows from seed and number alone, whatever was asked before and however many there are",
          "[design]") {
    for (const std::string design : {"latin hypercube", "sobol", "cohort"}) {
        INFO(design);
        const std::string head = "design = \"" + design + "\"\nsamples = ";
        const Sweep few = sweep_of(head + "8\n" + two_ranges), many = sweep_of(head + "5000\n" + two_ranges);
        for (const std::uint64_t i : {7u, 0u, 3u, 4000u}) CHECK(row_of(few, i) == row_of(many, i));
        Row joined = many.rows(0, 3);
        std::ranges::copy(many.rows(3, 4), std::back_inserter(joined));
        CHECK(joined == many.rows(0, 7));
        CHECK(few.members() == 8);
        std::string other = swept(head + "8\n" + two_ranges);
        other.replace(other.find("seed = 5"), 8, "seed = 6");
        CHECK(parse_sweep(other, "x.toml").rows(0, 8) != few.rows(0, 8));
    }
}

TEST_CASE("one more factor leaves those of a cohort or latin hypercube as they are", "[design]") {
    for (const std::string design : {"latin hypercube", "cohort"}) {
        const std::string head = "design = \"" + design + "\"\nsamples = 16\n";
        const Sweep two = sweep_of(head + two_ranges),
                    three = sweep_of(head + "[sweep.vary]\ncare.uv = \"uniform 0 to 1\"\n" +
                                     two_ranges.substr(two_ranges.find('\n') + 1));
        for (std::uint64_t i = 0; i < 16; ++i) {
            const Row without = row_of(two, i), with = row_of(three, i);
            CHECK(without == Row(with.begin() + 1, with.end()));
        }
    }
}

TEST_CASE("a latin hypercube has one member in each stratum of each range", "[design]") {
    const Sweep sweep = sweep_of("design = \"latin hypercube\"\nsamples = 256\n" + two_ranges);
    std::set<int> strata;
    int fives = 0;
    for (std::uint64_t i = 0; i < 256; ++i) {
        strata.insert(static_cast<int>((row_of(sweep, i)[1] - 0.5) / 1.5 * 256));
        fives += row_of(sweep, i)[0] == 5;
    }
    CHECK(strata.size() == 256);
    CHECK(fives == 128);
}

TEST_CASE("points of the unit cube become rows by each factor's quantiles", "[design]") {
    const Sweep sweep = sweep_of("design = \"sobol\"\n" + two_ranges);
    CHECK(sweep.members() == 0);  // no end of its own
    Row row(2);
    sweep.design().write_row_at(Row{0.75, 0.5}, row);
    CHECK(row == Row{10, 1.25});
}

TEST_CASE("a design that lacks what it needs, or has what it cannot use, says so", "[design]") {
    CHECK(problem_of_sweep("design = \"grid\"\n").code == "E-MISSING");
    CHECK(problem_of_sweep("design = \"cohort\"\n").where.path == "sweep.cohort");
    CHECK(problem_of_sweep("design = \"latin hypercube\"\n" + two_ranges).where.path == "sweep.samples");
    CHECK(problem_of_sweep("design = \"grid\"\nsamples = 10\n" + two_levels).code == "E-CONFLICT");
    CHECK(problem_of_sweep("design = \"grid\"\n" + two_ranges).code == "E-SWEEP");
    CHECK(problem_of_sweep("design = \"sobol\"\nrows = [{ protocol.passes = 3 }]\n" + two_ranges.substr(0, 0) +
                           "[sweep.vary]\ndevice.needle_length = [\"1 mm\"]\n")
              .code == "E-CONFLICT");
    CHECK(problem_of_sweep(two_levels).where.path == "sweep.design");
}
