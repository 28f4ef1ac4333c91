// The parts that every result file has: descriptions, the outcome, the table of parameters, provenance.
#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "catch.hpp"
#include "cicatrix/io/checksum.hpp"
#include "cicatrix/io/dataset_parts.hpp"
#include "cicatrix/io/simulation_dataset.hpp"
#include "cicatrix/io/version.hpp"
#include "published_runs.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

constexpr std::array table{
    Parameter{"first", 1.5, "mm", {1, 2}, Grade::measured, {"somebody 2001", "table 3"}, "how long the first is"},
    Parameter{"second", 0.25, "1/d", {0, 1}, Grade::assumed, {"own choice", "nobody knows"}, "how fast the second is"},
    Parameter{"third", 7, "1", {1, 9}, Grade::analogue, "somebody else 2002", "how many thirds there are"},
};

const Variable& variable(const std::vector<Variable>& all, std::string_view name) {
    const auto found = std::ranges::find(all, name, &Variable::name);
    if (found == all.end()) throw std::out_of_range("no variable " + std::string(name));
    return *found;
}

template <class Value> std::vector<Value> values(const std::vector<Variable>& all, std::string_view name) {
    return std::get<std::vector<Value>>(variable(all, name).values);
}

bool has(const Attributes& attributes, std::string_view name) {
    return std::ranges::find(attributes, name, [](const auto& entry) { return entry.first; }) != attributes.end();
}

const AttributeValue& attribute(const Attributes& attributes, std::string_view name) {
    const auto found = std::ranges::find(attributes, name, [](const auto& entry) { return entry.first; });
    if (found == attributes.end()) throw std::out_of_range("no attribute " + std::string(name));
    return found->second;
}

std::string text(const Attributes& attributes, std::string_view name) {
    return std::get<std::string>(attribute(attributes, name));
}

std::vector<std::string> words_of(const std::string& line) {
    std::vector<std::string> words(1);
    for (const char c : line)
        if (c == ' ') words.emplace_back();
        else words.back() += c;
    return words;
}

std::vector<Variable> outcome_of(const Outcome& outcome) {
    std::vector<Variable> out;
    detail::add_outcome(out, outcome, "collagen", "h");
    return out;
}

std::vector<Variable> parameters_of(const std::vector<double>& used, const std::vector<bool>& given) {
    std::vector<Variable> out;
    detail::add_parameters(out, table, used, given);
    return out;
}

/// A data set of a run that ends after one unit of time.
Group dataset_of_run(std::string_view model, const Provenance& from, auto type) {
    using M = decltype(type);
    auto plan = plan_of<M>("", {0.0, 0.5, 1.0});
    CHECK(plan.model == model);
    return dataset_of(simulate(plan), from);
}

}  // namespace

TEST_CASE("a description is a name in words and a unit", "[dataset]") {
    const auto described = detail::described("how deep it is", "mm");
    REQUIRE(described.size() == 2);
    CHECK(text(described, "long_name") == "how deep it is");
    CHECK(text(described, "units") == "mm");
}

TEST_CASE("every status has a flag, in the order of its numbers", "[dataset]") {
    for (const Status status : {Status::done, Status::negative, Status::interrupted}) {
        const auto all = outcome_of({.status = status});
        const auto& told = variable(all, "status");
        CHECK(values<std::int8_t>(all, "status") == std::vector{static_cast<std::int8_t>(status)});
        CHECK(told.dimensions.empty());
        const auto flags = std::get<std::vector<std::int8_t>>(attribute(told.attributes, "flag_values"));
        const auto meanings = words_of(text(told.attributes, "flag_meanings"));
        REQUIRE(flags.size() == meanings.size());
        for (std::size_t i = 0; i < flags.size(); ++i) {
            CHECK(flags[i] == static_cast<std::int8_t>(i));
            CHECK(meanings[i] == status_names[i]);
        }
    }
}

TEST_CASE("the state that spoilt a run is named, and none when nothing did", "[dataset]") {
    CHECK(values<std::string>(outcome_of({.status = Status::done}), "solver_limiting_state") ==
          std::vector<std::string>{"none"});
    CHECK(values<std::string>(outcome_of({.status = Status::not_finite}), "solver_limiting_state") ==
          std::vector<std::string>{"collagen"});
}

