// Distributions of sweeps: their words, their quantiles, where they are cut off, and what is refused.
#include <cmath>

#include "cicatrix/numeric/random.hpp"
#include "sweep_texts.hpp"

using namespace cicatrix;
using namespace cicatrix::test;

namespace {

/// The factor of a needle's length under a distribution.
Factor needle(const std::string& words) {
    return sweep_of("design = \"sobol\"\nvary = { \"device.needle_length\" = \"" + words + "\" }\n").factors()[0];
}

Problem problem_with(const std::string& words) {
    return problem_of_sweep("design = \"sobol\"\nvary = { \"device.needle_length\" = \"" + words + "\" }\n");
}

}  // namespace

TEST_CASE("a uniform distribution goes from end to end, whatever the unit", "[distribution]") {
    for (const auto& words : {"uniform 0.5 mm to 2 mm", "uniform 500 um to 0.2 cm"}) {
        const Factor factor = needle(words);
        for (const double u : {1e-9, 0.25, 0.5, 1 - 1e-9}) CHECK(factor.at(u) == Approx(0.5 + 1.5 * u).epsilon(1e-12));
        CHECK(factor.unit == "mm");
    }
}

TEST_CASE("a loguniform distribution is uniform in the logarithm", "[distribution]") {
    const Factor factor = needle("loguniform 0.2 mm to 3 mm");
    for (const double u : {0.001, 0.3, 0.5, 0.99})
        CHECK(std::log(factor.at(u)) == Approx(std::log(0.2) + u * std::log(15.0)).epsilon(1e-12));
}

TEST_CASE("a lognormal distribution has its median and its coefficient of variation", "[distribution]") {
    const Factor factor = needle("lognormal 1.2 mm cv 0.1");
    CHECK(factor.at(0.5) == Approx(1.2).epsilon(1e-9));
    double mean = 0, square = 0;
    constexpr int count = 20000;
    for (int i = 0; i < count; ++i) {
        const double x = factor.at((i + 0.5) / count);
        mean += x / count;
        square += x * x / count;
    }
    CHECK(std::sqrt(square - mean * mean) / mean == Approx(0.1).epsilon(1e-3));
}

TEST_CASE("a normal distribution has its mean and its standard deviation", "[distribution]") {
    const Factor factor = needle("normal 1.5 mm sd 0.2 mm");
    CHECK(factor.at(0.5) == Approx(1.5).epsilon(1e-12));
    CHECK(factor.at(0.841344746068543) == Approx(1.7).epsilon(1e-9));
}

TEST_CASE("what is cut off is shared out over what is left", "[distribution]") {
    const Factor factor = needle("normal 1 mm sd 1 mm from 0.5 mm to 2 mm");
    CHECK(factor.at(1e-12) == Approx(0.5).epsilon(1e-9));
    CHECK(factor.at(1 - 1e-12) == Approx(2).epsilon(1e-9));
    // Half of what lies between -0.5 and 1 standard deviations: (0.3085 + 0.8413) / 2 = 0.5749, 0.18893 of them.
    CHECK(factor.at(0.5) == Approx(1.18893).epsilon(1e-4));
    CHECK(needle("normal 1 mm sd 1 mm").at(1e-12) == Approx(0.1).epsilon(1e-6));  // the limit of the key
}

TEST_CASE("'cv' is about the value of the file, or about a parameter's own", "[distribution]") {
    // The limits cut off a little, unevenly.
    CHECK(needle("cv 0.2").at(0.5) == Approx(1.5).epsilon(1e-3));
    const Sweep sweep = sweep_of("design = \"sobol\"\nvary = { parameters = { clot_decay = \"cv 0.2\" } }\n");
    CHECK(sweep.factors()[0].at(0.5) == Approx(0.52).epsilon(1e-3));
    const auto given = parse_sweep(swept("design = \"sobol\"\nvary = { parameters = { clot_decay = \"cv 0.2\" } }\n") +
                                       "[parameters]\nclot_decay = \"0.7 1/d\"\n",
                                   "x.toml");
    CHECK(given.factors()[0].at(0.5) == Approx(0.7).epsilon(1e-3));
}

