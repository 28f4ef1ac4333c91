// What decides over a step: its error in units of the tolerances, and by what the next step is larger or smaller.
#include <algorithm>
#include <cmath>
#include <limits>

#include "catch.hpp"
#include "cicatrix/solver/rodas4.hpp"
#include "cicatrix/solver/rodas5p.hpp"
#include "cicatrix/solver/step_control.hpp"
#include "laws/small_models.hpp"

namespace {

using namespace cicatrix;
using M = Drain;  // an echo that may be negative, and a level
constexpr double infinity = std::numeric_limits<double>::infinity();

template <class Method> double textbook_factor(double norm) {
    const double wanted = 0.9 * std::pow(norm, -0.5 / (Method::method.error_order + 1));
    return std::clamp(wanted, 0.2, 8.0);
}

}  // namespace

TEMPLATE_TEST_CASE("a step grows by the root of its error, to half a percent", "[step_control]", Rodas4, Rodas5P) {
    for (double exponent = -19; exponent < 300; exponent += 0.0137) {
        const double norm = std::pow(10.0, exponent);
        CAPTURE(norm);
        CHECK(detail::step_factor<TestType>(norm) == Approx(textbook_factor<TestType>(norm)).epsilon(0.005));
    }
}

TEST_CASE("a step without error grows as far as it may, one with an endless error shrinks as far", "[step_control]") {
    CHECK(detail::step_factor<Rodas5P>(0.0) == detail::most_factor);
    CHECK(detail::step_factor<Rodas5P>(0.0, 3.0) == 3.0);
    CHECK(detail::step_factor<Rodas5P>(infinity) == detail::least_factor);
}

TEST_CASE("the norm is the mean of squared errors, each in units of its tolerance", "[step_control]") {
    constexpr std::size_t n = M::states.size();
    Settings<M> settings;
    settings.relative = 1e-3;
    StatesOf<M, double> from{}, next{}, error{};
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double x = static_cast<double>(i + 1);
        settings.absolute[i] = 1e-6 * x;
        from[i] = x, next[i] = 1.5 * x, error[i] = (i % 2 == 0 ? 1e-3 : -2e-3) * x;
        const double in_units = error[i] / (1e-6 * x + 1e-3 * 1.5 * x);
        sum += in_units * in_units;
    }
    CHECK(detail::error_norm<M, double>(settings, from, next, error) ==
          Approx(sum / static_cast<double>(n)).epsilon(1e-14));
}

TEST_CASE("a state further below zero than its absolute tolerance spoils a step, unless it may be negative",
          "[step_control]") {
    Settings<M> settings;
    settings.absolute = Settings<M>::every(1e-6);
    StatesOf<M, double> from{}, next{}, error{};
    from.fill(1.0), next.fill(1.0);
    next[index_of(M::states, "echo")] = -1.0;
    CHECK(detail::error_norm<M, double>(settings, from, next, error) == 0.0);
    next[index_of(M::states, "level")] = -0.9e-6;
    CHECK(detail::error_norm<M, double>(settings, from, next, error) == 0.0);
    next[index_of(M::states, "level")] = -3e-6;
    CHECK(detail::error_norm<M, double>(settings, from, next, error) == Approx(9.0));
}