TEST_CASE("what the solver counted is kept apart, and its time has the unit of the run", "[dataset]") {
    const auto all = outcome_of({.time = 12.5, .steps = 30, .rejected = 2, .pivoted = 1});
    CHECK(values<std::int32_t>(all, "solver_steps") == std::vector<std::int32_t>{30});
    CHECK(values<std::int32_t>(all, "solver_rejected_steps") == std::vector<std::int32_t>{2});
    CHECK(values<std::int32_t>(all, "solver_pivoted_steps") == std::vector<std::int32_t>{1});
    CHECK(values<double>(all, "solver_time_reached") == std::vector<double>{12.5});
    CHECK(text(variable(all, "solver_time_reached").attributes, "units") == "h");
}

TEST_CASE("everything about a parameter stands in its row", "[dataset]") {
    const auto all = parameters_of({1.5, 0.5, 7}, {false, true, false});
    for (const auto& each : all) {
        INFO(each.name);
        CHECK(each.dimensions == std::vector<std::string>{"parameter"});
        CHECK(has(each.attributes, "long_name"));
        CHECK(has(each.attributes, "units"));
        CHECK(std::visit([](const auto& column) { return column.size(); }, each.values) == table.size());
    }
    CHECK(values<std::string>(all, "parameter") == std::vector<std::string>{"first", "second", "third"});
    CHECK(values<double>(all, "parameter_value") == std::vector<double>{1.5, 0.5, 7});
    for (std::size_t i = 0; i < table.size(); ++i) {
        CHECK(values<double>(all, "parameter_default")[i] == table[i].value);
        CHECK(values<double>(all, "parameter_low")[i] == table[i].range.low);
        CHECK(values<double>(all, "parameter_high")[i] == table[i].range.high);
        CHECK(values<std::string>(all, "parameter_unit")[i] == table[i].unit);
        CHECK(values<std::string>(all, "parameter_meaning")[i] == table[i].meaning);
    }
}

TEST_CASE("grades are letters, and a source is told with its detail", "[dataset]") {
    const auto all = parameters_of({1.5, 0.25, 7}, {});
    CHECK(values<std::string>(all, "parameter_grade") == std::vector<std::string>{"A", "assumed", "C"});
    CHECK(values<std::string>(all, "parameter_source") ==
          std::vector<std::string>{"somebody 2001: table 3", "own choice: nobody knows", "somebody else 2002"});
}

TEST_CASE("who decided a parameter is told, also when a scenario repeats the default", "[dataset]") {
    const auto origin = [](const std::vector<double>& used, const std::vector<bool>& given) {
        return values<std::int8_t>(parameters_of(used, given), "parameter_origin");
    };
    CHECK(origin({1.5, 0.25, 7}, {}) == std::vector<std::int8_t>{0, 0, 0});
    CHECK(origin({1.5, 0.25, 7}, {true, false, false}) == std::vector<std::int8_t>{1, 0, 0});
    CHECK(origin({1.6, 0.25, 8}, {true, false, false}) == std::vector<std::int8_t>{1, 0, 2});
    CHECK(origin({1.5, 0.3, 7}, {true}) == std::vector<std::int8_t>{1, 2, 0});
    const auto all = parameters_of({1.5, 0.25, 7}, {});
    const auto& attributes = variable(all, "parameter_origin").attributes;
    const auto flags = std::get<std::vector<std::int8_t>>(attribute(attributes, "flag_values"));
    CHECK(flags.size() == words_of(text(attributes, "flag_meanings")).size());
}

TEST_CASE("a file says what made it, from what, and that it is not calibrated", "[dataset]") {
    const Provenance from{.title = "a title",
                          .question = "what if?",
                          .scenario_file = "x.toml",
                          .scenario_text = "a = 1",
                          .scenario_resolved = "a = 1\nb = 2",
                          .seed = 42,
                          .notes = {"one", "two"},
                          .warnings = {"mind"},
                          .parameter_given = {}};
    const auto told = detail::provenance_attributes(from, "some_model");
    CHECK(text(told, "title") == from.title);
    CHECK(text(told, "summary") == from.question);
    CHECK(text(told, "model") == "some_model");
    CHECK(text(told, "calibrated") == "no");
    CHECK(text(told, "notes") == "one\ntwo");
    CHECK(text(told, "warnings") == "mind");
    CHECK(text(told, "scenario_toml") == from.scenario_text);
    CHECK(text(told, "scenario_resolved") == from.scenario_resolved);
    CHECK(text(told, "scenario_sha256") == sha256(from.scenario_text));
    CHECK(std::get<double>(attribute(told, "seed")) == from.seed);
    CHECK(text(told, "version") == version());
    CHECK(text(told, "source").find(version()) != std::string::npos);
    CHECK(text(told, "schema_version") == schema_version);
    CHECK(text(told, "Conventions").starts_with("CF-"));
}

