// The data set of a course says everything about it: what, when, in which unit, from which numbers, how it ended.
#include <algorithm>
#include <cmath>
#include <limits>
#include <ranges>
#include <set>

#include "cicatrix/course/parameters.hpp"
#include "cicatrix/io/checksum.hpp"
#include "cicatrix/io/course_dataset.hpp"
#include "cicatrix/io/dataset_check.hpp"
#include "cicatrix/io/netcdf.hpp"
#include "cicatrix/io/session_variables.hpp"
#include "cicatrix/io/version.hpp"
#include "cicatrix/scenario/run.hpp"
#include "course_plans.hpp"
#include "scenario_texts.hpp"

using namespace cicatrix;
using namespace cicatrix::test;
using namespace cicatrix::tests;

namespace {

using Numbers = std::vector<double>;
using Counts = std::vector<std::int32_t>;
using Flags = std::vector<std::int8_t>;
using Texts = std::vector<std::string>;

const Variable* find(const Group& group, std::string_view name) {
    const auto hit = std::ranges::find(group.variables, name, &Variable::name);
    return hit == group.variables.end() ? nullptr : &*hit;
}

const Variable& variable(const Group& group, std::string_view name) {
    INFO(name);
    const Variable* found = find(group, name);
    REQUIRE(found != nullptr);
    return *found;
}

template <class Values> const Values& values(const Group& group, std::string_view name) {
    return std::get<Values>(variable(group, name).values);
}

template <class Value = std::string> Value attribute(const Attributes& attributes, std::string_view name) {
    const auto hit = std::ranges::find(attributes, name, &Attributes::value_type::first);
    INFO(name);
    REQUIRE(hit != attributes.end());
    return std::get<Value>(hit->second);
}

const Group& twin(const Group& root) {
    REQUIRE(root.groups.size() == 1);
    REQUIRE(root.groups.front().name == "untreated");
    return root.groups.front();
}

std::size_t length(const Group& root, const std::string& dimension) { return dimension_length({&root}, dimension); }

Provenance some_provenance() {
    Provenance from;
    from.title = "A year";
    from.scenario_text = "title = \"A year\"\n";
    from.parameter_given.assign(course_parameters.size(), false);
    return from;
}

Group dataset_from(const Plan& plan) { return dataset_of(run_course(plan), some_provenance()); }

const std::string with_one_parameter = good_text + "[parameters]\nclot_decay = \"0.6 /d\"\n";

Group dataset_from_text(const std::string& text) {
    return run_scenario(parse_scenario(text, "some/folder/x.toml", parameter_rows()));
}

/// A plan whose second session, on day 28, fails.
Plan failing() {
    Plan plan = year_with({0, 28});
    plan.sessions[1].prescribed->open_area = 1.5;  // cover falls below zero
    return plan;
}

bool no_number(const Numbers& numbers) {
    return std::ranges::all_of(numbers, [](double value) { return std::isnan(value); });
}

}  // namespace

TEST_CASE("every state and read-out stands over time, described, in the root and in the twin", "[dataset]") {
    const Group root = dataset_from(year_with({0}));
    const auto check_entry = [](const Group& group, const auto& entry) {
        const Variable& v = variable(group, entry.name);
        CHECK(v.dimensions == std::vector<std::string>{"time"});
        CHECK(attribute(v.attributes, "long_name") == entry.meaning);
        CHECK(attribute(v.attributes, "units") == entry.unit);
    };
    for (const Group* group : {&root, &twin(root)}) {
        for (const auto& state : CourseModel::states) check_entry(*group, state);
        for (const auto& readout : readouts) {
            check_entry(*group, readout);
            CHECK(attribute(variable(*group, readout.name).attributes, "evidence_grade") == text_of(readout.grade));
            CHECK(attribute(variable(*group, readout.name).attributes, "formula") == readout.formula);
        }
    }
}

TEST_CASE("each session has what the table of session variables declares, and nothing else", "[dataset]") {
    const Group root = dataset_from_text(good_text);
    std::size_t held = 0;
    for (const auto& v : root.variables) held += v.dimensions == std::vector<std::string>{"session"};
    CHECK(held == session_variables.size() + 1);  // with the number of the session
    for (const auto& row : session_variables) {
        const Variable& v = variable(root, row.name);
        CHECK(attribute(v.attributes, "long_name") == row.meaning);
        CHECK(attribute(v.attributes, "units") == row.unit);
        const auto& told = values<Numbers>(root, row.name);
        CHECK(std::ranges::none_of(told | std::views::drop(1), [](double value) { return std::isnan(value); }));
    }
}

