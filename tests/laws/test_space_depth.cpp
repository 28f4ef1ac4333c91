// The dermis in depth keeps the laws that tie it to the lumped dermis: the same network, only spread out.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "catch.hpp"
#include "cicatrix/base/error.hpp"
#include "cicatrix/course/course.hpp"
#include "cicatrix/course/depth_zones.hpp"
#include "cicatrix/course/dermis.hpp"
#include "cicatrix/solver/rodas5p.hpp"
#include "course_plans.hpp"

namespace {

using namespace cicatrix;
using namespace cicatrix::tests;

/// The plan in one uniform layer in which the epidermis is heard everywhere alike.
Plan uniform(Plan plan, std::size_t cells) {
    plan.fidelity = Fidelity::depth;
    plan.grid = {.cells = cells, .estimate_error = false};
    plan.depth[index_of(depth::parameters, "epidermal_signal_depth")] = 1e300;
    plan.depth[index_of(depth::parameters, "papillary_collagen_iii_ratio")] = 1;
    return plan;
}

double relative_difference(double a, double b) { return std::abs(a - b) / std::max(std::abs(b), 1e-6); }

/// The largest difference of any state's mean between a course in depth and a lumped one.
double distance_of_means(const std::vector<CourseStates>& depth, const std::vector<CourseStates>& lumped) {
    double largest = depth.size() == lumped.size() ? 0 : INFINITY;
    for (std::size_t r = 0; r < depth.size(); ++r)
        for (std::size_t i = 0; i < lumped[r].size(); ++i)
            largest = std::max(largest, relative_difference(depth[r][i], lumped[r][i]));
    return largest;
}

/// Channels of some depth, one for every half square millimetre.
Channels channels_to(double depth) {
    Channels out;
    out.density = out.strikes = 2;
    out.depth = depth, out.depth_spread = 0.2 * depth;
    out.radius = 0.1, out.taper = depth, out.mouth_radius = 0.05;
    return out;
}

/// Four monthly sessions.
Plan four_sessions(const Channels& channels) {
    Plan plan;
    plan.fidelity = Fidelity::depth;
    plan.grid.estimate_error = false;
    for (int i = 0; i < 4; ++i) {
        PlannedSession session;
        session.at = 28 * i;
        session.channels = channels;
        plan.sessions.push_back(session);
    }
    plan.outputs = {1, 7, 28, 35, 60, 90, 120, 365, 730};
    return plan;
}

}  // namespace

TEST_CASE("home skin of two layers stays as it is at every depth", "[space]") {
    Plan plan;
    plan.fidelity = Fidelity::depth;
    plan.outputs = {0, 365, 730};
    const auto course = run_course(plan);
    REQUIRE(course.untreated.outcome.status == Status::done);
    for (std::size_t j = 0; j < course.depths.cells(); ++j)
        for (std::size_t i = 0; i < CourseModel::states.size(); ++i)
            CHECK(course.untreated.profiles[2](i, j) == Approx(course.untreated.profiles[0](i, j)).epsilon(1e-12));
    CHECK(course.layers.front() != course.layers.back());
}

TEST_CASE("injured alike at every depth, the dermis does as the lumped one does", "[space]") {
    auto plan = year_with({0, 28, 60});
    plan.relative = 1e-8;
    const auto depth = run_course(uniform(plan, 16)), lumped = run_course(plan);
    REQUIRE(depth.treated.outcome.status == Status::done);
    CHECK(distance_of_means(depth.treated.rows, lumped.treated.rows) < 1e-6);
    for (std::size_t row = 0; row < plan.outputs.size(); ++row)
        for (std::size_t i = 0; i < readouts.size(); ++i) {
            INFO(readouts[i].name << " on day " << plan.outputs[row]);
            const double expected = lumped.treated.appearance[row][i];
            CHECK(depth.treated.appearance[row][i] == Approx(expected).epsilon(1e-5).margin(1e-6));
        }
}

