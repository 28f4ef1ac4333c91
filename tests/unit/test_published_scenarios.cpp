// Scenarios of published models: what they may set, what is refused, and what arrives in the plan and the data set.
#include <cmath>

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

const std::string reynolds = "[model]\nid = \"reynolds_2006\"\n";

}  // namespace

TEST_CASE("a published model needs nothing but its name", "[published]") {
    for (const std::string_view id : choice::models) {
        if (id == choice::models[0]) continue;
        INFO(id);
        const Scenario scenario = scenario_from("[model]\nid = \"" + std::string(id) + "\"\n");
        CHECK_FALSE(scenario.is_course());
        CHECK(scenario.parameters().size() == published_parameters(id).size());
        CHECK(scenario.output_times().size() > 100);
        CHECK_NOTHROW(scenario_from(scenario.resolved()));
    }
}

TEST_CASE("what belongs to a course of needled skin is refused beside a published model", "[published]") {
    const auto found = problems_in(reynolds + "[patient]\nage = \"50 years\"\n[care]\nsunscreen = true\n");
    REQUIRE(found.size() == 2);
    for (const auto& problem : found) CHECK(problem.code == "E-CONFLICT");
    CHECK(found[0].where.path == "patient.age");
}

TEST_CASE("a variant sets values, the file's own come after it, and an unknown one is refused by name", "[published]") {
    const auto pathogen = [](const std::string& lines) {
        const auto plan = simulation_plan_of(scenario_from(lines));
        return plan.initial[0];
    };
    const std::string aseptic = "[model]\nid = \"reynolds_2006\"\nvariant = \"aseptic_death\"\n";
    CHECK(std::isnan(pathogen(reynolds)));  // left to the model
    CHECK(pathogen(aseptic) > 1);
    CHECK(pathogen(aseptic + "[initial]\npathogen = 0.25\n") == 0.25);
    const auto found = problems_in("[model]\nid = \"reynolds_2006\"\nvariant = \"aseptic_deth\"\n");
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == "E-CHOICE");
    CHECK(found[0].suggestion == "aseptic_death");
}

TEST_CASE("states at time zero are checked as parameters are", "[published]") {
    CHECK(problems_in(reynolds + "[initial]\npathogens = 1\n").front().code == "E-UNKNOWN-KEY");
    CHECK(problems_in(reynolds + "[initial]\npathogen = -1\n").front().code == "E-RANGE");
    CHECK(problems_in(reynolds + "[initial]\npathogen = \"2 mm\"\n").front().code == "E-UNIT");
    CHECK(problems_in(reynolds + "[parameters]\nclot_decay = 1\n").front().code == "E-UNKNOWN-KEY");
}

TEST_CASE("times arrive in the model's own unit", "[published]") {
    const auto hours = simulation_plan_of(scenario_from(reynolds + "[simulation]\nduration = \"2 days\"\n"));
    CHECK(hours.duration == Approx(48));
    CHECK(hours.outputs.back() == Approx(48));
    const auto days =
        simulation_plan_of(scenario_from("[model]\nid = \"adler_2020\"\n[simulation]\nduration = \"48 h\"\n"));
    CHECK(days.duration == Approx(2));
}

TEST_CASE("the run of a published model is a sound data set with its source, its faults and its events",
          "[published]") {
    const Group root = run_scenario(scenario_from("[model]\nid = \"bianchi_2015\"\n"));
    CHECK_NOTHROW(require_sound(root));
    const auto attribute = [&](std::string_view name) {
        const auto hit = std::ranges::find(root.attributes, name, &Attributes::value_type::first);
        REQUIRE(hit != root.attributes.end());
        return std::get<std::string>(hit->second);
    };
    CHECK(attribute("model") == "bianchi_2015");
    CHECK(attribute("references").find("BIOMD0000000722") != std::string::npos);
    CHECK_FALSE(attribute("faults_of_the_source").empty());
    const auto event = std::ranges::find(root.variables, "event_time", &Variable::name);
    REQUIRE(event != root.variables.end());
    CHECK(std::get<std::vector<double>>(event->values).front() == Approx(21.35923).epsilon(1e-6));
}

TEST_CASE("the same scenario of a published model gives the same bits", "[published]") {
    const auto rows = [] { return simulate(simulation_plan_of(scenario_from(reynolds))).rows; };
    CHECK(rows() == rows());
}

TEST_CASE("a run that is told to stop throws", "[published]") {
    const Scenario scenario = scenario_from("[model]\nid = \"adler_2020\"\n[simulation]\nrtol = 1e-10\n");
    CHECK_THROWS_AS(run_scenario(scenario, [](double) { return false; }), Interrupted);
}
