// What the biology and the algebra of each published model of tissue demand: matrix, epidermis, lymphatics, scars.
#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "published_runs.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

/// The largest rate, each relative to the rates that one state of one hundredth more or less would give.
template <class M> double unrest(const StatesOf<M, double>& y, const CoefficientsOf<M, double>& k) {
    const auto rates = rates_of<M>(0.0, y, k);
    const auto slopes = derivatives_of<M>(0.0, y, k);
    double worst = 0;
    for (std::size_t i = 0; i < y.size(); ++i) {
        double flow = 0;
        for (std::size_t j = 0; j < y.size(); ++j) flow = std::max(flow, std::abs(slopes[i][j] * y[j]));
        if (flow > 0) worst = std::max(worst, std::abs(rates[i]) / flow);
    }
    return worst;
}

/// Macrophages of 2006 at rest, all of them counted: recruitment by the TGF-beta that they make against their losses.
std::vector<double> macrophages_at_rest(double share) {
    const auto k = coefficients_of<WaughSherratt2006>("");
    const auto p = [&](const char* name) { return parameter_of<WaughSherratt2006>(k, name); };
    const auto balance = [&](double all) {
        const double T = p("tgf_beta_production") * share * all / p("tgf_beta_decay");
        const double recruited = p("recruitment_cubic") * T * T * T + p("recruitment_quadratic") * T * T +
                                 p("recruitment_linear") * T + p("recruitment_constant");
        const double dividing = p("dividing_share") * p("division") * (1 - p("macrophage_crowding") * all);
        return recruited + (dividing - p("macrophage_removal")) * all;
    };
    return roots_of(balance, 0.1, 3000);
}

double distance_to_nearest(const std::vector<double>& values, double value) {
    double nearest = INFINITY;
    for (const double candidate : values) nearest = std::min(nearest, std::abs(candidate - value));
    return nearest;
}

}  // namespace

TEST_CASE("a wound of 2006 ends where recruitment balances loss, with its share of inflammatory macrophages",
          "[published]") {
    using M = WaughSherratt2006;
    for (const double share : {0.2, 0.5, 0.65, 0.8}) {
        INFO("share " << share);
        const Followed<M> run("", {5000.0}, {{"inflammatory_share", share}});
        const double all = run.last("macrophages_inflammatory") + run.last("macrophages_repair");
        CHECK(run.last("macrophages_inflammatory") == Approx(share * all).epsilon(1e-6));
        CHECK(distance_to_nearest(macrophages_at_rest(share), all) < 1e-5 * all);
    }
}

TEST_CASE("a treated wound of 2006 ends where one ends that had the treated share from the start", "[published]") {
    using M = WaughSherratt2006;
    const Followed<M> treated("treated", {3000.0}), always("", {3000.0}, {{"inflammatory_share", 0.2}});
    for (std::size_t i = 0; i < M::states.size(); ++i)
        CHECK(treated.rows().back()[i] == Approx(always.rows().back()[i]).epsilon(1e-6));
}

TEST_CASE("a wound of 2007 ends at the collagen at which synthesis balances degradation", "[published]") {
    using M = WaughSherratt2007;
    for (const auto* variant : {"normal", "diabetic", "apligraf"}) {
        INFO(variant);
        const Followed<M> run(variant, {20000.0});
        const auto k = coefficients_of<M>(variant);
        const auto p = [&](const char* name) { return parameter_of<M>(k, name); };
        const auto cubic = [&](const char* c3, const char* c2, const char* c1, const char* c0, double x) {
            return p(c3) * x * x * x + p(c2) * x * x + p(c1) * x + p(c0);
        };
        const double driven = cubic("synthesis_cubic", "synthesis_quadratic", "synthesis_linear", "synthesis_constant",
                                    run.last("tgf_beta"));
        const auto balance = [&](double collagen) {
            return p("collagen_synthesis") * driven *
                       cubic("brake_cubic", "brake_quadratic", "brake_linear", "brake_constant", collagen) -
                   p("collagen_degradation") * collagen;
        };
        CHECK(distance_to_nearest(roots_of(balance, 0, 4000), run.last("collagen")) < 1e-3);
        CHECK(run.last("hyaluronan") ==
              Approx(p("hyaluronan_synthesis") * run.last("fibroblasts") / p("hyaluronan_decay")).epsilon(1e-6));
        const double macrophages = run.last("macrophages_inflammatory") + run.last("macrophages_repair");
        const double pdgf = p("pdgf_by_macrophages") * macrophages + p("pdgf_by_fibroblasts") * run.last("fibroblasts");
        CHECK(run.last("pdgf") == Approx(pdgf / p("pdgf_decay")).epsilon(1e-6));
    }
}

