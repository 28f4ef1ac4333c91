// Published models against SciPy, and against the outcomes that their publications name.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "cicatrix/course/simulation.hpp"
#include "rates_of.hpp"
#include "reference/published_models_b_table.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

/// A run to the last of the outputs, with the values that a variant sets and the model's own for the rest.
template <class M> SimulationPlan plan_of(std::string_view variant, std::vector<double> outputs) {
    const auto parameters = default_parameters<M>();
    SimulationPlan plan{.model = M::id,
                        .parameters = {parameters.begin(), parameters.end()},
                        .initial = std::vector<double>(M::states.size(), std::numeric_limits<double>::quiet_NaN()),
                        .outputs = outputs,
                        .duration = outputs.back(),
                        .relative = 1e-11,
                        .absolute = 1e-24};
    if constexpr (requires { M::variants; }) {
        const auto chosen = std::ranges::find(M::variants, variant, &Variant::name);
        if (chosen == M::variants.end()) return plan;
        for (const auto& [name, value] : chosen->settings) {
            const auto p = std::ranges::find(M::parameters, name, &Parameter::name) - M::parameters.begin();
            const auto s = std::ranges::find(M::states, name, &State::name) - M::states.begin();
            if (p < std::ssize(M::parameters)) plan.parameters[static_cast<std::size_t>(p)] = value;
            else plan.initial.at(static_cast<std::size_t>(s)) = value;
        }
    }
    return plan;
}

template <class M> Simulation run(std::string_view variant, std::vector<double> outputs) {
    auto simulation = simulate(plan_of<M>(variant, std::move(outputs)));
    REQUIRE(simulation.outcome.status == Status::done);
    return simulation;
}

/// One state at the end of a run.
template <class M, Name state> double last(const Simulation& simulation) {
    return simulation.rows.back()[index_of(M::states, state)];
}

struct Peak {
    double time, value;
};

/// The first highest point of a state: the vertex of the parabola through the highest output and its neighbours.
template <class M, Name state> Peak peak_of(std::string_view variant, double end, double step = 0.01) {
    std::vector<double> times;
    for (double t = step; t < end; t += step) times.push_back(t);
    const auto simulation = run<M>(variant, times);
    constexpr std::size_t s = index_of(M::states, state);
    const auto at = [&](std::size_t i) { return simulation.rows[i][s]; };
    std::size_t i = 1;
    for (std::size_t j = 1; j + 1 < times.size(); ++j)
        if (at(j) > at(i)) i = j;
    const double slope = (at(i + 1) - at(i - 1)) / 2, bend = at(i + 1) - 2 * at(i) + at(i - 1);
    return {times[i] - step * slope / bend, at(i) - slope * slope / (2 * bend)};
}

/// The largest difference to the table, in units of the larger of the value and 1e-7 of the state's largest.
template <class M> double worst_difference(const reference::Solved& solved) {
    std::vector<double> times;
    for (const auto& row : solved.rows) times.push_back(row.time);
    const auto simulation = run<M>(solved.variant, times);
    double worst = 0;
    for (std::size_t r = 0; r < times.size(); ++r)
        for (std::size_t s = 0; s < M::states.size(); ++s) {
            const double expected = solved.rows[r].states[s];
            const double unit = std::max(std::abs(expected), 1e-7 * solved.largest[s]);
            const double difference = std::abs(simulation.rows[r][s] - expected) / unit;
            if (difference > 1e-7) UNSCOPED_INFO(M::states[s].name << " at " << times[r] << ": " << difference);
            worst = std::max(worst, difference);
        }
    return worst;
}

}  // namespace

TEST_CASE("published models agree with SciPy at every time in every state", "[reference]") {
    for (const auto& solved : reference::solved) {
        double worst = std::numeric_limits<double>::infinity();
        CHECK(with_model(solved.model, [&](auto model) { worst = worst_difference<decltype(model)>(solved); }));
        INFO(solved.model << ", " << solved.variant << ": " << worst);
        CHECK(worst < 1e-6);
    }
}

TEST_CASE("an injury of two days heals, one of four or ten days ends in the same hot fibrosis", "[reference]") {
    using M = Adler2020;
    const auto healed = run<M>("two_days", {400.0});
    for (std::size_t s = 0; s < M::states.size(); ++s) CHECK(healed.rows.back()[s] < 1.0);
    for (const auto* variant : {"four_days", "ten_days"}) {
        INFO(variant);
        const auto fibrosis = run<M>(variant, {2000.0});
        CHECK(last<M, "csf1">(fibrosis) == Approx(6e8).epsilon(1e-12));
        CHECK(last<M, "myofibroblasts">(fibrosis) == Approx(4.813893e5).epsilon(1e-7));
        CHECK(last<M, "macrophages">(fibrosis) == Approx(6.394883e5).epsilon(1e-7));
        CHECK(last<M, "pdgf">(fibrosis) == Approx(1.799104e9).epsilon(3e-7));
    }
}

TEST_CASE("macrophages and temporary tissue peak one after another", "[reference]") {
    const auto m1 = peak_of<Zlobina2022, "macrophages_m1">("", 30);
    CHECK(m1.time == Approx(2.0967).margin(5e-5));
    CHECK(m1.value == Approx(0.5945).margin(5e-5));
    const auto m2 = peak_of<Zlobina2022, "macrophages_m2">("", 30);
    CHECK(m2.time == Approx(9.3448).margin(5e-5));
    CHECK(m2.value == Approx(0.5914).margin(5e-5));
    const auto c = peak_of<Zlobina2022, "temporary_tissue">("", 30);
    CHECK(c.time == Approx(14.4548).margin(5e-5));
    CHECK(c.value == Approx(2.313).margin(5e-4));
}

