// Published wounds in space as a scenario runs them: their healing times, independent solutions, limits that are known.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "catch.hpp"
#include "cicatrix/base/error.hpp"
#include "cicatrix/course/spatial_simulation.hpp"
#include "cicatrix/scenario/published.hpp"
#include "cicatrix/scenario/read.hpp"
#include "cicatrix/scenario/run.hpp"

using namespace cicatrix;

namespace {

SpatialPlan plan_from(const std::string& model, const std::string& simulation, const std::string& rest = "") {
    const std::string text = "[model]\n" + model + "[simulation]\n" + simulation + rest;
    return spatial_plan_of(parse_scenario(text, "x.toml", parameter_rows()));
}

SpatialSimulation run_of(const SpatialPlan& plan) {
    auto simulation = simulate_in_space(plan);
    REQUIRE(simulation.run.outcome.status == Status::done);
    return simulation;
}

/// The same plan without its space.
Simulation without_space(SpatialPlan plan, const std::vector<double>& initial) {
    plan.simulation.initial = initial;
    auto simulation = simulate(plan.simulation);
    REQUIRE(simulation.outcome.status == Status::done);
    return simulation;
}

const std::string zlobina = "id = \"zlobina_2022\"\nspace = \"strip\"\n";
const std::string scaffold = "id = \"buganza_tepole\"\nvariant = \"acta_2021\"\nspace = \"radial\"\n";
const std::string epidermis = "id = \"sherratt_murray\"\nvariant = \"activator\"\nspace = \"radial\"\n";

/// Every cell from `first` on, up to `last`, does what the model without space does from this start.
void check_cells(const SpatialSimulation& space, const Simulation& alone, std::size_t first, std::size_t last) {
    for (std::size_t i = 0; i < alone.rows[0].size(); ++i) {
        double largest = 0, worst = 0;
        for (std::size_t t = 0; t < alone.rows.size(); ++t) {
            largest = std::max(largest, std::abs(alone.rows[t][i]));
            for (std::size_t j = first; j < last; ++j)
                worst = std::max(worst, std::abs(space.run.at(t, i, j) - alone.rows[t][i]));
        }
        INFO("state " << i << " differs by " << worst << " of " << largest);
        CHECK(worst <= 1e-6 * largest);
    }
}

}  // namespace

TEST_CASE("a scenario of an epidermal wound converges to the published healing time", "[space]") {
    struct Case {
        const char *variant, *space;
        double healed;
    };
    const auto [variant, space, published] =
        GENERATE(Case{"activator", "planar", 21.9602}, Case{"activator", "radial", 20.6337},
                 Case{"inhibitor", "planar", 42.4545}, Case{"inhibitor", "radial", 46.0823});
    const std::string model =
        std::string("id = \"sherratt_murray\"\nvariant = \"") + variant + "\"\nspace = \"" + space + "\"\n";
    double before = 1;
    for (const char* cells : {"400", "800", "1600"}) {
        const auto found = run_of(plan_from(model, std::string("duration = \"50 days\"\ncells = ") + cells + "\n"));
        const double error = std::abs(found.run.healing_time - published);
        INFO(variant << ", " << space << ", " << cells << " cells: " << found.run.healing_time << ", estimated error "
                     << found.healing_time.error);
        CHECK(error < 0.35 * before);
        CHECK(found.healing_time.error == Approx(error).epsilon(0.5).margin(2e-4));  // published to four places
        before = error;
    }
    CHECK(before < 5e-4 * published);
}

TEST_CASE("new tissue reaches the middle of a strip when SciPy says so", "[space]") {
    // Written by tests/reference/wounds_by_scipy.py.
    const auto found = run_of(plan_from(zlobina, "duration = \"60 days\"\ncells = 200\nrtol = 1e-8\n"));
    CHECK(found.run.healing_time == Approx(48.0508026).epsilon(1e-5));
}

TEST_CASE("cells wider than the edge of new tissue show in the error of the grid", "[space]") {
    const auto healing = [](const std::string& cells) {
        return run_of(plan_from(zlobina, "duration = \"60 days\"\ncells = " + cells + "\n"));
    };
    const auto published = healing("100"), fine = healing("1600"), finer = healing("3200");
    CHECK(published.healing_time.error > 0.1 * published.run.healing_time);
    CHECK(std::abs(published.run.healing_time - finer.run.healing_time) < published.healing_time.error);
    CHECK(std::abs(fine.run.healing_time - finer.run.healing_time) < 0.005 * finer.run.healing_time);
}

TEST_CASE("far from its edge a wound does what the model without space does", "[space]") {
    const auto plan =
        plan_from(zlobina, "duration = \"8 days\"\ncells = 200\nrtol = 1e-9\n", "[initial]\nnew_tissue = 0.01\n");
    check_cells(run_of(plan), without_space(plan, {1, 0, 0, 0, 0.01}), 0, 100);
}

TEST_CASE("where nothing spreads every cell does what the model without space does from its own start", "[space]") {
    auto plan = plan_from(scaffold, "duration = \"56 days\"\ncells = 40\nrtol = 1e-9\natol = 1e-15\n",
                          "[initial]\nfibroblasts = \"100 1/mm3\"\n");
    for (std::size_t i = 0; i < BuganzaTepole::parameters.size(); ++i)
        if (BuganzaTepole::parameters[i].name.ends_with("diffusivity")) plan.simulation.parameters[i] = 0;
    const auto found = run_of(plan);
    check_cells(found, without_space(plan, {100, 1e-4, 0.43}), 0, 8);
    check_cells(found, without_space(plan, {1000, 0, 1}), 8, 40);
}

