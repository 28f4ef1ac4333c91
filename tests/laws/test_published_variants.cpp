// What every model of the list keeps in all of its variants: units, signs, and that a variant sets what it says.
#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "cicatrix/units/unit.hpp"
#include "published_runs.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

/// How many of the new units make one old unit of length, mass and time.
struct Rescaling {
    double length, mass, time;

    double of(std::string_view unit) const {
        const auto d = parse_unit(unit).dimension;
        return std::pow(length, d.length) * std::pow(mass, d.mass) * std::pow(time, d.time);
    }
};

/// Time units of a model whose time has none are rescaled by nothing.
template <class M> double time_factor(const Rescaling& by) {
    if constexpr (requires { M::time_unit; }) return by.of(M::time_unit);
    else return by.time;
}

/// The same numbers told in other units, entry by entry.
template <const auto& table> Values<table, double> told_in(const Rescaling& by, Values<table, double> values) {
    for (std::size_t i = 0; i < values.size(); ++i) values[i] *= by.of(table[i].unit);
    return values;
}

/// The largest relative difference between rates told in other units and rates of what is told in other units.
template <class M> double worst_disagreement(const Rescaling& by, Random& random) {
    double worst = 0;
    for (int sample = 0; sample < 10; ++sample) {
        const auto parameters = random_parameters<M>(random);
        const auto y = random_states<M>(random, 0.1, 2);
        const double t = between(random, 0.1, 2);
        const auto before = rates_of<M>(t, y, coefficients_from<M>(parameters));
        auto k = coefficients_from<M>(told_in<M::parameters>(by, parameters));
        if constexpr (requires { M::conditions; })
            for (const auto& condition : M::conditions)
                k[place_in(detail::CoefficientTable<M>::table, condition.name)] *= by.of(condition.unit);
        const auto after = rates_of<M>(t * time_factor<M>(by), told_in<M::states>(by, y), k);
        for (std::size_t i = 0; i < y.size(); ++i) {
            const double factor = by.of(M::states[i].unit) / time_factor<M>(by);
            const double difference = std::abs(after[i] / factor - before[i]);
            const double size = std::max(std::abs(before[i]), 1e-12);
            if (difference > 1e-8 * size) UNSCOPED_INFO(M::id << ": " << M::states[i].name);
            worst = std::max(worst, difference / size);
        }
    }
    return worst;
}

/// The parameters and starts in which two variants differ.
template <class M> std::set<std::string> differences(std::string_view one, std::string_view other) {
    const auto a = plan_of<M>(one, {1.0}), b = plan_of<M>(other, {1.0});
    std::set<std::string> names;
    for (std::size_t i = 0; i < M::parameters.size(); ++i)
        if (a.parameters[i] != b.parameters[i]) names.emplace(M::parameters[i].name);
    const auto first = simulate(plan_of<M>(one, {0.0, 1e-9})).rows[0],
               second = simulate(plan_of<M>(other, {0.0, 1e-9})).rows[0];
    for (std::size_t i = 0; i < M::states.size(); ++i)
        if (first[i] != second[i]) names.emplace(M::states[i].name);
    return names;
}

using NameSet = std::set<std::string>;

