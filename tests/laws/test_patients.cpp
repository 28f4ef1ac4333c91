// Laws of patients through whole courses, from the words of a scenario on: skins, conditions, light, and the twin.
#include <algorithm>
#include <string>
#include <vector>

#include "../unit/scenario_texts.hpp"
#include "cicatrix/course/parameters.hpp"
#include "cicatrix/scenario/run.hpp"
#include "microneedling_run.hpp"
#include "physical_ranges.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;
using test::with;

namespace {

/// A patient with a course of a year; a test replaces parts of it.
const std::string roller_year = R"([patient]
age = "25 years"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 3"
passes = 15
[care]
moisturiser = false
[simulation]
duration = "1 year"
outputs = ["0.01 days", "1 day", "7 days", "35 days", "90 days", "180 days", "1 year"]
[parameters]
)";

std::string of_patient(const std::string& lines, const std::string& text = roller_year) {
    return with(text, "[device]", lines + "\n[device]");
}
std::string with_baseline(std::string_view name, const std::string& text = roller_year) {
    return of_patient("baseline = \"" + std::string(name) + "\"", text);
}
std::string with_condition(std::string_view name, const std::string& text = roller_year) {
    return of_patient("conditions = [\"" + std::string(name) + "\"]\nacknowledge_warnings = true", text);
}
std::string with_care(const std::string& lines, const std::string& text = roller_year) {
    return with(text, "moisturiser = false", lines);
}
std::string untreated(const std::string& text = roller_year) { return with(text, "\"every 4 weeks x 3\"", "\"none\""); }
std::string aged(int years, const std::string& text = roller_year) {
    return with(text, "\"25 years\"", "\"" + std::to_string(years) + " years\"");
}

Scenario scenario_from(const std::string& text) { return parse_scenario(text, "x.toml", parameter_rows()); }
Plan plan_from(const std::string& text) { return plan_of(scenario_from(text)); }

Course course_from(const std::string& text) {
    Course course = run_course(plan_from(text));
    INFO(text);
    REQUIRE(readings_outside(course) == "");
    return course;
}

template <Name name> double seen(const Trajectory& trajectory, std::size_t row) {
    return trajectory.appearance[row][index_of(readouts, name)];
}

/// What is left at the end of what there was at first.
template <Name name> double kept(const Trajectory& trajectory) {
    return seen<name>(trajectory, trajectory.rows.size() - 1) / seen<name>(trajectory, 0);
}

template <Name name> double summed(const Trajectory& trajectory) {
    double sum = 0;
    for (const auto& y : trajectory.rows) sum += get<name>(y);
    return sum;
}

/// To the last bit in every state, read-out and compound.
void check_same_twin(const Course& a, const Course& b) {
    CHECK(a.untreated.rows == b.untreated.rows);
    REQUIRE(a.untreated.absorbed.size() == b.untreated.absorbed.size());
    for (std::size_t i = 0; i < a.untreated.absorbed.size(); ++i) {
        CHECK(a.untreated.absorbed[i].absorbed == b.untreated.absorbed[i].absorbed);
        CHECK(a.untreated.absorbed[i].flux == b.untreated.absorbed[i].flux);
    }
    for (std::size_t row = 0; row < a.untreated.appearance.size(); ++row)
        for (std::size_t i = 0; i < readouts.size(); ++i)
            CHECK(a.untreated.appearance[row][i] == b.untreated.appearance[row][i]);
}

const std::string cream =
    R"(topicals = [{ compound = "hydrocortisone", dose = "0.1 mg/cm2", when = "daily for 60 days" }])";

}  // namespace

TEST_CASE("at 25 years no skin changes by itself; what light has aged goes on as skin of that age", "[patients]") {
    for (const auto& baseline : baselines) {
        const Course course = course_from(untreated(with_baseline(baseline.name)));
        const Course same_age = course_from(untreated(aged(25 + static_cast<int>(baseline.extra_age))));
        const std::size_t last = course.plan.outputs.size() - 1;
        INFO(baseline.name);
        for (const auto whose : {&Course::treated, &Course::untreated}) {
            CHECK(seen<"scar_depth">(course.*whose, last) == Approx(1000 * baseline.scar_depth));
            CHECK(kept<"collagen_total">(course.*whose) ==
                  Approx(kept<"collagen_total">(same_age.*whose)).epsilon(1e-9));
            CHECK(kept<"epidermal_thickness">(course.*whose) ==
                  Approx(kept<"epidermal_thickness">(same_age.*whose)).epsilon(1e-9));
            if (baseline.extra_age == 0) CHECK(kept<"collagen_total">(course.*whose) == Approx(1).epsilon(1e-9));
        }
    }
}