TEST_CASE("another scenario has another checksum, and a file of no notes has none", "[dataset]") {
    Provenance from;
    from.scenario_text = "a = 1";
    const auto before = text(detail::provenance_attributes(from, "x"), "scenario_sha256");
    from.scenario_text = "a = 2";
    CHECK(text(detail::provenance_attributes(from, "x"), "scenario_sha256") != before);
    CHECK(text(detail::provenance_attributes(from, "x"), "notes").empty());
}

TEST_CASE("no attribute of a file is told twice", "[dataset]") {
    const auto root = dataset_of_run("adler_2020", {}, Adler2020{});
    std::vector<std::string> names;
    for (const auto& [name, value] : root.attributes) names.push_back(name);
    std::ranges::sort(names);
    CHECK(std::ranges::adjacent_find(names) == names.end());
}

TEMPLATE_TEST_CASE("the run of a published model becomes one variable a state over the model's own time", "[dataset]",
                   Adler2020, Reynolds2006, Dunster2014, WaughSherratt2007) {
    using M = TestType;
    const auto root = dataset_of_run(M::id, {}, M{});
    CHECK(text(variable(root.variables, "time").attributes, "units") == M::time_unit);
    for (const State& state : M::states) {
        INFO(state.name);
        const auto& found = variable(root.variables, state.name);
        CHECK(found.dimensions == std::vector<std::string>{"time"});
        CHECK(text(found.attributes, "units") == state.unit);
        CHECK(text(found.attributes, "long_name") == state.meaning);
        CHECK(std::get<std::vector<double>>(found.values).size() == 3);
    }
    CHECK(text(root.attributes, "references") == M::source);
    for (const std::string_view fault : M::faults)
        CHECK(text(root.attributes, "faults_of_the_source").find(fault) != std::string::npos);
}

TEST_CASE("every variable of a data set fits the dimensions that it names", "[dataset]") {
    const auto root = dataset_of_run("bianchi_2015", {}, Bianchi2015{});
    for (const auto& each : root.variables) {
        std::size_t expected = 1;
        for (const auto& name : each.dimensions) {
            const auto found = std::ranges::find(root.dimensions, name, [](const auto& entry) { return entry.first; });
            REQUIRE(found != root.dimensions.end());
            expected *= found->second;
        }
        INFO(each.name);
        CHECK(std::visit([](const auto& column) { return column.size(); }, each.values) == expected);
    }
}

TEST_CASE("events are kept with how they were found, and a run without any has no such variables", "[dataset]") {
    auto plan = plan_of<Dankwa>("", {8.0});
    const auto root = dataset_of(simulate(plan), {});
    const auto times = values<double>(root.variables, "event_time");
    const auto kinds = values<std::int8_t>(root.variables, "event_kind");
    REQUIRE(times.size() == 2);
    CHECK(times[0] == 0);
    CHECK(kinds == std::vector<std::int8_t>{0, 1});
    const auto calm = dataset_of_run("reynolds_2006", {}, Reynolds2006{});
    CHECK(std::ranges::find(calm.variables, "event_time", &Variable::name) == calm.variables.end());
}

TEST_CASE("a failed run keeps its parameters and its status, and its states are missing values", "[dataset]") {
    auto simulation = simulate(plan_of<Adler2020>("", {1.0, 2.0}));
    simulation.outcome.status = Status::too_many_steps;
    simulation.outcome.limiting_state = place_in(Adler2020::states, "pdgf");
    for (auto& row : simulation.rows) row.assign(row.size(), std::numeric_limits<double>::quiet_NaN());
    const auto root = dataset_of(simulation, {});
    for (const double value : values<double>(root.variables, "csf1")) CHECK(value != value);
    CHECK(values<std::string>(root.variables, "solver_limiting_state") == std::vector<std::string>{"pdgf"});
    CHECK(values<double>(root.variables, "parameter_value").size() == Adler2020::parameters.size());
}
