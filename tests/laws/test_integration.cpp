// The integrator lands where it must, keeps the order of its method, and ends in bounds with a status that tells why.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <tuple>
#include <vector>

#include "catch.hpp"
#include "cicatrix/solver/rodas4.hpp"
#include "cicatrix/solver/rodas5p.hpp"
#include "laws/curved.hpp"
#include "laws/small_models.hpp"
#include "recording_queue.hpp"
#include "reference/stiff_problems.hpp"

namespace {

using namespace cicatrix;
using Methods = std::tuple<Rodas4, Rodas5P>;
using reference::Orego;

template <Model M> Member<M> member_of(StatesOf<M, double> initial, double end) {
    Member<M> member;
    member.initial = initial;
    member.coefficients = default_parameters<M>();
    member.end = end;
    return member;
}

Member<Orego> oregonator(double end) { return member_of<Orego>({{1, 2, 3}}, end); }
const StatesOf<Clock, double> clock_start{{0, 1}};

/// Equal steps: whatever the error, it is accepted.
Settings<Curved> equal_steps(double h) {
    Settings<Curved> settings;
    settings.absolute = Settings<Curved>::every(1e6);
    settings.first_step = settings.largest_step = h;
    return settings;
}

double distance(const StatesOf<Curved, double>& a, const StatesOf<Curved, double>& b) {
    return std::max(std::abs(a[0] - b[0]), std::abs(a[1] - b[1]));
}

}  // namespace

TEST_CASE("events and the end are landed on exactly", "[integration]") {
    const std::vector<double> events{0.1, 1.0 / 3, 0.5, 0.7, 2.9};
    auto member = member_of<Clock>(clock_start, 3.7);
    member.events = events;
    const auto run = recorded<Rodas5P>(member, Settings<Clock>{});
    CHECK(run.outcome.status == Status::done);
    CHECK(run.outcome.time == 3.7);
    CHECK(run.last[0] == Approx(3.7).epsilon(1e-14));
    REQUIRE(run.at_events.size() == events.size());
    for (std::size_t i = 0; i < events.size(); ++i) CHECK(run.at_events[i][0] == Approx(events[i]).epsilon(1e-14));
}

TEST_CASE("an output on the day of an event is, to the bit, the state that the event is given", "[integration]") {
    const std::vector<double> events{0, 4.2, 9.6}, outputs{0, 1, 4.2, 5, 9.6, 12};
    auto member = oregonator(12);
    member.events = events, member.outputs = outputs;
    RecordingQueue<Orego> queue({member});
    queue.on_event = [](const auto&, std::size_t, auto& y) { y[0] += 100; };
    integrate<Rodas5P, Orego, double>(queue, Settings<Orego>{});
    const auto& run = queue.records.front();
    CHECK(run.output_numbers == std::vector<std::size_t>{0, 1, 2, 3, 4, 5});
    CHECK(run.outputs[0] == member.initial);
    CHECK(run.outputs[0] == run.at_events[0]);
    CHECK(run.outputs[2] == run.at_events[1]);
    CHECK(run.outputs[4] == run.at_events[2]);
    CHECK(run.outputs[5] == run.last);
}

TEST_CASE("events of one day are applied in their order, each to the state that the one before left", "[integration]") {
    const std::vector<double> events{0.5, 0.5, 0.5};
    auto member = member_of<Clock>(clock_start, 1);
    member.events = events;
    RecordingQueue<Clock> queue({member});
    queue.on_event = [](const auto&, std::size_t i, auto& y) { y[0] = 10.0 * static_cast<double>(i) + y[0]; };
    integrate<Rodas5P, Clock, double>(queue, Settings<Clock>{});
    const auto& given = queue.records.front().at_events;
    REQUIRE(given.size() == 3);
    CHECK(given[1][0] == given[0][0]);
    CHECK(given[2][0] == given[1][0] + 10.0);
    CHECK(queue.records.front().last[0] == Approx(31));
}