TEST_CASE("a prescribed injury has no channels but all that an injury has", "[dataset]") {
    const Group root = dataset_from(year_with({0, 28}));
    for (const auto name : {"channel_density", "strike_density", "channel_depth", "channel_depth_spread"})
        CHECK(no_number(values<Numbers>(root, name)));
    CHECK(values<Numbers>(root, "session_time") == Numbers{0, 28});
    for (const auto name : {"open_area_fraction", "injured_fraction"})
        CHECK(values<Numbers>(root, name) == Numbers{0.05, 0.05});
    CHECK(values<Numbers>(root, "reached_fraction") == Numbers{1, 1});
    CHECK(values<Numbers>(root, "untouched_fraction") == Numbers{0, 0});
}

TEST_CASE("every variable has a long name and units", "[dataset]") {
    const Group root = dataset_from(year_with({0}));
    for (const Group* group : {&root, &twin(root)})
        for (const auto& v : group->variables) {
            INFO(v.name);
            CHECK_FALSE(attribute(v.attributes, "long_name").empty());
            CHECK_FALSE(attribute(v.attributes, "units").empty());
        }
}

TEST_CASE("the numbers are those of the course, the treated in the root and the untreated in the twin", "[dataset]") {
    const Course course = run_course(year_with({0, 28}));
    const Group root = dataset_of(course, some_provenance());
    CHECK(values<Numbers>(root, "time") == course.plan.outputs);
    for (std::size_t i = 0; i < CourseModel::states.size(); ++i)
        for (std::size_t row = 0; row < course.plan.outputs.size(); ++row) {
            const auto name = CourseModel::states[i].name;
            if (values<Numbers>(root, name)[row] != course.treated.rows[row][i]) FAIL_CHECK(name << " treated");
            if (values<Numbers>(twin(root), name)[row] != course.untreated.rows[row][i]) FAIL_CHECK(name << " twin");
        }
    const auto& total = values<Numbers>(root, "collagen_total");
    CHECK(total.back() == course.treated.appearance.back()[index_of(readouts, "collagen_total")]);
    CHECK(total.front() == Approx(1));
    CHECK(total.back() > values<Numbers>(twin(root), "collagen_total").back());
}

TEST_CASE("each variable has as many values as its dimensions are long", "[dataset]") {
    const Group root = dataset_from(year_with({0, 28}));
    CHECK(length(root, "time") == year_with({}).outputs.size());
    CHECK(length(root, "session") == 2);
    CHECK(length(root, "parameter") == course_parameters.size());
    CHECK_NOTHROW(require_sound(root));
}

TEST_CASE("the table of parameters is the course's, whole", "[dataset]") {
    const Group root = dataset_from(year_with({}));
    const auto& table = course_parameters;
    for (const auto& v : root.variables)
        if (v.name.starts_with("parameter")) CHECK(v.dimensions == std::vector<std::string>{"parameter"});
    for (std::size_t i = 0; i < table.size(); ++i) {
        INFO(table[i].name);
        CHECK(values<Texts>(root, "parameter")[i] == table[i].name);
        CHECK(values<Texts>(root, "parameter_unit")[i] == table[i].unit);
        CHECK(values<Texts>(root, "parameter_meaning")[i] == table[i].meaning);
        CHECK(values<Texts>(root, "parameter_grade")[i] == text_of(table[i].grade));
        CHECK(values<Texts>(root, "parameter_source")[i] == table[i].source.text());
        CHECK(values<Numbers>(root, "parameter_default")[i] == table[i].value);
        CHECK(values<Numbers>(root, "parameter_low")[i] <= table[i].value);
        CHECK(values<Numbers>(root, "parameter_high")[i] >= table[i].value);
    }
}

