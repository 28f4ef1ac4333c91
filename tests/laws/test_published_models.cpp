// What the biology and the algebra of each published model of inflammation demand, whatever its numbers are.
#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "published_runs.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

/// Random parameters in their ranges, with what follows from them.
template <class M> CoefficientsOf<M, double> any_coefficients(Random& random) {
    return coefficients_from<M>(random_parameters<M>(random));
}

template <class M> double& entry(StatesOf<M, double>& y, std::string_view state) {
    return y[place_in(M::states, state)];
}

/// The sum of some rates: what the terms that only move something from one state to another leave.
template <class M>
double sum_of_rates(std::initializer_list<std::string_view> states, const StatesOf<M, double>& y,
                    const CoefficientsOf<M, double>& k) {
    double sum = 0;
    for (const auto state : states) sum += rate_of<M>(state, y, k);
    return sum;
}

}  // namespace

TEST_CASE("without pathogen, phagocytes and damage the tissue of 2006 rests", "[published]") {
    using M = Reynolds2006;
    Random random(1);
    for (int sample = 0; sample < 20; ++sample) {
        const auto k = any_coefficients<M>(random);
        StatesOf<M, double> y{};
        entry<M>(y, "anti_inflammatory") = parameter_of<M>(k, "mediator_source") / parameter_of<M>(k, "mediator_decay");
        for (const double rate : rates_of<M>(0.0, y, k)) CHECK(std::abs(rate) < 1e-16);
    }
    const Followed<M> quiet("", {1000.0}, {{"pathogen", 0}});
    CHECK(quiet.last("phagocytes") == 0);
    CHECK(quiet.last("tissue_damage") == 0);
}

TEST_CASE("pathogen, phagocytes and damage of 2006 stay below their ceilings in each of the three fates",
          "[published]") {
    using M = Reynolds2006;
    for (const auto* variant : {"healthy", "aseptic_death", "septic_death"}) {
        const Followed<M> run(variant, times_every(0.5, 400));
        const auto k = coefficients_of<M>(variant);
        const double most_phagocytes = parameter_of<M>(k, "resting_source") / parameter_of<M>(k, "phagocyte_decay");
        const double most_damage = parameter_of<M>(k, "damage_by_phagocytes") / parameter_of<M>(k, "damage_repair");
        CHECK(run.largest("pathogen") < parameter_of<M>(k, "pathogen_capacity"));
        CHECK(run.largest("phagocytes") < most_phagocytes);
        CHECK(run.largest("tissue_damage") < most_damage);
    }
}

TEST_CASE("more pathogen at the start never turns death into healing", "[published]") {
    bool died = false;
    for (const double pathogen : {0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0}) {
        const Followed<Reynolds2006> run("", {600.0}, {{"pathogen", pathogen}});
        const bool dies = run.last("tissue_damage") > 1;
        CHECK(dies >= died);
        died = dies;
    }
    CHECK(died);
}

TEST_CASE("debris of the wound of 2015 only falls where there are no neutrophils", "[published]") {
    using M = Cooper2015;
    Random random(2);
    for (int sample = 0; sample < 50; ++sample) {
        auto y = random_states<M>(random, 0.01, 3);
        entry<M>(y, "neutrophils") = 0;
        CHECK(rate_of<M>("debris", y, any_coefficients<M>(random)) < 0);
    }
}

TEST_CASE("without pathogen the wound of 2015 stays clean, and its macrophages stay below their ceiling",
          "[published]") {
    using M = Cooper2015;
    const Followed<M> clean("", times_every(0.5, 60), {{"pathogen", 0}});
    CHECK(clean.largest("pathogen") == 0);
    const auto k = coefficients_of<M>("");
    CHECK(clean.largest("macrophages") <
          parameter_of<M>(k, "macrophage_source") / parameter_of<M>(k, "macrophage_removal"));
}

TEST_CASE("estrogen and cortisol slow the call of neutrophils, and what is meant does not differ without them",
          "[published]") {
    using M = Cooper2015;
    Random random(3);
    for (int sample = 0; sample < 20; ++sample) {
        auto y = random_states<M>(random, 0.01, 3);
        entry<M>(y, "macrophages") = 0;
        const double bare = rate_of<M>("neutrophils", y, coefficients_of<M>(""));
        CHECK(rate_of<M>("neutrophils", y, coefficients_of<M>("", {{"estrogen", 5}})) < bare);
        CHECK(rate_of<M>("neutrophils", y, coefficients_of<M>("", {{"cortisol", 100}})) < bare);
        for (const auto* state : {"pathogen", "macrophages", "neutrophils"})
            CHECK(rate_of<M>(state, y, coefficients_of<M>("as_intended")) ==
                  rate_of<M>(state, y, coefficients_of<M>("as_encoded")));
    }
}

