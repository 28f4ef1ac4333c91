// Laws of reductions on curves whose peaks, areas and crossings are known, with and without jumps at sessions.
#include <algorithm>
#include <limits>

#include "cicatrix/numeric/random.hpp"
#include "drawn_courses.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Three swings of random speed about a random slope: smooth, and other at every number.
struct Swings {
    std::array<double, 3> height{}, speed{}, phase{};
    double slope = 0;

    explicit Swings(std::uint64_t number) {
        RandomStream random(11, number);
        for (std::size_t i = 0; i < 3; ++i)
            height[i] = random.uniform(-2, 2), speed[i] = random.uniform(0.005, 0.03), phase[i] = random.uniform(0, 6);
        slope = random.uniform(-0.02, 0.02);
    }
    double operator()(double day) const {
        double sum = slope * day;
        for (std::size_t i = 0; i < 3; ++i) sum += height[i] * std::sin(speed[i] * day + phase[i]);
        return sum;
    }
    /// From one day to another, as the calculus has it.
    double integral(double from, double to) const {
        double sum = slope * (to * to - from * from) / 2;
        for (std::size_t i = 0; i < 3; ++i)
            sum += height[i] / speed[i] * (std::cos(speed[i] * from + phase[i]) - std::cos(speed[i] * to + phase[i]));
        return sum;
    }
};

DrawnCourse constant(double level) {
    return {100, {30}, {}, [=](double, std::size_t) { return level; }};
}

}  // namespace

TEST_CASE("the final number is that of the last day, the effect's that of the treated less the twin's", "[reduce]") {
    const DrawnCourse course(
        100, {10, 40}, {}, [](double day, std::size_t sessions) { return day + 1000.0 * sessions; },
        [](double day) { return 7 - day; });
    CHECK(course.value("final") == 2100);
    CHECK(course.value("untreated final") == -93);
    CHECK(course.value("effect final") == 2193);
}

TEST_CASE("what never changes peaks where it is, on day 0", "[reduce]") {
    for (const double level : {5.0, 0.0, -3.0}) {
        const auto course = constant(level);
        CHECK(course.value("peak") == level);
        CHECK(course.value("time of peak") == 0);
        CHECK(course.value("effect peak") == 0);
        CHECK(course.value("auc") == Approx(100 * level));
    }
}

TEST_CASE("a peak inside a course is found between the nodes, upwards and downwards", "[reduce]") {
    for (const double sign : {1.0, -1.0}) {
        const DrawnCourse course(100, {}, {},
                                 [=](double day, std::size_t) { return 3 + sign * day * (100 - day) / 100; });
        CHECK(course.value("peak") == Approx(3 + sign * 25).epsilon(1e-12));
        CHECK(course.value("time of peak") == Approx(50).margin(1e-4));
    }
}

TEST_CASE("what only rises or only falls peaks on the last day", "[reduce]") {
    for (const double slope : {2.0, -2.0}) {
        const DrawnCourse course(90, {30}, {}, [=](double day, std::size_t) { return slope * day; });
        CHECK(course.value("time of peak") == 90);
        CHECK(course.value("peak") == slope * 90);
    }
}

TEST_CASE("a jump at a session from which the skin comes back is the peak, on the session's very day", "[reduce]") {
    const DrawnCourse course(100, {20, 60}, {}, [](double day, std::size_t sessions) {
        return sessions == 0 ? 4.0 : sessions == 1 ? 4 + 6 * (60 - day) / 40 : 4 + 2 * (100 - day) / 40;
    });
    CHECK(course.value("peak") == 10);
    CHECK(course.value("time of peak") == 20);
}

TEST_CASE("the end of a stretch just before a session may be the peak", "[reduce]") {
    const DrawnCourse course(100, {50}, {},
                             [](double day, std::size_t sessions) { return sessions == 0 ? day : 10.0; });
    CHECK(course.value("peak") == 50);
    CHECK(course.value("time of peak") == 50);
}

TEST_CASE("of a session on day 0 the skin before it is the start", "[reduce]") {
    const DrawnCourse course(100, {0}, {0},
                             [](double day, std::size_t sessions) { return sessions == 0 ? 8.0 : day / 100; });
    CHECK(course.value("peak") == 0);
    CHECK(course.value("time of peak") == 0);
    CHECK(course.value("time to 4") == 0);
    CHECK(course.value("at 0 days") == 8);
    CHECK(course.value("auc") == Approx(50));
}

TEST_CASE("a session on the last day counts in what is final, not in any area", "[reduce]") {
    const DrawnCourse course(100, {100}, {100}, [](double, std::size_t sessions) { return sessions == 0 ? 1.0 : 9.0; });
    CHECK(course.value("final") == 9);
    CHECK(course.value("auc") == Approx(100));
    CHECK(course.value("peak") == 9);
    CHECK(course.value("time of peak") == 100);
    CHECK(course.value("time to 5") == 100);
    CHECK(course.value("at 100 days") == 1);
}

