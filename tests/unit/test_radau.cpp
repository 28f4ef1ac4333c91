// Radau IIA as the compiler works it out: it has its published coefficients and integrates what it promises exactly.
#include <cmath>

#include "catch.hpp"
#include "cicatrix/numeric/radau.hpp"

using namespace cicatrix;

namespace {

/// The largest error of the integral of x^degree from 0 to each node, by the stages.
template <std::size_t s> double error_of_stages(const Radau<s>& method, int degree) {
    double largest = 0;
    for (std::size_t i = 0; i < s; ++i) {
        double sum = 0;
        for (std::size_t j = 0; j < s; ++j) sum += method.coefficients[i][j] * std::pow(method.nodes[j], degree);
        largest = std::fmax(largest, std::fabs(sum - std::pow(method.nodes[i], degree + 1) / (degree + 1)));
    }
    return largest;
}

template <std::size_t s> double error_of_integral(const Radau<s>& method, int degree) {
    double sum = 0;
    for (std::size_t j = 0; j < s; ++j) sum += method.coefficients.back()[j] * std::pow(method.nodes[j], degree);
    return std::fabs(sum - 1.0 / (degree + 1));
}

template <std::size_t s> void check_exactness() {
    constexpr auto method = radau<s>();
    CAPTURE(s);
    CHECK(method.nodes.back() == 1);
    for (int degree = 0; degree < static_cast<int>(s); ++degree) CHECK(error_of_stages(method, degree) < 1e-15);
    for (int degree = 0; degree < static_cast<int>(2 * s - 1); ++degree)
        CHECK(error_of_integral(method, degree) < 1e-15);
    CHECK(error_of_integral(method, static_cast<int>(2 * s - 1)) > 1e-10);
}

}  // namespace

TEST_CASE("stages integrate polynomials below their number exactly, and the step almost twice as many", "[radau]") {
    check_exactness<2>();
    check_exactness<3>();
    check_exactness<5>();
    check_exactness<7>();
}

TEST_CASE("three stages are those of the textbook", "[radau]") {
    constexpr auto method = radau<3>();
    const double root6 = std::sqrt(6.0);
    CHECK(method.nodes[0] == Approx((4 - root6) / 10).epsilon(1e-15));
    CHECK(method.nodes[1] == Approx((4 + root6) / 10).epsilon(1e-15));
    CHECK(method.coefficients[0][0] == Approx((88 - 7 * root6) / 360).epsilon(1e-15));
    CHECK(method.coefficients[0][2] == Approx((-2 + 3 * root6) / 225).epsilon(1e-14));
    CHECK(method.coefficients[2][2] == Approx(1.0 / 9).epsilon(1e-15));
}

TEST_CASE("coefficients are correctly rounded, whatever long double is", "[radau]") {
    constexpr auto method = radau<7>();  // expected: by mpmath with 60 digits
    CHECK(method.nodes == std::array{0.02931642715978489197205, 0.14807859966848429185, 0.3369846902811542990971,
                                     0.5586715187715501320814, 0.7692338620300545009169, 0.9269456713197411148519, 1.0});
    CHECK(method.coefficients[6] ==
          std::array{0.07449423555601031793325, 0.1591021157336507408724, 0.2123518895029778041992,
                     0.2235549145072832347497, 0.190474936822115576903, 0.1196137446126562028935,
                     0.02040816326530612244898});
    CHECK(method.coefficients[0] ==
          std::array{0.03754626499392133133369, -0.01403933455646040153763, 0.01035278960074230093676,
                     -0.008158322540275011909205, 0.006388413879534684943756, -0.004602326779148655499352,
                     0.001828942561470643704036});
}
