// Laws of channels that fall at random: which share of area and volume they take, and how overlap counts once.
#include <cmath>
#include <numbers>
#include <vector>

#include "catch.hpp"
#include "cicatrix/injury/needling.hpp"
#include "rates_of.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;
using injury::covered;

namespace {

constexpr double dermis = 1.1;  // mm

/// Whether one of `count` discs thrown on a square without edges, of `side` mm, covers its middle.
bool is_hit(Random& random, int count, double radius, double side) {
    bool hit = false;
    for (int i = 0; i < count; ++i) {
        const double x = between(random, -side / 2, side / 2), y = between(random, -side / 2, side / 2);
        hit = hit || x * x + y * y < radius * radius;
    }
    return hit;
}

void check_documented(const Parameter& parameter) {
    INFO(parameter.name);
    CHECK_FALSE(parameter.meaning.empty());
    CHECK(parameter.unit == "mm");
    CHECK(parameter.value >= parameter.range.low);
    CHECK(parameter.value <= parameter.range.high);
    CHECK_FALSE(parameter.source.empty());
    const bool own_choice = parameter.source.text().find("own choice") != std::string::npos;
    CHECK(own_choice == (parameter.grade == Grade::assumed));
}

}  // namespace

TEST_CASE("no channels or no depth, no injury", "[injury]") {
    CHECK(injury_of({0, 0.8}, dermis).open_area == 0);
    CHECK(injury_of({0, 0.8}, dermis).injured_volume == 0);
    CHECK(injury_of({10, 0}, dermis).injured_volume == 0);
}

TEST_CASE("more channels open more area and injure more volume, up to the whole", "[injury]") {
    Injury less = injury_of({0, 0.8}, dermis);
    for (const double density : {0.1, 1.0, 3.0, 10.0, 30.0}) {
        const Injury more = injury_of({density, 0.8}, dermis);
        CHECK(more.open_area > less.open_area);
        CHECK(more.injured_volume > less.injured_volume);
        less = more;
    }
    const Injury whole = injury_of({1e6, dermis}, dermis);
    CHECK(whole.open_area == Approx(1));
    CHECK(whole.injured_volume == Approx(1));
}

TEST_CASE("deeper channels injure more volume in proportion, and no more once they are through the dermis",
          "[injury]") {
    const auto volume = [](double depth) { return injury_of({3, depth}, dermis).injured_volume; };
    CHECK(volume(0.6) == Approx(2 * volume(0.3)));
    CHECK(volume(dermis) > volume(0.99 * dermis));
    CHECK(volume(3 * dermis) == volume(dermis));
}

TEST_CASE("the open area does not ask how deep the channels or the dermis are", "[injury]") {
    CHECK(injury_of({3, 0.1}, dermis).open_area == injury_of({3, 2.0}, dermis).open_area);
    CHECK(injury_of({3, 0.5}, 0.8).open_area == injury_of({3, 0.5}, 1.6).open_area);
}

TEST_CASE("few channels hardly overlap: each opens its mouth and injures its own cylinder", "[injury]") {
    constexpr double few = 1e-4, pi = std::numbers::pi;
    const double mouth = injury::mouth_radius.value, reach = injury::injury_radius.value;
    const Injury injury = injury_of({few, 0.5 * dermis}, dermis);
    CHECK(injury.open_area == Approx(few * pi * mouth * mouth).epsilon(1e-5));
    CHECK(injury.injured_volume == Approx(0.5 * few * pi * reach * reach).epsilon(1e-5));
    CHECK(covered(few, 0.3) == Approx(few * pi * 0.09).epsilon(1e-4));
}

TEST_CASE("a second pass covers only what the first left", "[injury]") {
    for (const double first : {0.3, 2.0, 9.0})
        for (const double second : {0.1, 5.0})
            CHECK(1 - covered(first + second, 0.2) ==
                  Approx((1 - covered(first, 0.2)) * (1 - covered(second, 0.2))).epsilon(1e-12));
}

TEST_CASE("only the number of channels for each disc's area counts, not the scale", "[injury]") {
    CHECK(covered(8, 0.1) == Approx(covered(2, 0.2)).epsilon(1e-14));
}

TEST_CASE("the covered share is the chance that random discs hit a point", "[injury]") {
    constexpr int throws = 40000, discs = 300;
    constexpr double side =
        10;  // mm; so many discs that their fixed number shifts the chance by less than a thousandth
    Random random(2026);
    for (const double radius : {0.125, 0.3, 0.5}) {
        int hits = 0;
        for (int i = 0; i < throws; ++i) hits += is_hit(random, discs, radius, side);
        const double expected = covered(discs / (side * side), radius);
        const double standard_error = std::sqrt(expected * (1 - expected) / throws);
        INFO("radius " << radius << ", expected " << expected << ", standard error " << standard_error);
        CHECK(std::abs(static_cast<double>(hits) / throws - expected) < 3.5 * standard_error);
    }
}

TEST_CASE("a roller strikes with each needle once a turn", "[injury]") {
    CHECK(100 * roller_density(192, 20, 20) == Approx(15.3).margin(0.05));  // channels a cm2
    CHECK(roller_density(384, 20, 20) == Approx(2 * roller_density(192, 20, 20)));
    CHECK(roller_density(192, 20, 10) == Approx(roller_density(384, 20, 20)));
    CHECK(roller_density(192, 40, 20) == Approx(roller_density(96, 20, 20)));
}

TEST_CASE("the radii carry unit, range, source and grade", "[injury]") {
    check_documented(injury::mouth_radius);
    check_documented(injury::injury_radius);
    CHECK(injury::mouth_radius.value < injury::injury_radius.value);  // elastic skin closes over the needle's path
}
