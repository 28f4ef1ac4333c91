// Absorption against closed forms: steady flux, lag time, finite dose, and the orders of convergence.
#include <array>
#include <cmath>
#include <numbers>

#include "../laws/absorption_runs.hpp"
#include "catch.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

/// A horny layer of `thickness` alone: living skin resists nothing, nothing is lost on the surface.
struct SingleLayer {
    Compound compound{"test", 300, 0.02, 1e-3};
    AbsorptionParameters p =
        with_parameters<"film_thickness", "film_loss", "washed_share", "horny_diffusivity", "horny_mass_slope",
                        "horny_turnover", "tissue_hindrance", "blood_clearance", "appendage_area">(
            default_absorption_parameters, 0.02, 0.0, 0.0, 1e-4, 0.0, 1e12, 1e4, 1e6, 0.0);
    Skin skin;
    double thickness = skin.horny_layer();
    double diffusivity = 1e-4;

    AbsorptionResult run(double dose, std::vector<double> outputs, const AbsorptionNumerics& numerics = {}) const {
        return absorb({compound, dose, {0}}, skin, p, {}, {}, outputs, numerics);
    }
    double partition() const { return compound.permeability * thickness / diffusivity; }
};

/// Share of a dose that has passed a layer from a stirred film of thickness `film` into a sink: separation of
/// variables, with eigenvalues beta tan beta = partition thickness / film.
double passed_share(const SingleLayer& layer, double film, double time) {
    const double ratio = layer.partition() * layer.thickness / film;
    double remaining = 0;
    for (int n = 0; n < 200; ++n) {
        double low = n * std::numbers::pi, high = low + std::numbers::pi / 2;
        for (int i = 0; i < 200; ++i) {
            const double middle = 0.5 * (low + high);
            const bool below = middle * std::tan(middle) < ratio;
            (below ? low : high) = middle;
        }
        const double beta = 0.5 * (low + high);
        const double square = std::sin(beta) * std::sin(beta) + ratio * (0.5 - std::sin(2 * beta) / (4 * beta));
        const double amplitude = std::sin(beta) / square;
        const double held = std::sin(beta) + ratio * (1 - std::cos(beta)) / beta;
        const double rate = layer.diffusivity * beta * beta / (layer.thickness * layer.thickness);
        remaining += amplitude * held * std::exp(-rate * time);
    }
    return 1 - remaining;
}

double order(double coarse, double fine) { return std::log2(coarse / fine); }

}  // namespace

TEST_CASE("from an endless dose the flux settles at permeability times solubility", "[absorption]") {
    SingleLayer layer;
    layer.compound.solubility = 1e-6;
    const auto result = layer.run(1e-3, {20.0, 21.0});
    const double expected = layer.compound.permeability * layer.compound.solubility;  // g mm-2 d-1
    CHECK(result.absorbed[1] - result.absorbed[0] == Approx(expected).epsilon(1e-4));
    CHECK(result.flux[1] == Approx(expected * 1e8 / 24).epsilon(1e-4));
}

TEST_CASE("layers in series add their resistances, the last that of a dermis which blood clears", "[absorption]") {
    SingleLayer layer;
    layer.compound.solubility = 1e-6;
    layer.compound.permeability = 50;
    const double clearance = 1000;
    layer.p =
        with_parameters<"tissue_hindrance", "horny_diffusivity", "blood_clearance">(layer.p, 0.05, 1.0, clearance);
    const double tissue = 0.05 * get<"free_diffusivity">(layer.p);
    const auto flux = layer.run(1, {20.0}, {.refinement = 4}).flux[0] * 24 / 1e8;
    const double resistance =
        1 / layer.compound.permeability + layer.skin.epidermis() / tissue + 1 / std::sqrt(tissue * clearance);
    CHECK(flux == Approx(layer.compound.solubility / resistance).epsilon(2e-3));
}

TEST_CASE("the lag time of a layer is its thickness squared over six diffusivities", "[absorption]") {
    SingleLayer layer;
    layer.compound.solubility = 1e-6;
    const auto result = layer.run(1e-3, {20.0, 21.0}, {.refinement = 2});
    const double rate = result.absorbed[1] - result.absorbed[0];
    const double lag = 20 - result.absorbed[0] / rate;
    CHECK(lag == Approx(layer.thickness * layer.thickness / (6 * layer.diffusivity)).epsilon(2e-3));
}

TEST_CASE("a finite dose passes a layer as the closed form says", "[absorption]") {
    const SingleLayer layer;
    const std::vector<double> times{0.1, 0.3, 1, 3, 10};
    const auto result = layer.run(1e-6, times, {.refinement = 4});
    for (std::size_t i = 0; i < times.size(); ++i)
        CHECK(result.absorbed_fraction[i] == Approx(passed_share(layer, 0.02, times[i])).margin(2e-4));
}

TEST_CASE("halving the cells quarters the error", "[absorption]") {
    const SingleLayer layer;
    const double exact = passed_share(layer, 0.02, 0.5);
    std::array<double, 3> errors{};
    for (int i = 0; i < 3; ++i) {
        const auto result = layer.run(1e-6, {0.5}, {.refinement = 1 << i, .tolerance = 1e-9});
        errors[static_cast<std::size_t>(i)] = std::abs(result.absorbed_fraction[0] - exact);
    }
    CHECK(order(errors[0], errors[1]) == Approx(2).margin(0.3));
    CHECK(order(errors[1], errors[2]) == Approx(2).margin(0.3));
    CHECK(errors[0] < 2e-3);
}

TEST_CASE("halving the steps quarters the error", "[absorption]") {
    const SingleLayer layer;
    const auto absorbed = [&](double tolerance, double step) {
        const AbsorptionNumerics numerics{.tolerance = tolerance, .first_step = step, .largest_step = step};
        return layer.run(1e-6, {0.5}, numerics).absorbed_fraction[0];
    };
    const double exact = absorbed(1e-11, 1.0);
    const double unlimited = 1e300;
    std::array<double, 3> errors{};
    for (int i = 0; i < 3; ++i)
        errors[static_cast<std::size_t>(i)] = std::abs(absorbed(unlimited, 0.01 / (1 << i)) - exact);
    CHECK(order(errors[0], errors[1]) == Approx(2).margin(0.4));
    CHECK(order(errors[1], errors[2]) == Approx(2).margin(0.4));
}

TEST_CASE("the usual mesh and tolerance are good to a hundredth of what is absorbed", "[absorption]") {
    for (const auto& known : known_compounds)
        for (const double dose : {1e-8, 1e-6, 2e-5}) {
            INFO(known.name << ", " << dose << " g/mm2");
            const Application given{compound_of(known), dose, every(1, 6)};
            const ClosingChannels channels(roller_area);
            const auto run = [&](const AbsorptionNumerics& numerics) {
                return absorb(given, Skin{}, default_absorption_parameters, channels, {}, std::vector{1.0, 3.3, 20.0},
                              numerics);
            };
            const auto usual = run({}), fine = run({.refinement = 4, .tolerance = 1e-9});
            for (std::size_t i = 0; i < 3; ++i) CHECK(usual.absorbed[i] == Approx(fine.absorbed[i]).epsilon(0.01));
        }
}
