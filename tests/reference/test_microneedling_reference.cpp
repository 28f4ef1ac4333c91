// The microneedling model against an independent solution of it: every state on sixteen days, peaks, aged skin.
#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "microneedling_run.hpp"
#include "reference/microneedling_table.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

using M = Microneedling;

constexpr double years = 365.25;
constexpr Injury reference_injury{reference::injured_fraction, reference::injured_fraction};

std::size_t state_index(std::string_view name) {
    const auto found = std::ranges::find(M::states, name, &State::name);
    REQUIRE(found != M::states.end());
    return static_cast<std::size_t>(found - M::states.begin());
}

const double collagen_at_home = collagen_total(M::home(default_coefficients));

/// The single session on days so dense that the largest value among them is the peak.
struct DenseCourse {
    std::vector<double> outputs;
    std::vector<CourseStates> states;
};
const DenseCourse& dense_course() {
    static const DenseCourse course = [] {
        auto outputs = days(0.01, 60, 0.01);
        for (const double day : days(60.5, 730, 0.5)) outputs.push_back(day);
        auto states = follow({.sessions = {0}, .outputs = outputs, .injury = reference_injury, .relative = 1e-10});
        return DenseCourse{std::move(outputs), std::move(states)};
    }();
    return course;
}

/// The peak of something that follows from the state lies where the reference has it, up to that one's grid of days.
template <class Quantity> void check_peak(const reference::Peak& peak, Quantity quantity) {
    const auto& [outputs, states] = dense_course();
    const auto highest = std::ranges::max_element(states, {}, quantity);
    const double day = outputs[static_cast<std::size_t>(highest - states.begin())];
    INFO(peak.state);
    CHECK(quantity(*highest) == Approx(peak.value).epsilon(1e-3));
    CHECK(day == Approx(peak.day).epsilon(1e-3).margin(peak.day < 20 ? 0.011 : 0.51));
}

/// Skin that aged from home at 25 years, with what its rates then read when the age is frozen.
struct AgedSkin {
    CourseStates states;
    CourseCoefficients coefficients;
};
AgedSkin skin_of_age(double age) {
    Run ageing{.outputs = {(age - 25) * years}, .relative = 1e-10};
    set_coefficient<"ageing_rate", M>(ageing.coefficients, 1);
    auto frozen = default_coefficients;
    set_coefficient<"age", M>(frozen, age);
    return {follow(ageing).front(), frozen};
}

}  // namespace

TEST_CASE("a single session gives every state of the reference on every day", "[reference]") {
    std::vector<double> outputs;
    for (const auto& row : reference::rows) outputs.push_back(row.day);
    const auto states = follow({.sessions = {0}, .outputs = outputs, .injury = reference_injury, .relative = 1e-10});
    for (std::size_t r = 0; r < outputs.size(); ++r) {
        const auto& row = reference::rows[r];
        const auto& y = states[r];
        for (std::size_t c = 0; c < row.states.size(); ++c) {
            const auto name = reference::column_names[c];
            INFO(name << " on day " << row.day);
            CHECK(std::abs(y[state_index(name)] - row.states[c]) <= 1e-9 + 1e-6 * std::abs(row.states[c]));
        }
        INFO("total collagen on day " << row.day);
        CHECK(std::abs(collagen_total(y) / collagen_at_home - row.collagen_total) <= 1e-9 + 1e-6 * row.collagen_total);
    }
}

TEST_CASE("the reference names every state once", "[reference]") {
    for (const auto& state : M::states) CHECK(std::ranges::count(reference::column_names, state.name) == 1);
}

TEST_CASE("every state peaks as high and when the reference does", "[reference]") {
    for (const auto& peak : reference::peaks)
        check_peak(peak, [i = state_index(peak.state)](const CourseStates& y) { return y[i]; });
}

TEST_CASE("total collagen and its share of type III peak as high and when the reference does", "[reference]") {
    check_peak(reference::collagen_total_peak,
               [](const CourseStates& y) { return collagen_total(y) / collagen_at_home; });
    check_peak(reference::collagen_iii_share_peak,
               [](const CourseStates& y) { return get<"collagen_iii">(y) / collagen_total(y); });
}

TEST_CASE("the derived constants are those of the reference", "[reference]") {
    const auto constants = M::derive(default_parameters<M>());
    for (const auto& derived : reference::derived) {
        const auto found = std::ranges::find(M::constants, derived.constant, &Constant::name);
        REQUIRE(found != M::constants.end());
        INFO(derived.constant);
        CHECK(constants[static_cast<std::size_t>(found - M::constants.begin())] ==
              Approx(derived.value).epsilon(5e-12));
    }
}

TEST_CASE("half of the barrier that a session opens is closed after a day", "[reference]") {
    const auto& [outputs, states] = dense_course();
    const auto closed = std::ranges::find_if(
        states, [](const CourseStates& y) { return get<"barrier">(y) >= 1 - reference::injured_fraction / 2; });
    CHECK(outputs[static_cast<std::size_t>(closed - states.begin())] ==
          Approx(reference::barrier_half_closed).margin(0.01));
}

TEST_CASE("skin that ages from 25 years loses the collagen of the reference", "[reference]") {
    for (const auto& aged : reference::aged) {
        INFO(aged.age << " years");
        CHECK(collagen_total(skin_of_age(aged.age).states) / collagen_at_home ==
              Approx(aged.collagen_total).margin(5e-4));
    }
}

TEST_CASE("a session at 55 years raises collagen as in the reference", "[reference]") {
    const auto skin = skin_of_age(55);
    Run run{.coefficients = skin.coefficients,
            .initial = skin.states,
            .sessions = {0},
            .injury = reference_injury,
            .relative = 1e-10};
    for (const auto& later : reference::after_session_at_55) run.outputs.push_back(later.day);
    const auto states = follow(run);
    for (std::size_t i = 0; i < run.outputs.size(); ++i) {
        const auto& later = reference::after_session_at_55[i];
        INFO("day " << later.day);
        CHECK(collagen_total(states[i]) / collagen_total(skin.states) == Approx(later.collagen_total).margin(1e-4));
    }
}

TEST_CASE("four monthly sessions raise total collagen by half, and a third of it remains after two years",
          "[reference]") {
    const auto states = follow({.sessions = {0, 30, 60, 90}, .outputs = {120, 730}, .injury = reference_injury});
    CHECK(collagen_total(states[0]) / collagen_at_home == Approx(1.52).margin(0.005));
    CHECK(collagen_total(states[1]) / collagen_at_home == Approx(1.36).margin(0.005));
}
