// What every run of a model keeps: its rows, its stops, its failures, whatever the model is.
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "catch.hpp"
#include "cicatrix/base/error.hpp"
#include "cicatrix/course/simulator.hpp"
#include "published_runs.hpp"
#include "timed_models.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

Simulation run_of(const SimulationPlan& plan, auto model) { return simulated<decltype(model)>(plan); }

/// Stops on the given days, run up to the last output.
SimulationPlan marked(double first, double second, double third, std::vector<double> outputs) {
    return plan_of<Marked>("", std::move(outputs), {{"first", first}, {"second", second}, {"third", third}});
}

double mark_at_end(const Simulation& simulation) { return simulation.rows.back().at(place_in(Marked::states, "mark")); }

bool all_nan(const Simulation& simulation, std::size_t states) {
    for (const auto& row : simulation.rows) {
        if (row.size() != states) return false;
        for (const double value : row)
            if (value == value) return false;
    }
    return true;
}

/// The largest error of a decay by exp(-2 t) within a day.
double error_of_decay(double relative) {
    auto plan = marked(100, 200, 300, times_every(0.05, 2));
    plan.relative = relative, plan.absolute = 1e-20;
    double worst = 0;
    for (const auto& row : run_of(plan, Marked{}).rows)
        worst = std::max(worst, std::abs(row[1] - std::exp(-2 * row[0])));
    return worst;
}

}  // namespace

TEST_CASE("a row on the time of a stop is the state before it, the next double after it the state behind it",
          "[simulation]") {
    const double behind = std::nextafter(1.0, 2.0);
    const auto run = run_of(marked(1, 2, 3, {1.0, behind, 2.0, 3.0}), Marked{});
    CHECK(run.rows[0][0] == Approx(1).epsilon(1e-12));
    CHECK(run.rows[0][2] == 0);
    CHECK(run.rows[1][0] == Approx(0.5).epsilon(1e-12));
    CHECK(run.rows[1][2] == 10);
    CHECK(run.rows[2][0] == Approx(1.5).epsilon(1e-12));
    CHECK(run.rows[2][2] == 10);
    CHECK(run.rows[3][0] == Approx(1.75).epsilon(1e-12));
    CHECK(run.rows[3][2] == 20);
}

TEST_CASE("a stop is landed on exactly, however odd its time", "[simulation]") {
    const double at = 1.0 / 3.0;
    const auto run = run_of(marked(at, 2.0 / 3.0, 5.0, {1.0}), Marked{});
    REQUIRE(run.events.size() == 2);
    CHECK(run.events[0].time == at);
    CHECK(run.events[1].time == 2.0 / 3.0);
    CHECK_FALSE(run.events[0].located);
    const double level = (at * 0.5 + at) * 0.5 + (1 - 2.0 / 3.0);
    CHECK(run.rows[0][0] == Approx(level).epsilon(1e-12));
}

TEST_CASE("a stop at time zero acts once, after the row of time zero", "[simulation]") {
    const auto run = run_of(marked(0, 2, 3, {0.0, 0.5}), Marked{});
    CHECK(run.rows[0][2] == 0);
    CHECK(run.rows[1][2] == 10);
    REQUIRE(run.events.size() == 1);
    CHECK(run.events[0].time == 0);
}

TEST_CASE("two stops at one time act one after the other", "[simulation]") {
    const auto run = run_of(marked(1, 1, 3, {1.0, 2.0}), Marked{});
    CHECK(run.rows[0][2] == 0);
    CHECK(run.rows[1][2] == 20);
    CHECK(run.rows[1][0] == Approx(0.25 + 1).epsilon(1e-12));
    CHECK(run.events.size() == 2);
}

TEST_CASE("stops at the end of a run or after it do not act", "[simulation]") {
    const auto run = run_of(marked(1, 2, 3, {0.5, 2.0}), Marked{});
    CHECK(run.events.size() == 1);
    CHECK(mark_at_end(run) == 10);
}

