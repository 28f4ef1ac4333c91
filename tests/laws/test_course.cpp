// Laws of courses: what the treated skin, its twin, the sessions and the output times may and may not change.
#include <limits>
#include <utility>

#include "catch.hpp"
#include "cicatrix/base/error.hpp"
#include "course_plans.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

/// Ten times the default tolerance: what the errors of many steps may add up to.
constexpr double accuracy = 1e-5;

Plan of_age(double age, Ageing ageing, Plan plan) {
    plan.skin.age = age;
    plan.ageing = ageing;
    return plan;
}

template <Name parameter> Plan with_parameter(double value, Plan plan) {
    plan.parameters[index_of(CourseModel::parameters, parameter)] = value;
    return plan;
}

/// The rows whose times both plans ask for, once from each course.
std::pair<std::vector<CourseStates>, std::vector<CourseStates>> shared_rows(const Course& a, const Course& b) {
    std::pair<std::vector<CourseStates>, std::vector<CourseStates>> rows;
    for (std::size_t i = 0; i < a.plan.outputs.size(); ++i) {
        const auto same = std::ranges::find(b.plan.outputs, a.plan.outputs[i]);
        if (same == b.plan.outputs.end()) continue;
        rows.first.push_back(a.treated.rows[i]);
        rows.second.push_back(b.treated.rows[static_cast<std::size_t>(same - b.plan.outputs.begin())]);
    }
    return rows;
}

/// The collagen at the end of a year after one session on day 0.
double collagen_a_year_after(double fraction) {
    return collagen_total(run_course(year_with({0}, fraction)).treated.rows.back());
}

}  // namespace

TEST_CASE("the same plan gives the same course to the last bit", "[course]") {
    const Plan plan = of_age(52, Ageing::drift, year_with({0, 28, 56}));
    const Course once = run_course(plan), again = run_course(plan);
    CHECK(once.treated.rows == again.treated.rows);
    CHECK(once.untreated.rows == again.untreated.rows);
    CHECK(once.treated.outcome.steps == again.treated.outcome.steps);
}

TEST_CASE("a course says which plan it followed and has a row for every output", "[course]") {
    const Course course = run_course(year_with({0, 28}));
    CHECK(course.plan.sessions.size() == 2);
    CHECK(course.treated.rows.size() == course.plan.outputs.size());
    CHECK(course.untreated.rows.size() == course.plan.outputs.size());
    for (const auto* trajectory : {&course.treated, &course.untreated}) {
        CHECK(trajectory->outcome.status == Status::done);
        CHECK(trajectory->outcome.time == course.plan.duration);
        CHECK(trajectory->outcome.steps > 0);
    }
}

TEST_CASE("without sessions the treated skin is its own twin, to the last bit", "[course]") {
    for (const double age : {25.0, 60.0})
        for (const auto ageing : {Ageing::frozen, Ageing::drift}) {
            INFO("age " << age);
            const Course course = run_course(of_age(age, ageing, year_with({})));
            CHECK(course.treated.rows == course.untreated.rows);
        }
}

TEST_CASE("a session that injures nothing changes nothing", "[course]") {
    const Course course = run_course(of_age(60, Ageing::drift, year_with({0, 28, 56}, 0)));
    CHECK(distance(course.treated.rows, course.untreated.rows) < accuracy);
}

TEST_CASE("a session injures the treated skin and not the twin", "[course]") {
    const Course course = run_course(year_with({0}));
    CHECK(get<"damage_signals">(course.treated.rows[1]) > 1e-4);
    CHECK(get<"damage_signals">(course.untreated.rows[1]) < 1e-12);
}

TEST_CASE("the twin does not depend on the sessions, to the last bit", "[course]") {
    const auto twin = [](const Plan& plan) { return run_course(of_age(52, Ageing::drift, plan)).untreated.rows; };
    const auto alone = twin(year_with({}));
    CHECK(twin(year_with({0, 28, 56})) == alone);
    CHECK(twin(year_with({13.7}, 0.4)) == alone);
}

TEST_CASE("a row on the day of a session is the state before it", "[course]") {
    const Course course = run_course(year_with({0, 30}));
    CHECK(course.treated.rows.front() == course.untreated.rows.front());

    Plan until_second = year_with({0});  // its last day is the day of the second session
    until_second.duration = 30;
    until_second.outputs = {30};
    CHECK(course.treated.rows[6] == run_course(until_second).treated.rows.front());
}

