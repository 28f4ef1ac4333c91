// A course round one channel: what the channel injures, how the pore closes, and what ties it to depth and lumped skin.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "catch.hpp"
#include "cicatrix/base/error.hpp"
#include "cicatrix/course/course.hpp"
#include "cicatrix/course/unit_cell.hpp"

namespace {

using namespace cicatrix;

Channels channels_to(double depth) {
    Channels out;
    out.density = out.strikes = 3;
    out.depth = depth, out.depth_spread = 0.15 * depth;
    out.radius = 0.05, out.taper = depth, out.mouth_radius = 0.035;
    return out;
}

Plan sessions_at(const std::vector<double>& days) {
    Plan plan;
    plan.fidelity = Fidelity::channel;
    plan.grid = {.cells = 32, .rings = 12, .estimate_error = false};
    plan.skin.dermis = 1.2;
    for (const double day : days) {
        PlannedSession session;
        session.at = day;
        session.channels = channels_to(0.6);
        plan.sessions.push_back(session);
    }
    plan.outputs = {0.05, 0.5, 1, 2, 4, 7, 14, 27, 60};
    plan.duration = 60;
    return plan;
}

double ring_mean(const CellGrid& rings, auto value) {
    double sum = 0, whole = 0;
    for (std::size_t r = 0; r < rings.cells(); ++r) sum += rings.volumes[r] * value(r), whole += rings.volumes[r];
    return sum / whole;
}

std::size_t state(std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(CourseModel::states, name, &State::name) -
                                    CourseModel::states.begin());
}

}  // namespace

TEST_CASE("the discs of all channels fill the plane", "[channel]") {
    for (const double density : {0.5, 3.0, 40.0}) {
        const double radius = unit_cell_radius(density);
        CHECK(density * std::numbers::pi * radius * radius == Approx(1));
        Channels channels = channels_to(0.5);
        channels.density = density;
        const auto rings = ring_grid(channels, 16);
        CHECK(rings.cells() == 16);
        CHECK(rings.faces.back() == Approx(radius));
        CHECK(std::ranges::is_sorted(rings.faces));
    }
}

TEST_CASE("rings lose as much tissue as the channels take, at every depth", "[channel]") {
    const Channels channels = channels_to(0.6);
    const auto rings = ring_grid(channels, 16);
    const auto depths = planar_grid(stretched_faces(0.06, 1.26, 400, 1));
    const auto injury = unit_cell_injury(channels, rings, depths);
    for (const std::size_t j : {std::size_t{0}, std::size_t{100}, std::size_t{180}, std::size_t{390}}) {
        // Channels at random places overlap: 1 - exp(-share), in a lattice none does.
        const double expected = -std::log1p(-channels.injured_share(depths.centres[j]));
        const double found = ring_mean(rings, [&](std::size_t r) { return injury.cells[r][j].injured_volume; });
        CHECK(found == Approx(expected).epsilon(2e-3).margin(1e-6));
    }
    const double open = ring_mean(rings, [&](std::size_t r) { return injury.sheet[r].open_area; });
    CHECK(open == Approx(channels.density * std::numbers::pi * square(channels.mouth_radius)));
}

TEST_CASE("the pore closes from its edge and the horny layer after the epidermis", "[channel]") {
    const auto course = run_course(sessions_at({0}));
    REQUIRE(course.treated.outcome.status == Status::done);
    const std::size_t rings = course.rings.cells();
    const auto& sheets = course.treated.sheet_rings;  // cover, barrier, melanin
    for (std::size_t row = 0; row < sheets.size(); ++row) {
        CHECK(sheets[row][rings] <= sheets[row][0] + 1e-9);  // on the axis
        for (std::size_t r = 0; r < rings; ++r) {
            const double cover = sheets[row][r], barrier = sheets[row][rings + r];
            if (r > 0) CHECK(cover >= sheets[row][r - 1] - 1e-9);
            if (row > 0) CHECK(barrier >= sheets[row - 1][rings + r] - 1e-9);
        }
    }
    CHECK(sheets.front()[rings] < 0.1);  // open on the axis at first
    CHECK(sheets.back()[rings] > 0.99);  // closed at last
    CHECK(sheets.front()[2 * rings - 1] == Approx(1));
}

TEST_CASE("tissue near the channel answers more than tissue between channels", "[channel]") {
    Plan plan = sessions_at({0});
    plan.grid.fields = {state("damage_signals"), state("collagen_iii")};
    const auto course = run_course(plan);
    const std::size_t rings = course.rings.cells(), block = rings * course.depths.cells();
    const auto& early = course.treated.fields.front();
    CHECK(early[0] > 1.5 * early[rings - 1]);       // damage at the top, axis against edge
    CHECK(early[block - rings] < 0.05 * early[0]);  // far below the tip
    CHECK(course.treated.fields.back().size() == 2 * block);
}

TEST_CASE("the mean over rings and depths of a field is the variable of the course", "[channel]") {
    Plan plan = sessions_at({0, 28});
    plan.grid.fields = {state("collagen_iii")};
    const auto course = run_course(plan);
    REQUIRE(course.treated.outcome.status == Status::done);
    const auto& [rings, depths] = std::tie(course.rings, course.depths);
    for (std::size_t row = 0; row < plan.outputs.size(); ++row) {
        double mean = 0;
        for (std::size_t j = 0; j < depths.cells(); ++j)
            mean += depths.volumes[j] / plan.skin.dermis *
                    ring_mean(rings, [&](std::size_t r) { return course.treated.fields[row][j * rings.cells() + r]; });
        CHECK(mean == Approx(course.treated.rows[row][state("collagen_iii")]).epsilon(1e-9));
    }
}

TEST_CASE("twice as many rings and cells change no read-out by half a per cent", "[channel]") {
    Plan plan = sessions_at({0});
    plan.grid = {.cells = CourseGrid{}.cells, .rings = CourseGrid{}.rings, .estimate_error = false};
    plan.relative = 1e-5;
    const auto coarse = run_course(plan);
    plan.grid.cells *= 2, plan.grid.rings *= 2;
    const auto fine = run_course(plan);
    REQUIRE(fine.treated.outcome.status == Status::done);
    for (std::size_t i = 0; i < readouts.size(); ++i) {
        double largest = 0, apart = 0;
        for (std::size_t row = 0; row < plan.outputs.size(); ++row) {
            const double a = coarse.treated.appearance[row][i], b = fine.treated.appearance[row][i];
            largest = std::max(largest, std::abs(b)), apart = std::max(apart, std::abs(a - b));
        }
        INFO(readouts[i].name);
        CHECK(apart <= 5e-3 * largest);
    }
}

TEST_CASE("a course round a channel stops when it is told to", "[channel]") {
    CHECK_THROWS_AS(run_course(sessions_at({0, 28}), [](double share) { return share < 0.6; }), Interrupted);
}
