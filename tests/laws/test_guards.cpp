// Events that are located by the change of sign of a guard: where, how often and what they leave untouched.
#include <cmath>
#include <vector>

#include "catch.hpp"
#include "cicatrix/course/simulator.hpp"
#include "published_runs.hpp"
#include "timed_models.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

constexpr double pi = 3.14159265358979324;

template <class M> std::vector<double> located(const SimulationPlan& plan) {
    const auto simulation = simulated<M>(plan);
    REQUIRE(simulation.outcome.status == Status::done);
    std::vector<double> times;
    for (const auto& event : simulation.events)
        if (event.located) times.push_back(event.time);
    return times;
}

SimulationPlan parabola(double level, double end, double relative) {
    auto plan = plan_of<Parabola>("", {end}, {{"level", level}});
    plan.relative = relative;
    return plan;
}

}  // namespace

TEST_CASE("a guard is located to 1e-10 at any tolerance", "[guards]") {
    for (const double relative : {1e-1, 1e-3, 1e-6, 1e-9})
        for (const double level : {0.01, 2.0, 7.3}) {
            const auto times = located<Parabola>(parabola(level, 3, relative));
            INFO("rtol " << relative << ", level " << level);
            REQUIRE(times.size() == 1);
            CHECK(std::abs(times[0] - std::sqrt(level)) < 1e-10);
        }
}

TEST_CASE("a guard acts once, and only what it changes jumps", "[guards]") {
    const double level = 2, at = std::sqrt(level), near = 1e-6;
    auto plan = parabola(level, 3, 1e-8);
    plan.outputs = {at - near, at + near, 3.0};
    const auto run = Simulator<Parabola>::run(plan, {});
    CHECK(run.rows[0][2] == 0);
    CHECK(run.rows[1][2] == 1);
    CHECK(run.rows[2][2] == 1);
    CHECK(run.rows[1][0] - run.rows[0][0] == Approx(2 * at * 2 * near).epsilon(1e-6));
    CHECK(run.rows[1][1] == Approx(run.rows[0][1]).margin(1e-5));
}

TEST_CASE("a guard that is never reached is no event", "[guards]") {
    CHECK(located<Parabola>(parabola(9.5, 3, 1e-3)).empty());
}

TEST_CASE("a guard that is past its level at the start is no event", "[guards]") {
    CHECK(located<Parabola>(parabola(-1, 3, 1e-6)).empty());
    auto plan = parabola(2, 3, 1e-6);
    plan.initial = {5, 5, 0};
    CHECK(located<Parabola>(plan).empty());
}

TEST_CASE("a guard that begins on its level and rises is no event", "[guards]") {
    CHECK(located<Parabola>(parabola(0, 3, 1e-6)).empty());
}

TEST_CASE("a guard is seen on its way up and on its way down, as often as it goes", "[guards]") {
    auto plan = plan_of<Swing>("", {20.0}, {{"level", 0.5}});
    plan.relative = 1e-12, plan.absolute = 1e-14;
    const auto times = located<Swing>(plan);
    std::vector<double> expected;
    for (int turn = 0; turn < 4; ++turn)
        for (const double angle : {pi / 6, 5 * pi / 6})
            if (angle + 2 * pi * turn < 20) expected.push_back(angle + 2 * pi * turn);
    REQUIRE(times.size() == expected.size());
    for (std::size_t i = 0; i < times.size(); ++i) CHECK(std::abs(times[i] - expected[i]) < 1e-9);
}

TEST_CASE("rates read what a guard set, in the stretch between its crossings and nowhere else", "[guards]") {
    auto plan = plan_of<Swing>("", {pi / 12, pi / 2, 6.0, 2 * pi + pi / 2, 12.0}, {{"level", 0.5}});
    plan.relative = 1e-12, plan.absolute = 1e-14;
    const auto rows = Simulator<Swing>::run(plan, {}).rows;
    const std::vector<double> above{0, pi / 3, 2 * pi / 3, pi, 4 * pi / 3};
    for (std::size_t row = 0; row < rows.size(); ++row) CHECK(rows[row][2] == Approx(above[row]).margin(1e-9));
}

