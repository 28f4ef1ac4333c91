// The oracle itself: CVODE, driven as the other tests drive it, reaches the published end values and lands on events.
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "catch.hpp"
#include "laws/small_models.hpp"
#include "reference/cvode.hpp"
#include "reference/stiff_run.hpp"

using namespace cicatrix;
using namespace cicatrix::reference;

TEMPLATE_LIST_TEST_CASE("the oracle reaches the published end values of the stiff problems", "[oracle]", Measured) {
    const auto member = stiff_member<TestType>();
    const auto found = cvode_solution<TestType>(
        member.coefficients, member.initial, 0, member.end, {}, [](std::size_t, auto&) {}, member.outputs, 1e-12,
        stiff_settings<TestType>(1e-12, 1e-6).absolute);
    REQUIRE(found.size() == 1);
    CHECK(relative_error<TestType>(found.front()) < 5e-9);
}

TEST_CASE("the oracle lands on events and gives the state before them", "[oracle]") {
    const std::vector<double> events{0, 0.5, 1}, outputs{0, 0.25, 0.5, 1, 1.5};
    std::vector<double> given;
    const auto apply = [&](std::size_t, StatesOf<Clock, double>& y) { given.push_back(y[0]), y[0] += 10, y[1] = 1; };
    const auto found =
        cvode_solution<Clock>(default_parameters<Clock>(), {{0, 1}}, 0, 1.5, events, apply, outputs, 1e-12, 1e-14);
    REQUIRE(found.size() == outputs.size());
    const std::vector<double> elapsed{0, 10.25, 10.5, 21, 31.5}, since_event{0, 0.25, 0.5, 0.5, 0.5};
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        CHECK(found[i][0] == Approx(elapsed[i]).epsilon(1e-12));
        CHECK(found[i][1] == Approx(std::exp(-3 * since_event[i])).epsilon(1e-10));
    }
    REQUIRE(given.size() == 3);
    CHECK(given[2] == Approx(21).epsilon(1e-12));
}
