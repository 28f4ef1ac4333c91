// Laws of what a scenario is warned of, of its calendar, and of the rows that catch what a session brings at once.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "cicatrix/io/course_dataset.hpp"
#include "cicatrix/scenario/calendar.hpp"
#include "cicatrix/scenario/run.hpp"
#include "scenario_texts.hpp"

using namespace cicatrix;
using namespace cicatrix::test;

namespace {

Scenario complete(const std::string& text) { return parse_scenario(text, "x.toml", parameter_rows()); }

struct Told {
    Course course;
    std::vector<std::string> warnings;
};

Told told_of(const std::string& text) {
    const Scenario scenario = complete(text);
    Told out{run_course(plan_of(scenario)), {}};
    out.warnings = warnings_of(scenario, out.course);
    return out;
}

std::vector<std::string> warnings_with(const std::string& sessions) {
    return told_of(with_sessions(sessions)).warnings;
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string prescribed_text = R"([patient]
age = "30 years"
[device]
kind = "prescribed"
injured_fraction = 0.05
[protocol]
sessions = "every 4 weeks x 4"
)";

std::string with_condition(const std::string& name, const std::string& text) {
    return with(text, "[device]", "conditions = [\"" + name + "\"]\nacknowledge_warnings = true\n[device]");
}

/// Largest value of a read-out in the day after the session on `day`.
double largest_after(const Course& course, std::string_view name, double day) {
    const auto column = std::ranges::find(readouts, name, &Readout::name) - readouts.begin();
    double largest = -1e300;
    for (std::size_t row = 0; row < course.plan.outputs.size(); ++row)
        if (course.plan.outputs[row] > day && course.plan.outputs[row] <= day + 1)
            largest = std::max(largest, course.treated.appearance[row][static_cast<std::size_t>(column)]);
    return largest;
}

}  // namespace

TEST_CASE("a session inside the inflammation of the one before is warned of, a month later none is", "[warnings]") {
    CHECK(warnings_with("\"every 4 weeks x 4\"").empty());
    const auto all = warnings_with("\"every 2 days x 4\"");
    REQUIRE(all.size() == 1);  // one line, however many sessions
    CHECK(says(all[0], "session 2 (day 2) and 2 after it land inside"));
    CHECK(warnings_with("\"once\"").empty());
    CHECK(warnings_with("\"none\"").empty());
    const auto hasty = warnings_with(R"(["0 days", "28 days", "30 days", "90 days"])");
    REQUIRE(hasty.size() == 1);
    CHECK(says(hasty[0], "session 3 (day 30)"));
    CHECK(says(hasty[0], "inflammation of the one before"));
}

TEST_CASE("the warning says how much is left, more the sooner the session comes", "[warnings]") {
    double left = 1.01;
    for (const int days : {1, 3, 5, 6}) {
        const Told told = told_of(with_sessions("[\"0 days\", \"" + std::to_string(days) + " days\"]"));
        REQUIRE(told.warnings.size() == 1);
        CHECK(told.course.inflammation_left[1] < left);
        left = told.course.inflammation_left[1];
        CHECK(says(told.warnings[0], ": " + std::to_string(std::lround(100 * left)) + " % of its peak"));
    }
}

TEST_CASE("every kind of injury is watched, prescribed ones as well, and none that opens nothing", "[warnings]") {
    const auto soon = [](const std::string& text) {
        return with(text, "\"every 4 weeks x 4\"", "\"every 3 days x 2\"");
    };
    CHECK(told_of(prescribed_text).warnings.empty());
    CHECK(told_of(soon(prescribed_text)).warnings.size() == 1);
    CHECK(told_of(with(laser_text, "\"once\"", "\"every 3 days x 2\"")).warnings.size() == 1);
    CHECK(told_of(with(soon(good_text), "\"roller\"", "\"stamp\"")).warnings.size() == 1);
    const Told nothing = told_of(with(soon(prescribed_text), "0.05", "0.0"));
    CHECK(nothing.warnings.empty());
    CHECK(std::isnan(nothing.course.inflammation_left[1]));
}