TEST_CASE("a level is crossed when a line says, rising or falling", "[reduce]") {
    const DrawnCourse rising(100, {}, {}, [](double day, std::size_t) { return day / 2; });
    const DrawnCourse falling(100, {}, {}, [](double day, std::size_t) { return 100 - 2 * day; });
    for (const double day : {0.125, 3.0, 33.3, 99.99}) {
        CHECK(rising.value("time to " + std::to_string(day / 2)) == Approx(day).epsilon(1e-4));
        CHECK(falling.value("time to " + std::to_string(100 - 2 * day)) == Approx(day).epsilon(1e-4));
    }
    CHECK(rising.value("time to 20") == Approx(40).epsilon(1e-13));
}

TEST_CASE("a level that a session jumps over is crossed on its day", "[reduce]") {
    const DrawnCourse course(100, {25, 50}, {},
                             [](double day, std::size_t sessions) { return 10.0 * sessions + day / 100; });
    CHECK(course.value("time to 5") == 25);
    CHECK(course.value("time to 15") == 50);
    CHECK(course.value("time to 10.4") == Approx(40));
    CHECK(course.value("effect time to 5") == 25);
}

TEST_CASE("the first crossing counts, even where the curve comes back and crosses again", "[reduce]") {
    const DrawnCourse course(400, {}, {}, [](double day, std::size_t) { return std::sin(day / 20); });
    CHECK(course.value("time to 0.5") == Approx(20 * std::asin(0.5)).epsilon(1e-6));
    CHECK(course.value("time to -0.5") == Approx(20 * (M_PI + std::asin(0.5))).epsilon(1e-6));
}

TEST_CASE("a level that is never crossed has a number that is missing, and no failure", "[reduce]") {
    const DrawnCourse course(100, {50}, {}, [](double day, std::size_t sessions) { return day + 5.0 * sessions; });
    for (const char* level : {"time to -1", "time to 106", "effect time to 6", "untreated time to 101"}) {
        const auto number = course.number(level);
        REQUIRE(number);
        CHECK(std::isnan(*number));
    }
}

TEST_CASE("skin that starts on a level crosses it when it falls below", "[reduce]") {
    const DrawnCourse rising(100, {}, {}, [](double day, std::size_t) { return 2 + day; });
    const DrawnCourse falling(100, {30}, {},
                              [](double day, std::size_t sessions) { return sessions == 0 ? 2.0 : 2 - (day - 30); });
    CHECK(std::isnan(rising.value("time to 2")));
    CHECK(falling.value("time to 2") == Approx(30).margin(1e-9));
    CHECK(std::isnan(constant(2).value("time to 2")));
}

TEST_CASE("areas of polynomials are exact, also over sessions", "[reduce]") {
    const DrawnCourse course(
        60, {12, 31}, {}, [](double day, std::size_t sessions) { return day * day + 100.0 * sessions; },
        [](double day) { return day * day * day; });
    const double square = 60.0 * 60 * 60 / 3, cube = std::pow(60.0, 4) / 4;
    CHECK(course.value("auc") == Approx(square + 100 * (31 - 12) + 200 * (60 - 31)).epsilon(1e-12));
    CHECK(course.value("untreated auc") == Approx(cube).epsilon(1e-12));
    CHECK(course.value("effect auc") == Approx(course.value("auc") - cube).epsilon(1e-12));
}

TEST_CASE("on a day is what is asked for there, on a session's day what was before it", "[reduce]") {
    const DrawnCourse course(100, {25, 50}, {0, 10, 25, 50, 75, 100},
                             [](double day, std::size_t sessions) { return day + 1000.0 * sessions; });
    CHECK(course.value("at 0 days") == 0);
    CHECK(course.value("at 10 days") == 10);
    CHECK(course.value("at 25 days") == 25);
    CHECK(course.value("at 50 days") == 1050);
    CHECK(course.value("at 75 days") == 2075);
    CHECK(course.value("at 100 days") == 2100);
    CHECK(course.value("effect at 75 days") == 2000);
    CHECK(std::isnan(course.value("at 101 days")));
}

TEST_CASE("no sample of a curve lies beyond its peak, before a crossing or off its area", "[reduce]") {
    for (std::uint64_t number = 0; number < 60; ++number) {
        const Swings swings(number), of_twin(1000 + number);
        const DrawnCourse course(
            300, {70, 200}, {}, [&](double day, std::size_t) { return swings(day); }, of_twin);
        INFO("curve " << number);
        const double peak = course.value("peak"), start = swings(0), level = start + 0.6 * (peak - start);
        const double crossed = reduced({drawn_state, Whose::treated, ReductionKind::time_to, level}, course.treated,
                                       course.twin, course.places)
                                   .value();
        CHECK(swings(course.value("time of peak")) == Approx(peak).margin(1e-6));
        CHECK(swings(crossed) == Approx(level).margin(1e-6));
        CHECK(course.value("auc") == Approx(swings.integral(0, 300)).margin(1e-4));
        CHECK(course.value("effect auc") == Approx(swings.integral(0, 300) - of_twin.integral(0, 300)).margin(1e-4));
        const double effect = course.value("effect peak"), first = start - of_twin(0);
        std::size_t beyond = 0, early = 0;
        for (double day = 0; day <= 300; day += 0.25) {
            beyond += std::abs(swings(day) - start) > std::abs(peak - start) + 1e-6;
            beyond += std::abs(swings(day) - of_twin(day) - first) > std::abs(effect - first) + 1e-6;
            early += day < crossed - 0.01 && (swings(day) < level) != (start < level);
        }
        CHECK(beyond == 0);
        CHECK(early == 0);
    }
}

