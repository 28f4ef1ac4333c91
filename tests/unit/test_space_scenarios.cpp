// Scenarios of models in space: what they may name, what is refused with help, and the data set that comes out.
#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "cicatrix/io/dataset_check.hpp"
#include "cicatrix/scenario/published.hpp"
#include "cicatrix/scenario/run.hpp"
#include "scenario_texts.hpp"

using namespace cicatrix;
using namespace cicatrix::test;

namespace {

Scenario scenario_from(const std::string& text) { return parse_scenario(text, "x.toml", parameter_rows()); }

std::vector<Problem> problems_in(const std::string& text) {
    try {
        scenario_from(text);
    } catch (const InputError& error) {
        return error.problems();
    }
    return {};
}

Problem only_problem(const std::string& text) {
    const auto found = problems_in(text);
    REQUIRE(found.size() == 1);
    return found[0];
}

const Variable& variable(const Group& group, std::string_view name) {
    const auto hit = std::ranges::find(group.variables, name, &Variable::name);
    REQUIRE(hit != group.variables.end());
    return *hit;
}

template <class T> T attribute(const Attributes& attributes, std::string_view name) {
    const auto hit = std::ranges::find(attributes, name, &Attributes::value_type::first);
    REQUIRE(hit != attributes.end());
    return std::get<T>(hit->second);
}

const std::string epidermis = "[model]\nid = \"sherratt_murray\"\nspace = \"radial\"\n";
const std::string scaffold = "[model]\nid = \"buganza_tepole\"\nvariant = \"acta_2021\"\n";

}  // namespace

TEST_CASE("every space of every model can be named, and its resolved form says its cells", "[space]") {
    std::size_t spaces = 0;
    for (const std::string_view id : choice::models)
        for (const Space& space : spaces_of(id)) {
            INFO(id << " " << space.name);
            const std::string text =
                "[model]\nid = \"" + std::string(id) + "\"\nspace = \"" + std::string(space.name) + "\"\n";
            const Scenario scenario = scenario_from(text);
            CHECK(spatial_plan_of(scenario).cells == space.cells);
            CHECK(spatial_plan_of(scenario).space == space.name);
            CHECK(scenario.resolved().find("cells = " + std::to_string(space.cells)) != std::string::npos);
            CHECK(scenario_from(scenario.resolved()).resolved().find("space = \"" + std::string(space.name)) !=
                  std::string::npos);
            CHECK((space.length > 0 && space.wound > 0 && space.wound <= space.length));
            CHECK((!space.meaning.empty() && !space.unit.empty() && space.cells >= 8 && space.cells <= 4096));
            ++spaces;
        }
    CHECK(spaces >= 4);
}

TEST_CASE("the cells that a scenario asks for arrive, and too few or too many are refused", "[space]") {
    CHECK(spatial_plan_of(scenario_from(epidermis + "[simulation]\ncells = 128\n")).cells == 128);
    for (const char* cells : {"7", "4097"}) {
        const auto problem = only_problem(epidermis + "[simulation]\ncells = " + cells + "\n");
        CHECK(problem.code == "E-RANGE");
        CHECK(problem.where.path == "simulation.cells");
    }
    CHECK(only_problem(epidermis + "[simulation]\ncells = 12.5\n").code == "E-TYPE");
}

TEST_CASE("a misspelt space gets the nearest one, and a model without spaces says so", "[space]") {
    const auto near = only_problem("[model]\nid = \"sherratt_murray\"\nspace = \"radail\"\n");
    CHECK(near.code == "E-CHOICE");
    CHECK(near.suggestion == "radial");
    CHECK(near.where.path == "model.space");
    CHECK(near.where.line == 3);
    CHECK(near.text().find("planar and radial") != std::string::npos);
    const auto none = only_problem("[model]\nid = \"reynolds_2006\"\nspace = \"radial\"\n");
    CHECK(none.code == "E-CHOICE");
    CHECK(none.text().find("has none") != std::string::npos);
    CHECK(only_problem("[model]\nid = \"sherratt_murray\"\nspace = 2\n").code == "E-TYPE");
}

