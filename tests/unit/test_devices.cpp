// Laws of the devices: how deep each kind goes, how densely its passes strike, and that every place is struck alike.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "catch.hpp"
#include "cicatrix/injury/device.hpp"

using namespace cicatrix;

namespace {

constexpr auto defaults = default_injury_parameters;

double ratio(Drive drive, double length) { return mean_depth(drive, {.length = length}, 1, defaults) / length; }

InjuryParameters with(std::string_view name, double value) {
    InjuryParameters p = defaults;
    for (std::size_t i = 0; i < p.size(); ++i)
        if (injury::parameters[i].name == name) p[i] = value;
    return p;
}

std::vector<Point> strikes_of(const StrikePattern& pattern, const Patch& patch, const Pass& pass, std::uint64_t seed) {
    RandomStream random(seed);
    std::vector<Point> points;
    place_pass(pattern, random, patch, pass, points);
    return points;
}

double closest_pair(const std::vector<Point>& points) {
    double best = 1e9;
    for (std::size_t i = 0; i < points.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            best = std::min(best, std::hypot(points[i].x - points[j].x, points[i].y - points[j].y));
    return best;
}

std::vector<StrikePattern> every_kind() {
    Pen dwelling;
    dwelling.dwell = 0.05;
    return {Roller{}, Pen{}, dwelling, Stamp{}, FractionalLaser{}, Scattered{2.5, Drive::pressed}};
}

}  // namespace

TEST_CASE("depth over length is that of its class of device", "[injury]") {
    // Kalluri 2011; Donnelly 2011; Sasaki 2019. Short rollers 0.2 to 0.4, long ones 0.5 to 0.7, each within 0.1.
    CHECK(ratio(Drive::rolled, 0.77) == Approx(0.20).margin(0.1));
    CHECK(ratio(Drive::pressed, 0.6) == Approx(0.77).margin(0.1));
    CHECK(ratio(Drive::motorised, 0.5) == Approx(1.0).margin(0.1));
    CHECK(ratio(Drive::motorised, 1.5) == Approx(1.0).margin(0.1));
    for (const double length : {0.25, 0.5, 0.75}) CHECK(ratio(Drive::rolled, length) == Approx(0.3).margin(0.2));
    for (const double length : {1.5, 2.0, 2.5, 3.0}) CHECK(ratio(Drive::rolled, length) == Approx(0.6).margin(0.2));
}

TEST_CASE("longer needles go deeper, and never deeper than they are long", "[injury]") {
    for (const Drive drive : {Drive::rolled, Drive::pressed, Drive::motorised})
        for (const double give : {0.3, 1.0, 1.5}) {
            double before = 0;
            for (double length = 0.05; length < 3; length += 0.05) {
                const double depth = mean_depth(drive, {.length = length}, give, defaults);
                CHECK(depth > before);
                CHECK(depth <= length);
                before = depth;
            }
        }
}

TEST_CASE("no needle, no depth", "[injury]") {
    CHECK(mean_depth(Drive::rolled, {.length = 0}, 1, defaults) == 0);
    CHECK(mean_depth(Drive::pressed, {.length = 0.6, .force = 0}, 1, defaults) == 0);
}

TEST_CASE("a motor goes deeper than a hand, and a hand deeper than a drum", "[injury]") {
    for (double length = 0.25; length <= 3; length += 0.25) {
        CHECK(ratio(Drive::motorised, length) > ratio(Drive::pressed, length));
        CHECK(ratio(Drive::pressed, length) > ratio(Drive::rolled, length));
    }
}

TEST_CASE("needles go less deep into skin that gives way, deeper where a hand holds it", "[injury]") {
    const Site &forehead = sites[0], &cheek = sites[2], &neck = sites[4];
    const auto depth = [](double give) { return mean_depth(Drive::rolled, {.length = 1.5}, give, defaults); };
    CHECK(depth(give_of(forehead)) > depth(give_of(cheek)));
    CHECK(depth(give_of(cheek)) > depth(give_of(neck)));
    CHECK(depth(give_of(cheek, 1.3)) < depth(give_of(cheek)));
    CHECK(depth(give_of(cheek, 1, 0.8)) < depth(give_of(cheek)));
    CHECK(give_of(cheek, 2, 2) == Approx(give_of(cheek)));
}

TEST_CASE("needles pressed below the threshold hardly enter, and more force than enough changes little", "[injury]") {
    const auto depth = [](double force) {
        return mean_depth(Drive::pressed, {.length = 0.6, .force = force}, 1, defaults);
    };
    const double full = depth(10);
    CHECK(depth(0.01) < 0.05 * full);
    CHECK(depth(0.03) == Approx(0.5 * full).epsilon(1e-6));
    CHECK(depth(0.1) > 0.95 * full);
    for (double force = 0.005; force < 0.2; force *= 1.5) CHECK(depth(1.5 * force) > depth(force));
}

TEST_CASE("a prescribed ratio stands above the law", "[injury]") {
    CHECK(mean_depth(Drive::rolled, {.length = 2, .force = 0.001, .ratio = 0.5}, 3, defaults) == 1.0);
}

TEST_CASE("the ends of the ranges of the dents enclose the defaults", "[injury]") {
    const Needle needle{.length = 1.5};
    CHECK(mean_depth(Drive::rolled, needle, 1, with("roller_dent", 0.4)) >
          mean_depth(Drive::rolled, needle, 1, defaults));
    CHECK(mean_depth(Drive::rolled, needle, 1, with("roller_dent", 0.9)) <
          mean_depth(Drive::rolled, needle, 1, defaults));
    CHECK(mean_depth(Drive::pressed, needle, 1, with("roller_dent", 0.9)) ==
          mean_depth(Drive::pressed, needle, 1, defaults));
}

TEST_CASE("a drum of 192 needles, 2 cm by 2 cm, prints 15.3 channels on a square centimetre", "[injury]") {
    CHECK(100 * Roller{}.density_per_pass() == Approx(15.3).margin(0.05));
    CHECK(100 * 15 * Roller{}.density_per_pass() == Approx(229).margin(0.5));
    const Roller half{.needles = 96}, wide{.width = 40}, thick{.diameter = 40};
    for (const Roller& roller : {half, wide, thick})
        CHECK(roller.density_per_pass() == Approx(0.5 * Roller{}.density_per_pass()));
    const Roller rearranged{.rows = 4};
    CHECK(rearranged.density_per_pass() == Roller{}.density_per_pass());
}

TEST_CASE("with a pen it is the time on an area that counts", "[injury]") {
    Pen pen{.needles = 11, .stamp_rate = 90};
    const double strikes_a_second = 11 * 90;
    pen.glide_speed = 40, pen.tip_width = 10;
    CHECK(pen.density_per_pass() == Approx(strikes_a_second / (40 * 10)));
    pen.dwell = 0.25;
    CHECK(pen.density_per_pass() == Approx(strikes_a_second * 0.25 / (10 * 10)));
    // Almost a thousand strikes a second cover 4 cm2 a second with 250 a cm2.
    const Pen fast{.needles = 11, .stamp_rate = 90, .tip_width = 10, .glide_speed = 40};
    CHECK(100 * fast.density_per_pass() == Approx(250).epsilon(0.02));
}

TEST_CASE("a stamp prints as many needles on an area as its array has", "[injury]") {
    CHECK(Stamp{.needles = 100, .width = 5}.density_per_pass() == Approx(4));
    CHECK(strikes_of(Stamp{.needles = 64, .width = 10}, {160, 160}, {}, 1).size() ==
          Approx(64 * 256).epsilon(2.0 / 128));  // one row more or less on two sides
}

TEST_CASE("the needles of one pass of a drum or an array keep their distances", "[injury]") {
    const Roller roller;
    for (const std::uint64_t seed : {1u, 2u, 3u}) {
        CHECK(closest_pair(strikes_of(roller, {60, 60}, {1, 3}, seed)) >= roller.closest() - 1e-9);
        CHECK(closest_pair(strikes_of(Stamp{}, {30, 30}, {1, 3}, seed)) == Approx(10.0 / 8));
        CHECK(closest_pair(strikes_of(FractionalLaser{.density = 4}, {15, 15}, {1, 3}, seed)) == Approx(0.5));
    }
    CHECK(roller.closest() > 2);  // mm, far beyond any distance of re-entry
}

TEST_CASE("every kind strikes the mean density that it declares, in each part of the patch", "[injury]") {
    const Patch patch{24, 16};
    constexpr int trials = 60;
    for (const StrikePattern& pattern : every_kind()) {
        INFO("kind " << pattern.index());
        std::vector<double> quarters(4), squares(4);
        bool inside = true;
        for (int i = 0; i < trials; ++i) {
            std::vector<double> count(4);
            for (const Point& p : strikes_of(pattern, patch, {i, 7}, 100 + static_cast<std::uint64_t>(i))) {
                inside = inside && patch.contains(p);
                count[(p.x < 12 ? 0u : 1u) + (p.y < 8 ? 0u : 2u)] += 1;
            }
            for (std::size_t q = 0; q < 4; ++q) quarters[q] += count[q], squares[q] += count[q] * count[q];
        }
        CHECK(inside);
        for (std::size_t q = 0; q < 4; ++q) {
            const double mean = quarters[q] / trials;
            const double error = std::sqrt((squares[q] / trials - mean * mean) / (trials - 1));
            CHECK(mean == Approx(density_per_pass(pattern) * patch.area() / 4).margin(3 * error));
        }
    }
}

TEST_CASE("the spots of a dwelling pen have a whole number of stamps only on average", "[injury]") {
    Pen pen{.needles = 5, .stamp_rate = 10};
    pen.dwell = 0.25;  // two stamps and a half
    double strikes = 0;
    const Patch patch{100, 100};
    for (const std::uint64_t seed : {1u, 2u, 3u, 4u, 5u})
        strikes += static_cast<double>(strikes_of(pen, patch, {}, seed).size());
    CHECK(strikes / 5 == Approx(patch.area() * pen.density_per_pass()).epsilon(0.02));
}

TEST_CASE("a place is struck by chance and the chance by the seed alone", "[injury]") {
    for (const StrikePattern& pattern : every_kind()) {
        const auto first = strikes_of(pattern, {9, 9}, {1, 4}, 5), again = strikes_of(pattern, {9, 9}, {1, 4}, 5);
        const auto other = strikes_of(pattern, {9, 9}, {1, 4}, 6);
        const auto same = [](const Point& a, const Point& b) { return a.x == b.x && a.y == b.y; };
        CHECK(std::equal(first.begin(), first.end(), again.begin(), again.end(), same));
        CHECK_FALSE(std::equal(first.begin(), first.end(), other.begin(), other.end(), same));
    }
}

TEST_CASE("headings are those of the angle, to the last digits", "[injury]") {
    for (double angle = -7; angle < 7; angle += 0.1) {
        CHECK(Heading::at(angle).c == Approx(std::cos(angle)).margin(1e-13));
        CHECK(Heading::at(angle).s == Approx(std::sin(angle)).margin(1e-13));
    }
    const Heading quarter = Heading::of({1, 2}), back = Heading::of({2, 2});
    CHECK(quarter.c == Approx(0).margin(1e-13));
    CHECK(back.c == Approx(1));
    const Point p{0.3, -2}, round = quarter.turned_back(quarter.turned(p));
    CHECK(round.x == Approx(p.x));
    CHECK(round.y == Approx(p.y));
    RandomStream random(1);
    for (int i = 0; i < 100; ++i) {
        const Heading held = Heading::held({1, 3}, random), plan = Heading::of({1, 3});
        CHECK(held.c * plan.c + held.s * plan.s > std::cos(0.11));
    }
}

TEST_CASE("each number of the injury names its source, and calls a choice its own exactly when it is assumed",
          "[injury]") {
    const auto check = [](const auto& table) {
        for (const auto& p : table) {
            INFO(p.name);
            CHECK((p.source.citation == "own choice") == (p.grade == Grade::assumed));
            CHECK(p.grade != Grade::measured);
            CHECK_FALSE(p.source.detail.empty());
        }
    };
    check(injury::parameters);
    check(injury::laser_parameters);
}