TEST_CASE("an engineered skin acts from its first day on and as often as it is laid on", "[published]") {
    using M = WaughSherratt2007;
    const Followed<M> bare("diabetic", times_every(1, 60)), covered("apligraf", times_every(1, 60));
    for (std::size_t row = 0; row < bare.rows().size() && bare.times()[row] <= 28; ++row)
        for (std::size_t i = 0; i < M::states.size(); ++i)
            CHECK(covered.rows()[row][i] == Approx(bare.rows()[row][i]).epsilon(1e-8));
    CHECK(covered.last("hyaluronan") > bare.last("hyaluronan"));
    for (const double times : {1.0, 3.0}) {
        const Followed<M> run("apligraf", {150.0}, {{"graft_applications", times}});
        CHECK(run.events().size() == static_cast<std::size_t>(2 * times));
    }
}

TEST_CASE("the share of inflammatory macrophages changes by the same for every tenfold of hyaluronan", "[published]") {
    using M = WaughSherratt2007;
    const auto k = coefficients_of<M>("normal"), clamped = coefficients_of<M>("normal_clamped");
    const double slope = M::inflammatory_share(10.0, k) - M::inflammatory_share(1.0, k);
    for (const double H : {0.01, 0.3, 7.0})
        CHECK(M::inflammatory_share(10 * H, k) - M::inflammatory_share(H, k) == Approx(slope).epsilon(1e-12));
    CHECK(M::inflammatory_share(1e-9, clamped) == 1);
    CHECK(M::inflammatory_share(1e9, clamped) == 0);
}

TEST_CASE("healthy epidermis is at rest whatever its parameters are", "[published]") {
    using M = FelixGarza2017;
    Random random(11);
    for (int sample = 0; sample < 50; ++sample) {
        const auto k = coefficients_from<M>(random_parameters<M>(random));
        CHECK(unrest<M>(M::home(k), k) < 1e-11);
    }
}

TEST_CASE("without apoptosis epidermis gains by division and loses by desquamation alone", "[published]") {
    using M = FelixGarza2017;
    Random random(12);
    auto parameters = default_parameters<M>();
    parameters[place_in(M::parameters, "apoptotic_share")] = 0;
    const auto k = coefficients_from<M>(parameters);
    auto y = M::home(k);
    for (double& cells : y) cells *= between(random, 0.3, 2);
    const auto [S, T, C] = pick<"stem_cells", "transit_cells", "corneocytes">(y);
    const auto p = [&](const char* name) { return parameter_of<M>(k, name); };
    const double relative = T / M::home(k)[place_in(M::states, "transit_cells")];
    const double pace = p("stem_boost") / (1 + (p("stem_boost") - 1) * relative * relative * relative);
    const double divisions =
        pace * S * (p("stem_growth") * (1 - S / p("stem_capacity")) + p("stem_asymmetric") + p("stem_symmetric")) +
        T * (p("transit_growth") + p("transit_asymmetric") + p("transit_symmetric"));
    double gained = 0;
    for (const double rate : rates_of<M>(0.0, y, k)) gained += rate;
    CHECK(gained == Approx(divisions - p("desquamation") * C).epsilon(1e-10));
}

TEST_CASE("fibroblasts of an ulcer follow the logistic curve", "[published]") {
    using M = Krishna2015;
    for (const auto* variant : {"good_healers", "poor_healers"}) {
        const Followed<M> run(variant, times_every(0.1, 10));
        const auto k = coefficients_of<M>(variant);
        const double growth = parameter_of<M>(k, "fibroblast_growth"), death = parameter_of<M>(k, "fibroblast_death");
        const double settled = 1 - death / growth, start = run["fibroblasts"].front();
        for (std::size_t row = 0; row < run.times().size(); ++row) {
            const double faded = std::exp(-(growth - death) * run.times()[row]);
            CHECK(run["fibroblasts"][row] == Approx(settled / (1 + (settled / start - 1) * faded)).epsilon(1e-8));
        }
    }
}

TEST_CASE("matrix of an ulcer settles where fibroblasts make what metalloproteinases and decay take", "[published]") {
    using M = Krishna2015;
    for (const auto* variant : {"good_healers", "poor_healers"}) {
        const Followed<M> run(variant, {4000.0});
        const auto k = coefficients_of<M>(variant);
        const double made = parameter_of<M>(k, "matrix_production") * run.last("fibroblasts");
        const double taken =
            parameter_of<M>(k, "matrix_degradation") * run.last("mmp") + parameter_of<M>(k, "matrix_decay");
        CHECK(run.last("matrix") == Approx(made / (made + taken)).epsilon(1e-6));
        CHECK(run.last("matrix") < 1);
    }
}

TEST_CASE("an ulcer without fibroblasts loses its matrix and makes no metalloproteinases", "[published]") {
    const Followed<Krishna2015> run("", times_every(1, 300), {{"fibroblasts", 0}});
    CHECK(never_rises(run["mmp"]));
    CHECK(never_rises(run["matrix"]));
    CHECK(run.last("matrix") < 0.05);
}

TEST_CASE("only the corrected constant of healthy sclerotic skin leaves it at rest", "[published]") {
    using M = LazebnikFriedman;
    const auto rests = [](const char* variant) {
        const auto k = coefficients_of<M>(variant);
        return unrest<M>(M::home(k), k);
    };
    CHECK(rests("healthy") < 1e-12);
    CHECK(rests("healthy_as_printed") > 0.1);
    CHECK(rests("disease") > 0.1);
}