TEST_CASE("without damage nothing is inflamed, and a stronger damage inflames more and still resolves", "[published]") {
    using M = Dunster2014;
    const Followed<M> spared("", {500.0}, {{"damage_strength", 0}});
    for (const double value : spared.rows().back()) CHECK(value == 0);
    double before = 0;
    for (const double strength : {0.02, 0.04, 0.06}) {
        const Followed<M> run("", times_every(1, 2000), {{"damage_strength", strength}});
        CHECK(run.largest("neutrophils") > before);
        before = run.largest("neutrophils");
        for (const auto* state : {"neutrophils", "macrophages", "mediator"})
            CHECK(run.last(state) < 1e-4 * run.largest(state));
    }
}

TEST_CASE("without necrosis the macrophages removed are the mediator that damage released", "[published]") {
    using M = Dunster2014;
    const double step = 0.05, strength = 0.05, removal = 0.01;
    const Followed<M> run("", times_every(step, 3000), {{"necrosis", 0}, {"damage_strength", strength}});
    double removed = 0;
    for (const double macrophages : run["macrophages"]) removed += step * removal * macrophages;
    const double half_wave_of_a_squared_sine = 0.5 * 3.141592653589793;
    CHECK(removed == Approx(strength * half_wave_of_a_squared_sine).epsilon(1e-4));
}

TEST_CASE("an injury without end heals nobody, one of no time leaves the few cells to die", "[published]") {
    using M = Adler2020;
    const Followed<M> spared("", times_every(1, 200), {{"injury_duration", 0}});
    CHECK(spared.largest("macrophages") <= 1);
    CHECK(spared.largest("myofibroblasts") <= 1);
    CHECK(never_rises(spared["macrophages"]));
    const auto k = coefficients_of<M>("");
    const Followed<M> lasting("", {500.0}, {{"injury_duration", 1000}});
    CHECK(lasting.last("macrophages") > parameter_of<M>(k, "monocyte_influx"));
}

TEST_CASE("hot fibrosis remembers nothing of the injury, and the growth factors in it balance both cells",
          "[published]") {
    using M = Adler2020;
    const auto k = coefficients_of<M>("");
    const auto share = [](double growth, double removal) { return removal / (growth - removal); };
    const double csf1 = parameter_of<M>(k, "csf1_binding_half") *
                        share(parameter_of<M>(k, "macrophage_growth"), parameter_of<M>(k, "macrophage_removal"));
    const Followed<M> usual("", {2000.0}, {{"injury_duration", 4}});
    for (const double days : {4.0, 5.0, 8.0, 20.0}) {
        const Followed<M> run("", {2000.0}, {{"injury_duration", days}});
        CHECK(run.last("csf1") == Approx(csf1).epsilon(1e-8));
        for (std::size_t i = 0; i < M::states.size(); ++i)
            CHECK(run.rows().back()[i] == Approx(usual.rows().back()[i]).epsilon(1e-6));
        const double bound = run.last("pdgf") / (parameter_of<M>(k, "pdgf_binding_half") + run.last("pdgf"));
        const double room = 1 - run.last("myofibroblasts") / parameter_of<M>(k, "myofibroblast_carrying_capacity");
        CHECK(parameter_of<M>(k, "myofibroblast_growth") * bound * room ==
              Approx(parameter_of<M>(k, "myofibroblast_removal")).epsilon(1e-6));
    }
}

TEST_CASE("a longer injury never heals where a shorter one does not, and more monocytes need less time",
          "[published]") {
    using M = Adler2020;
    const auto is_fibrotic = [](double days, double influx) {
        return Followed<M>("", {400.0}, {{"injury_duration", days}, {"monocyte_influx", influx}})
                   .last("myofibroblasts") > 1e3;
    };
    const auto threshold = [&](double influx) {
        double heals = 0, scars = 30;
        for (int halving = 0; halving < 12; ++halving)
            (is_fibrotic(0.5 * (heals + scars), influx) ? scars : heals) = 0.5 * (heals + scars);
        return scars;
    };
    const double usual = threshold(1e6);
    CHECK((usual > 2 && usual < 4));
    for (const double days : {0.5, 1.0, 0.9 * usual}) CHECK_FALSE(is_fibrotic(days, 1e6));
    for (const double days : {1.1 * usual, 6.0, 12.0, 25.0}) CHECK(is_fibrotic(days, 1e6));
    CHECK(threshold(3e6) < usual);
    CHECK(threshold(5e5) > usual);
}

TEST_CASE("below its threshold no M1 macrophage enlarges an injury, and without an injury none comes", "[published]") {
    using M = Dankwa;
    Random random(4);
    for (int sample = 0; sample < 50; ++sample) {
        auto k = any_coefficients<M>(random);
        auto y = random_states<M>(random, 0.01, 3);
        set_coefficient<"regulation", M>(k, -1);
        CHECK(rate_of<M>("injury", y, k) < 0);
        entry<M>(y, "injury") = 0;
        set_coefficient<"regulation", M>(k, 1);
        CHECK(rate_of<M>("injury", y, k) == 0);
        entry<M>(y, "neutrophils") = 0;
        CHECK(rate_of<M>("neutrophils", y, k) == 0);
    }
}

