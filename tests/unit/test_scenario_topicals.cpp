// Laws of topicals: what a sentence means in days, which compounds are known, where faults are found.
#include <algorithm>
#include <cmath>

#include "cicatrix/scenario/calendar.hpp"
#include "scenario_texts.hpp"

using namespace cicatrix;
using namespace cicatrix::test;

namespace {

using Days = std::vector<double>;

/// Two years with sessions on days 0, 28, 56 and 84.
std::string with_topicals(const std::string& tables) { return good_text + "[care]\ntopicals = [" + tables + "]\n"; }

std::string when_text(const std::string& when) {
    return with_topicals("{ compound = \"minoxidil\", dose = \"1 mg/cm2\", when = " + when + " }");
}

Days days_of(const std::string& when) { return scenario_of(when_text(when)).topicals().front().times; }

/// Of a sentence.
Days days_when(const std::string& sentence) { return days_of("\"" + sentence + "\""); }

}  // namespace

TEST_CASE("a sentence of care means the days that it says", "[topicals]") {
    CHECK(days_when("once") == Days{0});
    CHECK(days_when("once from 3 days") == Days{3});
    CHECK(days_when("daily for 3 days") == Days{0, 1, 2});
    CHECK(days_when("twice daily for 36 h") == Days{0, 0.5, 1});
    CHECK(days_when("every 3 days from 1 week for 10 days") == Days{7, 10, 13, 16});
    CHECK(days_when("after each session") == Days{0, 28, 56, 84});
    CHECK(days_when("once after each session from 2 days") == Days{2, 30, 58, 86});
    CHECK(days_when("after each session for 2 days") == Days{0, 1, 28, 29, 56, 57, 84, 85});
    CHECK(days_when("every 1 week after each session from 1 week for 2 weeks") == Days{7, 14, 35, 42, 63, 70, 91, 98});
    CHECK(days_when("daily").size() == 731);  // 24 months are 730.5 days
    CHECK(days_when("twice daily for 12 weeks").size() == 2 * 84);
}

TEST_CASE("doses of one session stop where those of the next begin, and all before the end", "[topicals]") {
    for (const std::string sentence : {"daily after each session", "after each session for 6 weeks", "daily",
                                       "every 31 h", "twice daily from 700 days for 9 years"}) {
        const Days days = days_when(sentence);
        INFO(sentence);
        CHECK(std::ranges::is_sorted(days));
        CHECK(std::ranges::adjacent_find(days) == days.end());
        CHECK(days.back() < scenario_of(good_text).quantity<"simulation.duration">());
        CHECK(std::ranges::count(days, 28.0) == (sentence.find("session") != std::string::npos || sentence == "daily"));
    }
    const std::string untreated =
        "patient.age = \"25 years\"\nprotocol.sessions = \"none\"\ncare.topicals = [{ compound = \"minoxidil\", dose = "
        "\"1 mg/cm2\", when = \"after each session\" }]\n";
    CHECK(scenario_of(untreated).topicals().front().times.empty());
}

TEST_CASE("a sentence of care of another form is refused with the forms that are known", "[topicals]") {
    for (const std::string sentence : {"",
                                       "now and then",
                                       "for 3 days",
                                       "daily for",
                                       "daily for 3",
                                       "daily for 3 mm",
                                       "daily for -3 days",
                                       "daily for 0 days",
                                       "every",
                                       "every 0 days",
                                       "every -1 days",
                                       "every 3",
                                       "once for 3 days",
                                       "dailyfor 3 days",
                                       "daily until Easter",
                                       "daily from -1 days",
                                       "daily for 3 days for 4 days",
                                       "daily for 3 days from 1 day",
                                       "Daily",
                                       "after each",
                                       "every 60 s",
                                       "every 2 min for 24 months"}) {
        const Problem problem = problem_of(when_text("\"" + sentence + "\""));
        INFO(problem.text());
        CHECK(problem.code == "E-TOPICALS");
        CHECK(problem.where.path == "care.topicals[1].when");
        CHECK_FALSE(problem.allowed.empty());
    }
    CHECK(problem_of(when_text("\"dayly\"")).suggestion == "daily");
}

TEST_CASE("the number of compounds and of their times is limited", "[topicals]") {
    const auto many = [](int count) {
        std::string tables;
        for (int i = 0; i < count; ++i)
            tables += "{ compound = \"minoxidil\", dose = \"1 mg/cm2\", when = \"every 30 min\" }, ";
        return with_topicals(tables);
    };
    CHECK(scenario_of(many(most_topicals)).topicals().size() == most_topicals);
    CHECK(problem_of(many(most_topicals + 1)).code == "E-TOPICALS");
}