TEST_CASE("a stop before the run does not act, and those after it keep their numbers", "[simulation]") {
    const auto one_before = run_of(marked(-1, 1, 3, {2.0}), Marked{});
    CHECK(one_before.events.size() == 1);
    CHECK(mark_at_end(one_before) == 20);
    const auto two_before = run_of(marked(-2, -1, 1, {2.0}), Marked{});
    CHECK(two_before.events.size() == 1);
    CHECK(mark_at_end(two_before) == 30);
}

TEST_CASE("rows and steps do not depend on which other rows are asked for", "[simulation]") {
    const auto few = run_of(marked(1, 2, 3, {0.7, 2.5, 4.0}), Marked{});
    auto times = times_every(0.01, 4);
    for (const double time : {0.7, 2.5}) times.push_back(time);
    std::ranges::sort(times);
    const auto many = run_of(marked(1, 2, 3, times), Marked{});
    for (std::size_t row = 0; row < few.rows.size(); ++row) {
        const auto same = std::ranges::lower_bound(times, few.plan.outputs[row]) - times.begin();
        CHECK(few.rows[row] == many.rows[static_cast<std::size_t>(same)]);
    }
    CHECK(few.outcome.steps == many.outcome.steps);
    CHECK(few.outcome.rejected == many.outcome.rejected);
}

TEMPLATE_TEST_CASE("rows of published models do not depend on which other rows are asked for", "[simulation]",
                   Adler2020, Bianchi2015, Dankwa, Dunster2014, Reynolds2006) {
    const double end = 30;
    const Followed<TestType> few("", {end}), many("", times_every(0.1, end));
    CHECK(few.rows().back() == many.rows().back());
    REQUIRE(few.events().size() == many.events().size());
    for (std::size_t i = 0; i < few.events().size(); ++i) CHECK(few.events()[i].time == many.events()[i].time);
}

TEST_CASE("the same plan gives the same bits again", "[simulation]") {
    const auto plan = plan_of<Bianchi2015>("", times_every(1, 60));
    const auto first = simulate(plan), again = simulate(plan);
    CHECK(first.rows == again.rows);
    CHECK(first.outcome.steps == again.outcome.steps);
}

TEST_CASE("outputs at one time have one row each", "[simulation]") {
    const auto run = run_of(marked(1, 2, 3, {0.0, 0.0, 1.0, 1.0, 1.5, 1.5}), Marked{});
    for (const std::size_t row : {0, 2, 4}) CHECK(run.rows[row] == run.rows[row + 1]);
}

TEST_CASE("the first row of a run is its start, to the bit", "[simulation]") {
    const auto k = coefficients_of<Cooper2015>("");
    const Followed<Cooper2015> run("", {0.0, 1.0});
    const auto home = Cooper2015::home(default_parameters<Cooper2015>());
    for (std::size_t i = 0; i < home.size(); ++i) CHECK(run.rows()[0][i] == home[i]);
    CHECK(k.size() == Cooper2015::parameters.size());
}

TEST_CASE("a start that is given replaces the model's own, and one that is not leaves it", "[simulation]") {
    auto plan = plan_of<Cooper2015>("", {0.0, 1.0});
    plan.initial[2] = 0.25;
    const auto home = Cooper2015::home(default_parameters<Cooper2015>());
    const auto row = simulate(plan).rows[0];
    for (std::size_t i = 0; i < row.size(); ++i) CHECK(row[i] == (i == 2 ? 0.25 : home[i]));
    plan.initial = {0.5};
    CHECK(simulate(plan).rows[0][0] == 0.5);
    CHECK(simulate(plan).rows[0][1] == home[1]);
}

TEST_CASE("a start that follows from parameters follows those that are given", "[simulation]") {
    const auto plan = plan_of<Reynolds2006>("", {0.0, 1.0}, {{"mediator_source", 0.02}, {"mediator_decay", 0.2}});
    CHECK(simulate(plan).rows[0][place_in(Reynolds2006::states, "anti_inflammatory")] == Approx(0.02 / 0.2));
}

