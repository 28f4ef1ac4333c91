// Published models, the first half, against SciPy and against what their sources or we ourselves found them to do.
#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "cicatrix/course/simulation.hpp"
#include "cicatrix/models/bianchi_2015.hpp"
#include "cicatrix/models/cooper_2015.hpp"
#include "cicatrix/models/dunster_2014.hpp"
#include "cicatrix/models/felix_garza_2017.hpp"
#include "cicatrix/models/krishna_2015.hpp"
#include "cicatrix/models/reynolds_2006.hpp"
#include "cicatrix/models/waugh_sherratt_2006.hpp"
#include "cicatrix/models/waugh_sherratt_2007.hpp"
#include "reference/published_models_a_table.hpp"

using namespace cicatrix;

namespace {

using FirstHalf = std::tuple<Reynolds2006, WaughSherratt2006, WaughSherratt2007, Cooper2015, Bianchi2015, Dunster2014,
                             FelixGarza2017, Krishna2015>;

std::size_t position(const auto& table, std::string_view name) {
    const auto entry = std::ranges::find(table, name, [](const auto& e) { return e.name; });
    return static_cast<std::size_t>(entry - table.begin());
}

/// The variants of a model, none when it has one set of values.
template <Model M> std::vector<Variant> variants_of() {
    if constexpr (requires { M::variants; }) return {M::variants.begin(), M::variants.end()};
    else return {};
}

/// A run of one variant; a model without variants is run as it is.
template <Model M> SimulationPlan plan_of(std::string_view variant, std::vector<double> outputs) {
    SimulationPlan plan;
    plan.model = M::id;
    const auto defaults = default_parameters<M>();
    plan.parameters.assign(defaults.begin(), defaults.end());
    plan.initial.assign(M::states.size(), std::nan(""));
    plan.duration = outputs.back();
    plan.outputs = std::move(outputs);
    for (const Variant& candidate : variants_of<M>())
        for (const Setting& setting : candidate.settings) {
            if (candidate.name != variant) continue;
            const std::size_t i = position(M::parameters, setting.name);
            if (i < plan.parameters.size()) plan.parameters[i] = setting.value;
            else plan.initial.at(position(M::states, setting.name)) = setting.value;
        }
    return plan;
}

/// One state over time.
struct Curve {
    std::vector<double> times, values;