TEST_CASE("without diffusion every cell does as lumped skin with its injury", "[space]") {
    Plan plan = year_with({});
    plan.parameters[index_of(CourseModel::parameters, "epidermal_brake_by_neutrophils")] =
        0;  // which looks at all depths
    constexpr std::size_t cells = 24;
    plan.grid.cells = cells;
    const auto laid_out = dermis_plan(plan, 25, Ageing::frozen);
    auto dermis = dermis_of(laid_out, std::vector<double>(cells, 1.0));
    for (std::size_t i = 0; i < CourseModel::states.size(); ++i)
        for (std::size_t j = 0; j < cells; ++j) dermis.low(i, j) = dermis.high(i, j) = 0;
    auto y = home_of(laid_out);
    const auto injury_at = [](std::size_t j) { return Injury{0.05, 0.1 / static_cast<double>(j + 1)}; };
    for (std::size_t j = 0; j < cells; ++j) {
        CourseStates cell;
        for (std::size_t i = 0; i < cell.size(); ++i) cell[i] = y.cells(i, j);
        cell = CourseModel::injure(cell, laid_out.kinds[laid_out.layer[j]], injury_at(j));
        for (std::size_t i = 0; i < cell.size(); ++i) y.cells(i, j) = cell[i];
    }
    y.sheet = CourseModel::injure(y.sheet, laid_out.kinds[0], injury_at(0));
    const std::vector<double> times{1, 7, 30, 200};
    std::vector<DermisStates> rows;
    DermisVoyage voyage;
    voyage.end = 200, voyage.outputs = times;
    voyage.output = [&](std::size_t, const DermisStates& now) { rows.push_back(now); };
    Settings<CourseModel> tight;
    tight.relative = 1e-9;
    REQUIRE(dermis_solver(dermis, tight, Method::rodas5p)->travel(y, voyage).status == Status::done);
    for (const std::size_t j : {std::size_t{0}, std::size_t{5}, cells - 1}) {
        Run lumped;
        lumped.coefficients = laid_out.kinds[laid_out.layer[j]];
        const double heard = dermis.heard[j];
        const auto weaken = [&](std::string_view name) {
            for (std::size_t i = 0; i < CourseModel::parameters.size(); ++i)
                if (CourseModel::parameters[i].name == name) lumped.coefficients[i] *= heard;
        };
        weaken("tgf_beta3_from_open_epidermis");
        weaken("vegf_from_open_epidermis");
        weaken("hyaluronan_from_open_epidermis");
        lumped.initial = CourseModel::home(lumped.coefficients);
        lumped.sessions = {0}, lumped.outputs = times, lumped.injury = injury_at(j), lumped.relative = 1e-9;
        const auto expected = follow(lumped);
        for (std::size_t r = 0; r < times.size(); ++r)
            for (std::size_t i = 0; i < CourseModel::states.size(); ++i)
                if (!(depth::layout.sheet >> i & 1))
                    CHECK(relative_difference(rows[r].cells(i, j), expected[r][i]) < 1e-6);
    }
}

TEST_CASE("with everything spreading without bound the dermis does as the lumped one with the mean injury", "[space]") {
    constexpr Layout all_spread{((Pattern{1} << CourseModel::states.size()) - 1) & ~depth::layout.sheet,
                                depth::layout.sheet};
    constexpr std::size_t cells = 12;
    const Plan plan = uniform({}, cells);
    const auto laid_out = dermis_plan(plan, 25, Ageing::frozen);
    auto dermis = dermis_of(laid_out, std::vector<double>(cells, 1.0));
    for (std::size_t i = 0; i < CourseModel::states.size(); ++i)
        if (all_spread.mobile >> i & 1) let_diffuse(dermis, laid_out.grid, i, 1e9);
    auto y = home_of(laid_out);
    Injury mean{0.04, 0};
    for (std::size_t j = 0; j < cells; ++j) {
        const Injury injury{0, j < 4 ? 0.3 : 0.01};
        CourseStates cell;
        for (std::size_t i = 0; i < cell.size(); ++i) cell[i] = y.cells(i, j);
        cell = CourseModel::injure(cell, laid_out.kinds[0], injury);
        for (std::size_t i = 0; i < cell.size(); ++i) y.cells(i, j) = cell[i];
        mean.injured_volume += injury.injured_volume * laid_out.grid.volumes[j] / plan.skin.dermis;
    }
    y.sheet = CourseModel::injure(y.sheet, laid_out.kinds[0], mean);
    const std::vector<double> times{1, 10, 100};
    std::vector<DermisStates> rows;
    DermisVoyage voyage;
    voyage.end = 100, voyage.outputs = times;
    voyage.output = [&](std::size_t, const DermisStates& now) { rows.push_back(now); };
    Settings<CourseModel> tight;
    tight.relative = 1e-8;
    ReactionDiffusion<Rodas5P, CourseModel, all_spread> solver(dermis, tight);
    REQUIRE(solver.travel(y, voyage).status == Status::done);
    Run lumped;
    lumped.coefficients = laid_out.kinds[0];
    lumped.sessions = {0}, lumped.outputs = times, lumped.injury = mean, lumped.relative = 1e-9;
    const auto expected = follow(lumped);
    for (std::size_t r = 0; r < times.size(); ++r)
        for (std::size_t i = 0; i < CourseModel::states.size(); ++i) {
            const bool in_sheet = (depth::layout.sheet >> i & 1) != 0;
            for (const std::size_t j : {std::size_t{0}, cells - 1})
                CHECK(relative_difference(in_sheet ? rows[r].sheet[i] : rows[r].cells(i, j), expected[r][i]) < 1e-5);
        }
}