/// How long a model is followed when every variant is, in its own time.
template <class M> double duration_of() {
    const std::string_view unit = M::time_unit;
    return unit == "h" ? 1000 : 200;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("rates mean the same in other units of length, mass and time", "[variants]", Models) {
    Random random(31);
    if constexpr (std::same_as<TestType, WaughSherratt2007>) {
        // Its share is fitted to the logarithm of a density: only what leaves that density alone may be rescaled.
        CHECK(worst_disagreement<TestType>({.length = 2, .mass = 8, .time = 4}, random) < 1e-8);
        CHECK(worst_disagreement<TestType>({.length = 2, .mass = 1, .time = 1}, random) > 1e-6);
    } else {
        CHECK(worst_disagreement<TestType>({.length = 2, .mass = 1, .time = 1}, random) < 1e-8);
        CHECK(worst_disagreement<TestType>({.length = 1, .mass = 2, .time = 1}, random) < 1e-8);
        CHECK(worst_disagreement<TestType>({.length = 1, .mass = 1, .time = 2}, random) < 1e-8);
    }
}

TEMPLATE_LIST_TEST_CASE("a variant sets each of its values once, and variants differ in name and meaning", "[variants]",
                        Models) {
    std::set<std::string_view> names, meanings;
    for (const Variant& variant : variants_of<TestType>()) {
        INFO(variant.name);
        CHECK(names.insert(variant.name).second);
        CHECK(meanings.insert(variant.meaning).second);
        std::set<std::string_view> set;
        for (const Setting& setting : variant.settings) CHECK(set.insert(setting.name).second);
    }
    CHECK(names.size() != 1);
}

TEMPLATE_LIST_TEST_CASE("no two variants are the same values", "[variants]", Models) {
    using M = TestType;
    const auto variants = variants_of<M>();
    for (std::size_t i = 0; i < variants.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            INFO(variants[i].name << " and " << variants[j].name);
            CHECK_FALSE(differences<M>(variants[i].name, variants[j].name).empty());
        }
}

TEMPLATE_LIST_TEST_CASE("no state of a published model turns negative unless it is declared to", "[variants]", Models) {
    using M = TestType;
    if constexpr (requires { M::time_unit; }) {
        std::vector<std::string_view> chosen{""};
        for (const Variant& variant : variants_of<M>()) chosen.push_back(variant.name);
        for (const auto variant : chosen) {
            const Followed<M> run(variant, times_every(duration_of<M>() / 400, duration_of<M>()));
            for (const State& state : M::states) {
                INFO(variant << ": " << state.name);
                if (!state.may_be_negative) CHECK(run.smallest(state.name) >= -1e-9 * run.largest(state.name));
            }
        }
    }
}

TEST_CASE("injuries of 2020 differ by how long they last alone", "[variants]") {
    CHECK(differences<Adler2020>("two_days", "") == NameSet{});
    CHECK(differences<Adler2020>("two_days", "four_days") == NameSet{"injury_duration"});
    CHECK(differences<Adler2020>("four_days", "ten_days") == NameSet{"injury_duration"});
}

TEST_CASE("fractures differ by the loss or by the turning of their cells alone", "[variants]") {
    CHECK(differences<Trejo2019>("healing", "") == NameSet{});
    CHECK(differences<Trejo2019>("healing", "non_union") == NameSet{"osteoblast_loss"});
    CHECK(differences<Trejo2019>("healing", "delayed") == NameSet{"progenitor_differentiation"});
}

TEST_CASE("the fates of 2006 differ by pathogen or by its growth alone", "[variants]") {
    CHECK(differences<Reynolds2006>("healthy", "") == NameSet{});
    CHECK(differences<Reynolds2006>("healthy", "aseptic_death") == NameSet{"pathogen"});
    CHECK(differences<Reynolds2006>("healthy", "septic_death") == NameSet{"pathogen_growth"});
}

TEST_CASE("wounds of 2006 differ by the inflammatory share or by treatment alone", "[variants]") {
    CHECK(differences<WaughSherratt2006>("diabetic", "normal") == NameSet{"inflammatory_share"});
    CHECK(differences<WaughSherratt2006>("diabetic", "treated") == NameSet{"treatment"});
}

TEST_CASE("wounds of 2007 differ by what their names say", "[variants]") {
    using M = WaughSherratt2007;
    const auto diabetic = differences<M>("normal", "diabetic");
    CHECK(diabetic == NameSet{"collagen_synthesis", "hyaluronan_synthesis", "fibroblast_removal"});
    CHECK(differences<M>("diabetic", "apligraf") == NameSet{"graft_applications"});
    for (const auto& name : differences<M>("apligraf", "dermagraft")) CHECK(name.starts_with("graft_"));
    for (const std::string wound : {"normal", "diabetic", "apligraf", "dermagraft"}) {
        CHECK(differences<M>(wound, wound + "_natural") == NameSet{"share_per_decade"});
        CHECK(differences<M>(wound + "_natural", wound + "_clamped") == NameSet{"clamp_share"});
    }
    const auto slope = [](const char* variant) {
        return plan_of<M>(variant, {1.0}).parameters[place_in(M::parameters, "share_per_decade")];
    };
    CHECK(slope("normal_natural") / slope("normal") == Approx(std::log(10.0)).epsilon(1e-14));
}

TEST_CASE("variants of the remaining models differ by what their meanings say", "[variants]") {
    CHECK(differences<Cooper2015>("as_encoded", "as_intended") == NameSet{"as_intended"});
    CHECK(differences<Baker2017>("treated", "untreated") == NameSet{"share_left_by_treatment"});
    CHECK(differences<SherrattMurray>("activator", "inhibitor") ==
          NameSet{"chemical_inhibits", "cell_diffusivity", "chemical_diffusivity", "chemical_decay"});
    CHECK(differences<LazebnikFriedman>("healthy", "disease") == NameSet{"tgf_per_myofibroblast"});
    CHECK(differences<LazebnikFriedman>("healthy_as_printed", "disease_as_printed") ==
          NameSet{"tgf_per_myofibroblast"});
    CHECK(differences<LazebnikFriedman>("healthy", "healthy_as_printed") ==
          NameSet{"tgf_per_fibroblast", "tgf_per_myofibroblast"});
    CHECK(differences<Krishna2015>("good_healers", "poor_healers").size() == Krishna2015::parameters.size());
    CHECK(differences<FelixGarza2017>("healthy", "in_psoriasis").size() == FelixGarza2017::states.size());
}

TEST_CASE("the breasts of 2023 and 2025 share their cells and differ in matrix and in decay of TGF-beta",
          "[variants]") {
    using M = BuganzaTepole;
    CHECK(differences<M>("acta_2021", "") == NameSet{});
    const auto breasts = differences<M>("plos_2025", "cbm_2023");
    CHECK(breasts == NameSet{"fibroblasts", "tgf_decay", "collagen_deposition", "collagen_deposition_by_tgf",
                             "collagen_deposition_by_stretch", "collagen_degradation", "collagen_degradation_by_tgf"});
    const auto skin = differences<M>("acta_2021", "cbm_2023");
    for (const auto* kept : {"stretch", "stretch_felt", "stretch_sharpness", "fibroblast_diffusivity"})
        CHECK_FALSE(skin.contains(kept));
}
