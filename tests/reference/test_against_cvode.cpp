// The microneedling model integrated here and by CVODE at tolerances a million times tighter.
#include <algorithm>
#include <cmath>
#include <vector>

#include "catch.hpp"
#include "microneedling_run.hpp"
#include "reference/cvode.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

/// Weekly for two years, and daily in the fortnight after each session.
std::vector<double> weekly_and_daily(const std::vector<double>& sessions) {
    auto outputs = days(0, 728, 7);
    for (const double session : sessions)
        for (const double day : days(session + 1, session + 14, 1)) outputs.push_back(day);
    std::ranges::sort(outputs);
    outputs.erase(std::unique(outputs.begin(), outputs.end()), outputs.end());
    return outputs;
}

Run sessions_on(std::vector<double> sessions) {
    Run run{.sessions = std::move(sessions)};
    run.outputs = weekly_and_daily(run.sessions);
    return run;
}

std::vector<std::vector<double>> by_cvode(const Run& run) {
    const auto injure = [&run](std::size_t, CourseStates& y) {
        y = CourseModel::injure(y, run.coefficients, run.injury);
    };
    return reference::cvode_solution<CourseModel>(run.coefficients, run.initial, 0, run.outputs.back(), run.sessions,
                                                  injure, run.outputs, 1e-12, 1e-16);
}

/// The largest error of a state at an output, relative to the state or to 1e-6 when the state is smaller.
struct Worst {
    double error = 0;
    std::string where;
};
Worst worst_error(const Run& run, const std::vector<std::vector<double>>& exact) {
    const auto found = follow(run);
    REQUIRE(exact.size() == found.size());
    Worst worst;
    for (std::size_t o = 0; o < found.size(); ++o)
        for (std::size_t i = 0; i < found[o].size(); ++i) {
            const double error = std::abs(found[o][i] - exact[o][i]) / std::max(std::abs(exact[o][i]), 1e-6);
            if (error > worst.error)
                worst = {error, std::string(CourseModel::states[i].name) + " on day " + std::to_string(run.outputs[o])};
        }
    return worst;
}

/// The promised error at the default tolerance, and that it falls with the tolerance.
void check_accuracy(Run run) {
    const auto exact = by_cvode(run);
    const auto usual = worst_error(run, exact);
    INFO("rtol 1e-6: " << usual.error << " in " << usual.where);
    CHECK(usual.error <= 1e-5);
    run.relative = 1e-10;
    const auto tight = worst_error(run, exact);
    INFO("rtol 1e-10: " << tight.error << " in " << tight.where);
    CHECK(tight.error <= 2e-8);
}

}  // namespace

TEST_CASE("at the default tolerance a single session differs from CVODE by at most 1e-5", "[reference]") {
    check_accuracy(sessions_on({0}));
}

TEST_CASE("at the default tolerance four sessions differ from CVODE by at most 1e-5", "[reference]") {
    check_accuracy(sessions_on({0, 28, 56, 84}));
}

TEST_CASE("at the default tolerance deep injury of aged skin differs from CVODE by at most 1e-5", "[reference]") {
    auto run = sessions_on({0, 28});
    set_coefficient<"age", CourseModel>(run.coefficients, 60);
    set_coefficient<"ageing_rate", CourseModel>(run.coefficients, 1);
    run.injury = {0.1, 0.3};
    check_accuracy(run);
}