TEST_CASE("a model without a home starts from nothing", "[simulation]") {
    auto plan = plan_of<Clock>("", {0.0, 2.0});
    const auto run = run_of(plan, Clock{});
    CHECK(run.rows[0] == std::vector<double>{0, 0});
    CHECK(run.rows[1][0] == Approx(2).epsilon(1e-12));
}

TEST_CASE("parameters that a plan leaves out keep their defaults", "[simulation]") {
    auto plan = plan_of<Adler2020>("", {5.0});
    const auto whole = simulate(plan);
    plan.parameters.clear();
    CHECK(simulate(plan).rows == whole.rows);
}

TEST_CASE("a run that fails has no numbers in any row, says why and how far it came", "[simulation]") {
    auto plan = plan_of<Explosion>("", {0.5, 2.0}, {{"calm", 1}, {"size", 1}});
    const auto exploded = run_of(plan, Explosion{});
    CHECK(exploded.outcome.status != Status::done);
    CHECK((exploded.outcome.time > 0.9 && exploded.outcome.time < 1.01));
    CHECK(exploded.outcome.limiting_state == place_in(Explosion::states, "size"));
    CHECK(all_nan(exploded, 2));

    const auto undefined = run_of(plan_of<Undefined>("", {0.5, 2.0}), Undefined{});
    CHECK(undefined.outcome.status == Status::not_finite);
    CHECK(all_nan(undefined, 2));

    const auto drained = run_of(plan_of<Drain>("", {0.5, 5.0}, {{"level", 1}}), Drain{});
    CHECK(drained.outcome.status == Status::negative);
    CHECK(drained.outcome.limiting_state == place_in(Drain::states, "level"));
    CHECK(all_nan(drained, 2));
}

TEST_CASE("a failure is laid on the state that left the numbers and not on one that rests", "[simulation]") {
    const auto exploded = run_of(plan_of<Explosion>("", {0.5, 2.0}, {{"calm", 0}, {"size", 1}}), Explosion{});
    CHECK(exploded.outcome.status != Status::done);
    CHECK(exploded.outcome.limiting_state == place_in(Explosion::states, "size"));
}

TEST_CASE("a run that fails before its stops has no events", "[simulation]") {
    auto plan = marked(1, 2, 3, {4.0});
    plan.initial[1] = -1;
    const auto failed = run_of(plan, Marked{});
    CHECK(failed.outcome.status == Status::negative);
    CHECK(failed.outcome.time < 1);
    CHECK(failed.events.empty());
    CHECK(all_nan(failed, Marked::states.size()));
}

TEST_CASE("a tighter tolerance brings a smaller error, and each as small as asked", "[simulation]") {
    double before = 1;
    for (const double relative : {1e-3, 1e-5, 1e-7, 1e-9, 1e-11}) {
        const double error = error_of_decay(relative);
        INFO("rtol " << relative << ": " << error);
        CHECK(error < 0.2 * before);
        CHECK(error < 10 * relative);
        before = error;
    }
}

TEST_CASE("steps add up over the stretches between stops", "[simulation]") {
    const auto smooth = run_of(marked(10, 20, 30, {4.0}), Marked{});
    const auto stopped = run_of(marked(1, 2, 3, {4.0}), Marked{});
    CHECK(smooth.outcome.steps > 0);
    CHECK(stopped.outcome.steps >= smooth.outcome.steps);
    CHECK(stopped.outcome.time == 4.0);
}

TEST_CASE("progress is told in shares of the whole run, and a run can be stopped by it", "[simulation]") {
    auto plan = plan_of<Bianchi2015>("", {100.0});
    plan.relative = 1e-11;
    std::vector<double> told;
    simulate(plan, [&](double share) { return told.push_back(share), true; });
    REQUIRE_FALSE(told.empty());
    CHECK(std::ranges::is_sorted(told));
    CHECK((told.front() > 0 && told.back() <= 1));
    CHECK_THROWS_AS(simulate(plan, [](double) { return false; }), Interrupted);
}

TEST_CASE("a model that is not listed cannot be run", "[simulation]") {
    SimulationPlan plan;
    plan.model = "cooper_2051";
    CHECK_THROWS_AS(simulate(plan), std::invalid_argument);
}