TEST_CASE("cells without a space are refused, and the spaces are named", "[space]") {
    const auto problem = only_problem("[model]\nid = \"sherratt_murray\"\n[simulation]\ncells = 100\n");
    CHECK(problem.code == "E-CONFLICT");
    CHECK(problem.text().find("planar or radial") != std::string::npos);
    CHECK(only_problem("[model]\nid = \"reynolds_2006\"\n[simulation]\ncells = 100\n").code == "E-CONFLICT");
}

TEST_CASE("a course of needled skin has no space of a model", "[space]") {
    const auto problem = only_problem(good_text + "[model]\nspace = \"radial\"\n");
    CHECK(problem.code == "E-CONFLICT");
    CHECK(problem.where.path == "model.space");
}

TEST_CASE("a variant may start otherwise in space, and the file's own start comes after it", "[space]") {
    const auto fibroblasts = [](const std::string& text) { return simulation_plan_of(scenario_from(text)).initial[0]; };
    const std::string radial = scaffold + "space = \"radial\"\n";
    CHECK(fibroblasts(scaffold) == 100);
    CHECK(fibroblasts(radial) == 0);
    CHECK(fibroblasts(radial + "[initial]\nfibroblasts = \"7 1/mm3\"\n") == 7);
}

TEST_CASE("a run in space is a sound data set whose states lie over time and position", "[space]") {
    const Group root = run_scenario(scenario_from(epidermis + "[simulation]\nduration = \"25 days\"\ncells = 48\n"));
    CHECK_NOTHROW(require_sound(root));
    CHECK(attribute<std::string>(root.attributes, "space") == "radial");
    CHECK(attribute<std::int32_t>(root.attributes, "cells") == 48);
    CHECK(attribute<std::string>(variable(root, "position").attributes, "units") == "wound radius");
    const auto& positions = std::get<std::vector<double>>(variable(root, "position").values);
    const auto& widths = std::get<std::vector<double>>(variable(root, "cell_width").values);
    REQUIRE(positions.size() == 48);
    for (std::size_t j = 0; j < 48; ++j) {
        CHECK(widths[j] == Approx(1.0 / 48));
        CHECK(positions[j] == Approx((static_cast<double>(j) + 0.5) / 48));
    }
    const Variable& cells = variable(root, "cells");
    CHECK(cells.dimensions == std::vector<std::string>{"time", "position"});
    CHECK(std::get<std::vector<double>>(cells.values).size() == 201 * 48);
    CHECK(variable(root, "front_position").dimensions == std::vector<std::string>{"time"});
    for (const char* name : {"cells", "chemical", "front_position", "healing_time"})
        CHECK(attribute<double>(variable(root, name).attributes, "grid_error") > 0);
    CHECK(attribute<double>(variable(root, "healing_time").attributes, "front_level") == 0.8);
}

TEST_CASE("a model that does not say what healing is has no front in its data set", "[space]") {
    const Group root =
        run_scenario(scenario_from(scaffold + "space = \"radial\"\n[simulation]\nduration = \"2 days\"\ncells = 40\n"));
    CHECK_NOTHROW(require_sound(root));
    CHECK(std::ranges::find(root.variables, "front_position", &Variable::name) == root.variables.end());
    CHECK(std::ranges::find(root.variables, "healing_time", &Variable::name) == root.variables.end());
    CHECK(variable(root, "collagen").dimensions.size() == 2);
}

TEST_CASE("without a space a model of several spaces runs as ever, over time alone", "[space]") {
    const Group root = run_scenario(scenario_from("[model]\nid = \"sherratt_murray\"\n"));
    CHECK(variable(root, "cells").dimensions == std::vector<std::string>{"time"});
    CHECK(std::ranges::find(root.variables, "position", &Variable::name) == root.variables.end());
}
