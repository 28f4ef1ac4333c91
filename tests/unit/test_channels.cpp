// Laws of the channels: how many reach how deep, what they injure and open, and how re-entry counts.
#include <cmath>
#include <numbers>

#include "catch.hpp"
#include "cicatrix/injury/device.hpp"
#include "cicatrix/injury/layers.hpp"
#include "cicatrix/injury/zones.hpp"

using namespace cicatrix;

namespace {

constexpr auto defaults = default_injury_parameters;
constexpr double pi = std::numbers::pi;

Channels rolled(double length, double passes = 15) {
    return channels_of(Roller{}, passes, {.length = length}, 1, defaults);
}

}  // namespace

TEST_CASE("fewer channels reach deeper, and half of them their mean depth", "[injury]") {
    const Channels channels = rolled(1.5);
    for (double z = 0; z < 2; z += 0.05) CHECK(channels.density_reaching(z + 0.05) < channels.density_reaching(z));
    CHECK(channels.density_reaching(channels.depth) == Approx(0.5 * channels.density));
    CHECK(channels.density_reaching(0) == Approx(channels.density).epsilon(1e-3));
    CHECK(channels.density_reaching(10) < 1e-9);
}

TEST_CASE("the quantile of depth undoes the share that reaches it", "[injury]") {
    const Channels channels = rolled(2);
    for (const double q : {0.05, 0.3, 0.5, 0.9})
        CHECK(channels.density_reaching(channels.depth_quantile(q)) ==
              Approx((1 - q) * channels.density).epsilon(1e-9));
}

TEST_CASE("depth spreads by its declared standard deviation", "[injury]") {
    const Channels channels = rolled(1.5);
    constexpr int n = 20000;
    double sum = 0, squares = 0;
    for (int i = 0; i < n; ++i) {
        const double z = channels.depth_quantile((i + 0.5) / n);
        sum += z, squares += z * z;
    }
    const double mean = sum / n;
    CHECK(mean == Approx(channels.depth).epsilon(0.002));
    CHECK(std::sqrt(squares / n - mean * mean) == Approx(channels.depth_spread).epsilon(0.02));
}

TEST_CASE("the injury is as wide above as the share of the needle that does not spring back, a point at its tip",
          "[injury]") {
    const Channels channels = channels_of(Pen{}, 1, {.length = 3, .diameter = 0.2}, 1, defaults);
    CHECK(channels.radius_at(0, 3) == Approx(0.1 * get<"injured_width">(defaults)));
    CHECK(channels.radius_at(3, 3) == 0);
    CHECK(channels.radius_at(4, 3) == 0);
    for (double z = 0; z < 3; z += 0.1) CHECK(channels.radius_at(z + 0.1, 3) <= channels.radius_at(z, 3));
}

TEST_CASE("few channels injure of each plane the discs that they cut, many never more than all", "[injury]") {
    const Channels few = channels_of(FractionalLaser{.density = 0.01, .column_diameter = 0.2}, 1, {}, 1, defaults);
    CHECK(few.injured_share(0.05) == Approx(0.01 * pi * 0.01).epsilon(0.01));
    const Channels many = channels_of(FractionalLaser{.density = 1e4}, 1, {}, 1, defaults);
    CHECK(many.injured_share(0.1) <= 1);
    CHECK(many.injured_share(0.1) == Approx(1));
}

TEST_CASE("a cylinder's injury is what a long needle's is above its tip", "[injury]") {
    Channels cylinder{.density = 3, .depth = 2, .depth_spread = 0.1, .radius = 0.1}, needle = cylinder;
    needle.taper = 1e-6;
    for (const double z : {0.0, 0.5, 1.0})
        CHECK(cylinder.injured_share(z) == Approx(needle.injured_share(z)).epsilon(1e-6));
    CHECK(cylinder.injured_share(2) == Approx(1 - std::exp(-1.5 * pi * 0.01)));
}