    double at(double time) const {
        return values.at(static_cast<std::size_t>(std::ranges::lower_bound(times, time - 1e-9) - times.begin()));
    }
    std::pair<double, double> peak() const {
        const auto i = std::ranges::max_element(values) - values.begin();
        return {times[static_cast<std::size_t>(i)], values[static_cast<std::size_t>(i)]};
    }
    std::pair<double, double> dip() const {
        const auto i = std::ranges::min_element(values) - values.begin();
        return {times[static_cast<std::size_t>(i)], values[static_cast<std::size_t>(i)]};
    }
    /// The first time with a value below zero; never: infinity.
    double first_negative() const {
        const auto found = std::ranges::find_if(values, [](double value) { return value < 0; });
        return found == values.end() ? INFINITY : times[static_cast<std::size_t>(found - values.begin())];
    }
};

/// All states of a variant, every `step`.
template <Model M> class Curves {
  public:
    Curves(std::string_view variant, double end, double step) {
        for (int i = 0; i * step <= end * (1 + 1e-12); ++i) times_.push_back(i * step);
        auto plan = plan_of<M>(variant, times_);
        plan.relative = 1e-10, plan.absolute = 1e-14;  // printed values have up to nine digits
        simulation_ = Simulator<M>::run(plan, {});
        REQUIRE(simulation_.outcome.status == Status::done);
    }
    Curve operator[](std::string_view state) const {
        Curve out{times_, {}};
        for (const auto& row : simulation_.rows) out.values.push_back(row.at(position(M::states, state)));
        return out;
    }
    const std::vector<SimulationEvent>& events() const { return simulation_.events; }

  private:
    std::vector<double> times_;
    Simulation simulation_;
};

/// Within half a unit of the last digit that is printed.
auto printed(double value, double last_digit) { return Catch::Matchers::WithinAbs(value, 0.500001 * last_digit); }
auto about(double value, double margin) { return Catch::Matchers::WithinAbs(value, margin); }

struct Tolerances {
    double relative, absolute;
};
constexpr Tolerances tight{1e-11, 1e-16}, everyday{1e-6, 1e-12};

/// The largest difference to SciPy, relative to the larger of the value and 1e-7 of the state's own maximum.
template <Model M> double worst_difference(const reference::published_a::Solved& solved, Tolerances tolerances) {
    std::vector<double> times;
    for (const auto& row : solved.rows) times.push_back(row.time);
    auto plan = plan_of<M>(solved.variant, times);
    plan.relative = tolerances.relative, plan.absolute = tolerances.absolute;
    const auto simulation = Simulator<M>::run(plan, {});
    REQUIRE(simulation.outcome.status == Status::done);
    double worst = 0;
    for (std::size_t r = 0; r < solved.rows.size(); ++r)
        for (std::size_t i = 0; i < M::states.size(); ++i) {
            const double expected = solved.rows[r].states[i];
            const double size = std::max(std::abs(expected), 1e-7 * solved.largest[i]);
            worst = std::max(worst, std::abs(simulation.rows[r][i] - expected) / size);
        }
    return worst;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("a published model of the first half agrees with SciPy", "[published]", FirstHalf) {
    int compared = 0;
    for (const auto& solved : reference::published_a::solved) {
        if (solved.model != TestType::id) continue;
        INFO(solved.model << ", " << solved.variant);
        CHECK(worst_difference<TestType>(solved, tight) < 1e-6);
        ++compared;
    }
    CHECK(compared >= std::max<int>(1, static_cast<int>(variants_of<TestType>().size())));
}

TEMPLATE_LIST_TEST_CASE("a published model of the first half runs at everyday tolerances, near its exact course",
                        "[published]", FirstHalf) {
    for (const auto& solved : reference::published_a::solved) {
        if (solved.model != TestType::id) continue;
        INFO(solved.model << ", " << solved.variant);
        CHECK(worst_difference<TestType>(solved, everyday) < 1e-3);
    }
}

TEMPLATE_LIST_TEST_CASE("a variant of the first half sets what the model has", "[published]", FirstHalf) {
    for (const Variant& variant : variants_of<TestType>())
        for (const Setting& setting : variant.settings) {
            INFO(variant.name << " sets " << setting.name);
            const std::size_t i = position(TestType::parameters, setting.name);
            if (i == TestType::parameters.size()) {
                CHECK(position(TestType::states, setting.name) < TestType::states.size());
                continue;
            }
            CHECK(setting.value >= TestType::parameters[i].range.low);
            CHECK(setting.value <= TestType::parameters[i].range.high);
        }
}

TEST_CASE("inflammation resolves, stays without pathogen, or stays with it, by pathogen and its growth",
          "[published]") {
    const Curves<Reynolds2006> healthy("healthy", 400, 0.01);
    const auto [phagocyte_time, phagocytes] = healthy["phagocytes"].peak();
    CHECK_THAT(phagocytes, printed(0.19637, 1e-5));
    CHECK_THAT(phagocyte_time, about(33.91, 0.05));
    CHECK_THAT(healthy["tissue_damage"].peak().second, printed(3.4113, 1e-4));
    CHECK(healthy["pathogen"].values.back() < 1e-9);
    CHECK(healthy["tissue_damage"].values.back() < 0.01 * healthy["tissue_damage"].peak().second);

    const Curves<Reynolds2006> aseptic("aseptic_death", 400, 1);
    CHECK(aseptic["pathogen"].values.back() < 1e-9);
    CHECK_THAT(aseptic["phagocytes"].values.back(), printed(0.6346, 1e-4));
    CHECK_THAT(aseptic["tissue_damage"].values.back(), printed(17.39, 1e-2));
    CHECK_THAT(aseptic["anti_inflammatory"].values.back(), printed(0.5229, 1e-4));

    const Curves<Reynolds2006> septic("septic_death", 400, 1);
    CHECK_THAT(septic["pathogen"].values.back(), printed(4.937, 1e-3));
    CHECK_THAT(septic["phagocytes"].values.back(), printed(0.981, 1e-3));
    CHECK_THAT(septic["tissue_damage"].values.back(), printed(17.49, 1e-2));
}

TEST_CASE("the wound of 2006 resolves, stays inflamed, or resolves once treated", "[published]") {
    const Curves<WaughSherratt2006> normal("normal", 300, 1), diabetic("diabetic", 300, 1), treated("treated", 300, 1);
    CHECK_THAT(normal["macrophages_inflammatory"].values.back(), printed(6.36505, 1e-5));
    CHECK_THAT(normal["macrophages_repair"].values.back(), printed(6.36505, 1e-5));
    CHECK_THAT(normal["tgf_beta"].values.back(), printed(0.0489619, 1e-7));
    CHECK_THAT(diabetic["macrophages_inflammatory"].values.back(), printed(905.773, 1e-3));
    CHECK_THAT(diabetic["macrophages_repair"].values.back(), printed(226.443, 1e-3));
    CHECK_THAT(diabetic["tgf_beta"].values.back(), printed(6.96748, 1e-5));
    CHECK(treated["macrophages_inflammatory"].at(22) == Approx(diabetic["macrophages_inflammatory"].at(22)));
    CHECK_THAT(treated["macrophages_inflammatory"].at(60), printed(4.63, 1e-2));
    REQUIRE(treated.events().size() == 1);
    CHECK(treated.events().front().time == 22);
}

TEST_CASE("the wounds of 2007 keep every density positive and their share within 0 and 1, as encoded", "[published]") {
    for (const char* variant : {"normal", "diabetic", "apligraf", "dermagraft"}) {
        INFO(variant);
        const Curves<WaughSherratt2007> wound(variant, 200, 0.05);
        for (const auto& state : WaughSherratt2007::states) CHECK(wound[state.name].dip().second > 0);
        for (const double hyaluronan : wound["hyaluronan"].values) {
            const double share = 0.4407 - 0.197 * std::log10(hyaluronan);
            CHECK((share > 0 && share < 1));
        }
    }
}

TEST_CASE("the wounds of 2007 lose positivity with the natural logarithm, and keep it when clamped", "[published]") {
    const Curves<WaughSherratt2007> normal("normal_natural", 60, 0.002);
    CHECK_THAT(normal["fibroblasts"].peak().second, printed(239.684, 1e-3));
    CHECK_THAT(normal["fibroblasts"].peak().first, about(2.914, 0.002));
    CHECK_THAT(normal["fibroblasts"].at(5), printed(236.061, 1e-3));

    const Curves<WaughSherratt2007> wound("dermagraft_natural", 200, 0.01);
    CHECK_THAT(wound["macrophages_inflammatory"].first_negative(), about(50.4, 0.06));
    CHECK_THAT(wound["macrophages_inflammatory"].dip().second, printed(-4.095, 1e-3));
    CHECK_THAT(wound["macrophages_inflammatory"].dip().first, about(78.55, 0.02));
    CHECK_THAT(wound["macrophages_repair"].first_negative(), about(95.7, 0.06));
    CHECK_THAT(wound["macrophages_repair"].dip().second, printed(-3.391, 1e-3));
    CHECK_THAT(wound["macrophages_repair"].dip().first, about(116.10, 0.02));
    CHECK_THAT(wound["tgf_beta"].dip().second, printed(-0.0151, 1e-4));

    const Curves<WaughSherratt2007> clamped("dermagraft_clamped", 200, 0.05);
    for (const auto& state : WaughSherratt2007::states) CHECK(clamped[state.name].dip().second > 0);
}

TEST_CASE("only grafts with much hyaluronan bring a diabetic wound of 2007 to the collagen of a normal one",
          "[published]") {
    const auto collagen = [](const char* variant) {
        return Curves<WaughSherratt2007>(variant, 200, 1)["collagen"].values.back();
    };
    const double normal = collagen("normal"), untreated = collagen("diabetic"), apligraf = collagen("apligraf");
    CHECK(untreated < 0.5 * normal);
    CHECK(apligraf > 1.3 * untreated);
    CHECK(apligraf < 0.75 * normal);
    CHECK(collagen("dermagraft") > 0.95 * normal);
}

TEST_CASE("neutrophils come before macrophages, and both clear the debris of the wound of 2015", "[published]") {
    const Curves<Cooper2015> wound("as_encoded", 30, 0.001);
    CHECK_THAT(wound["neutrophils"].peak().second, printed(0.14834, 1e-5));
    CHECK_THAT(wound["neutrophils"].peak().first, about(0.759, 0.002));
    CHECK_THAT(wound["macrophages"].peak().second, printed(0.27261, 1e-5));
    CHECK_THAT(wound["macrophages"].peak().first, about(4.137, 0.002));
    CHECK_THAT(wound["debris"].at(2), printed(0.3833, 1e-4));
    CHECK_THAT(wound["debris"].at(5), printed(0.0204, 1e-4));
}

TEST_CASE("without neutrophils in its debris term the wound of 2015 clears debris more slowly", "[published]") {
    const Curves<Cooper2015> encoded("as_encoded", 2, 0.01), intended("as_intended", 2, 0.01);
    for (const double day : {0.5, 1.0, 2.0}) CHECK(intended["debris"].at(day) > encoded["debris"].at(day));
}

TEST_CASE("lymphatic capillaries form from the day on which their cells reach the threshold", "[published]") {
    const Curves<Bianchi2015> wound("normal", 100, 0.005);
    REQUIRE(wound.events().size() == 1);
    CHECK(wound.events().front().located);
    CHECK_THAT(wound.events().front().time, printed(21.35923, 1e-5));
    CHECK(wound["capillaries"].at(21.355) == 0);
    CHECK(wound["capillaries"].at(21.365) > 0);
    // SciPy's Radau, BDF and LSODA at 1e-12, stopped at both thresholds, agree on 15994.430344.
    CHECK_THAT(wound["capillaries"].values.back(), printed(15994.43034, 1e-5));
    CHECK_THAT(wound["macrophages"].peak().second, printed(6276.4, 0.1));
    CHECK_THAT(wound["macrophages"].peak().first, about(5.42, 0.01));
    CHECK_THAT(wound["tgf_beta_active"].peak().second, printed(290.8, 0.1));
    CHECK_THAT(wound["vegf"].peak().second, printed(0.9949, 1e-4));
    CHECK_THAT(wound["vegf"].peak().first, about(3.39, 0.01));
}

TEST_CASE("inflammation after a short damage resolves", "[published]") {
    const Curves<Dunster2014> tissue("", 1000, 0.01);
    CHECK_THAT(tissue["neutrophils"].peak().second, printed(0.061215, 1e-6));
    CHECK_THAT(tissue["neutrophils"].peak().first, about(4.65, 0.02));
    CHECK_THAT(tissue["macrophages"].peak().second, printed(0.10121, 1e-5));
    CHECK_THAT(tissue["macrophages"].peak().first, about(21.55, 0.02));
    CHECK_THAT(tissue["mediator"].peak().second, printed(0.033883, 1e-6));
    CHECK_THAT(tissue["mediator"].peak().first, about(2.178, 0.01));
    CHECK(tissue["macrophages"].values.back() < 1e-3 * tissue["macrophages"].peak().second);
}

TEST_CASE("the damage of the inflammation of 2014 is a squared sine until pi", "[published]") {
    const Curves<Dunster2014> tissue("", 5, 0.01);
    const Curve damage = tissue["damage"];
    for (std::size_t i = 0; i < damage.times.size(); ++i) {
        const double t = damage.times[i];
        CHECK_THAT(damage.values[i], about(t < 3.14159 ? 0.05 * std::pow(std::sin(t), 2) : 0, 1e-9));
    }
}

TEST_CASE("healthy epidermis rests, turns over in a month and returns to rest from few cells", "[published]") {
    const Curves<FelixGarza2017> healthy("healthy", 1000, 10), few("in_psoriasis", 4000, 10);
    const std::vector<std::pair<const char*, double>> steady{{"stem_cells", 2267.675},     {"transit_cells", 11184.78},
                                                             {"arrested_cells", 8926.71},  {"spinous_cells", 34637.67},
                                                             {"granular_cells", 17329.22}, {"corneocytes", 26940.38}};
    for (const auto& [name, cells] : steady) {
        INFO(name);
        CHECK_THAT(healthy[name].values.front(), about(cells, 0.005));
        CHECK_THAT(healthy[name].values.back(), about(cells, 0.005));
        CHECK(few[name].values.back() == Approx(cells).epsilon(0.01));
    }
    const auto residence = [&](const char* cells, double outflow) { return healthy[cells].values.back() / outflow; };
    const double shed = 0.0714 * healthy["corneocytes"].values.back();
    CHECK_THAT(residence("corneocytes", shed), about(14.0, 0.05));
    const double made = 0.216 * healthy["arrested_cells"].values.back() / (1 - 0.0012);
    CHECK_THAT(residence("arrested_cells", made) + residence("spinous_cells", made * (1 - 0.0012)) +
                   residence("granular_cells", made * (1 - 0.0012) * (1 - 0.0012)),
               about(31.6, 0.1));
}

TEST_CASE("good healers settle, poor healers run out of metalloproteinases", "[published]") {
    const Curves<Krishna2015> good("good_healers", 100, 0.1), poor("poor_healers", 100, 0.1);
    CHECK_THAT(good["mmp"].values.back(), printed(7.85017, 1e-5));
    CHECK_THAT(good["timp"].values.back(), printed(5.10907, 1e-5));
    CHECK_THAT(good["matrix"].values.back(), printed(0.350271, 1e-6));
    CHECK_THAT(good["fibroblasts"].values.back(), printed(0.980852, 1e-6));
    CHECK(poor["mmp"].values.back() < 1e-3 * poor["mmp"].peak().second);
    CHECK_THAT(poor["timp"].values.back(), about(82, 1));
}