TEST_CASE("fibroblasts that turn into myofibroblasts are not lost, and more TGF-beta turns more", "[published]") {
    using M = LazebnikFriedman;
    const auto y = M::home(coefficients_of<M>(""));
    const auto both = [&](const Moves& moves) {
        const auto k = coefficients_of<M>("", moves);
        return rate_of<M>("fibroblasts", y, k) + rate_of<M>("myofibroblasts", y, k);
    };
    CHECK(both({{"turning_gain_by_tgf", 6}, {"fibroblast_to_myofibroblast", 0.3}}) == Approx(both({})).margin(1e-15));
    double before = 0;
    for (const double tgf : {0.005, 0.0296, 0.1, 1.0}) {
        const Followed<M> run("", {365.0}, {{"tgf_per_myofibroblast", tgf}});
        CHECK(run.last("matrix") > before);
        before = run.last("matrix");
    }
}

TEST_CASE("intact epidermis of 1990 is at rest for every height and place of its mitosis", "[published]") {
    using M = SherrattMurray;
    Random random(13);
    for (int sample = 0; sample < 50; ++sample) {
        auto parameters = random_parameters<M>(random);
        parameters[place_in(M::parameters, "chemical_inhibits")] = sample % 2;
        const auto k = coefficients_from<M>(parameters);
        CHECK(unrest<M>(StatesOf<M, double>{{1.0, 1.0}}, k) < 1e-12);
    }
}

TEST_CASE("few cells grow as fast as mitosis without the chemical lets them, which sets the speed of their wave",
          "[published]") {
    using M = SherrattMurray;
    const double few = 1e-9;
    for (const auto* variant : {"activator", "inhibitor"}) {
        const auto k = coefficients_of<M>(variant);
        const double h = parameter_of<M>(k, "largest_mitosis");
        const double cm = parameter_of<M>(k, "activator_at_largest_mitosis");
        const bool inhibits = parameter_of<M>(k, "chemical_inhibits") > 0.5;
        const double mitosis = inhibits ? h : (1 + cm * cm - 2 * h * cm) / ((1 - cm) * (1 - cm));
        const Followed<M> run(variant, {0.2}, {{"cells", few}, {"chemical", 0}});
        CHECK(std::log(run.last("cells") / few) == Approx(0.2 * (2 * mitosis - 1)).epsilon(1e-4));
    }
}

TEST_CASE("wounded epidermis of 1990 closes and never doubles", "[published]") {
    for (const auto* variant : {"activator", "inhibitor"}) {
        const Followed<SherrattMurray> run(variant, times_every(0.05, 60));
        CHECK(run.largest("cells") < 2);
        CHECK(run.last("cells") == Approx(1).epsilon(1e-6));
        CHECK(run.last("chemical") == Approx(1).epsilon(1e-6));
    }
}

TEST_CASE("healthy dermis that feels no stretch is at rest whatever its parameters are", "[published]") {
    using M = BuganzaTepole;
    Random random(14);
    for (int sample = 0; sample < 50; ++sample) {
        auto parameters = random_parameters<M>(random);
        for (const auto* felt :
             {"fibroblast_division_by_stretch", "tgf_from_stretched_fibroblasts", "collagen_deposition_by_stretch"})
            parameters[place_in(M::parameters, felt)] = 0;
        const auto k = coefficients_from<M>(parameters);
        const double fibroblasts = parameter_of<M>(k, "healthy_fibroblasts");
        CHECK(unrest<M>(StatesOf<M, double>{{fibroblasts, 0.0, 1.0}}, k) < 1e-11);
    }
}

TEST_CASE("healthy dermis at a stretch of one drifts by what its logistic feeling of stretch leaves", "[published]") {
    using M = BuganzaTepole;
    const auto k = coefficients_of<M>("");
    const double healthy = parameter_of<M>(k, "healthy_fibroblasts");
    const double room = 1 - healthy / parameter_of<M>(k, "fibroblast_ceiling");
    const double felt = rate_of<M>("fibroblasts", {{healthy, 0.0, 1.0}}, k) /
                        (parameter_of<M>(k, "fibroblast_division_by_stretch") * room * healthy);
    CHECK(felt == Approx(1 / (1 + std::exp(5.0))).epsilon(1e-9));
    CHECK(rate_of<M>("collagen", {{healthy, 0.0, 1.0}}, k) > 0);
}

TEST_CASE("more stretch makes more cells and more collagen", "[published]") {
    double cells = 0, collagen = 0;
    for (const double stretch : {1.0, 1.5, 2.0, 3.0}) {
        const Followed<BuganzaTepole> run("acta_2021", {24 * 28.0}, {{"stretch", stretch}});
        CHECK(run.last("fibroblasts") > cells);
        CHECK(run.last("collagen") > collagen);
        cells = run.last("fibroblasts"), collagen = run.last("collagen");
    }
}
