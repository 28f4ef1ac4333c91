// Laws of whole courses of the microneedling model: nothing below zero, what resolves and what does not, ageing.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "microneedling_run.hpp"
#include "rates_of.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

using M = Microneedling;

constexpr double absolute_tolerance = 1e-12;

/// The default parameters with some changed.
template <Name... names>
CourseCoefficients changed(auto... values) {
    auto p = default_parameters<M>();
    ((p[index_of(M::parameters, names)] = values), ...);
    return coefficients_from<M>(p);
}

/// Neutrophils call for more neutrophils than damage is cleared.
CourseCoefficients above_the_bound() {
    return changed<"debris_per_neutrophil", "neutrophil_recruitment_half", "damage_clearance">(0.05, 0.06, 0.37);
}

/// One session on day 0 and the state on one later day.
CourseStates after_one_session(const CourseCoefficients& k, double day) {
    return follow({.coefficients = k, .initial = M::home(k), .sessions = {0}, .outputs = {day}}).front();
}

/// Neutrophils, M1 and damage: what inflammation consists of.
double inflammation(const CourseStates& y) {
    return get<"neutrophils">(y) + get<"macrophages_m1">(y) + get<"damage_signals">(y);
}

Run random_run(Random& random) {
    Run run;
    run.coefficients = coefficients_from<M>(random_parameters<M>(random));
    set_coefficient<"age", M>(run.coefficients, between(random, 0, 80));
    run.initial = M::home(run.coefficients);
    for (double day = 0; day < 100; day += between(random, 1, 40)) run.sessions.push_back(day);
    run.injury = {between(random, 0, 0.9), between(random, 0, 0.5)};
    run.outputs = days(0, 200, 0.5);
    return run;
}

}  // namespace

TEST_CASE("a course without sessions stays at home", "[microneedling]") {
    const auto home = M::home(default_coefficients);
    const auto states = follow({.outputs = {1, 100, 3650}});
    for (const auto& y : states)
        for (std::size_t i = 0; i < y.size(); ++i) CHECK(y[i] == Approx(home[i]).epsilon(1e-12).margin(1e-15));
}

TEST_CASE("no state of a course falls below the absolute tolerance, cover and barrier stay shares", "[microneedling]") {
    Random random(4101);
    for (int sample = 0; sample < 40; ++sample) {
        const auto states = follow(random_run(random));
        double lowest = 0, cover = 0, barrier = 0;
        for (const auto& y : states) {
            lowest = std::min(lowest, std::ranges::min(y));
            cover = std::max(cover, get<"epidermal_cover">(y));
            barrier = std::max(barrier, get<"barrier">(y));
        }
        INFO("sample " << sample);
        CHECK(lowest > -absolute_tolerance);
        CHECK(cover <= 1 + 1e-9);
        CHECK(barrier <= 1 + 1e-9);
    }
}

TEST_CASE("below the loop-gain bound inflammation resolves", "[microneedling]") {
    CHECK(inflammation(after_one_session(default_coefficients, 100)) < 1e-9);
    const auto near_the_bound = changed<"debris_per_neutrophil", "neutrophil_recruitment_half">(0.04, 0.085);
    CHECK(inflammation(after_one_session(near_the_bound, 400)) < 1e-6);
}

TEST_CASE("above the loop-gain bound a chronic wound remains", "[microneedling]") {
    const auto k = above_the_bound();
    const auto chronic = after_one_session(k, 400);
    CHECK(get<"neutrophils">(chronic) == Approx(0.0244).margin(0.00005));
    CHECK(get<"macrophages_m1">(chronic) == Approx(0.086).margin(0.0005));
    CHECK(get<"tgf_beta1_active">(chronic) == Approx(3.2).margin(0.05));
    CHECK(get<"myofibroblasts">(chronic) == Approx(0.31).margin(0.005));
    const auto f = rates_of<M>(0.0, after_one_session(k, 4000), k);
    CHECK(std::abs(get<"neutrophils">(f)) < 1e-7);
}

TEST_CASE("above the bound even a slight injury ends in the same chronic wound, without any there is none",
          "[microneedling]") {
    const auto k = above_the_bound();
    Run slight{.coefficients = k, .initial = M::home(k), .sessions = {0}, .outputs = {2000}, .injury = {1e-4, 1e-4}};
    const auto reached = inflammation(follow(slight).front());
    CHECK(reached == Approx(inflammation(after_one_session(k, 2000))).epsilon(1e-4));
    slight.sessions.clear();
    CHECK(inflammation(follow(slight).front()) < 1e-12);
}

TEST_CASE("the loop of myofibroblasts and TGF-beta1 alone always resolves", "[microneedling]") {
    const auto k = changed<"latent_tgf_from_myofibroblasts", "tgf_activation_by_myofibroblasts",
                           "myofibroblast_differentiation", "myofibroblast_tgf_half">(6.0, 4.0, 0.15, 1.5);
    CHECK(get<"myofibroblasts">(after_one_session(k, 100)) < 0.004);
    CHECK(get<"myofibroblasts">(after_one_session(k, 100)) >
          get<"myofibroblasts">(after_one_session(default_coefficients, 100)));
    const double gain = collagen_total(after_one_session(k, 400)) / collagen_total(M::home(k));
    CHECK(gain > 1.305);
    CHECK(gain < 1.375);
}

TEST_CASE("more injury gives more collagen, and a second session more than one", "[microneedling]") {
    const auto gain = [](double fraction, std::vector<double> sessions) {
        return collagen_total(
            follow({.sessions = std::move(sessions), .outputs = {120}, .injury = {fraction, fraction}}).front());
    };
    CHECK(gain(0.02, {0}) > gain(0, {0}));
    CHECK(gain(0.05, {0}) > gain(0.02, {0}));
    CHECK(gain(0.05, {0, 28}) > gain(0.05, {0}));
}

TEST_CASE("skin that ages loses collagen in every decade", "[microneedling]") {
    Run ageing{.outputs = days(0, 50 * 365.25, 10 * 365.25)};
    set_coefficient<"ageing_rate", M>(ageing.coefficients, 1);
    const auto states = follow(ageing);
    for (std::size_t i = 1; i < states.size(); ++i) CHECK(collagen_total(states[i]) < collagen_total(states[i - 1]));
}