TEST_CASE("a quantity that is no number somewhere has no number at all, whichever is asked for", "[reduce]") {
    const double broken_at = GENERATE(0.0, 30.0, 47.0, 100.0);
    const auto broken = [=](double day) { return std::abs(day - broken_at) < 1.5 ? missing : 1.0; };
    const DrawnCourse treated(
        100, {30}, {60}, [&](double day, std::size_t) { return broken(day); }, [](double) { return 1.0; });
    const DrawnCourse twin(
        100, {30}, {60}, [](double, std::size_t) { return 1.0; }, broken);
    CAPTURE(broken_at);
    for (const std::string what : {"final", "peak", "time of peak", "auc", "time to 3", "at 60 days"}) {
        INFO(what);
        CHECK_FALSE(treated.number(what));
        CHECK_FALSE(treated.number("effect " + what));
        CHECK(treated.number("untreated " + what));
        CHECK(twin.number(what));
        CHECK_FALSE(twin.number("effect " + what));
        CHECK_FALSE(twin.number("untreated " + what));
    }
}

TEST_CASE("what is no number just after a session, or without end, is no number of the course", "[reduce]") {
    const DrawnCourse after(
        100, {30}, {}, [](double day, std::size_t sessions) { return sessions == 1 && day == 30 ? missing : day; });
    const DrawnCourse endless(
        100, {}, {}, [](double day, std::size_t) { return day > 50 ? std::numeric_limits<double>::infinity() : 1.0; });
    const DrawnCourse last(100, {100}, {},
                           [](double day, std::size_t sessions) { return sessions == 1 ? missing : day; });
    for (const char* what : {"final", "peak", "time of peak", "auc", "time to 10"}) {
        INFO(what);
        CHECK_FALSE(after.number(what));
        CHECK_FALSE(endless.number(what));
        CHECK_FALSE(last.number(what));
    }
}

TEST_CASE("the days that reductions look at are each named once, in order, none beyond the end", "[reduce]") {
    std::vector<Reduction> asked;
    for (const char* text : {"tewl at 90 days", "tewl final", "hydration effect at 3 days", "erythema at 90 days",
                             "tewl at 100 days", "tewl at 101 days", "tewl time to 7", "tewl at 0 days"})
        asked.push_back(parse_reduction(text));
    CHECK(days_for(asked, 100) == std::vector<double>{0, 3, 90, 100});
    CHECK(days_for(std::span(asked).subspan(1, 1), 100).empty());
    CHECK(days_for({}, 100).empty());
}

TEST_CASE("wanted are the quantities of the reductions and no others", "[reduce]") {
    const std::vector<Reduction> asked{parse_reduction("tewl auc"), parse_reduction("collagen_iii effect peak"),
                                       parse_reduction("tewl untreated final")};
    const Wanted wanted = wanted_for(asked);
    CHECK(wanted.readouts.count() == 1);
    CHECK(wanted.readouts[index_of(readouts, "tewl")]);
    CHECK(wanted.states.count() == 1);
    CHECK(wanted.states[drawn_state]);
    CHECK(wanted_for({}).readouts.none());
}

TEST_CASE("every quantity has every reduction, by words that lead back to it and a name of its own", "[reduce]") {
    std::vector<std::string> names;
    for (const auto quantity : reducible_quantities())
        for (const std::string whose : {"", "effect ", "untreated "})
            for (const std::string kind : {"final", "peak", "time of peak", "auc", "time to -1.5e-3", "at 2 d"}) {
                const std::string text = std::string(quantity) + " " + whose + kind;
                const Reduction reduction = parse_reduction(text);
                CHECK(reducible_quantities()[reduction.quantity] == quantity);
                CHECK(parse_reduction(text_of(reduction)) == reduction);
                names.push_back(name_of(reduction));
                CHECK(names.back().find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos);
                CHECK_FALSE(meaning_of(reduction).empty());
            }
    std::ranges::sort(names);
    CHECK(std::ranges::adjacent_find(names) == names.end());
}

TEST_CASE("a day before day 0, or a number that has no end, is refused", "[reduce]") {
    for (const char* text : {"tewl at -3 days", "tewl at nan days", "tewl at inf days", "tewl time to nan",
                             "tewl time to inf", "tewl at 1e400 days"}) {
        INFO(text);
        CHECK_THROWS(parse_reduction(text));
    }
    CHECK(parse_reduction("tewl at 0 days").argument == 0);
}