TEST_CASE("scars and striae lack collagen and elastin from the first day on", "[patients][baselines]") {
    const Trajectory healthy = course_from(untreated()).untreated;
    for (const auto name : {"atrophic scar", "striae"}) {
        const Trajectory scar = course_from(untreated(with_baseline(name))).untreated;
        INFO(name);
        for (std::size_t row = 0; row < scar.rows.size(); ++row) {
            CHECK(collagen_total(scar.rows[row]) < 0.95 * collagen_total(healthy.rows[row]));
            CHECK(get<"elastin">(scar.rows[row]) < 0.95 * get<"elastin">(healthy.rows[row]));
        }
    }
}

TEST_CASE("only scars and striae have a depth, and sessions fill it", "[patients][baselines]") {
    for (const auto& baseline : baselines) {
        const Course course = course_from(with_baseline(baseline.name));
        const std::size_t last = course.plan.outputs.size() - 1;
        INFO(baseline.name);
        const double before = seen<"scar_depth">(course.untreated, 0);
        CHECK((before > 0) == (baseline.name == "atrophic scar" || baseline.name == "striae"));
        CHECK(seen<"scar_depth">(course.untreated, last) == before);
        if (before > 0) CHECK(seen<"scar_depth">(course.treated, last) < before);
    }
}

TEST_CASE("photo-aged skin starts as skin whose light added years, with lines to match", "[patients][baselines]") {
    const Trajectory healthy = course_from(untreated(aged(40))).untreated;
    const Trajectory sunned = course_from(untreated(with_baseline("photo-aged", aged(40)))).untreated;
    const auto extra = std::ranges::find(baselines, "photo-aged", &Baseline::name)->extra_age;
    const Trajectory older = course_from(untreated(aged(40 + static_cast<int>(extra)))).untreated;
    CHECK(seen<"collagen_total">(sunned, 0) < seen<"collagen_total">(healthy, 0));
    CHECK(seen<"collagen_total">(sunned, 0) == Approx(seen<"collagen_total">(older, 0)).epsilon(1e-6));
    CHECK(get<"elastin">(sunned.rows[0]) < get<"elastin">(older.rows[0]));
    CHECK(seen<"wrinkle_depth">(sunned, 0) > seen<"wrinkle_depth">(healthy, 0));
    CHECK(seen<"elasticity">(sunned, 0) < seen<"elasticity">(healthy, 0));
}

TEST_CASE("myofibroblasts stay longer in hypertrophic tendency, longest in keloid tendency", "[patients]") {
    const Course healthy = course_from(roller_year);
    const Course hypertrophic = course_from(with_baseline("hypertrophic tendency"));
    const Course keloid = course_from(with_condition("keloid tendency"));
    CHECK(summed<"myofibroblasts">(hypertrophic.treated) > 1.1 * summed<"myofibroblasts">(healthy.treated));
    CHECK(summed<"myofibroblasts">(keloid.treated) > 1.1 * summed<"myofibroblasts">(hypertrophic.treated));
    CHECK(seen<"collagen_total">(keloid.treated, 6) > seen<"collagen_total">(healthy.treated, 6));
}

TEST_CASE("every condition on every skin, at any site and age, gives a course in every range", "[patients]") {
    for (const auto& condition : conditions)
        for (const auto& baseline : baselines)
            for (const auto& site : sites) {
                const std::string where = "site = \"" + std::string(site.name) + "\"\n";
                const int age = 20 + static_cast<int>(&site - sites.data()) * 9;
                const std::string text =
                    with_baseline(baseline.name, with_condition(condition.name, of_patient(where, aged(age))));
                INFO(condition.name << ", " << baseline.name << ", " << site.name);
                CHECK(readings_outside(run_course(plan_from(text))) == "");
            }
}

TEST_CASE("no condition and no skin brings a parameter out of its range", "[patients]") {
    for (const auto& condition : conditions)
        for (const auto& baseline : baselines) {
            const Plan plan = plan_from(with_baseline(baseline.name, with_condition(condition.name)));
            for (std::size_t i = 0; i < course_parameters.size(); ++i) {
                INFO(condition.name << ", " << baseline.name << ", " << course_parameters[i].name);
                CHECK(course_parameter(plan, i) >= course_parameters[i].range.low);
                CHECK(course_parameter(plan, i) <= course_parameters[i].range.high);
            }
        }
}

TEST_CASE("what a scenario sets itself no condition changes, what it leaves open it changes as the table says",
          "[patients]") {
    const Scenario usual = scenario_from(roller_year);
    const Plan healthy = plan_of(usual);
    for (const auto name : {"keloid tendency", "anticoagulants"})
        for (std::size_t i = 0; i < course_parameters.size(); ++i) {
            const auto& parameter = course_parameters[i];
            const double factor = factor_on(parameter.name, condition_named(name)->changes);
            if (factor == 1) continue;
            INFO(name << ", " << parameter.name);
            const Plan changed = plan_from(with_condition(name));
            CHECK(course_parameter(changed, i) == Approx(factor * course_parameter(healthy, i)));
            const std::string line = std::string(parameter.name) + " = " + usual.parameters()[i].words + "\n";
            const Plan set = plan_from(with_condition(name) + line);
            CHECK(course_parameter(set, i) == Approx(course_parameter(healthy, i)).epsilon(1e-14));
            for (std::size_t other = 0; other < course_parameters.size(); ++other)
                if (other != i) CHECK(course_parameter(set, other) == course_parameter(changed, other));
        }
}

