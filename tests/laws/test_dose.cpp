// Laws of the dose: more passes, longer needles and more sessions do more, each with diminishing returns; a home roller
// does little. And the price of mixing tissue of like history is small.
#include <array>
#include <cmath>

#include "needled_plans.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

double collagen_after_a_year(double needle_length, double passes, int sessions = 1, double interval = 28) {
    return last_effect<"collagen_total">(run_course(needled(rolled(needle_length, passes), sessions, interval)));
}

Plan at_the_temple(Plan plan) {
    plan.skin.site = &sites[1];
    plan.skin.dermis = dermis_thickness(*plan.skin.site, Sex::unknown);
    plan.skin.age = 52;
    return plan;
}

}  // namespace

TEST_CASE("from 1 to 15 passes the effect grows at least twofold, and more with every pass", "[dose]") {
    std::vector<double> effects;
    for (const double passes : {1.0, 2.0, 5.0, 10.0, 15.0, 20.0}) effects.push_back(collagen_after_a_year(1.5, passes));
    CHECK(std::ranges::is_sorted(effects));
    CHECK(effects[4] > 2 * effects[0]);
    CHECK(effects[5] > 1.05 * effects[4]);
    CHECK(effects[4] < 15 * effects[0]);  // crowding: fifteen passes are not fifteen times one
}

TEST_CASE("on a face needles of 0.5, 1.0, 1.5 and 2.5 mm differ visibly", "[dose]") {
    const double half = collagen_after_a_year(0.5, 15), one = collagen_after_a_year(1.0, 15),
                 one_and_a_half = collagen_after_a_year(1.5, 15), two_and_a_half = collagen_after_a_year(2.5, 15);
    CHECK(one > 1.25 * half);
    CHECK(one_and_a_half > 1.25 * one);
    CHECK(two_and_a_half > 1.25 * one_and_a_half);
}

TEST_CASE("weekly home rolling with 0.25 mm does at most a quarter of a clinic's four sessions with 1.5 mm", "[dose]") {
    const Course home = run_course(at_the_temple(needled(rolled(0.25, 10), 12, 7)));
    const Course clinic = run_course(at_the_temple(needled(rolled(1.5, 15), 4)));
    CHECK(last_effect<"collagen_total">(clinic) > 0);
    CHECK(last_effect<"collagen_total">(home) < 0.25 * last_effect<"collagen_total">(clinic));
    CHECK(-last_effect<"wrinkle_depth">(clinic) > 0);
    CHECK(-last_effect<"wrinkle_depth">(home) < -0.25 * last_effect<"wrinkle_depth">(clinic));
}

TEST_CASE("each session adds less than the one before, and twelve stay below +80 % of collagen", "[dose]") {
    std::vector<double> gains{0};
    for (int sessions = 1; sessions <= 12; ++sessions) {
        Plan plan = needled(rolled(1.5, 15), sessions);
        plan.duration = 28 * 11 + 365;  // the same day for all
        plan.outputs = {plan.duration};
        gains.push_back(last_effect<"collagen_total">(run_course(plan)));
    }
    for (std::size_t n = 2; n < gains.size(); ++n) CHECK(gains[n] - gains[n - 1] < gains[n - 1] - gains[n - 2]);
    CHECK(gains[6] - gains[5] < gains[2] - gains[1]);
    const Course twelve = run_course(needled(rolled(1.5, 15), 12));
    for (std::size_t row = 0; row < twelve.treated.appearance.size(); ++row)
        CHECK(relative_effect(twelve, index_of(readouts, "collagen_total"), row) < 0.8);
}

TEST_CASE("mixing the tissue of like history costs little against following every history", "[dose]") {
    constexpr int sessions = 3;
    constexpr double interval = 14, end = 240;  // closer than usual, where histories differ most
    Plan plan = needled(rolled(1.5, 15), sessions, interval, end - (sessions - 1) * interval);
    plan.outputs = {60, end};
    const Course course = run_course(plan);

    std::array<std::array<double, 2>, 1 << sessions> collagen{};  // of each history on both days
    for (unsigned history = 0; history < collagen.size(); ++history) {
        Run run;
        run.outputs = plan.outputs;
        run.injury = course.injuries[0].local;
        for (int s = 0; s < sessions; ++s)
            if (history >> s & 1U) run.sessions.push_back(s * interval);
        const auto states = follow(run);
        for (std::size_t day : {0, 1}) collagen[history][day] = collagen_total(states[day]);
    }
    constexpr int layers = 64;
    for (std::size_t day : {0, 1}) {
        double mixture = 0;
        for (int i = 0; i < layers; ++i) {
            const double thickness = plan.skin.dermis / layers, z = plan.skin.epidermis() + i * thickness;
            const double p =
                Zones(z, thickness).open(plan.sessions[0].channels, get<"reach">(plan.injury)).volume.after.fresh;
            for (unsigned history = 0; history < collagen.size(); ++history) {
                double weight = 1.0 / layers;
                for (int s = 0; s < sessions; ++s) weight *= history >> s & 1U ? p : 1 - p;
                mixture += weight * collagen[history][day];
            }
        }
        const double before = collagen_total(course.untreated.rows[day]);
        const double gain = collagen_total(course.treated.rows[day]) - before;
        INFO("day " << plan.outputs[day] << ": zones " << gain << ", histories " << mixture - before);
        CHECK(gain == Approx(mixture - before).epsilon(0.03));
    }
}

TEST_CASE("a session soon after another lands inside its inflammation, a month later it does not", "[dose]") {
    const auto left = [](double interval) {
        return run_course(needled(rolled(1.5, 15), 2, interval)).inflammation_left;
    };
    CHECK(std::isnan(left(28)[0]));
    CHECK(left(28)[1] < 0.01);
    CHECK(left(3)[1] > 0.3);
    CHECK(left(3)[1] > left(7)[1]);
}