TEST_CASE("warnings of the patient come before those of the protocol and all stand in the result", "[warnings]") {
    const std::string text = with_condition("eczema", with_sessions("\"every 2 days x 2\""));
    const Told told = told_of(text);
    REQUIRE(told.warnings.size() == 2);
    CHECK(says(told.warnings[0], "Eczema:"));
    CHECK(says(told.warnings[1], "session 2"));
    const Group root = run_scenario(complete(text));
    const auto attribute = std::ranges::find(root.attributes, "warnings", [](const auto& pair) { return pair.first; });
    REQUIRE(attribute != root.attributes.end());
    CHECK(std::get<std::string>(attribute->second) == told.warnings[0] + "\n" + told.warnings[1]);
}

TEST_CASE("every condition of the table is stored with the result of its course", "[warnings]") {
    for (const auto& condition : conditions) {
        const Group root =
            run_scenario(complete(with_condition(std::string(condition.name), with_sessions("\"once\""))));
        const auto attribute =
            std::ranges::find(root.attributes, "warnings", [](const auto& pair) { return pair.first; });
        REQUIRE(attribute != root.attributes.end());
        CHECK(std::get<std::string>(attribute->second) == condition.warning);
    }
}

TEST_CASE("rows ten minutes after each session catch its pain and its leak, whatever the outputs' word", "[outputs]") {
    const std::string fine = R"(outputs = ["0 days", "1 min", "10 min", "28 days", "40321 min", "24 months"])"
                             "\n";
    const Course close = told_of(good_text + fine).course;
    const Course weekly = told_of(good_text + "outputs = \"weekly\"\n").course;
    for (const double session : {0.0, 28.0})
        for (const auto name : {"pain", "tewl"}) {
            INFO(name << " after day " << session);
            CHECK(largest_after(weekly, name, session) > 0.8 * largest_after(close, name, session));
            CHECK(largest_after(weekly, name, session) <= largest_after(close, name, session));
        }
    CHECK(std::ranges::any_of(weekly.plan.outputs, [](double t) { return std::abs(t - 10.0 / 1440) < 1e-9; }));
}

TEST_CASE("the row at the time of a session is what it finds, the next one what it has done", "[outputs]") {
    const Course course = told_of(good_text + R"(outputs = ["28 days", "40321 min"])"
                                              "\n")
                              .course;
    const auto pain = std::ranges::find(readouts, "pain", &Readout::name) - readouts.begin();
    CHECK(course.treated.appearance[0][static_cast<std::size_t>(pain)] < 0.01);
    CHECK(course.treated.appearance[1][static_cast<std::size_t>(pain)] > 1);
}

TEST_CASE("the calendar names every session once in order, with films and creams between, and ends", "[calendar]") {
    const std::string text = good_text +
                             "[care]\nocclusion = \"36 h\"\ntopicals = [{ compound = \"caffeine\", dose = \"1 "
                             "mg/cm2\", when = \"once from 20 days\" }]\n";
    const auto calendar = calendar_of(complete(text));
    CHECK(std::ranges::is_sorted(calendar, {}, &CalendarEntry::from));
    std::vector<double> sessions, films;
    for (const auto& entry : calendar) {
        if (entry.what.starts_with("session ")) sessions.push_back(entry.from);
        if (says(entry.what, "film")) films.push_back(entry.to - entry.from);
        CHECK(entry.to >= entry.from);
    }
    CHECK(sessions == std::vector<double>{0, 28, 56, 84});
    CHECK(films == std::vector<double>(4, 1.5));
    const auto is_cream = [](const CalendarEntry& entry) { return says(entry.what, "caffeine"); };
    CHECK(std::ranges::count_if(calendar, is_cream) == 1);
    CHECK(std::ranges::find_if(calendar, is_cream)->from == 20);
    CHECK(calendar.back().what == "end");
}

TEST_CASE("a session of its own depth stands so in the calendar, the others as the device", "[calendar]") {
    const auto calendar = calendar_of(
        complete(with_sessions(R"([{ at = "0 days" }, { at = "30 days", needle_length = "0.5 mm", passes = 1 }])")));
    CHECK(says(calendar[0].what, "1.5 mm, 15 passes"));
    CHECK(says(calendar[1].what, "0.5 mm, 1 pass"));
    CHECK_FALSE(says(calendar[1].what, "passes"));
}