TEST_CASE("a plane is injured and reached channel by channel, each as wide as it is there", "[injury]") {
    for (const double taper : {0.0, 0.3, 5.0})
        for (const double spread : {0.0, 0.25}) {
            const Channels channels{
                .density = 2, .depth = 1, .depth_spread = spread, .radius = 0.08, .taper = taper, .mouth_radius = 0.05};
            const double reach = 0.15;
            const auto depths = channels.depth_sample();
            const auto share = [&](const auto& square) {
                double mean = 0;
                for (const double depth : depths) mean += square(depth) / 32;
                return 1 - std::exp(-channels.density * pi * mean);
            };
            const auto square = [](double x) { return x * x; };
            for (double z = 0.01; z < 2.5; z += 0.0713) {
                CAPTURE(taper, spread, z);
                const auto injured = [&](double depth) { return square(channels.radius_at(z, depth)); };
                if (taper > 0) CHECK(channels.injured_share(z) == Approx(share(injured)).epsilon(1e-11).margin(1e-14));
                CHECK(detail::reached_share(channels, depths, z, reach) ==
                      Approx(share([&](double depth) {
                          if (depth > z) return square(reach + channels.radius_at(z, depth));
                          return z - depth < reach ? square(reach) - square(z - depth) : 0.0;  // a half-ball
                      }))
                          .epsilon(1e-11)
                          .margin(1e-14));
            }
            CHECK(detail::reached_share_of_surface(channels, depths, reach) == Approx(share([&](double depth) {
                      return square(reach + std::max(channels.radius_at(0, depth), 0.05));
                  })));
        }
}

TEST_CASE("injury falls with depth and grows with length and passes", "[injury]") {
    const Channels channels = rolled(1.5);
    for (double z = 0; z < 0.9; z += 0.1) CHECK(channels.injured_share(z + 0.1) < channels.injured_share(z));
    CHECK(channels.injured_share(5) == 0);
    for (const double z : {0.05, 0.2, 0.5}) {
        CHECK(rolled(2).injured_share(z) > rolled(1.5).injured_share(z));
        CHECK(rolled(1.5, 16).injured_share(z) > rolled(1.5, 15).injured_share(z));
    }
}

TEST_CASE("no pass or no length leaves the skin whole", "[injury]") {
    const Channels none = rolled(1.5, 0), flat = rolled(0);
    CHECK(none.density == 0);
    CHECK(none.open_area() == 0);
    CHECK(none.injured_share(0.1) == 0);
    CHECK(flat.open_area() == 0);
    CHECK(flat.injured_share(0.01) == 0);
}

TEST_CASE("a 0.77 mm roller leaves the mouths that were measured, and mouths grow up to the needle", "[injury]") {
    CHECK(2 * rolled(0.77).mouth_radius == Approx(0.0707).margin(0.0099));  // Kalluri 2011, mm, rat
    CHECK(rolled(1.5).mouth_radius > rolled(0.77).mouth_radius);
    CHECK(rolled(0.25).mouth_radius < rolled(0.77).mouth_radius);
    CHECK(channels_of(Pen{}, 1, {.length = 2.5, .diameter = 0.1}, 1, defaults).mouth_radius == 0.05);
}

TEST_CASE("open area lies between that of measured mouths and that of whole needles", "[injury]") {
    const double density = 2.5;  // 250 a cm2
    for (const double length : {0.77, 1.5, 3.0}) {
        const Channels channels = channels_of(Scattered{density, Drive::rolled}, 1, {.length = length}, 1, defaults);
        CHECK(channels.open_area() > 0.0098 * 0.9);
        CHECK(channels.open_area() < 0.123);
    }
}