TEST_CASE("a list of times of care rises inside the course", "[topicals]") {
    CHECK(days_of(R"(["0 days", "1 week", "1 month"])") == Days{0, 7, 30.4375});
    for (const auto list : {"[]", R"(["1 day", "24 h"])", R"(["2 days", "1 day"])", R"(["24 months"])"})
        CHECK(problem_of(when_text(list)).code == "E-TOPICALS");
    CHECK(problem_of(when_text(R"(["1 day", "2 mm"])")).where.path == "care.topicals[1].when[2]");
    CHECK(problem_of(when_text(R"(["-1 days"])")).code == "E-RANGE");
    CHECK(problem_of(when_text("3")).code == "E-TYPE");
}

TEST_CASE("a compound is known by its name or brings what decides how it passes the skin", "[topicals]") {
    const auto known =
        scenario_of(with_topicals("{ compound = \"ascorbic acid\", dose = \"0.1 mg/cm2\", when = \"once\" }"))
            .topicals()
            .front();
    CHECK(known.compound == "ascorbic acid");
    CHECK(known.dose == Approx(1e-6));
    CHECK(std::isnan(known.permeability));
    const std::string own = R"({ compound = "my own", dose = "4 ug/cm2", when = "once", permeability = "1e-3 cm/h",
molecular_mass = "362 g/mol", solubility = "0.3 mg/mL" })";
    const auto topical = scenario_of(with_topicals(with(own, "\n", " "))).topicals().front();
    CHECK(topical.permeability == Approx(0.24));  // 1e-3 cm/h: 0.01 mm in an hour
    CHECK(topical.molecular_mass == Approx(362));
    CHECK(topical.solubility == Approx(3e-7));  // a mL is 1000 mm3
    const Problem unknown = problem_of(with_topicals(with(with(own, "\n", " "), ", solubility = \"0.3 mg/mL\"", "")));
    CHECK(unknown.code == "E-TOPICALS");
    CHECK(unknown.where.path == "care.topicals[1].compound");
    CHECK(scenario_of(with_topicals("{ compound = \"vitamin C\", dose = \"1 mg/cm2\", when = \"once\" }"))
              .topicals()
              .size() == 1);
    CHECK(problem_of(with_topicals("{ compound = \"vitamine C\", dose = \"1 mg/cm2\", when = \"once\" }")).suggestion ==
          "vitamin C");
    CHECK(problem_of(with_topicals("{ compound = \"minoxidill\", dose = \"1 mg/cm2\", when = \"once\" }")).suggestion ==
          "minoxidil");
}

TEST_CASE("faults inside a topical have their own places", "[topicals]") {
    const auto problem = [](const std::string& table) { return problem_of(with_topicals(table)); };
    CHECK(problem("{ compound = \"caffeine\", dose = \"1 mg\", when = \"daily\" }").where.path ==
          "care.topicals[1].dose");
    CHECK(problem("{ compound = \"caffeine\", dose = \"-1 mg/cm2\", when = \"daily\" }").code == "E-RANGE");
    CHECK(problem("{ compound = \"caffeine\", when = \"daily\" }").code == "E-MISSING");
    CHECK(problem("{ compound = \"caffeine\", dose = 3, when = \"daily\" }").suggestion == "3 mg/cm2");
    CHECK(
        problem("{ compound = \"caffeine\", dos = \"1 mg/cm2\", dose = \"1 mg/cm2\", when = \"daily\" }").suggestion ==
        "dose");
    CHECK(problem("{ compound = 3, dose = \"1 mg/cm2\", when = \"daily\" }").code == "E-TYPE");
    CHECK(problem("3").code == "E-TYPE");
}

TEST_CASE("the calendar says every session and compound once, by day, and the end", "[calendar]") {
    const auto calendar = calendar_of(scenario_of(when_text("\"twice daily from 30 days for 5 days\"")));
    REQUIRE(calendar.size() == 6);
    CHECK(calendar[0].what == "session 1: roller, needles of 1.5 mm, 15 passes");
    CHECK(calendar[1].what.starts_with("session 2"));
    CHECK(calendar[2].what.starts_with("minoxidil"));
    CHECK(calendar[2].what.ends_with("10 times"));
    CHECK(calendar[2].from == 30);
    CHECK(calendar[2].to == 34.5);
    CHECK(calendar[3].what.starts_with("session 3"));
    CHECK(calendar[5].what == "end");
    CHECK(calendar[5].from == Approx(730.5));
    const auto laser = calendar_of(scenario_of(with(laser_text, "[protocol]", "column_depth = \"1.1 mm\"\n[protocol]") +
                                               "[care]\nocclusion = \"12 h\"\n"));
    CHECK(laser[0].what == "session 1: fractional laser, columns 1.1 mm deep, 1 pass");
    CHECK(laser[1].what == "a film covers the skin for 12 h");
}
