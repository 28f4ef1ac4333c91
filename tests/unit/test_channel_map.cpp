// The Monte Carlo map against closed forms, each where it is exact, within three standard errors.
#include <cmath>
#include <numbers>

#include "catch.hpp"
#include "cicatrix/injury/device.hpp"
#include "cicatrix/injury/map.hpp"

using namespace cicatrix;

namespace {

constexpr double pi = std::numbers::pi;

void check_agrees(const Estimate& estimate, double expected) {
    INFO(estimate.mean << " +- " << estimate.standard_error << " against " << expected);
    CHECK(std::abs(estimate.mean - expected) <= 3 * estimate.standard_error + 1e-12);
}

Channels cylinders(double mouth, double depth = 0.5, double spread = 0.1) {
    return {.depth = depth, .depth_spread = spread, .mouth_radius = mouth};
}

MapSettings settings_of(double reentry_radius, int passes, int patches = 32) {
    MapSettings settings;
    settings.reentry_radius = reentry_radius, settings.passes = passes, settings.patches = patches;
    return settings;
}

std::vector<StrikePattern> every_kind() { return {Roller{}, Pen{}, Stamp{}, FractionalLaser{}, Scattered{1.5}}; }

}  // namespace

TEST_CASE("every kind strikes as its geometry says", "[map]") {
    // Exact for all: each is laid out at a random place, so every spot of the patch is struck alike on average.
    for (const StrikePattern& pattern : every_kind()) {
        INFO("kind " << pattern.index());
        check_agrees(channel_map(pattern, cylinders(0.05), settings_of(0.05, 5)).strikes,
                     5 * density_per_pass(pattern));
    }
}

TEST_CASE("random strikes re-enter as the closed form says", "[map]") {
    // Exact: what fell before is a Poisson process, which leaves a disc empty with the chance exp(-density x disc).
    for (const double radius : {0.0, 0.05, 0.125, 0.3}) {
        const Scattered pattern{1.2};
        const ChannelMap map = channel_map(pattern, cylinders(0.05), settings_of(radius, 3));
        check_agrees(map.density, distinct_density(1.2, 3, radius, false));
    }
}

TEST_CASE("lattices re-enter as the closed form says", "[map]") {
    // Exact: the lattice of each pass lies anywhere with the same chance, so one older pass has a point in a disc that
    // is smaller than its pitch with the chance density x disc, and different passes lie independently.
    for (const StrikePattern& pattern : {StrikePattern{Roller{}}, StrikePattern{Stamp{.needles = 30}}})
        for (const double radius : {0.05, 0.125, 0.4}) {
            INFO("kind " << pattern.index() << ", radius " << radius);
            const ChannelMap map = channel_map(pattern, cylinders(0.05), settings_of(radius, 15, 200));
            check_agrees(map.density, distinct_density(density_per_pass(pattern), 15, radius, true));
            const double crowded = density_per_pass(pattern) * pi * radius * radius;
            for (const std::size_t pass : {0u, 1u, 7u, 14u})
                check_agrees(map.reentered[pass], 1 - std::pow(1 - crowded, static_cast<double>(pass)));
        }
}

TEST_CASE("beams enter no holes", "[map]") {
    const ChannelMap map = channel_map(FractionalLaser{}, cylinders(0.05), settings_of(0.2, 4, 4));
    CHECK(map.density.mean == map.strikes.mean);
    CHECK(map.reentered.back().mean == 0);
}

TEST_CASE("a gliding pen re-enters nearly as chance would", "[map]") {
    // Not exact: needles of one stamp keep apart. They do so over a small part of the area only.
    const ChannelMap map = channel_map(Pen{}, cylinders(0.05), settings_of(0.1, 4));
    CHECK(map.density.mean == Approx(distinct_density(Pen{}.density_per_pass(), 4, 0.1, false)).epsilon(0.02));
}

TEST_CASE("the map of the 192-needle roller has 215 to 229 channels a cm2 after 15 passes", "[map]") {
    for (const double radius : {0.0, 0.05, 0.125}) {
        const Estimate density = channel_map(Roller{}, cylinders(0.05), settings_of(radius, 15)).density;
        CHECK(100 * (density.mean + 3 * density.standard_error) > 215);
        CHECK(100 * (density.mean - 3 * density.standard_error) < 229.2);
    }
}

TEST_CASE("channels at random are 1/(2 sqrt n) from their nearest neighbour", "[map]") {
    // Exact for a Poisson process of infinite extent: the chance that none is within r is exp(-n pi r^2).
    for (const double density : {0.3, 2.0, 8.0})
        check_agrees(channel_map(Scattered{density}, cylinders(0.05), settings_of(0, 1)).nearest,
                     0.5 / std::sqrt(density));
}