TEST_CASE("the zones of all depths add up to the zones of the dermis", "[space]") {
    const double top = 0.06, dermis = 1.2;
    const auto grid = planar_grid(stretched_faces(top, top + dermis, 64, 1));
    Zones whole(top, dermis);
    DepthZones local(grid.centres);
    for (const double depth : {0.8, 0.4}) {
        const auto expected = whole.open(channels_to(depth), 0.25);
        const auto found = local.open(channels_to(depth), 0.25);
        double fresh = 0, earlier = 0, injured = 0;
        for (const auto& cell : found.cells) {
            fresh += cell.shift.after.fresh / 64;
            earlier += cell.shift.after.earlier / 64;
            injured += cell.shift.after.fresh * cell.injury.injured_volume / 64;
        }
        CHECK(fresh == Approx(expected.volume.after.fresh).epsilon(1e-12));
        CHECK(earlier == Approx(expected.volume.after.earlier).margin(1e-12));
        CHECK(injured == Approx(expected.whole.injured_volume).epsilon(1e-12));
        CHECK(found.sheet.shift.after.fresh == Approx(expected.area.after.fresh).epsilon(1e-12));
        CHECK(found.sheet.injury.open_area == Approx(expected.local.open_area).epsilon(1e-12));
    }
}

TEST_CASE("twice as many cells change no state and no read-out by half a per cent", "[space]") {
    Plan plan = four_sessions(channels_to(0.6));
    const auto coarse = run_course(plan);
    plan.grid.cells *= 2;
    const auto fine = run_course(plan);
    REQUIRE(fine.treated.outcome.status == Status::done);
    const auto check = [&](const auto& one, const auto& two, const auto& names) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            double largest = 0;
            for (const auto& row : two) largest = std::max(largest, std::abs(row[i]));
            for (std::size_t r = 0; r < plan.outputs.size(); ++r) {
                INFO(names[i].name << " on day " << plan.outputs[r]);
                CHECK(one[r][i] == Approx(two[r][i]).epsilon(5e-3).margin(5e-5 * largest));
            }
        }
    };
    check(coarse.treated.rows, fine.treated.rows, CourseModel::states);
    check(coarse.treated.appearance, fine.treated.appearance, readouts);
}

TEST_CASE("the error that a course says its grid has is the error that it has", "[space]") {
    Plan plan = four_sessions(channels_to(0.6));
    plan.relative = 1e-8;
    plan.grid.cells = 512;
    const auto exact = run_course(plan);
    plan.grid = {.cells = 64, .estimate_error = true};
    const auto course = run_course(plan);
    REQUIRE(course.state_grid_error.size() == CourseModel::states.size());
    for (const auto name : {"collagen_iii", "collagen_i_mature", "fibroblasts", "neutrophils", "tgf_beta1_active"}) {
        const auto row_of = std::ranges::find(CourseModel::states, std::string_view(name), &State::name);
        const auto i = static_cast<std::size_t>(row_of - CourseModel::states.begin());
        double error = 0;
        for (std::size_t r = 0; r < plan.outputs.size(); ++r)
            error = std::max(error, std::abs(course.treated.rows[r][i] - exact.treated.rows[r][i]));
        INFO(name << ": said " << course.state_grid_error[i] << ", has " << error);
        CHECK(error > 0);
        CHECK(course.state_grid_error[i] > error / 3);
        CHECK(course.state_grid_error[i] < error * 10);  // may be too careful
    }
}