TEST_CASE("after an event the method restarts: the rest is, to the bit, a course begun there", "[integration]") {
    const std::vector<double> events{7.3}, outputs{8, 11, 20};
    auto whole = oregonator(20);
    whole.events = events, whole.outputs = outputs;
    RecordingQueue<Orego> queue({whole});
    queue.on_event = [](const auto&, std::size_t, auto& y) { y[2] += 5; };
    integrate<Rodas5P, Orego, double>(queue, Settings<Orego>{});
    auto part = oregonator(20);
    part.begin = 7.3, part.outputs = outputs;
    part.initial = queue.records.front().at_events.front();
    part.initial[2] += 5;
    const auto run = recorded<Rodas5P>(part, Settings<Orego>{});
    CHECK(run.outputs == queue.records.front().outputs);
    CHECK(run.last == queue.records.front().last);
}

TEST_CASE("the output grid does not steer the steps", "[integration]") {
    auto few = oregonator(60), many = oregonator(60);
    const std::vector<double> three{0, 30, 60};
    std::vector<double> thousands(3001);
    for (std::size_t i = 0; i < thousands.size(); ++i) thousands[i] = 0.02 * static_cast<double>(i);
    thousands.back() = 60;
    few.outputs = three, many.outputs = thousands;
    const auto with_few = recorded<Rodas5P>(few, Settings<Orego>{}),
               with_many = recorded<Rodas5P>(many, Settings<Orego>{});
    CHECK(with_many.outputs.size() == 3001);
    CHECK(with_few.last == with_many.last);
    CHECK(with_few.outputs[1] == with_many.outputs[1500]);
    CHECK(with_few.outcome.steps == with_many.outcome.steps);
    CHECK(with_few.outcome.rejected == with_many.outcome.rejected);
}

TEMPLATE_LIST_TEST_CASE("rates that depend on time keep the order, at the end and between the steps", "[integration]",
                        Methods) {
    std::vector<double> outputs(499);  // everywhere within the steps
    for (std::size_t i = 0; i < outputs.size(); ++i) outputs[i] = static_cast<double>(i + 1) / 500;
    const int steps = TestType::method.order < 5 ? 256 : 64;  // enough for the leading term, too few for round-off
    double at_end[2], between[2];
    for (int i = 0; i < 2; ++i) {
        auto member = member_of<Curved>(Curved::exact(0), 1);
        member.outputs = outputs;
        const auto run = recorded<TestType>(member, equal_steps(1.0 / steps / (i + 1)));
        CHECK(run.outcome.steps == static_cast<std::uint64_t>(steps * (i + 1)));
        at_end[i] = distance(run.last, Curved::exact(1));
        between[i] = 0;
        for (std::size_t j = 0; j < outputs.size(); ++j)
            between[i] = std::max(between[i], distance(run.outputs[j], Curved::exact(outputs[j])));
    }
    CHECK(std::log2(at_end[0] / at_end[1]) == Approx(TestType::method.order).margin(0.15));
    CHECK(std::log2(between[0] / between[1]) == Approx(TestType::method.dense_order + 1).margin(0.15));
}

TEMPLATE_LIST_TEST_CASE("the error follows the tolerance", "[integration]", Methods) {
    for (const double relative : {1e-4, 1e-6, 1e-8, 1e-10}) {
        CAPTURE(relative);
        Settings<Curved> settings;
        settings.relative = relative;
        const auto run = recorded<TestType>(member_of<Curved>(Curved::exact(0), 1), settings);
        CHECK(distance(run.last, Curved::exact(1)) < 10 * relative);
    }
}

TEST_CASE("a stiff solution that the method need not follow costs few steps", "[integration]") {
    auto member = member_of<Clock>(clock_start, 1000);
    member.coefficients[0] = 1e9;
    const auto run = recorded<Rodas5P>(member, Settings<Clock>{});
    CHECK(run.outcome.status == Status::done);
    CHECK(run.outcome.steps < 100);
    CHECK(std::abs(run.last[1]) <= 1e-12);
}

