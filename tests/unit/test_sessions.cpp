// Laws of sessions and outputs: what a sentence, a list or tables mean in days, and what is refused.
#include <algorithm>
#include <cmath>

#include "scenario_texts.hpp"

using namespace cicatrix;
using namespace cicatrix::test;

namespace {

std::vector<double> days_of(const std::string& sessions) {
    std::vector<double> days;
    const Scenario scenario = scenario_of(with_sessions(sessions));
    for (const auto& session : scenario.sessions()) days.push_back(session.at);
    return days;
}

std::vector<double> outputs_of(const std::string& duration, const std::string& sessions, const std::string& outputs) {
    const std::string text = with(with_sessions(sessions), "\"24 months\"", "\"" + duration + "\"");
    return scenario_of(text + "outputs = " + outputs + "\n").output_times();
}

using Days = std::vector<double>;

}  // namespace

TEST_CASE("a session sentence means the days that it says", "[sessions]") {
    CHECK(days_of("\"once\"") == Days{0});
    CHECK(days_of("\"every 4 weeks x 4\"") == Days{0, 28, 56, 84});
    CHECK(days_of("\"every 4 weeks x 6, skip 3\"") == Days{0, 28, 84, 112, 140});
    CHECK(days_of("\"every 2 weeks x 5, skip 1 4\"") == Days{14, 28, 56});
    CHECK(days_of("\"every 1 month x 3\"") == Days{0, 30.4375, 60.875});
    CHECK(days_of("\"every 12 h x 3\"") == Days{0, 0.5, 1});
    CHECK(days_of("\"every 4 weeks x 1\"") == Days{0});
}

TEST_CASE("a sentence of another form is refused with the forms that are known", "[sessions]") {
    for (const std::string sentence : {"",
                                       "every",
                                       "every 4 weeks",
                                       "every 4 weeks x",
                                       "every 4 weeks x four",
                                       "every 4 weeks x 0",
                                       "every 4 weeks x -1",
                                       "every 4 weeks x 4,",
                                       "every 4 weeks x 4, skip",
                                       "every 4 weeks x 4, skip 5",
                                       "every 4 weeks x 4, skip 0",
                                       "every 4 weeks x 4 skip 2",
                                       "every 0 weeks x 4",
                                       "every -1 weeks x 4",
                                       "every 4 x 4",
                                       "every 4 mm x 4",
                                       "every 4 wekes x 4",
                                       "every 4 weeks x 4.5",
                                       "every 4 weeks x 2000",
                                       "every 4 weeks x 99999999999999",
                                       "Every 4 weeks x 4",
                                       "weekly",
                                       "every 4 weeks x 2, skip 1 2",
                                       "every 4 weeks x 4, skip 2 x"}) {
        const Problem problem = problem_of(with_sessions("\"" + sentence + "\""));
        INFO(problem.text());
        CHECK(problem.code == "E-SESSIONS");
        CHECK(problem.where.path == "protocol.sessions");
        CHECK_FALSE(problem.allowed.empty());
    }
    CHECK(problem_of(with_sessions("\"onec\"")).suggestion == "once");
    CHECK(problem_of(with_sessions("\"every 4 wekes x 4\"")).suggestion == "week");
}

TEST_CASE("a list of times is taken as it stands", "[sessions]") {
    CHECK(days_of(R"(["0 days", "30 days"])") == Days{0, 30});
    CHECK(days_of(R"(["1 week", "1 month", "1 year"])") == Days{7, 30.4375, 365.25});
    CHECK(problem_of(with_sessions(R"(["0 days", "30 mm"])")).where.path == "protocol.sessions[2]");
    CHECK(problem_of(with_sessions(R"(["0 days", 30])")).code == "E-TYPE");
    CHECK(problem_of(with_sessions("[]")).code == "E-SESSIONS");
    CHECK(problem_of(with_sessions("3")).code == "E-TYPE");
}

TEST_CASE("sessions are in order, distinct and inside the course", "[sessions]") {
    for (const auto list : {R"(["30 days", "0 days"])", R"(["0 days", "7 days", "1 week"])", R"(["-1 days"])",
                            R"(["24 months"])", R"(["0 days", "3 years"])", "\"every 1 year x 3\""})
        CHECK(problem_of(with_sessions(list)).code == "E-SESSIONS");
    const Problem late = problem_of(with(good_text, "\"24 months\"", "\"60 days\""));
    CHECK(late.what == "the session on day 84 is not before the end of the simulation on day 60");
    const auto without_end = problems_of(with(good_text, "\"24 months\"", "\"24 mm\""));
    CHECK(without_end.size() == 1);  // an unusable duration is not also held against the sessions
}

TEST_CASE("a session of its own table keeps the device's values except for those it names", "[sessions]") {
    const auto sessions =
        scenario_of(with_sessions(
                        R"([{ at = "0 days" }, { at = "30 days", needle_length = "1.0 mm", passes = 10 },
                    { at = "60 days", channel_density = "9 /cm2" }])"))
            .sessions();
    REQUIRE(sessions.size() == 3);
    CHECK(sessions[0].needle_length == 1.5);
    CHECK(sessions[0].passes == 15);
    CHECK(sessions[1].needle_length == 1.0);
    CHECK(sessions[1].passes == 10);
    CHECK(std::isnan(sessions[0].channel_density));
    CHECK(std::isnan(sessions[1].channel_density));
    CHECK(sessions[2].channel_density == 0.09);
    CHECK(std::isnan(sessions[0].injured_fraction));
}