TEST_CASE("fibroblasts enter a scaffold as SciPy says", "[space]") {
    const auto found = run_of(plan_from(scaffold, "duration = \"28 days\"\ncells = 75\nrtol = 1e-9\natol = 1e-15\n"));
    struct Row {
        std::size_t cell;
        std::array<double, 3> values;
    };
    // Written by tests/reference/wounds_by_scipy.py.
    for (const auto& [cell, values] : {
             Row{0, {3197.215328, 4.209146475e-05, 1.380164445}},
             Row{10, {2954.163857, 2.987198674e-05, 1.35338283}},
             Row{14, {2723.030209, 2.098790108e-05, 1.302698792}},
             Row{15, {2653.437755, 1.87636569e-05, 1.410191366}},
             Row{20, {2253.042926, 9.14472684e-06, 1.299446859}},
             Row{40, {1153.77881, 5.481787698e-08, 1.027465883}},
         })
        for (std::size_t i = 0; i < values.size(); ++i) {
            INFO("state " << i << " in cell " << cell);
            CHECK(found.run.at(found.run.rows.size() - 1, i, cell) == Approx(values[i]).epsilon(1e-6));
        }
}

TEST_CASE("a round wound has its area at the start however the cells lie", "[space]") {
    for (const std::size_t cells : {37, 50, 75, 301}) {
        const auto plan = plan_from(scaffold, "duration = \"1 days\"\ncells = " + std::to_string(cells) + "\n");
        const auto found = run_of(plan);
        double collagen = 0;
        for (std::size_t j = 0; j < cells; ++j)
            collagen +=
                found.run.at(0, 2, j) * 0.5 * (std::pow(found.run.faces[j + 1], 2) - std::pow(found.run.faces[j], 2));
        CHECK(collagen == Approx(0.5 * (0.43 * 7.5 * 7.5 + 37.5 * 37.5 - 7.5 * 7.5)).epsilon(1e-12));
    }
}

TEST_CASE("healing is found between steps and outputs alike", "[space]") {
    auto plan = plan_from(epidermis, "duration = \"25 days\"\ncells = 100\n");
    const auto many = run_of(plan);
    plan.simulation.outputs = {25};
    CHECK(run_of(plan).run.healing_time == many.run.healing_time);
    const auto& times = many.plan.simulation.outputs;
    for (std::size_t t = 0; t < times.size(); ++t) {
        double least = 2;
        for (std::size_t j = 0; j < 100; ++j) least = std::min(least, many.run.at(t, 0, j));
        CHECK((least >= 0.8) == (times[t] >= many.run.healing_time));
        CHECK((many.run.fronts[t] == 0) == (least >= 0.8));
    }
    CHECK(many.run.fronts.front() == Approx(1).margin(0.01));  // the open wound reaches its edge
}

TEST_CASE("a wound that is still open has no healing time", "[space]") {
    const auto open = run_of(plan_from(epidermis, "duration = \"10 days\"\ncells = 100\n"));
    CHECK(std::isnan(open.run.healing_time));
    CHECK(std::isnan(open.healing_time.error));
    CHECK(open.run.fronts.back() > 0.4);
}

TEST_CASE("a run in space is the same again, tells how far it is, and stops when told", "[space]") {
    const auto plan = plan_from(epidermis, "duration = \"5 days\"\ncells = 64\n");
    std::vector<double> told;
    const auto first = simulate_in_space(plan, [&](double share) { return told.push_back(share), true; });
    CHECK(first.run.rows == run_of(plan).run.rows);
    CHECK(std::ranges::is_sorted(told));
    CHECK((told.front() > 0 && told.back() <= 1 && told.back() > 0.99));
    CHECK_THROWS_AS(simulate_in_space(plan, [](double share) { return share < 0.6; }), Interrupted);
}

TEST_CASE("a space that a model does not have cannot be run", "[space]") {
    auto plan = plan_from(epidermis, "cells = 64\n");
    plan.space = "spherical";
    CHECK_THROWS_AS(simulate_in_space(plan), std::invalid_argument);
    CHECK_THROWS_AS(spaces_of("cooper_2051"), std::invalid_argument);
    CHECK(spaces_of("cooper_2015").empty());
}

TEST_CASE("a run in space that fails has no numbers and no error of its grid", "[space]") {
    auto plan = plan_from(epidermis, "duration = \"25 days\"\ncells = 64\n");
    plan.simulation.parameters[1] = std::nan("");
    const auto failed = simulate_in_space(plan);
    CHECK(failed.run.outcome.status != Status::done);
    for (const auto& row : failed.run.rows)
        CHECK(std::ranges::all_of(row, [](double value) { return std::isnan(value); }));
    CHECK(std::isnan(failed.run.healing_time));
    for (const auto& state : failed.states) CHECK(std::isnan(state.error));
}

TEST_CASE("the error of a grid is that of an error which falls with a power of the cells' width", "[space]") {
    for (const double order : {0.75, 1.0, 1.25, 1.75, 2.0}) {
        const auto error = [&](double width) { return std::pow(width, order); };
        const double to_half = error(0.2) - error(0.1);
        const auto found = grid_error(to_half, error(0.4) - error(0.2));
        CHECK(found.order == Approx(order));
        CHECK(found.error >= error(0.1) * (1 - 1e-12));
        CHECK(found.error == Approx(order == 1.25 ? to_half : error(0.1)));  // too low an order to be trusted
    }
    CHECK(grid_error(0, 1).error == 0);
    CHECK(grid_error(1, 64).error == Approx(1.0 / 3));  // no faster than the differences are accurate
    CHECK(grid_error(1, 0.5).error > 1);                // grids that part from each other
    CHECK(std::isnan(grid_error(std::nan(""), 1).error));
    CHECK(std::isnan(grid_error(1, std::nan("")).error));
}
