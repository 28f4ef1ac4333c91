// Laws of the zones: shares that add up, tissue that is reached once stays reached, limits of the reach.
#include <cmath>
#include <vector>

#include "catch.hpp"
#include "cicatrix/injury/zones.hpp"

using namespace cicatrix;

namespace {

constexpr double top = 0.05, dermis = 1.0;

/// Cylinders of one depth, so that closed forms are short.
Channels cylinders(double density, double depth, double radius = 0.05) {
    Channels channels;
    channels.density = density;
    channels.depth = depth;
    channels.radius = radius;
    channels.mouth_radius = 0.03;
    return channels;
}

double sum(const ZoneShares& shares) { return shares.untouched + shares.fresh + shares.earlier; }

}  // namespace

TEST_CASE("the shares of the zones add up to one, before and after each session", "[zones]") {
    Zones zones(top, dermis);
    for (const double depth : {0.9, 0.3, 2.0, 0.0, 0.6}) {
        const auto injury = zones.open(cylinders(2, depth), 0.25);
        for (const Shift* shift : {&injury.volume, &injury.area}) {
            CHECK(sum(shift->before) == Approx(1).epsilon(1e-12));
            CHECK(sum(shift->after) == Approx(1).epsilon(1e-12));
            CHECK(sum(shift->reached) == Approx(shift->after.fresh).margin(1e-15));
        }
    }
}

TEST_CASE("channels through the whole dermis reach all that lies within reach of their walls", "[zones]") {
    const double reach = 0.2, radius = 0.05, density = 1.7;
    const auto injury = Zones(top, dermis).open(cylinders(density, 5, radius), reach);
    const double disc = M_PI * (reach + radius) * (reach + radius);
    CHECK(injury.volume.after.fresh == Approx(1 - std::exp(-density * disc)).epsilon(1e-12));
    CHECK(injury.area.after.fresh == Approx(injury.volume.after.fresh).epsilon(1e-12));
    CHECK(injury.whole.injured_volume == Approx(1 - std::exp(-density * M_PI * radius * radius)).epsilon(1e-12));
}

TEST_CASE("few short channels reach the cylinder round them and the half-ball below their tips", "[zones]") {
    const double reach = 0.2, radius = 0.05, density = 1e-6, depth = 0.5;
    const auto injury = Zones(top, dermis).open(cylinders(density, depth, radius), reach);
    const double cylinder = M_PI * std::pow(reach + radius, 2) * (depth - top);
    const double ball = 2.0 / 3.0 * M_PI * std::pow(reach, 3);
    CHECK(injury.volume.after.fresh == Approx(density * (cylinder + ball) / dermis).epsilon(0.02));  // of 64 layers
}

TEST_CASE("the injury of the reached zone, spread over all tissue, is the whole injury", "[zones]") {
    Zones zones(top, dermis);
    for (const double density : {0.1, 1.0, 10.0}) {
        const auto injury = zones.open(cylinders(density, 0.7), 0.25);
        CHECK(injury.local.injured_volume * injury.volume.after.fresh ==
              Approx(injury.whole.injured_volume).epsilon(1e-12));
        CHECK(injury.local.open_area * injury.area.after.fresh == Approx(injury.whole.open_area).epsilon(1e-12));
        CHECK(injury.local.injured_volume > injury.whole.injured_volume);
    }
}

TEST_CASE("each session leaves less untouched, and what is too deep for all of them stays untouched", "[zones]") {
    Zones zones(top, dermis);
    double before = 1;
    for (int session = 0; session < 200; ++session) {
        const double left = zones.open(cylinders(2, 0.3), 0.2).volume.after.untouched;
        CHECK(left <= before);
        before = left;
    }
    CHECK(before == Approx(top + dermis - 0.3 - 0.2).margin(0.02));
}

TEST_CASE("a second session reaches the zones in proportion to what each layer holds", "[zones]") {
    Zones zones(top, dermis);
    const auto first = zones.open(cylinders(1.5, 5), 0.2), second = zones.open(cylinders(1.5, 5), 0.2);
    const double p = first.volume.after.fresh;
    CHECK(second.volume.reached.fresh == Approx(p * p).epsilon(1e-12));
    CHECK(second.volume.after.untouched == Approx((1 - p) * (1 - p)).epsilon(1e-12));
    CHECK(second.volume.after.earlier == Approx(p * (1 - p)).epsilon(1e-12));
}

TEST_CASE("a prescribed injury reaches all tissue alike", "[zones]") {
    Zones zones(top, dermis);
    zones.open(cylinders(1, 0.5), 0.2);
    const auto injury = zones.injure_all({0.05, 0.1});
    CHECK(injury.volume.after.fresh == Approx(1).epsilon(1e-14));
    CHECK(injury.area.after.fresh == Approx(1).epsilon(1e-14));
    CHECK(injury.local.open_area == 0.05);
    CHECK(injury.local.injured_volume == 0.1);
}

TEST_CASE("what a beam has heated is lost, what a needle displaces is not", "[zones]") {
    Channels column = cylinders(1, 0.5);
    CHECK(std::isnan(Zones(top, dermis).open(column, 0.2).local.matrix_loss));
    column.matrix_loss = 1;
    CHECK(Zones(top, dermis).open(column, 0.2).local.matrix_loss == 1);
}

TEST_CASE("a hole in the surface lies in its zone, however wide it is", "[zones]") {
    Channels shallow = cylinders(1, 0.06, 0.001);
    shallow.mouth_radius = 0.5;
    const auto injury = Zones(top, dermis).open(shallow, 0.1);
    CHECK(injury.local.open_area < 1);
    CHECK(injury.area.after.fresh > injury.whole.open_area);
}

TEST_CASE("no channel, no zone", "[zones]") {
    const auto injury = Zones(top, dermis).open(cylinders(0, 1), 0.25);
    CHECK(injury.volume.after.untouched == 1);
    CHECK(injury.local.injured_volume == 0);
    CHECK(injury.local.open_area == 0);
}