TEST_CASE("a session may have its own needles, force and depth", "[sessions]") {
    const auto sessions = scenario_of(with_sessions(
                                          R"([{ at = "0 days", needle_diameter = "0.2 mm", insertion_force = "20 mN" },
                    { at = "30 days", penetration_ratio = 0.5 }])"))
                              .sessions();
    CHECK(sessions[0].needle_diameter == Approx(0.2));
    CHECK(sessions[1].needle_diameter == Approx(0.25));
    CHECK(sessions[0].insertion_force == Approx(0.02));  // in N
    CHECK(sessions[1].insertion_force == Approx(0.1));
    CHECK(std::isnan(sessions[0].penetration_ratio));
    CHECK(sessions[1].penetration_ratio == 0.5);
}

TEST_CASE("a value that every session brings may be missing from the device", "[sessions]") {
    const std::string text =
        with(with(good_text, "needle_length = \"1.5 mm\"\n", ""), "\"every 4 weeks x 4\"",
             R"([{ at = "0 days", needle_length = "1 mm" }, { at = "9 days", needle_length = "2 mm" }])");
    CHECK(scenario_of(text).sessions()[1].needle_length == 2);
    CHECK(problem_of(with(text, ", needle_length = \"2 mm\"", "")).code == "E-MISSING");
}

TEST_CASE("faults inside a session's table are found at their own places", "[sessions]") {
    const auto problem = [](const std::string& table) {
        return problem_of(with_sessions("[{ at = \"0 days\" }, " + table + "]"));
    };
    CHECK(problem(R"({ at = "9 days", needle_lenght = "1 mm" })").suggestion == "needle_length");
    CHECK(problem(R"({ at = "9 days", needle_length = "9 mm" })").where.path == "protocol.sessions[2].needle_length");
    CHECK(problem(R"({ at = "9 days", injured_fraction = 0.1 })").code == "E-CONFLICT");
    CHECK(problem(R"({ needle_length = "1 mm" })").code == "E-MISSING");
    CHECK(problem(R"({ at = 9 })").code == "E-TYPE");
    CHECK(problem(R"({ at = "9 days", passes = "ten" })").code == "E-TYPE");
}

TEST_CASE("prescribed sessions carry their fraction and nothing of needles", "[sessions]") {
    const auto session =
        scenario_of(
            "[patient]\nage = \"25 years\"\n[device]\nkind = \"prescribed\"\ninjured_fraction = \"5 %\"\n"
            "[protocol]\nsessions = \"once\"\n")
            .sessions()
            .front();
    CHECK(session.injured_fraction == 0.05);
    CHECK(std::isnan(session.needle_length));
    CHECK(std::isnan(session.passes));
    CHECK(std::isnan(session.channel_density));
}

TEST_CASE("an output word is a grid with the sessions and the end", "[sessions]") {
    CHECK(outputs_of("3 days", "\"once\"", "\"daily\"") == Days{0, 1, 2, 3});
    CHECK(outputs_of("2.5 days", "\"once\"", "\"daily\"") == Days{0, 1, 2, 2.5});
    CHECK(outputs_of("40 days", "[\"10.5 days\"]", "\"monthly\"") == Days{0, 10.5, 30.4375, 40});
    CHECK(outputs_of("3 years", "\"once\"", "\"yearly\"") == Days{0, 365.25, 730.5, 1095.75});
}

TEST_CASE("weekly outputs are daily in the fortnight after a session, and denser on its first day", "[sessions]") {
    const Days times = outputs_of("10 weeks", "[\"28 days\"]", "\"weekly\"");
    Days expected{0, 7, 14, 21, 28};
    for (const double hours : {1.0 / 60, 1.0 / 6, 1.0, 2.0, 4.0, 6.0, 12.0, 18.0}) expected.push_back(28 + hours / 24);
    for (int day = 29; day <= 42; ++day) expected.push_back(day);
    for (const double day : {49, 56, 63, 70}) expected.push_back(day);
    REQUIRE(times.size() == expected.size());
    for (std::size_t i = 0; i < times.size(); ++i) CHECK(times[i] == Approx(expected[i]).epsilon(1e-14));
}

TEST_CASE("output times rise, are distinct, hold every session and end with the course", "[sessions]") {
    for (const auto outputs : {"\"daily\"", "\"weekly\"", "\"monthly\"", "\"yearly\""})
        for (const auto sessions :
             {"\"once\"", "\"every 1 month x 7\"", "\"every 100 h x 9\"", "[\"0.1 days\", \"700 days\"]"}) {
            const std::string text = with_sessions(sessions) + "outputs = " + outputs + "\n";
            const Scenario scenario = scenario_of(text);
            const auto& times = scenario.output_times();
            CHECK(std::ranges::is_sorted(times));
            CHECK(std::ranges::adjacent_find(times) == times.end());
            CHECK(times.front() == 0);
            CHECK(times.back() == scenario.quantity<"simulation.duration">());
            for (const auto& session : scenario.sessions()) CHECK(std::ranges::binary_search(times, session.at));
        }
}

TEST_CASE("a list of outputs is taken as it stands and must rise inside the course", "[sessions]") {
    CHECK(outputs_of("60 days", "\"once\"", R"(["1 day", "1 week", "60 days"])") == Days{1, 7, 60});
    for (const auto list :
         {R"(["7 days", "1 day"])", R"(["1 day", "24 h"])", R"(["-1 days"])", R"(["25 months"])", "[]", "\"hourly\""})
        CHECK(problem_of(good_text + "outputs = " + list + "\n").code == "E-OUTPUTS");
    CHECK(problem_of(good_text + "outputs = [1, \"2 days\"]\n").code == "E-TYPE");
    CHECK(problem_of(good_text + "outputs = [\"1 mm\"]\n").code == "E-UNIT");
    CHECK(problem_of(good_text + "outputs = \"weeekly\"\n").suggestion == "weekly");
}