TEST_CASE("tries are bounded", "[integration]") {
    Settings<Orego> settings;
    settings.most_steps = 57;
    const std::vector<double> outputs{0, 300};
    auto member = oregonator(300);
    member.outputs = outputs;
    const auto run = recorded<Rodas5P>(member, settings);
    CHECK(run.outcome.status == Status::too_many_steps);
    CHECK(run.outcome.steps + run.outcome.rejected == 57);
    CHECK(run.outcome.time < 300);
    CHECK(run.output_numbers == std::vector<std::size_t>{0});
    CHECK(run.times_finished == 1);
}

TEST_CASE("a solution that runs to infinity ends with a step that is too small, just before", "[integration]") {
    const auto run = recorded<Rodas5P>(member_of<Explosion>({{1, 1}}, 2), Settings<Explosion>{});
    CHECK(run.outcome.status == Status::step_too_small);
    CHECK(run.outcome.time == Approx(1).epsilon(1e-5));
    CHECK(Explosion::states[run.outcome.limiting_state].name == "size");
}

TEST_CASE("a rate that is not a number ends the member and is named", "[integration]") {
    const auto run = recorded<Rodas5P>(member_of<Undefined>({{1, 1}}, 2), Settings<Undefined>{});
    CHECK(run.outcome.status == Status::not_finite);
    CHECK(run.outcome.time <= 1);
    CHECK(Undefined::states[run.outcome.limiting_state].name == "broken");
}

TEST_CASE("a coefficient that is not a number ends the member at its begin", "[integration]") {
    auto member = oregonator(10);
    member.coefficients[1] = std::nan("");
    const auto run = recorded<Rodas5P>(member, Settings<Orego>{});
    CHECK(run.outcome.status == Status::not_finite);
    CHECK(run.outcome.time == 0);
    CHECK(run.last == member.initial);
}

TEST_CASE("a state that runs below zero ends the member and is named", "[integration]") {
    Settings<Drain> settings;
    settings.absolute = Settings<Drain>::every(1e-9);
    const auto run = recorded<Rodas5P>(member_of<Drain>({{1, 1}}, 5), settings);
    CHECK(run.outcome.status == Status::negative);
    CHECK(Drain::states[run.outcome.limiting_state].name == "level");
    CHECK(run.outcome.time == Approx(1).margin(1e-8));
    CHECK(run.last[1] >= -1e-9);
}

TEST_CASE("states that may be negative are", "[integration]") {
    const auto run = recorded<Rodas5P>(member_of<Spiral>({{1, 0}}, 1), Settings<Spiral>{});
    CHECK(run.outcome.status == Status::done);
    CHECK(run.last[1] < 0);
}

TEST_CASE("a stop asked for from outside ends every member under way and begins no other", "[integration]") {
    std::vector<Member<Orego>> members(6, oregonator(1e6));
    for (std::size_t i = 0; i < members.size(); ++i) members[i].id = i;
    RecordingQueue<Orego> queue(members);
    queue.wants_stop = [](double time) { return time > 5; };
    using V = LanesOf<has_vector_lanes ? 4 : 1>;
    integrate<Rodas5P, Orego, V>(queue, Settings<Orego>{});
    for (std::size_t i = 0; i < members.size(); ++i) {
        const bool began = i < static_cast<std::size_t>(width_of<V>);
        CHECK(queue.records[i].times_finished == (began ? 1 : 0));
        if (began) CHECK(queue.records[i].outcome.status == Status::interrupted);
    }
}

TEST_CASE("members without duration are done at once, however many", "[integration]") {
    const std::vector<double> begin{3};
    auto member = member_of<Clock>({{0.25, 1}}, 3);
    member.begin = 3, member.outputs = begin;
    std::vector<Member<Clock>> members(100'000, member);
    for (std::size_t i = 0; i < members.size(); ++i) members[i].id = i;
    RecordingQueue<Clock> queue(members);
    integrate<Rodas5P, Clock, double>(queue, Settings<Clock>{});
    CHECK(std::ranges::all_of(queue.records, [&](const auto& run) {
        return run.times_finished == 1 && run.outcome.status == Status::done && run.outputs.size() == 1 &&
               run.last == member.initial;
    }));
}