TEST_CASE("needles that go deeper remodel deeper", "[space]") {
    const auto gain = [](double depth, double at) {
        const auto course = run_course(four_sessions(channels_to(depth)));
        REQUIRE(course.treated.outcome.status == Status::done);
        std::size_t j = 0;
        while (j + 1 < course.depths.cells() && course.depths.centres[j] < at) ++j;
        const auto collagen = [j](const DepthProfile& y) {
            return y(index_of(CourseModel::states, "collagen_iii"), j) +
                   y(index_of(CourseModel::states, "collagen_i_immature"), j) +
                   y(index_of(CourseModel::states, "collagen_i_mature"), j);
        };
        return collagen(course.treated.profiles[6]) / collagen(course.untreated.profiles[6]) - 1;
    };
    CHECK(gain(0.3, 0.2) > 5 * gain(0.3, 0.85));
    CHECK(gain(0.9, 0.85) > 5 * gain(0.3, 0.85));
}

TEST_CASE("no part of the dermis hears the epidermis louder than all of it would", "[space]") {
    Plan plan;
    const auto laid_out = dermis_plan(plan, 25, Ageing::frozen);
    const std::size_t cells = laid_out.grid.cells();
    std::vector<double> shallow(cells, 0.0), deep(cells, 1e-6);
    for (std::size_t j = 0; j < cells; ++j) (j < cells / 2 ? shallow : deep)[j] = 0.5;
    const auto whole = dermis_of(laid_out, std::vector<double>(cells, 1.0));
    for (const auto& width : {shallow, deep}) {
        const auto part = dermis_of(laid_out, width);
        double mean = 0, volume = 0;
        for (std::size_t j = 0; j < cells; ++j) {
            CHECK(part.heard[j] <= whole.heard[j] * (1 + 1e-12));
            mean += laid_out.grid.volumes[j] * width[j] * part.heard[j], volume += laid_out.grid.volumes[j] * width[j];
        }
        CHECK(mean / volume <= 1 + 1e-12);
    }
}

TEST_CASE("channels that only the epidermis feels change its cover and leave none of it out", "[space]") {
    Plan plan = four_sessions(channels_to(0.02));  // they end in the epidermis
    plan.sessions.resize(1);
    plan.injury[index_of(injury::parameters, "reach")] = 0.01;
    plan.outputs = {0.001, 30};
    const auto course = run_course(plan);
    REQUIRE(course.treated.outcome.status == Status::done);
    const auto cover = index_of(CourseModel::states, "epidermal_cover");
    CHECK(course.treated.rows[0][cover] == Approx(1 - channels_to(0.02).open_area()).epsilon(1e-3));
    CHECK(course.treated.rows[1][cover] == Approx(1).epsilon(1e-3));
}

TEST_CASE("a course in depth that fails holds no numbers and says where it failed", "[space]") {
    Plan plan = four_sessions(channels_to(0.6));
    plan.parameters[index_of(CourseModel::parameters, "damage_clearance")] = std::nan("");
    const auto course = run_course(plan);
    CHECK(course.treated.outcome.status != Status::done);
    REQUIRE(course.treated.rows.size() == plan.outputs.size());
    REQUIRE(course.treated.profiles.size() == plan.outputs.size());
    for (const auto& row : course.treated.rows) CHECK(std::ranges::all_of(row, [](double y) { return y != y; }));
    for (const auto& profile : course.treated.profiles) CHECK(profile(0, 5) != profile(0, 5));
}

TEST_CASE("a course in depth tells how far it has come and stops when it is told to", "[space]") {
    const auto plan = four_sessions(channels_to(0.6));
    std::vector<double> told;
    run_course(plan, [&](double share) {
        told.push_back(share);
        return true;
    });
    CHECK(std::ranges::is_sorted(told));
    CHECK(told.back() == Approx(1));
    CHECK_THROWS_AS(run_course(plan, [](double share) { return share < 0.5; }), Interrupted);
}