TEST_CASE("the twin does not depend on what is done to the treated skin", "[patients][twin]") {
    const std::string young = with_care("uv = 0.5\nsunscreen = true\n" + cream);
    const std::string ageing = with(aged(60, young), "[parameters]", "ageing = \"drift\"\n[parameters]");
    for (const auto& text : {young, with_baseline("photo-aged", ageing)}) {
        const Course usual = course_from(text);
        const auto check = [&](const std::string& part, const std::string& replacement) {
            INFO(replacement);
            check_same_twin(usual, course_from(with(text, part, replacement)));
        };
        for (const auto sessions : {"\"once\"", "\"none\"", "[\"3.7 days\", \"44.2 days\"]"})
            check("\"every 4 weeks x 3\"", sessions);
        check("passes = 15", "passes = 1");
        check("1.5 mm", "0.25 mm");
        check("uv = 0.5", "occlusion = \"17 h\"\nuv = 0.5");
        check("uv = 0.5", "anaesthetic = true\nuv = 0.5");
        for (const auto device : {"\"stamp\"", "\"pen\""}) check("\"roller\"", device);
        check("kind = \"roller\"\nneedle_length = \"1.5 mm\"", "kind = \"fractional laser\"");
    }
}

TEST_CASE("sun darkens the treated skin and its twin, and sunscreen both less", "[patients][light]") {
    const Course shade = course_from(with_care("uv = 0")), sun = course_from(with_care("uv = 1"));
    const Course screened = course_from(with_care("uv = 1\nsunscreen = true"));
    const std::size_t last = shade.plan.outputs.size() - 1;
    for (const auto whose : {&Course::treated, &Course::untreated}) {
        CHECK(seen<"melanin_index">(sun.*whose, last) > 1.2 * seen<"melanin_index">(shade.*whose, last));
        CHECK(seen<"melanin_index">(screened.*whose, last) < 0.9 * seen<"melanin_index">(sun.*whose, last));
        CHECK(seen<"melanin_index">(screened.*whose, last) >= seen<"melanin_index">(shade.*whose, last));
        CHECK(get<"melanin">((sun.*whose).rows[last]) > get<"melanin">((screened.*whose).rows[last]));
        CHECK(get<"melanin">((screened.*whose).rows[last]) >= get<"melanin">((shade.*whose).rows[last]));
    }
}

TEST_CASE("a darker phototype has more melanin on every day and a higher risk of dark spots", "[patients][light]") {
    std::vector<Course> types;
    for (int type = 1; type <= 6; ++type)
        types.push_back(course_from(of_patient("phototype = " + std::to_string(type))));
    for (std::size_t i = 1; i < types.size(); ++i)
        for (std::size_t row = 0; row < types[i].plan.outputs.size(); ++row) {
            for (const auto whose : {&Course::treated, &Course::untreated})
                CHECK(seen<"melanin_index">(types[i].*whose, row) > seen<"melanin_index">(types[i - 1].*whose, row));
            CHECK(seen<"hyperpigmentation_risk">(types[i].treated, row) >=
                  seen<"hyperpigmentation_risk">(types[i - 1].treated, row));
            CHECK(seen<"hyperpigmentation_risk">(types[i].untreated, row) == 0);
        }
}

TEST_CASE("older skin gives way less, so the same needles go deeper, and its dermis is thinner", "[patients][age]") {
    for (const auto device : {"roller", "stamp", "pen"}) {
        double depth = 0, dermis = 1e9;
        for (const int age : {25, 45, 65, 85}) {
            const Plan plan = plan_from(with(aged(age), "\"roller\"", "\"" + std::string(device) + "\""));
            INFO(device << ", " << age << " years");
            CHECK(plan.sessions[0].channels.depth > depth);
            CHECK(plan.sessions[0].channels.depth <= 1.5);
            CHECK(plan.skin.dermis < dermis);
            CHECK(plan.skin.dermis > 0);
            depth = plan.sessions[0].channels.depth, dermis = plan.skin.dermis;
        }
    }
}

TEST_CASE("no skin stiffens before 25 years: below, age does not matter to the depth of a channel", "[patients][age]") {
    CHECK(plan_from(aged(15)).sessions[0].channels.depth == plan_from(aged(25)).sessions[0].channels.depth);
}