TEST_CASE("undecided, inflammatory and repair macrophages follow one another in a fracture", "[reference]") {
    using M = Trejo2019;
    const auto check = [](const Peak& peak, double time, double value) {
        CHECK(peak.time == Approx(time).margin(0.0101));  // the published times lie on a grid of 0.02 d
        CHECK(peak.value == Approx(value).epsilon(5e-4));
    };
    check(peak_of<M, "macrophages_m0">("healing", 30), 1.34, 3.651e5);
    check(peak_of<M, "macrophages_m1">("healing", 30), 5.06, 4.857e5);
    check(peak_of<M, "macrophages_m2">("healing", 30), 8.30, 1.679e5);
    check(peak_of<M, "pro_cytokine">("healing", 30), 0.28, 1.838);
    check(peak_of<M, "anti_cytokine">("healing", 30), 7.32, 0.1625);
}

TEST_CASE("osteoblasts settle where their losses balance their division, or vanish", "[reference]") {
    using M = Trejo2019;
    const auto healed = run<M>("healing", {3000.0});
    // Debris dies out no faster than 1/t, and slows osteoblasts by what is left of it.
    CHECK(last<M, "osteoblasts">(healed) == Approx(1e6 * (1 - 0.15 / 0.2202)).epsilon(1e-7));
    CHECK(last<M, "bone">(healed) == Approx(1).epsilon(1e-9));
    CHECK(last<M, "osteoblasts">(run<M>("non_union", {3000.0})) < 1);
}

TEST_CASE("the corrected constants of systemic sclerosis keep healthy skin and double a sick one's matrix",
          "[reference]") {
    using M = LazebnikFriedman;
    const auto healthy = run<M>("healthy", {365.0}), drifting = run<M>("healthy_as_printed", {365.0});
    CHECK(last<M, "matrix">(healthy) == Approx(0.21).epsilon(1e-10));
    CHECK(last<M, "tgf_beta">(healthy) == Approx(3.5e-8).epsilon(1e-10));
    CHECK(last<M, "matrix">(drifting) > 1.1 * 0.21);
    CHECK(last<M, "matrix">(run<M>("disease", {168.0})) == Approx(0.42).epsilon(2e-5));
    const auto printed = run<M>("disease_as_printed", {30.0, 365.0});
    CHECK(printed.rows[0][index_of(M::states, "matrix")] > 0.99 * 0.521);
    CHECK(last<M, "matrix">(printed) == Approx(0.521).margin(5e-4));
}

TEST_CASE("collagen of a scaffold wound overshoots and returns within a year", "[reference]") {
    using M = BuganzaTepole;
    const auto wound = run<M>("acta_2021", {56 * 24.0, 8760.0});
    CHECK(wound.rows[0][index_of(M::states, "fibroblasts")] == Approx(3461).margin(0.5));
    CHECK(wound.rows[0][index_of(M::states, "collagen")] == Approx(1.8191).margin(5e-5));
    CHECK(last<M, "collagen">(wound) == Approx(1.0702).margin(5e-5));
}

TEST_CASE("healthy tissue at a stretch of 1 drifts as published", "[reference]") {
    using M = BuganzaTepole;
    auto plan = plan_of<M>("acta_2021", {8760.0});
    plan.initial = {1000, 0, 1};
    const auto drifted = simulate(plan);
    CHECK(last<M, "fibroblasts">(drifted) == Approx(1058).margin(0.5));
    CHECK(last<M, "collagen">(drifted) == Approx(1.044).margin(5e-4));
}

TEST_CASE("regulation of an injury turns once, where inflammatory macrophages fall to their threshold", "[reference]") {
    const auto simulation = run<Dankwa>("", {8.0});
    std::vector<double> located;
    for (const auto& event : simulation.events)
        if (event.located) located.push_back(event.time);
    REQUIRE(located.size() == 1);
    CHECK(located[0] == Approx(3.0026509).margin(5e-7));
}

TEST_CASE("regulation of an injury begins as the first states demand", "[reference]") {
    auto plan = plan_of<Dankwa>("", {0.01});
    plan.initial[index_of(Dankwa::states, "macrophages_m1")] = 0.6;
    plan.initial[index_of(Dankwa::states, "monocytes")] = 0.0;
    CHECK(last<Dankwa, "injury">(simulate(plan)) < 20 * std::exp(-0.01 * 9.13917999 - 0.01 * 7.87013428 - 0.05));
}

TEST_CASE("cytokines and proteases stand where published when the treatment comes", "[reference]") {
    const auto before = run<Baker2017>("treated", {20.0}).rows.back();
    const std::vector<double> published{0.295400, 2.080510, 0.511204, 0.409867};
    for (std::size_t s = 0; s < published.size(); ++s) CHECK(before[s] == Approx(published[s]).margin(5e-7));
}

TEST_CASE("intact epidermis is steady under an activator and under an inhibitor", "[reference]") {
    using M = SherrattMurray;
    for (const auto* variant : {"activator", "inhibitor"}) {
        const auto plan = plan_of<M>(variant, {1.0});
        ParametersOf<M, double> parameters{};
        std::ranges::copy(plan.parameters, parameters.begin());
        const auto rates = rates_of<M>(0.0, StatesOf<M, double>{{1.0, 1.0}}, coefficients_from<M>(parameters));
        CHECK(std::abs(rates[0]) < 1e-14);
        CHECK(std::abs(rates[1]) < 1e-13);
    }
}
