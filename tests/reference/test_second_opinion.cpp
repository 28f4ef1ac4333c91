// The microneedling model in the hands of Boost.Odeint: two methods that are not ours come to the same course.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "catch.hpp"
#include "cicatrix/solver/odeint_solution.hpp"
#include "microneedling_run.hpp"

namespace {

using namespace cicatrix;

/// The largest difference between a method of odeint and our own kernel, in units of max(|y|, 1e-6).
template <class Method> double largest_difference(const tests::Run& run) {
    Member<CourseModel> member;
    member.initial = run.initial;
    member.coefficients = run.coefficients;
    member.end = run.outputs.back();
    member.events = run.sessions;
    member.outputs = run.outputs;
    Settings<CourseModel> settings;
    settings.relative = run.relative;
    const auto second = odeint_solution<Method>(member, settings, [&](std::size_t, CourseStates& y) {
        y = CourseModel::injure(y, run.coefficients, run.injury);
    });
    REQUIRE(second.outcome.status == Status::done);
    const auto ours = tests::follow(run);
    double worst = 0;
    for (std::size_t j = 0; j < ours.size(); ++j)
        for (std::size_t i = 0; i < ours[j].size(); ++i)
            worst = std::max(worst, std::abs(second.states[j][i] - ours[j][i]) / std::max(std::abs(ours[j][i]), 1e-6));
    return worst;
}

}  // namespace

TEST_CASE("odeint's rosenbrock4 comes to the same two years with four sessions as we do", "[second_opinion]") {
    tests::Run run;
    run.sessions = {0, 28, 56, 84};
    run.outputs = {0, 0.5, 3, 28, 40, 84, 98, 180, 365, 730};
    run.relative = 1e-8;
    CHECK(largest_difference<OdeintRosenbrock4>(run) < 1e-6);
}

TEST_CASE("odeint's rosenbrock4 comes to the same two years of ageing skin as we do", "[second_opinion]") {
    tests::Run run;
    set_coefficient<"age", CourseModel>(run.coefficients, 52);
    set_coefficient<"ageing_rate", CourseModel>(run.coefficients, 1);  // rates that depend on time
    run.sessions = {0};
    run.outputs = {0, 7, 90, 730};
    run.relative = 1e-8;
    CHECK(largest_difference<OdeintRosenbrock4>(run) < 1e-6);
}

TEST_CASE("odeint's explicit dopri5 comes to the same first two days as we do", "[second_opinion]") {
    tests::Run run;
    run.sessions = {0};
    run.outputs = {0, 0.1, 0.5, 1, 2};
    run.relative = 1e-8;
    CHECK(largest_difference<OdeintDopri5>(run) < 1e-6);
}