TEST_CASE("a swing that stays below its level passes it never, one about zero twice a turn", "[guards]") {
    CHECK(located<Swing>(plan_of<Swing>("", {30.0}, {{"level", 1.01}})).empty());
    const auto times = located<Swing>(plan_of<Swing>("", {10.0}, {{"level", -0.001}}));
    REQUIRE(times.size() >= 3);
    for (std::size_t i = 1; i < times.size(); ++i) CHECK(times[i] - times[i - 1] == Approx(pi).epsilon(1e-2));
}

TEST_CASE("a swing that starts above its level is first seen on its way down", "[guards]") {
    auto plan = plan_of<Swing>("", {pi}, {{"level", 0.5}, {"height", 1}, {"speed", 0}});
    plan.relative = 1e-11;
    const auto times = located<Swing>(plan);
    REQUIRE(times.size() == 1);
    CHECK(times[0] == Approx(pi / 3).epsilon(1e-9));
}

TEST_CASE("lymphatic cells and capillaries together pass their event without a jump or a kink", "[guards]") {
    using M = Bianchi2015;
    const auto events = located<M>(plan_of<M>("", {60.0}));
    REQUIRE(events.size() == 1);
    const double at = events[0], step = 1e-3;
    const Followed<M> run("", {at - step, at, at + step, 60.0});
    std::vector<double> sum;
    for (std::size_t row = 0; row < 3; ++row) sum.push_back(run["endothelial_cells"][row] + run["capillaries"][row]);
    CHECK(sum[1] == Approx(parameter_of<M>(coefficients_of<M>(""), "network_threshold")).epsilon(1e-9));
    CHECK((sum[2] - sum[1]) / step == Approx((sum[1] - sum[0]) / step).epsilon(1e-3));
    CHECK(run["capillaries"][1] < 1e-6);
    CHECK(run["capillaries"][2] > 0);
}

TEST_CASE("capillaries never shrink, and a lower threshold lets them form sooner", "[guards]") {
    using M = Bianchi2015;
    const Followed<M> run("", times_every(0.5, 150));
    CHECK(std::ranges::is_sorted(run["capillaries"]));
    double before = 0;
    for (const double threshold : {5e3, 8e3, 1.2e4}) {
        const auto events = located<M>(plan_of<M>("", {100.0}, {{"network_threshold", threshold}}));
        REQUIRE(events.size() == 1);
        CHECK(events[0] > before);
        before = events[0];
    }
}

TEST_CASE("a wound whose threshold is out of reach never gets capillaries", "[guards]") {
    using M = Bianchi2015;
    const Followed<M> run("", {500.0}, {{"network_threshold", 1e9}});
    CHECK(run.events().empty());
    CHECK(run.last("capillaries") == 0);
}

TEST_CASE("events of published models are found at the same time at every tolerance, as far as it reaches",
          "[guards]") {
    const auto times = [](auto model, double end, double relative) {
        auto plan = plan_of<decltype(model)>("", {end});
        plan.relative = relative;
        return located<decltype(model)>(plan);
    };
    for (const double relative : {1e-4, 1e-6, 1e-8}) {
        const auto lymph = times(Bianchi2015{}, 60, relative), lymph_exact = times(Bianchi2015{}, 60, 1e-11);
        const auto turn = times(Dankwa{}, 8, relative), turn_exact = times(Dankwa{}, 8, 1e-11);
        REQUIRE((lymph.size() == 1 && turn.size() == 1));
        CHECK(lymph[0] == Approx(lymph_exact[0]).epsilon(100 * relative));
        CHECK(turn[0] == Approx(turn_exact[0]).epsilon(100 * relative));
    }
}

TEST_CASE("an injury grows while M1 macrophages are above their threshold and falls once they are below", "[guards]") {
    using M = Dankwa;
    const auto turns = located<M>(plan_of<M>("", {8.0}));
    REQUIRE(turns.size() == 1);
    const Followed<M> run("", times_every(0.05, 8));
    const double threshold = parameter_of<M>(coefficients_of<M>(""), "m1_threshold");
    for (std::size_t row = 0; row + 1 < run.rows().size(); ++row) {
        const double time = run.times()[row];
        if (std::abs(time - turns[0]) < 0.1) continue;
        CHECK((run["macrophages_m1"][row] > threshold) == (time < turns[0]));
        if (time > turns[0]) CHECK(run["injury"][row + 1] < run["injury"][row]);
    }
}