TEST_CASE("the origin of a parameter tells what the scenario has set, even to its default", "[dataset]") {
    const Group root = dataset_from_text(with_one_parameter);
    const auto& names = values<Texts>(root, "parameter");
    for (std::size_t i = 0; i < names.size(); ++i) {
        INFO(names[i]);
        const bool is_set = names[i] == "clot_decay";
        CHECK(values<Flags>(root, "parameter_origin")[i] == (is_set ? 1 : 0));
        const double value = values<Numbers>(root, "parameter_value")[i];
        CHECK(value == (is_set ? 0.6 : values<Numbers>(root, "parameter_default")[i]));
    }
    const double onset = get<"ageing_onset">(Plan{}.parameters);
    const Group same =
        dataset_from_text(good_text + "[parameters]\nageing_onset = \"" + shortest_text(onset) + " years\"\n");
    CHECK(std::ranges::count(values<Flags>(same, "parameter_origin"), 1) == 1);
}

TEST_CASE("the origin of a parameter tells what a condition of the patient has changed", "[dataset]") {
    const Group root = dataset_from_text(
        with(good_text, "site = \"periorbital\"", "site = \"periorbital\"\nconditions = [\"anticoagulants\"]"));
    const auto& names = values<Texts>(root, "parameter");
    for (std::size_t i = 0; i < names.size(); ++i) {
        INFO(names[i]);
        const bool moved = values<Numbers>(root, "parameter_value")[i] != values<Numbers>(root, "parameter_default")[i];
        CHECK(values<Flags>(root, "parameter_origin")[i] == (moved ? 2 : 0));
        if (names[i] == "clot_decay") CHECK(moved);
    }
    CHECK(attribute(root.attributes, "warnings").find("Anticoagulants") != std::string::npos);
}

TEST_CASE("what the skin takes up stands over time and compound, in the twin, too", "[dataset]") {
    const Group root = dataset_from_text(good_text +
                                         "[care]\ntopicals = [{ compound = \"caffeine\", dose = \"0.1 mg/cm2\", when = "
                                         "\"once\" }, { compound = \"minoxidil\", dose = \"0.1 mg/cm2\", when = "
                                         "\"once\" }]\n");
    CHECK(values<Texts>(root, "topical") == Texts{"caffeine", "minoxidil"});
    for (const char* name : {"absorbed_fraction", "flux", "absorption_gain"})
        CHECK(variable(root, name).dimensions == std::vector<std::string>{"time", "topical"});
    const auto& treated = values<Numbers>(root, "absorbed_fraction");
    const auto& untreated = values<Numbers>(twin(root), "absorbed_fraction");
    REQUIRE(treated.size() == 2 * length(root, "time"));
    CHECK(treated[treated.size() - 2] > untreated[untreated.size() - 2]);
    CHECK_NOTHROW(require_sound(root));
}

TEST_CASE("sessions stand in the data set as they were applied", "[dataset]") {
    const Plan plan = plan_of(parse_scenario(good_text, "x.toml", parameter_rows()));
    const Group root = dataset_from(plan);
    CHECK(values<Counts>(root, "session") == Counts{1, 2, 3, 4});
    CHECK(values<Numbers>(root, "session_time") == Numbers{0, 28, 56, 84});
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(values<Numbers>(root, "channel_density")[i] == Approx(100 * plan.sessions[i].channels.density));
        CHECK(values<Numbers>(root, "channel_depth")[i] == plan.sessions[i].channels.depth);
        CHECK(values<Numbers>(root, "open_area_fraction")[i] == Approx(plan.sessions[i].channels.open_area()));
    }
    const auto& untouched = values<Numbers>(root, "untouched_fraction");
    CHECK(std::ranges::adjacent_find(untouched, std::less_equal<>()) == untouched.end());  // each session reaches more
    CHECK(attribute(variable(root, "channel_density").attributes, "units") == "cm-2");
}

TEST_CASE("without sessions there is no session dimension and no variable along it", "[dataset]") {
    const Group root = dataset_from(year_with({}));
    for (const auto& [name, size] : root.dimensions) CHECK(name != "session");
    CHECK(find(root, "session_time") == nullptr);
    CHECK_NOTHROW(require_sound(root));
}

TEST_CASE("a course that is done says so, with its steps", "[dataset]") {
    const Group root = dataset_from(year_with({0}));
    for (const Group* group : {&root, &twin(root)}) {
        CHECK(values<Flags>(*group, "status") == Flags{0});
        CHECK(values<Texts>(*group, "solver_limiting_state") == Texts{"none"});
        CHECK(values<Numbers>(*group, "solver_time_reached") == Numbers{365.25});
        CHECK(values<Counts>(*group, "solver_steps").front() > 0);
    }
}

