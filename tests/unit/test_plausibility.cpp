// Laws of what is said about protocols that nobody could or should follow.
#include <string>
#include <vector>

#include "catch.hpp"
#include "cicatrix/scenario/plausibility.hpp"

using namespace cicatrix;

namespace {

constexpr double minute = 1.0 / 1440;

/// A plan of ten days with sessions of an hour that open 100 channels per cm2.
Plan plan_with(const std::vector<double>& days) {
    Plan plan;
    plan.duration = 10;
    for (const double day : days) {
        PlannedSession session;
        session.at = day, session.minutes = 60, session.channels.density = 1;
        plan.sessions.push_back(session);
    }
    return plan;
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a session that ends before the next begins is nothing to speak of, a longer one is", "[warnings]") {
    CHECK(implausible(plan_with({})).empty());
    CHECK(implausible(plan_with({0, 61 * minute})).empty());
    const auto told = implausible(plan_with({0, 59 * minute}));
    REQUIRE(told.size() == 1);
    CHECK(says(told[0], "session 1 (day 0) takes"));
    CHECK(says(told[0], "60 minutes, with 59"));
}

TEST_CASE("the last session has until the end of the course", "[warnings]") {
    CHECK(implausible(plan_with({10 - 61 * minute})).empty());
    CHECK(implausible(plan_with({10 - 59 * minute})).size() == 1);
}

TEST_CASE("sessions of a kind share a sentence that names the first", "[warnings]") {
    const auto told = implausible(plan_with({0, 1, 1 + 30 * minute, 1 + 60 * minute, 5}));
    REQUIRE(told.size() == 1);
    CHECK(says(told[0], "session 2 (day 1) and 1 more take"));
}

TEST_CASE("only what lies above the most plausible density is spoken of, however long it takes", "[warnings]") {
    auto plan = plan_with({0, 3});
    plan.sessions[1].channels.density = most_plausible_channels / 100;
    CHECK(implausible(plan).empty());
    plan.sessions[1].channels.density *= 1.01;
    const auto told = implausible(plan);
    REQUIRE(told.size() == 1);
    CHECK(says(told[0], "session 2 (day 3) opens 2020 channels per cm2"));
    plan.sessions[1].minutes = 1e5;
    CHECK(implausible(plan).size() == 2);
}
