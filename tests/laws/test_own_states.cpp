// Laws of the read-outs' own states: the steps that follow them are graded, land where they must, and are fine enough.
#include <algorithm>
#include <cmath>

#include "cicatrix/readout/own_states.hpp"
#include "needled_plans.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

TEST_CASE("steps rise from the begin to the end, land on every break and are shorter after it than before",
          "[own states]") {
    const std::vector<double> breaks{28.5};
    const auto steps = graded_steps(28, 56, breaks);
    CHECK(steps.front() == 28);
    CHECK(steps.back() == 56);
    CHECK(std::ranges::adjacent_find(steps, std::greater_equal<>()) == steps.end());
    const auto at = std::ranges::find(steps, 28.5);
    REQUIRE(at != steps.end());
    CHECK(*(at + 1) - *at < *at - *(at - 1));
    CHECK(steps[1] - steps[0] < 0.01);
    CHECK(graded_steps(3, 3, {}) == std::vector<double>{3});
}

TEST_CASE("after a session what hours do is resolved: no stage is further from the last than a third of the time since",
          "[own states]") {
    const auto steps = graded_steps(0, 30, {});
    double last = 0;
    for (std::size_t n = 0; n + 1 < steps.size(); ++n)
        for (std::size_t s = 0; s < stage_count; ++s) {
            const double time = time_of_stage(steps, s, n);
            CHECK(time - last < 0.001 + time / 3);
            last = time;
        }
}

TEST_CASE("the tighter the tolerance, the more steps", "[own states]") {
    std::size_t before = 0;
    for (const double relative : {1e-3, 1e-4, 1e-6, 1e-8}) {
        const auto steps = graded_steps(0, 30, {}, grading_after_session(relative));
        CHECK(steps.size() > before);
        before = steps.size();
    }
}

TEST_CASE("the read-outs of a row do not depend on the other output times", "[own states]") {
    Plan plan = needled(rolled(1.5, 15), 2);
    const Course daily = run_course(plan);
    plan.outputs = {0, 1, 3, 29, 60, 365};
    const Course few = run_course(plan);
    for (std::size_t row = 0; row < plan.outputs.size(); ++row) {
        const auto same = std::ranges::find(daily.plan.outputs, plan.outputs[row]) - daily.plan.outputs.begin();
        for (std::size_t i = 0; i < readouts.size(); ++i) {
            INFO(readouts[i].name << " on day " << plan.outputs[row]);
            const double expected = daily.treated.appearance[static_cast<std::size_t>(same)][i];
            CHECK(few.treated.appearance[row][i] == Approx(expected).epsilon(1e-5).margin(1e-9));
        }
    }
}

TEST_CASE("splitting a course by a session that does nothing leaves every read-out as it was", "[own states]") {
    Plan plan = needled(rolled(1.5, 15), 1), split = plan;
    PlannedSession nothing;
    nothing.at = 5.3;  // new short steps begin here, so that the steps are others
    split.sessions.push_back(nothing);
    const Course whole = run_course(plan), parts = run_course(split);
    for (std::size_t row = 0; row < plan.outputs.size(); row += 7)
        for (std::size_t i = 0; i < readouts.size(); ++i) {
            INFO(readouts[i].name << " on day " << plan.outputs[row]);
            const double expected = whole.treated.appearance[row][i];
            CHECK(parts.treated.appearance[row][i] == Approx(expected).epsilon(1e-3).margin(1e-6));
        }
}

TEST_CASE("without a session the read-outs of the treated skin are those of its twin, to the last bit",
          "[own states]") {
    Plan plan = needled({}, 0);
    plan.skin.age = 60;
    const Course course = run_course(plan);
    CHECK(course.treated.appearance == course.untreated.appearance);
}