TEST_CASE("the course goes on from a session with what the session leaves", "[course]") {
    Plan plan = year_with({0});
    plan.outputs = {0, 1e-6};
    const Course course = run_course(plan);
    const auto& [before, after] = std::pair(course.treated.rows[0], course.treated.rows[1]);
    CHECK(get<"epidermal_cover">(after) == Approx(0.95).margin(1e-5));
    CHECK(get<"platelets">(after) == Approx(0.05).margin(1e-5));
    CHECK(collagen_total(after) < collagen_total(before));
}

TEST_CASE("a row does not depend on the other output times, to the last bit", "[course]") {
    Plan weekly = year_with({0, 28}), daily = weekly, uneven = weekly;
    weekly.outputs = days(0, 364, 7);
    daily.outputs = days(0, 365, 1);
    uneven.outputs = {0.1, 7, 28, 28.3, 28.300001, 63, 363.9, 364};
    const Course reference = run_course(daily);
    for (const Plan& plan : {weekly, uneven}) {
        const auto [mine, others] = shared_rows(run_course(plan), reference);
        REQUIRE(mine.size() >= 4);
        CHECK(mine == others);
    }
}

TEST_CASE("a later session changes no earlier row", "[course]") {
    Course shorter = run_course(year_with({0, 30})), longer = run_course(year_with({0, 30, 60}));
    const auto up_to = [](Course& course, std::size_t last) {
        course.treated.rows.resize(last + 1);
        return course.treated.rows;
    };
    CHECK(distance(up_to(longer, 12), up_to(shorter, 12)) < accuracy);  // day 60; the step before it lands elsewhere
    CHECK(up_to(longer, 6) == up_to(shorter, 6));                       // day 30, to the last bit
}

TEST_CASE("both methods agree within the tolerance", "[course]") {
    Plan plan = of_age(52, Ageing::drift, year_with({0, 28, 56}));
    const Course fifth = run_course(plan);
    plan.method = Method::rodas4;
    const Course fourth = run_course(plan);
    CHECK(distance(fourth.treated.rows, fifth.treated.rows) < accuracy);
    CHECK(distance(fourth.untreated.rows, fifth.untreated.rows) < accuracy);
    CHECK(fourth.treated.outcome.steps != fifth.treated.outcome.steps);
}

TEST_CASE("a smaller tolerance costs steps and brings the course nearer to its limit", "[course]") {
    const auto at = [](double relative) {
        Plan plan = year_with({0, 28});
        plan.relative = relative;
        return run_course(plan);
    };
    const Course limit = at(1e-11), fine = at(1e-8), coarse = at(1e-4);
    CHECK(distance(fine.treated.rows, limit.treated.rows) < 0.01 * distance(coarse.treated.rows, limit.treated.rows));
    CHECK(fine.treated.outcome.steps > coarse.treated.outcome.steps);
}

TEST_CASE("untreated skin of 25 years with frozen age stays at home to round-off", "[course]") {
    const Course course = run_course(year_with({0}));
    const auto home = CourseModel::home(course.coefficients);
    for (const auto& y : course.untreated.rows)
        for (std::size_t i = 0; i < y.size(); ++i) CHECK(y[i] == Approx(home[i]).epsilon(1e-12).margin(1e-15));
}

TEST_CASE("drift takes collagen year by year, and the older the skin the less it starts with", "[course]") {
    const Course drifting = run_course(of_age(40, Ageing::drift, year_with({})));
    CHECK(collagen_total(drifting.untreated.rows.back()) < collagen_total(drifting.untreated.rows.front()));
    double before = INFINITY;
    for (const double age : {25.0, 35.0, 45.0, 60.0, 75.0}) {
        const double start =
            collagen_total(run_course(of_age(age, Ageing::frozen, year_with({}))).treated.rows.front());
        CHECK(start < before);
        before = start;
    }
}

TEST_CASE("skin below the onset of ageing starts at home", "[course]") {
    const Course young = run_course(of_age(18, Ageing::frozen, year_with({})));
    CHECK(young.treated.rows.front() == CourseModel::home(young.coefficients));
}

TEST_CASE("skin of 60 years starts where skin that ages from 25 or from 45 ends", "[course]") {
    const auto start = run_course(of_age(60, Ageing::frozen, year_with({}))).treated.rows.front();
    CHECK(distance(run_course(ageing_from(25, 35)).treated.rows.front(), start) < accuracy);
    CHECK(distance(run_course(ageing_from(45, 15)).treated.rows.front(), start) < accuracy);
}

