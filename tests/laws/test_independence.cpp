// A member's numbers depend on itself alone: not on the width of the lanes, its neighbours, their fate or their order.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "catch.hpp"
#include "cicatrix/solver/rodas4.hpp"
#include "cicatrix/solver/rodas5p.hpp"
#include "laws/small_models.hpp"
#include "recording_queue.hpp"
#include "reference/stiff_problems.hpp"

namespace {

using namespace cicatrix;
using reference::Orego;

const std::vector<double> outputs{0, 1, 2.5, 4, 9, 13};
const std::vector<std::vector<double>> days_of_events{{}, {2.5}, {0, 4, 4}, {1.25, 6, 9.5, 11}};

bool same_outcome(const Outcome& a, const Outcome& b) {
    return a.status == b.status && a.time == b.time && a.limiting_state == b.limiting_state && a.steps == b.steps &&
           a.rejected == b.rejected && a.pivoted == b.pivoted;
}

template <Model M> bool same_bits(const Recorded<M>& a, const Recorded<M>& b) {
    return equal_bits(a.last, b.last) && equal_bits(a.outputs, b.outputs) && equal_bits(a.at_events, b.at_events) &&
           same_outcome(a.outcome, b.outcome) && a.output_numbers == b.output_numbers && a.times_finished == 1 &&
           b.times_finished == 1;
}

/// Different in everything: parameters, start, events, duration.
std::vector<Member<Orego>> different_members(std::size_t count) {
    std::vector<Member<Orego>> members(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double x = static_cast<double>(i);
        auto& member = members[i];
        member.id = i;
        member.initial = {{1 + 0.01 * x, 2, 3 + std::sin(x)}};
        member.coefficients = default_parameters<Orego>();
        member.coefficients[0] *= 1 + 0.3 * std::sin(3 * x);
        member.coefficients[1] *= 1 + 0.3 * std::cos(5 * x);
        member.end = 13 + static_cast<double>(i % 3);
        member.events = days_of_events[i % days_of_events.size()];
        member.outputs = outputs;
    }
    return members;
}

template <class V> std::vector<Recorded<Orego>> run(const std::vector<Member<Orego>>& members) {
    std::size_t ids = 0;
    for (const auto& member : members) ids = std::max(ids, member.id + 1);
    RecordingQueue<Orego> queue(members);
    queue.records.resize(ids);
    queue.on_event = [](const auto& member, std::size_t i, auto& y) {
        y[i % 3] += 0.5 + 0.01 * static_cast<double>(member.id);
    };
    Settings<Orego> settings;
    settings.relative = 1e-4;
    settings.most_steps = 5000;
    integrate<Rodas5P, Orego, V>(queue, settings);
    return queue.records;
}

template <int width>
void check_width(const std::vector<Member<Orego>>& members, const std::vector<Recorded<Orego>>& expected) {
    CAPTURE(width);
    const auto found = run<LanesOf<width>>(members);
    std::size_t different = 0;
    for (const auto& member : members) different += !same_bits(found[member.id], expected[member.id]);
    CHECK(different == 0);
}

/// In lanes of every width; where there are no lanes, in members one by one.
void check_every_width(const std::vector<Member<Orego>>& members, const std::vector<Recorded<Orego>>& expected) {
    check_width<1>(members, expected);
    check_width<has_vector_lanes ? 2 : 1>(members, expected);
    check_width<has_vector_lanes ? 4 : 1>(members, expected);
    check_width<has_vector_lanes ? 8 : 1>(members, expected);
}

/// Each member by itself.
std::vector<Recorded<Orego>> alone(const std::vector<Member<Orego>>& members) {
    std::vector<Recorded<Orego>> records(members.size());
    for (const auto& member : members) records[member.id] = run<double>({member})[member.id];
    return records;
}

}  // namespace

TEST_CASE("a member has the same bits alone, among a thousand, and in lanes of any width", "[independence]") {
    const auto members = different_members(1000);
    const auto expected = alone(members);
    CHECK(std::ranges::all_of(expected, [](const auto& record) { return record.outcome.status == Status::done; }));
    CHECK_FALSE(expected[1].last == expected[5].last);
    check_every_width(members, expected);
}