TEST_CASE("15 passes of the 192-needle roller open 215 to 229 channels a cm2, as far as needles re-enter", "[injury]") {
    const double per_pass = Roller{}.density_per_pass();
    CHECK(100 * distinct_density(per_pass, 15, 0, true) == Approx(229.2).margin(0.05));
    double before = 1e9;
    for (double radius = 0; radius <= 0.1251; radius += 0.0125) {
        const double density = 100 * distinct_density(per_pass, 15, radius, true);
        CHECK(density < before);
        CHECK(density >= 215);
        CHECK(density <= 229.3);
        before = density;
    }
}

TEST_CASE("re-entry loses nothing at first and leaves room for one channel a disc at last", "[injury]") {
    const double radius = 0.1, disc = pi * radius * radius;
    for (const bool lattice : {false, true}) {
        CHECK(distinct_density(1e-6, 3, radius, lattice) == Approx(3e-6));
        CHECK(distinct_density(2, 1e6, radius, lattice) == Approx(1 / disc));
        CHECK(distinct_density(2, 0, radius, lattice) == 0);
        for (double passes = 1; passes < 40; ++passes) {
            const double more = distinct_density(2, passes + 1, radius, lattice);
            CHECK(more > distinct_density(2, passes, radius, lattice));
            CHECK(more < distinct_density(2, passes, radius, lattice) + 2);
        }
    }
}

TEST_CASE("one pass of a lattice re-enters nothing, and a lattice wastes less than chance", "[injury]") {
    CHECK(distinct_density(2, 1, 0.1, true) == Approx(2).epsilon(1e-12));
    for (const double passes : {2.0, 5.0, 15.0})
        CHECK(distinct_density(2, passes, 0.1, true) > distinct_density(2, passes, 0.1, false));
    // Weak passes are as good as chance.
    CHECK(distinct_density(1e-4, 1e4, 0.1, true) == Approx(distinct_density(1e-4, 1e4, 0.1, false)).epsilon(1e-5));
}

TEST_CASE("a laser's columns are straight, hot and all counted", "[injury]") {
    const FractionalLaser laser{.density = 5, .column_diameter = 0.2, .column_depth = 0.8, .ablation = 0.25};
    const Channels columns = channels_of(laser, 2, {.length = 3}, 9, defaults);
    CHECK(columns.thermal);
    CHECK(columns.density == 10);
    CHECK(columns.strikes == 10);
    CHECK(columns.depth == 0.8);
    CHECK(columns.radius_at(0.1, 0.8) == columns.radius_at(0.7, 0.8));
    CHECK(columns.open_area() == Approx(1 - std::exp(-10 * pi * 0.01 * 0.25)));
    CHECK(channels_of(FractionalLaser{.ablation = 0}, 2, {}, 1, defaults).open_area() == 0);
    CHECK_FALSE(rolled(1.5).thermal);
}

TEST_CASE("layers lie below one another, and what reaches the deeper one reaches the upper one", "[injury]") {
    Skin skin;
    for (const auto& site : sites)
        for (const double dermis : {0.2, 0.9, 2.0}) {
            skin.site = &site, skin.dermis = dermis;
            const ByLayer depths = layer_depths(skin, defaults);
            CHECK(depths.papillary == Approx(site.epidermis + site.horny_layer));
            CHECK(depths.reticular > depths.papillary);
            CHECK(depths.reticular <= depths.below);
            CHECK(depths.below - depths.papillary == Approx(dermis));
            const ByLayer reached = density_reaching(rolled(1.5), depths);
            CHECK(reached.papillary >= reached.reticular);
            CHECK(reached.reticular >= reached.below);
        }
}

TEST_CASE("short home rollers hardly bleed, clinic needles nearly always, heated columns never", "[injury]") {
    const auto share = [](const Channels& channels) { return bleeding_density(channels, defaults) / channels.density; };
    CHECK(share(rolled(0.25)) < 0.01);
    CHECK(share(rolled(1.5)) > 0.95);
    CHECK(share(channels_of(FractionalLaser{}, 1, {}, 1, defaults)) == 0);
    CHECK(bleeding_density(rolled(1.5, 10), defaults) > bleeding_density(rolled(1.5, 5), defaults));
}
