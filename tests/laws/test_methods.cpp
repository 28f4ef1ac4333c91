// Every method keeps what it declares: order conditions, stability, and the order that is seen in numbers.
#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <tuple>

#include "catch.hpp"
#include "cicatrix/solver/dense_step.hpp"
#include "cicatrix/solver/rodas4.hpp"
#include "cicatrix/solver/rodas5p.hpp"
#include "cicatrix/solver/rosenbrock_step.hpp"
#include "laws/curved.hpp"
#include "laws/small_models.hpp"

namespace {

using namespace cicatrix;
using Methods = std::tuple<Rodas4, Rodas5P>;
using Complex = std::complex<double>;

/// Calls `check` with each coefficient of the method, but those by which the last stage enters error and dense output:
/// that stage is as small as the error itself, so no order depends on them.
template <std::size_t s> void for_each_coefficient(RosenbrockMethod<s>& method, auto check) {
    check(method.gamma);
    for (std::size_t i = 0; i < s; ++i) {
        for (auto* list : {&method.node, &method.time, &method.weight}) check((*list)[i]);
        if (i + 1 < s)
            check(method.error[i]), check(method.dense[0][i]), check(method.dense[1][i]), check(method.dense[2][i]);
        for (std::size_t j = 0; j < i; ++j) check(method.a[i][j]), check(method.c[i][j]);
    }
}

/// The factor by which a step of y' = lambda y multiplies y, with z = h lambda, from the equations of the stages.
template <std::size_t s> Complex stability(const RosenbrockMethod<s>& method, Complex z) {
    std::array<Complex, s> u;
    Complex next = 1;
    for (std::size_t i = 0; i < s; ++i) {
        Complex argument = 1, sum = 0;
        for (std::size_t j = 0; j < i; ++j) argument += method.a[i][j] * u[j], sum += method.c[i][j] * u[j];
        u[i] = (z * argument + sum) / (1 / method.gamma - z);
        next += method.weight[i] * u[i];
    }
    return next;
}

enum class Advances { step, embedded };

/// The largest error at t = 1 after that many equal steps.
template <class Method> double error_at_1(int steps, Advances what) {
    RosenbrockStep<Method, Curved, double> step;
    const auto k = default_parameters<Curved>();
    auto y = Curved::exact(0);
    for (int i = 0; i < steps; ++i) {
        step.take(static_cast<double>(i) / steps, y, k, 1.0 / steps);
        for (std::size_t j = 0; j < y.size(); ++j)
            y[j] = step.next()[j] - (what == Advances::embedded ? step.error()[j] : 0.0);
    }
    const auto exact = Curved::exact(1);
    return std::max(std::abs(y[0] - exact[0]), std::abs(y[1] - exact[1]));
}

/// The largest error between the ends of one step of size h from the exact solution at t = 0.4.
template <class Method> double dense_error(double h) {
    RosenbrockStep<Method, Curved, double> step;
    const double t = 0.4;
    const auto y = Curved::exact(t);
    step.take(t, y, default_parameters<Curved>(), h);
    DenseStep<Method, Curved, double> dense;
    dense.take(step, y, all_states<Curved>);
    dense.enter(0, all_states<Curved>);
    double worst = 0;
    for (const double x : {0.2, 0.4, 0.6, 0.8}) {
        const auto within = dense.at(x);
        for (std::size_t i = 0; i < y.size(); ++i)
            worst = std::max(worst, std::abs(within[i] - Curved::exact(t + x * h)[i]));
    }
    return worst;
}

/// The largest error of that many equal steps up to t = 1, for a smooth solution to which all else returns at the speed
/// `pull`.
template <class Method> double pulled_error(double pull, int steps) {
    RosenbrockStep<Method, Pulled, double> step;
    StatesOf<Pulled, double> y{{0}};
    double worst = 0;
    for (int i = 0; i < steps; ++i) {
        step.take(static_cast<double>(i) / steps, y, {{pull}}, 1.0 / steps);
        y = step.next();
        const double t = static_cast<double>(i + 1) / steps;
        worst = std::max(worst, std::abs(y[0] - t * t * std::exp(-t)));
    }
    return worst;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("a method meets the conditions of the orders that it declares", "[method]", Methods) {
    CHECK(keeps_its_orders(TestType::method));
}

TEMPLATE_LIST_TEST_CASE("no coefficient that an order depends on can be wrong unseen", "[method]", Methods) {
    auto method = TestType::method;
    for_each_coefficient(method, [&](double& coefficient) {
        const double right = coefficient;
        coefficient += 1e-6;
        CHECK_FALSE(keeps_its_orders(method));
        coefficient = right;
    });
    CHECK(keeps_its_orders(method));
}

TEMPLATE_LIST_TEST_CASE("a method that claims one order more is not believed", "[method]", Methods) {
    auto step = TestType::method, embedded = TestType::method, dense = TestType::method;
    ++step.order, ++embedded.error_order, ++dense.dense_order;
    CHECK_FALSE(keeps_its_orders(step));
    CHECK_FALSE(keeps_its_orders(embedded));
    CHECK_FALSE(keeps_its_orders(dense));
}

TEMPLATE_LIST_TEST_CASE("a method never amplifies an undamped oscillation", "[method]", Methods) {
    for (double frequency = 1e-3; frequency < 1e9; frequency *= 1.05) {
        CAPTURE(frequency);
        CHECK(std::abs(stability(TestType::method, Complex(0, frequency))) <= 1 + 1e-12);
    }
}

TEMPLATE_LIST_TEST_CASE("a method never amplifies what decays", "[method]", Methods) {
    for (double size = 1e-3; size < 1e9; size *= 1.5)
        for (double angle = 0.51; angle < 1; angle += 0.02) {
            CAPTURE(size, angle);
            CHECK(std::abs(stability(TestType::method, std::polar(size, angle * std::numbers::pi))) <= 1 + 1e-12);
        }
}

TEMPLATE_LIST_TEST_CASE("a method extinguishes what is infinitely fast", "[method]", Methods) {
    CHECK(std::abs(stability_at_infinity(TestType::method)) < 1e-10);
    CHECK(std::abs(stability(TestType::method, -1e15)) < 1e-10);
}

TEMPLATE_LIST_TEST_CASE("the observed order of the steps is the declared one", "[method]", Methods) {
    const int steps = TestType::method.order < 5 ? 256 : 64;  // enough for the leading term, too few for round-off
    const double observed =
        std::log2(error_at_1<TestType>(steps, Advances::step) / error_at_1<TestType>(2 * steps, Advances::step));
    CHECK(observed == Approx(TestType::method.order).margin(0.15));
}

TEMPLATE_LIST_TEST_CASE("the observed order of the embedded method is the declared one", "[method]", Methods) {
    const double observed =
        std::log2(error_at_1<TestType>(64, Advances::embedded) / error_at_1<TestType>(128, Advances::embedded));
    CHECK(observed == Approx(TestType::method.error_order).margin(0.15));
}

TEMPLATE_LIST_TEST_CASE("the observed order between the ends of a step is the declared one", "[method]", Methods) {
    const double observed = std::log2(dense_error<TestType>(0.02) / dense_error<TestType>(0.01));
    CHECK(observed == Approx(TestType::method.dense_order + 1).margin(0.15));  // of one step, one more than of many
}

TEMPLATE_LIST_TEST_CASE("a smooth solution is met the better, the stiffer the problem", "[method]", Methods) {
    CHECK(pulled_error<TestType>(1e4, 32) < pulled_error<TestType>(1e2, 32));
    CHECK(pulled_error<TestType>(1e6, 32) < pulled_error<TestType>(1e4, 32));
    CHECK(pulled_error<TestType>(1e8, 32) < pulled_error<TestType>(1e6, 32));
}

TEST_CASE("where stiffness costs Rodas4 all orders but one, Rodas5P keeps three", "[method]") {
    CHECK(std::log2(pulled_error<Rodas5P>(1e6, 32) / pulled_error<Rodas5P>(1e6, 64)) == Approx(3).margin(0.15));
    CHECK(std::log2(pulled_error<Rodas4>(1e6, 256) / pulled_error<Rodas4>(1e6, 512)) == Approx(1).margin(0.15));
}

TEMPLATE_LIST_TEST_CASE("dense output begins and ends where the step does", "[method]", Methods) {
    const auto at_begin = dense_weights(TestType::method, 0), at_end = dense_weights(TestType::method, 1);
    for (const double weight : at_begin) CHECK(weight == 0);
    CHECK(at_end == TestType::method.weight);
}