TEST_CASE("the order of the members does not matter", "[independence]") {
    auto members = different_members(200);
    const auto expected = run<double>(members);
    std::ranges::reverse(members);
    check_every_width(members, expected);
}

TEST_CASE("a member that fails leaves the others untouched, to the bit", "[independence]") {
    auto members = different_members(60);
    const auto expected = run<double>(members);
    std::vector<Member<Orego>> healthy;
    for (auto& member : members) {
        if (member.id % 7 == 3) member.coefficients[0] = std::nan("");
        else if (member.id % 7 == 5) member.initial[1] = -1;
        else healthy.push_back(member);
    }
    const auto found = run<LanesOf<has_vector_lanes ? 4 : 1>>(members);
    for (const auto& member : healthy) CHECK(same_bits(found[member.id], expected[member.id]));
    CHECK(found[3].outcome.status == Status::not_finite);
    CHECK(found[5].outcome.status == Status::negative);
    CHECK(Orego::states[found[5].outcome.limiting_state].name == "bromide");
}

namespace {

/// Rodas4 has gamma = 1/4: with a first step of 4 / a the first pivot is zero.
std::vector<Recorded<Spiral>> spirals(const std::vector<double>& firsts, int width) {
    std::vector<Member<Spiral>> members(firsts.size());
    for (std::size_t i = 0; i < firsts.size(); ++i) {
        members[i].id = i;
        members[i].initial = {{1, 0}};
        members[i].coefficients[0] = firsts[i];
        members[i].end = 3;
    }
    Settings<Spiral> settings;
    settings.first_step = 1;
    RecordingQueue<Spiral> queue(members);
    if (width == 1) integrate<Rodas4, Spiral, double>(queue, settings);
    else integrate<Rodas4, Spiral, LanesOf<has_vector_lanes ? 4 : 1>>(queue, settings);
    return queue.records;
}

}  // namespace

TEST_CASE("a member whose pivot is exactly zero is solved with pivoting, and rightly", "[independence]") {
    const auto run = spirals({4}, 1).front();
    CHECK(run.outcome.status == Status::done);
    CHECK(run.outcome.pivoted > 0);
    const double w = std::sqrt(7.0), x = std::exp(-3.0) * (std::cos(3 * w) + 5 / w * std::sin(3 * w));
    CHECK(run.last[0] == Approx(x).margin(1e-5));
}

TEST_CASE("only the member that needs pivoting pays for it, and its neighbours keep their bits", "[independence]") {
    const std::vector<double> firsts{3.9, 4, 3.8, 3.7, 4, 3.6};
    const auto together = spirals(firsts, 4);
    for (std::size_t i = 0; i < firsts.size(); ++i) {
        CAPTURE(firsts[i]);
        const auto by_itself = spirals({firsts[i]}, 1).front();
        CHECK(same_bits(together[i], by_itself));
        CHECK((together[i].outcome.pivoted > 0) == (firsts[i] == 4));
    }
}

TEST_CASE("a step with pivoting is the step without, where both can be taken", "[independence]") {
    RosenbrockStep<Rodas4, Spiral, double> plain;
    RosenbrockStep<Rodas4, Spiral, double, PivotingShifted<Spiral>> pivoting;
    const StatesOf<Spiral, double> y{{1, 0.5}};
    const auto k = default_parameters<Spiral>();
    for (const double h : {0.1, 0.5, 0.9, 1.1, 3.0}) {
        CAPTURE(h);
        plain.take(0, y, k, h);
        pivoting.take(0, y, k, h);
        for (std::size_t i = 0; i < y.size(); ++i) {
            CHECK(plain.next()[i] == Approx(pivoting.next()[i]).epsilon(1e-11).margin(1e-12));
            CHECK(plain.error()[i] == Approx(pivoting.error()[i]).epsilon(1e-10).margin(1e-12));
        }
    }
    pivoting.take(0, y, k, 1.0);
    const auto at_zero_pivot = pivoting.next();
    plain.take(0, y, k, 1.0 + 1e-6);
    for (std::size_t i = 0; i < y.size(); ++i) CHECK(at_zero_pivot[i] == Approx(plain.next()[i]).epsilon(1e-4));
}