TEST_CASE("'range' is the declared range of a parameter", "[distribution]") {
    const Sweep sweep = sweep_of("design = \"sobol\"\nvary = { \"parameters.clot_decay\" = \"range\" }\n");
    const Factor& factor = sweep.factors()[0];
    const auto& parameter = CourseModel::parameters[0];
    REQUIRE(parameter.name == "clot_decay");
    CHECK(factor.at(1e-12) == Approx(parameter.range.low).epsilon(1e-9));
    CHECK(factor.at(1 - 1e-12) == Approx(parameter.range.high).epsilon(1e-9));
    CHECK(factor.grade == text_of(parameter.grade));
    CHECK(problem_with("range").code == "E-SWEEP");
}

TEST_CASE("whole numbers from a uniform distribution are as frequent at the ends as between them", "[distribution]") {
    const Sweep sweep = sweep_of("design = \"sobol\"\nvary = { \"protocol.passes\" = \"uniform 3 to 6\" }\n");
    std::array<int, 7> found{};
    for (int i = 0; i < 4000; ++i) ++found.at(static_cast<std::size_t>(sweep.factors()[0].at((i + 0.5) / 4000)));
    for (const std::size_t passes : {3u, 4u, 5u, 6u}) CHECK(found[passes] == 1000);
    CHECK(sweep.factors()[0].whole);
}

TEST_CASE("shares decide how often each level comes", "[distribution]") {
    const Sweep sweep = sweep_of(
        "design = \"cohort\"\n[sweep.vary]\npatient.site = { cheek = 0.25, neck = 0.75 }\n"
        "protocol.passes = { 5 = 0.5, 10 = 0.5 }\ncare.sunscreen = { true = 0.1, false = 0.9 }\n");
    const auto& [site, passes, sunscreen] = std::tie(sweep.factors()[0], sweep.factors()[1], sweep.factors()[2]);
    CHECK(site.choice_text(static_cast<std::size_t>(site.at(0.249))) == "cheek");
    CHECK(site.choice_text(static_cast<std::size_t>(site.at(0.251))) == "neck");
    CHECK(passes.at(0.4) == 5);
    CHECK(passes.at(0.6) == 10);
    CHECK(sunscreen.choice_text(static_cast<std::size_t>(sunscreen.at(0.05))) == "true");
}

TEST_CASE("what is no distribution is refused with what is allowed", "[distribution]") {
    for (const auto* words :
         {"", "uniform", "uniform 1 mm", "uniform 2 mm to 1 mm", "normal 1 mm", "gauss 1 mm sd 1 mm",
          "normal 1 mm sd 0 mm", "lognormal 1 mm cv -0.2", "uniform 1 mm to 2 mm extra to 3 mm",
          "normal 1 mm sd 0.01 mm from 2 mm to 3 mm", "lognormal 1 mm cv lots", "1 mm"}) {
        INFO(words);
        CHECK(problem_with(words).code == "E-SWEEP");
        CHECK(problem_with(words).where.path == "sweep.vary.device.needle_length");
        CHECK_FALSE(problem_with(words).allowed.empty());
    }
    CHECK(problem_with("uniform 0.01 mm to 2 mm").code == "E-RANGE");
    CHECK(problem_with("uniform 1 mm to 4 mm").allowed == "allowed is 0.1 mm to 3 mm");
    CHECK(problem_with("uniform 1 s to 2 mm").code == "E-UNIT");
    CHECK(problem_with("normal 1 mm sd 3").code == "E-UNIT");
}

TEST_CASE("only a normal or lognormal is cut off by words, others have their own ends", "[distribution]") {
    for (const auto* words :
         {"uniform 1 mm to 2 mm from 1.5 mm to 3 mm", "loguniform 1 mm to 2 mm from 1.5 mm to 3 mm"}) {
        INFO(words);
        CHECK(problem_with(words).code == "E-SWEEP");
    }
    const auto of_parameter = [](const std::string& words) {
        return problem_of_sweep("design = \"sobol\"\nvary = { parameters.clot_decay = \"" + words + "\" }\n");
    };
    CHECK(of_parameter("range from 0.3 1/d to 0.4 1/d").code == "E-SWEEP");
}

TEST_CASE("a range in which no whole number lies is no distribution of whole numbers", "[distribution]") {
    const auto of_passes = [](const std::string& words) {
        return problem_of_sweep("design = \"sobol\"\nvary = { protocol.passes = \"" + words + "\" }\n");
    };
    CHECK(of_passes("uniform 1.2 to 1.8").code == "E-SWEEP");
    CHECK(of_passes("loguniform 1.2 to 1.8").code == "E-SWEEP");
    CHECK(of_passes("normal 1.5 sd 0.1 from 1.2 to 1.8").code == "E-SWEEP");
}
