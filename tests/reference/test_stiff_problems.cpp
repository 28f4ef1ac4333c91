// The stiff problems of the Bari test set, whose end values are published to many digits, solved by our methods.
#include <cmath>
#include <cstddef>
#include <vector>

#include "catch.hpp"
#include "cicatrix/solver/rodas4.hpp"
#include "cicatrix/solver/rodas5p.hpp"
#include "recording_queue.hpp"
#include "reference/stiff_run.hpp"

namespace {

using namespace cicatrix;
using namespace cicatrix::reference;

constexpr double tolerance = 1e-9;

/// Of the end values, in relative terms: errors of single steps add up to a few times the tolerance.
constexpr double bound = 5 * tolerance;

}  // namespace

TEMPLATE_LIST_TEST_CASE("Rodas5P reaches the published end values, in lanes to the same bits", "[stiff]", Measured) {
    const auto member = stiff_member<TestType>();
    const auto settings = stiff_settings<TestType>(tolerance);
    const auto run = recorded<Rodas5P>(member, settings);
    REQUIRE(run.outcome.status == Status::done);
    CHECK(relative_error<TestType>(run.last) < bound);

    std::vector<Member<TestType>> pair(2, member);
    pair[1].id = 1;
    for (auto& parameter : pair[1].coefficients) parameter *= 1.1;
    RecordingQueue<TestType> queue(pair);
    integrate<Rodas5P, TestType, LanesOf<has_vector_lanes ? 2 : 1>>(queue, settings);
    CHECK(queue.records[0].last == run.last);
    CHECK(queue.records[0].outcome.steps == run.outcome.steps);
    CHECK_FALSE(queue.records[1].last == run.last);
}

TEMPLATE_LIST_TEST_CASE("Rodas4 reaches the published end values", "[stiff]", Measured) {
    const auto run = recorded<Rodas4>(stiff_member<TestType>(), stiff_settings<TestType>(tolerance));
    REQUIRE(run.outcome.status == Status::done);
    CHECK(relative_error<TestType>(run.last) < bound);
}

TEMPLATE_LIST_TEST_CASE("the end value is as good as the tolerance promises", "[stiff]", Measured) {
    for (const double relative : {1e-5, 1e-7}) {
        CAPTURE(relative);
        const auto run = recorded<Rodas5P>(stiff_member<TestType>(), stiff_settings<TestType>(relative));
        CHECK(run.outcome.status == Status::done);
        CHECK(relative_error<TestType>(run.last) < 10 * relative);
    }
}

TEST_CASE("E5 with all four states is survived to its end, though double precision loses the balance that decides it",
          "[stiff]") {
    const auto run = recorded<Rodas5P>(stiff_member<E5>(), stiff_settings<E5>(tolerance, 1));
    CHECK(run.outcome.status == Status::done);
    CHECK(run.outcome.time == E5::end);
    for (std::size_t i = 0; i < run.last.size(); ++i) CHECK(run.last[i] >= -E5::absolute_tolerance[i]);
    CHECK(run.last[0] < 1e-20);  // the fuel is gone
}