TEST_CASE("after a year more injury has left more collagen, but too much less", "[course]") {
    double less = collagen_a_year_after(0);
    for (const double fraction : {0.01, 0.02, 0.05, 0.1}) {
        INFO("injured fraction " << fraction);
        const double more = collagen_a_year_after(fraction);
        CHECK(more > less);
        less = more;
    }
    CHECK(collagen_a_year_after(0.5) < collagen_a_year_after(0.1));  // the cut matrix is not made up for
}

TEST_CASE("ultraviolet light darkens the treated skin and its twin alike", "[course]") {
    Plan plan = year_with({});
    plan.care.uv = 0.5;
    const Course tanned = run_course(plan);
    CHECK(get<"melanin">(tanned.treated.rows.back()) > 1.01);
    CHECK(tanned.treated.rows == tanned.untreated.rows);
}

TEST_CASE("progress rises from 0 to 1 and changes nothing", "[course]") {
    Plan plan = of_age(60, Ageing::drift, year_with(days(0, 336, 14)));
    std::vector<double> shares;
    const Course watched = run_course(plan, [&](double share) { return shares.push_back(share), true; });
    REQUIRE(shares.size() > 5);
    CHECK(std::ranges::is_sorted(shares));
    CHECK(shares.front() >= 0);
    CHECK(shares.back() <= 1);
    CHECK(shares.back() > 0.8);
    CHECK(watched.treated.rows == run_course(plan).treated.rows);
}

TEST_CASE("progress does not fall back when the twin is done before the treated skin", "[course]") {
    Plan plan = of_age(60, Ageing::frozen, year_with({0}));
    plan.duration = 36525;  // so long that the twin takes many steps, too
    plan.relative = 1e-9;
    std::vector<double> shares;
    run_course(plan, [&](double share) { return shares.push_back(share), true; });
    CHECK(shares.size() > 5);
    CHECK(std::ranges::is_sorted(shares));
}

TEST_CASE("a course that is told to stop throws and asks no more", "[course]") {
    const Plan plan = year_with(days(0, 336, 14));
    int asked = 0;
    CHECK_THROWS_AS(run_course(plan, [&](double) { return ++asked, false; }), Interrupted);
    CHECK(asked == 1);
    CHECK_THROWS_AS(run_course(plan, [&](double share) { return share < 0.5; }), Interrupted);
}

TEST_CASE("a plan that cannot be solved has a status and no number", "[course]") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    for (const double age : {25.0, 60.0})
        for (const double value : {nan, infinity}) {
            INFO("age " << age << ", clot decay " << value);
            const Course course =
                run_course(of_age(age, Ageing::frozen, with_parameter<"clot_decay">(value, year_with({0}))));
            for (const auto* trajectory : {&course.treated, &course.untreated}) {
                CHECK(trajectory->outcome.status == Status::not_finite);
                CHECK(CourseModel::states[trajectory->outcome.limiting_state].name == "platelets");
                CHECK(trajectory->outcome.time == 0);
                CHECK(trajectory->rows.size() == course.plan.outputs.size());
                CHECK(is_missing(trajectory->rows));
            }
        }
}

TEST_CASE("skin that cannot age up to its age has a course that never began", "[course]") {
    Plan plan = of_age(60, Ageing::frozen, with_parameter<"ageing_of_synthesis">(-1e6, year_with({0})));
    const Course course = run_course(plan);
    for (const auto* trajectory : {&course.treated, &course.untreated}) {
        CHECK(trajectory->outcome.status != Status::done);
        CHECK(trajectory->outcome.time == 0);
        CHECK(trajectory->rows.size() == plan.outputs.size());
        CHECK(is_missing(trajectory->rows));
    }
}

TEST_CASE("a treated skin that fails leaves its twin untouched", "[course]") {
    const auto twin = run_course(year_with({})).untreated;
    const double nan = std::numeric_limits<double>::quiet_NaN();
    Plan unknown = year_with({0, 28}), impossible = unknown;
    unknown.sessions[1].prescribed = Injury{nan, nan};
    impossible.sessions[1].prescribed->open_area = 1.5;  // more than the whole area: cover falls below zero
    for (const Plan& plan : {unknown, impossible}) {
        const Course course = run_course(plan);
        CHECK(course.treated.outcome.status != Status::done);
        CHECK(course.treated.outcome.time == 28);
        CHECK(is_missing(course.treated.rows));
        CHECK(course.untreated.outcome.status == Status::done);
        CHECK(course.untreated.rows == twin.rows);
    }
}