TEST_CASE("one pass of an array keeps its pitch", "[map]") {
    const ChannelMap map = channel_map(Stamp{}, cylinders(0.05), settings_of(0.05, 1, 4));
    CHECK(map.nearest.mean == Approx(10.0 / 8).epsilon(1e-9));
    CHECK(map.reentered.front().mean == 0);
}

TEST_CASE("where mouths overlap the open area counts once", "[map]") {
    // Exact without re-entry: a point stays closed if no mouth of any pass is near; chances as for re-entry above.
    const double mouth = 0.15, disc = pi * mouth * mouth;
    check_agrees(channel_map(Scattered{3}, cylinders(mouth), settings_of(0, 2)).open_area, 1 - std::exp(-6 * disc));
    const double crowded = Roller{}.density_per_pass() * disc;
    check_agrees(channel_map(Roller{}, cylinders(mouth), settings_of(0, 15)).open_area, 1 - std::pow(1 - crowded, 15));
}

TEST_CASE("mouths of half the re-entry radius never overlap", "[map]") {
    // Exact: no two channels are closer than the re-entry radius, so the open area is their number times a mouth.
    const ChannelMap map = channel_map(Scattered{1.5}, cylinders(0.1), settings_of(0.2, 4));
    check_agrees(map.open_area, distinct_density(1.5, 4, 0.2, false) * pi * 0.01);
    CHECK(map.nearest.mean > 0.2);
}

TEST_CASE("as many mapped channels reach a depth as their distribution says", "[map]") {
    // Exact: each channel draws its own depth.
    const double depths[] = {0.1, 0.4, 0.5, 0.7};
    Channels channels = cylinders(0.05);
    const ChannelMap map = channel_map(Roller{}, channels, settings_of(0.125, 8), depths);
    channels.density = distinct_density(Roller{}.density_per_pass(), 8, 0.125, true);
    for (std::size_t i = 0; i < 4; ++i) check_agrees(map.reaching[i], channels.density_reaching(depths[i]));
}

TEST_CASE("a map depends on its seed and on nothing else", "[map]") {
    for (const StrikePattern& pattern : every_kind()) {
        MapSettings settings = settings_of(0.05, 3, 2);
        settings.width = 8;
        const ChannelMap first = channel_map(pattern, cylinders(0.05), settings);
        const ChannelMap again = channel_map(pattern, cylinders(0.05), settings);
        CHECK(first.density.mean == again.density.mean);
        CHECK(first.open_area.mean == again.open_area.mean);
        CHECK(first.nearest.mean == again.nearest.mean);
        ++settings.seed;
        CHECK(channel_map(pattern, cylinders(0.05), settings).nearest.mean != first.nearest.mean);
    }
}

TEST_CASE("patches of a map are independent of how many there are", "[map]") {
    MapSettings settings = settings_of(0.05, 2);
    const auto third = strike_map(Roller{}, cylinders(0.05), settings, 2);
    settings.patches = 3, settings.sample_points = 10;
    const auto again = strike_map(Roller{}, cylinders(0.05), settings, 2);
    REQUIRE(third.size() == again.size());
    for (std::size_t i = 0; i < third.size(); ++i) CHECK(third[i].at.x == again[i].at.x);
}

TEST_CASE("the strikes of a map lie on its patch, pass after pass, and new ones keep apart", "[map]") {
    MapSettings settings = settings_of(0.2, 6);
    const auto strikes = strike_map(Roller{}, cylinders(0.05), settings);
    REQUIRE(strikes.size() > 100);
    int pass = 0;
    double closest = 1e9;
    for (std::size_t i = 0; i < strikes.size(); ++i) {
        const Strike& strike = strikes[i];
        CHECK(Patch{settings.width, settings.width}.contains(strike.at));
        CHECK(strike.pass >= pass);
        CHECK(strike.depth >= 0);
        pass = strike.pass;
        for (std::size_t j = 0; j < i && strike.is_new; ++j)
            closest = std::min(closest, std::hypot(strike.at.x - strikes[j].at.x, strike.at.y - strikes[j].at.y));
    }
    CHECK(closest >= 0.2);
    CHECK(pass == 5);
}

TEST_CASE("a patch without strikes is whole", "[map]") {
    const ChannelMap map = channel_map(Roller{}, cylinders(0.05), settings_of(0.05, 0, 2));
    CHECK(map.density.mean == 0);
    CHECK(map.open_area.mean == 0);
    CHECK(map.nearest.mean == 0);
    CHECK(map.reentered.empty());
}

TEST_CASE("more patches narrow the standard error", "[map]") {
    const auto error = [](int patches) {
        return channel_map(Scattered{2}, cylinders(0.05), settings_of(0.05, 2, patches)).strikes.standard_error;
    };
    CHECK(error(128) == Approx(error(8) / 4).epsilon(0.7));
    CHECK(error(128) < error(8));
}