TEST_CASE("macrophages of a wound that turn from M1 to M2 are not lost on the way", "[published]") {
    using M = Zlobina2022;
    Random random(5);
    for (int sample = 0; sample < 20; ++sample) {
        const auto y = random_states<M>(random, 0.01, 1);
        const double bare = sum_of_rates<M>({"macrophages_m1", "macrophages_m2"}, y, coefficients_of<M>(""));
        const auto treated = coefficients_of<M>("", {{"actuation", 0.7}, {"polarisation", 0.3}});
        CHECK(sum_of_rates<M>({"macrophages_m1", "macrophages_m2"}, y, treated) == Approx(bare).epsilon(1e-12));
    }
}

TEST_CASE("no new tissue stays none, whole tissue stays whole, and debris only falls", "[published]") {
    using M = Zlobina2022;
    const Followed<M> bare("", times_every(1, 100), {{"new_tissue", 0}}),
        whole("", times_every(1, 100), {{"new_tissue", 1}});
    CHECK(bare.largest("new_tissue") == 0);
    CHECK(whole.smallest("new_tissue") == 1);
    CHECK(whole.largest("new_tissue") == 1);
    const Followed<M> wound("", times_every(1, 100));
    CHECK(never_rises(wound["debris"]));
    CHECK(std::ranges::is_sorted(wound["new_tissue"]));
    CHECK(wound.largest("new_tissue") <= 1);
    for (std::size_t row = 0; row < wound.rows().size(); ++row)
        CHECK(wound["macrophages_m2"][row] == Approx(bare["macrophages_m2"][row]).epsilon(1e-7));
}

TEST_CASE("a treatment that turns M1 macrophages sooner brings M2 sooner and keeps M1 fewer", "[published]") {
    const Followed<Zlobina2022> bare("", times_every(0.1, 60)), treated("", times_every(0.1, 60), {{"actuation", 0.5}});
    const auto peak_time = [](const Followed<Zlobina2022>& run, const char* state) {
        const auto values = run[state];
        return std::ranges::max_element(values) - values.begin();
    };
    CHECK(peak_time(treated, "macrophages_m2") < peak_time(bare, "macrophages_m2"));
    CHECK(treated.largest("macrophages_m1") < bare.largest("macrophages_m1"));
}

TEST_CASE("a fracture without debris is not inflamed", "[published]") {
    using M = Trejo2019;
    const Followed<M> clean("", times_every(5, 200), {{"debris", 0}, {"macrophages_m0", 0}, {"pro_cytokine", 0}});
    for (const auto* state : {"debris", "macrophages_m0", "macrophages_m1", "macrophages_m2", "pro_cytokine"})
        CHECK(clean.largest(state) == 0);
}

TEST_CASE("debris of a fracture only falls, and macrophages that change their kind are not lost", "[published]") {
    using M = Trejo2019;
    CHECK(never_rises(Followed<M>("healing", times_every(0.5, 100))["debris"]));
    Random random(6);
    for (int sample = 0; sample < 20; ++sample) {
        auto y = random_states<M>(random, 0.01, 3);
        for (const auto* cells : {"debris", "macrophages_m0", "macrophages_m1", "macrophages_m2"})
            entry<M>(y, cells) *= 1e5;
        const Moves other{{"activation_to_m1", 0.3}, {"activation_to_m2", 0.2}};
        const std::initializer_list<std::string_view> all{"macrophages_m0", "macrophages_m1", "macrophages_m2"};
        CHECK(sum_of_rates<M>(all, y, coefficients_of<M>("", other)) ==
              Approx(sum_of_rates<M>(all, y, coefficients_of<M>(""))).epsilon(1e-12));
    }
}

TEST_CASE("cytokines stay where they are when their treatment leaves all of them, and fall at once when it takes some",
          "[published]") {
    using M = Baker2017;
    const double at = 20, soon = 1e-9;
    for (const double left : {0.1, 0.4, 1.0}) {
        const Followed<M> run("", {at, at + soon}, {{"share_left_by_treatment", left}});
        for (std::size_t i = 0; i < M::states.size(); ++i) {
            const bool is_removed = M::states[i].name == "pro_inflammatory";
            CHECK(run.rows()[1][i] == Approx((is_removed ? left : 1.0) * run.rows()[0][i]).epsilon(1e-6));
        }
        REQUIRE(run.events().size() == 1);
        CHECK(run.events()[0].time == at);
        CHECK_FALSE(run.events()[0].located);
    }
}

TEST_CASE("the same course is run before a treatment, whatever it will do", "[published]") {
    const Followed<Baker2017> treated("treated", times_every(2, 20)), untreated("untreated", times_every(2, 20));
    CHECK(treated.rows() == untreated.rows());
}