TEST_CASE("each flag of the status has one name", "[dataset]") {
    const Group root = dataset_from(year_with({}));
    const auto& attributes = variable(root, "status").attributes;
    const auto meanings = attribute(attributes, "flag_meanings");
    const auto words = 1 + std::ranges::count(meanings, ' ');
    CHECK(attribute<Flags>(attributes, "flag_values").size() == static_cast<std::size_t>(words));
}

TEST_CASE("a treated skin that failed has a status, the state that spoilt it and no number; its twin has all",
          "[dataset]") {
    const Group root = dataset_from(failing());
    CHECK(values<Flags>(root, "status").front() != 0);
    CHECK(values<Texts>(root, "solver_limiting_state") == Texts{"epidermal_cover"});
    CHECK(values<Numbers>(root, "solver_time_reached") == Numbers{28});
    for (const auto& state : CourseModel::states) CHECK(no_number(values<Numbers>(root, state.name)));
    for (const auto& readout : readouts) CHECK(no_number(values<Numbers>(root, readout.name)));
    CHECK(values<Flags>(twin(root), "status") == Flags{0});
    for (const double value : values<Numbers>(twin(root), "collagen_total")) CHECK(value == Approx(1));
    CHECK_NOTHROW(netcdf_bytes(root));
}

TEST_CASE("the scenario stands in the data set verbatim, with its checksum and without the author's folders",
          "[dataset]") {
    const std::string text = "# Größe\r\n" + good_text + "\n\n# end without a newline";
    const Group root = dataset_from_text(text);
    CHECK(attribute(root.attributes, "scenario_toml") == text);
    CHECK(attribute(root.attributes, "scenario_sha256") == sha256(text));
    CHECK(attribute(root.attributes, "scenario_file") == "x.toml");
    CHECK(attribute(root.attributes, "title") == "Four sessions");
    const auto resolved = attribute(root.attributes, "scenario_resolved");
    CHECK_NOTHROW(parse_scenario(resolved, "resolved.toml", parameter_rows()));
}

TEST_CASE("the data set says what made it and that it is not calibrated", "[dataset]") {
    Plan plan = year_with({});
    plan.method = Method::rodas4;
    plan.skin.age = 41;
    plan.relative = 1e-7;
    const Group root = dataset_from(plan);
    CHECK(attribute(root.attributes, "calibrated") == "no");
    CHECK(attribute(root.attributes, "version") == version());
    CHECK(attribute(root.attributes, "git_commit") == git_commit());
    CHECK(attribute(root.attributes, "compiler") == compiler());
    CHECK(attribute(root.attributes, "schema_version") == schema_version);
    CHECK(attribute(root.attributes, "model") == CourseModel::id);
    CHECK(attribute(root.attributes, "method") == "rodas4");
    CHECK(attribute<double>(root.attributes, "age_years") == 41);
    CHECK(attribute<double>(root.attributes, "rtol") == 1e-7);
    CHECK(attribute<double>(root.attributes, "atol") == plan.absolute);
}

TEST_CASE("seed, question and notes arrive from the scenario", "[dataset]") {
    const Group root = dataset_from_text("seed = 9007199254740991\nquestion = \"Why?\"\n" +
                                         with(good_text, "kind = \"roller\"", "kind = \"roller\"\nrows = 6"));
    CHECK(attribute<double>(root.attributes, "seed") == 9007199254740991.0);
    CHECK(attribute(root.attributes, "summary") == "Why?");
    CHECK(attribute(root.attributes, "notes").find("device.rows") != std::string::npos);
}

TEST_CASE("the same scenario gives the same file to the last byte, another scenario another", "[dataset]") {
    const auto bytes = netcdf_bytes(dataset_from_text(good_text));
    CHECK(bytes == netcdf_bytes(dataset_from_text(good_text)));
    CHECK(bytes != netcdf_bytes(dataset_from_text(with_one_parameter)));
}

TEST_CASE("a scenario that is told to stop throws instead of giving half a data set", "[dataset]") {
    const Scenario scenario = parse_scenario(good_text, "x.toml", parameter_rows());
    CHECK_THROWS_AS(run_scenario(scenario, [](double) { return false; }), Interrupted);
}
