// Where the home state of the microneedling model is stable, from the eigenvalues of its Jacobian.
#include <algorithm>
#include <cmath>
#include <complex>
#include <vector>

#include <Eigen/Eigenvalues>

#include "catch.hpp"
#include "cicatrix/models/microneedling.hpp"
#include "rates_of.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

using M = Microneedling;
using Parameters = ParametersOf<M, double>;
using Coefficients = CoefficientsOf<M, double>;
constexpr std::size_t n = M::states.size();

std::vector<std::complex<double>> home_eigenvalues(const Coefficients& k) {
    const auto jacobian = derivatives_of<M>(0.0, M::home(k), k);
    Eigen::MatrixXd matrix(n, n);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
            matrix(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = jacobian[i][j];
    const auto values = matrix.eigenvalues();
    return {values.begin(), values.end()};
}

double largest_real_part(const std::vector<std::complex<double>>& values) {
    return std::ranges::max(values, {}, [](const auto& value) { return value.real(); }).real();
}

/// How much debris each debris calls forth through neutrophils while it lasts: below one, inflammation resolves.
double loop_gain(const Parameters& p) {
    const auto [made, recruitment, half, call, cleared] =
        pick<"debris_per_neutrophil", "neutrophil_recruitment", "neutrophil_recruitment_half",
             "neutrophil_call_by_damage", "damage_clearance">(p);
    return made * recruitment * call / half / cleared;
}

}  // namespace

TEST_CASE("home is a stable node, from active TGF-beta1 to elastin", "[microneedling]") {
    const auto k = coefficients_from<M>(default_parameters<M>());
    const auto values = home_eigenvalues(k);
    CHECK(largest_real_part(values) < 0);
    const auto [fastest, slowest] = std::ranges::minmax(values, {}, [](const auto& value) { return value.real(); });
    CHECK(fastest.real() == Approx(-get<"active_tgf_decay">(k)).epsilon(1e-3));
    CHECK(slowest.real() == Approx(-get<"elastin_loss">(k)).epsilon(1e-6));
    CHECK(slowest.real() == Approx(-3e-5).margin(0.5e-5));
}

TEST_CASE("home is stable just where the inflammatory loop gain is below one", "[microneedling]") {
    CHECK(loop_gain(default_parameters<M>()) == Approx(0.384));
    Random random(4008);
    for (int sample = 0; sample < 200; ++sample) {
        auto p = random_parameters<M>(random);
        p[index_of(M::parameters, "debris_per_neutrophil")] = 0.01;
        const double gain = sample % 2 == 0 ? between(random, 0.2, 0.99) : between(random, 1.01, 5);
        p[index_of(M::parameters, "debris_per_neutrophil")] *= gain / loop_gain(p);
        INFO("gain " << gain << ", sample " << sample);
        CHECK((largest_real_part(home_eigenvalues(coefficients_from<M>(p))) < 0) == (gain < 1));
    }
}
