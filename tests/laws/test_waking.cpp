// Laws of lanes that wait: members that come of others' ends are all followed, and outputs tell what is watched alone.
#include <algorithm>
#include <cmath>
#include <deque>
#include <functional>
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

/// The i-th member: each differs in start, parameters and duration; every seventh has no duration.
Member<Orego> orego(std::size_t i) {
    const double x = static_cast<double>(i);
    Member<Orego> member;
    member.id = i;
    member.initial = {{1 + 0.1 * std::sin(x), 2, 3}};
    member.coefficients = default_parameters<Orego>();
    member.coefficients[0] *= 1 + 0.2 * std::cos(2 * x);
    member.end = i % 7 == 6 ? 0.0 : 2 + static_cast<double>(i % 5);
    return member;
}

/// Each member that finishes sets others free.
class FamilyQueue {
  public:
    /// Of each member that has finished, which may now be given.
    using Children = std::function<std::vector<std::size_t>(std::size_t)>;

    FamilyQueue(std::vector<std::size_t> first, std::size_t count, Children children)
        : last(count), finished(count, 0), ready_(first.begin(), first.end()), children_(std::move(children)) {}

    std::vector<StatesOf<Orego, double>> last;
    std::vector<int> finished;
    std::vector<std::size_t> given;
    int under_way = 0, most_under_way = 0;

    bool next(Member<Orego>& member) {
        if (ready_.empty()) return false;
        member = orego(ready_.front());
        given.push_back(ready_.front());
        ready_.pop_front();
        most_under_way = std::max(most_under_way, ++under_way);
        return true;
    }
    void output(const Member<Orego>&, std::size_t, std::span<const double>) {}
    void event(const Member<Orego>&, std::size_t, StatesOf<Orego, double>&) {}
    void finish(const Member<Orego>& member, const Outcome&, const StatesOf<Orego, double>& y) {
        last[member.id] = y;
        ++finished[member.id];
        --under_way;
        for (const std::size_t child : children_(member.id)) ready_.push_back(child);
    }

  private:
    std::deque<std::size_t> ready_;
    Children children_;
};

template <int width>
FamilyQueue followed(const std::vector<std::size_t>& first, std::size_t count, const FamilyQueue::Children& children) {
    FamilyQueue queue(first, count, children);
    Settings<Orego> settings;
    settings.relative = 1e-4;
    integrate<Rodas5P, Orego, LanesOf<has_vector_lanes ? width : 1>>(queue, settings);
    return queue;
}

/// All members are followed once, to the same bits whatever the width.
void check_all_are_followed(const std::vector<std::size_t>& first, std::size_t count,
                            const FamilyQueue::Children& children) {
    const auto expected = followed<1>(first, count, children);
    const auto check = [&](const FamilyQueue& found) {
        CHECK(std::ranges::all_of(found.finished, [](int times) { return times == 1; }));
        CHECK(equal_bits(found.last, expected.last));
    };
    check(expected);
    check(followed<2>(first, count, children));
    check(followed<4>(first, count, children));
    check(followed<8>(first, count, children));
}

const std::vector<double> outputs{0.1, 0.5, 0.7, 3, 12};

/// A run that tells some of the states.
template <class Method> Recorded<Orego> watching(std::span<const std::size_t> watched) {
    auto member = orego(0);
    member.end = 12, member.outputs = outputs, member.watched = watched;
    return recorded<Method>(member, Settings<Orego>{});
}

}  // namespace

TEST_CASE("a chain in which each member sets one other free goes on to its end", "[waking]") {
    check_all_are_followed({0}, 40, [](std::size_t id) {
        return id + 1 < 40 ? std::vector<std::size_t>{id + 1} : std::vector<std::size_t>{};
    });
}

TEST_CASE("a tree in which each member sets three others free is followed whole", "[waking]") {
    check_all_are_followed({0}, 121, [](std::size_t id) {
        std::vector<std::size_t> children;
        for (std::size_t child = 3 * id + 1; child <= 3 * id + 3 && child < 121; ++child) children.push_back(child);
        return children;
    });
}

TEST_CASE("lanes that had nobody take members as soon as another's end sets them free", "[waking]") {
    const auto children = [](std::size_t id) {
        return id == 0 ? std::vector<std::size_t>{1, 2, 3, 4, 5, 7, 8, 9, 10} : std::vector<std::size_t>{};
    };
    CHECK(followed<1>({0}, 11, children).most_under_way == 1);
    CHECK(followed<4>({0}, 11, children).most_under_way == (has_vector_lanes ? 4 : 1));
    CHECK(followed<8>({0}, 11, children).most_under_way == (has_vector_lanes ? 8 : 1));
}

TEST_CASE("a member that waits for the last of many is still given", "[waking]") {
    std::size_t ended = 0;
    const auto children = [&](std::size_t id) {
        const bool last_of_all = id < 20 && ++ended % 20 == 0;
        return last_of_all ? std::vector<std::size_t>{20} : std::vector<std::size_t>{};
    };
    std::vector<std::size_t> first(20);
    for (std::size_t i = 0; i < first.size(); ++i) first[i] = i;
    check_all_are_followed(first, 21, children);
}

TEST_CASE("members without duration that set others free wake the lanes as well", "[waking]") {
    // Only 6 is there at first, which ends where it begins; 13 and 20 end so too.
    check_all_are_followed({6}, 21, [](std::size_t id) {
        if (id == 6) return std::vector<std::size_t>{13, 0, 1, 2, 3, 4, 5};
        if (id == 13) return std::vector<std::size_t>{7, 8, 9, 10, 11, 12, 20};
        if (id == 20) return std::vector<std::size_t>{14, 15, 16, 17, 18, 19};
        return std::vector<std::size_t>{};
    });
}

TEST_CASE("an empty queue ends at once", "[waking]") {
    const auto queue = followed<4>({}, 0, [](std::size_t) { return std::vector<std::size_t>{}; });
    CHECK(queue.given.empty());
}

TEST_CASE("members of one family come in the order in which they were set free", "[waking]") {
    const auto queue = followed<1>({0}, 10, [](std::size_t id) {
        return id == 0 ? std::vector<std::size_t>{5, 3, 9, 1} : std::vector<std::size_t>{};
    });
    CHECK(queue.given == std::vector<std::size_t>{0, 5, 3, 9, 1});
}

TEMPLATE_TEST_CASE("of watched states outputs have the bits that they have among all, and no others are told",
                   "[waking]", Rodas4, Rodas5P) {
    const auto all = watching<TestType>(all_states<Orego>);
    REQUIRE(all.outputs.size() == outputs.size());
    const std::vector<std::vector<std::size_t>> choices{{}, {0}, {1}, {2}, {0, 2}, {2, 0}, {1, 2}, {2, 1, 0}};
    for (const auto& watched : choices) {
        const auto found = watching<TestType>(watched);
        REQUIRE(found.outputs.size() == outputs.size());
        CHECK(equal_bits(found.last, all.last));
        CHECK(found.outcome.steps == all.outcome.steps);
        for (std::size_t i = 0; i < outputs.size(); ++i)
            for (std::size_t state = 0; state < Orego::states.size(); ++state) {
                INFO("state " << state << " at " << outputs[i]);
                const bool is_watched = std::ranges::find(watched, state) != watched.end();
                if (is_watched) CHECK(equal_bits(found.outputs[i][state], all.outputs[i][state]));
                else CHECK(std::isnan(found.outputs[i][state]));
            }
    }
}

TEST_CASE("lanes with members that watch different states tell each its own", "[waking]") {
    const std::vector<std::vector<std::size_t>> choices{{0}, {1, 2}, {}, {2}, {0, 1, 2}};
    std::vector<Member<Orego>> members;
    for (std::size_t i = 0; i < 30; ++i) {
        members.push_back(orego(i));
        members.back().end = 12, members.back().outputs = outputs, members.back().watched = choices[i % choices.size()];
    }
    RecordingQueue<Orego> together(members);
    integrate<Rodas5P, Orego, LanesOf<has_vector_lanes ? 4 : 1>>(together, Settings<Orego>{});
    for (auto member : members) {
        const auto id = std::exchange(member.id, 0);
        CHECK(equal_bits(together.records[id].outputs, recorded<Rodas5P>(member, Settings<Orego>{}).outputs));
    }
}

TEST_CASE("between the steps states are as right as at their ends", "[waking]") {
    std::vector<double> times;
    for (double t = 0.01; t < 4; t += 0.01) times.push_back(t);
    Member<Clock> member;
    member.initial = {{0, 1}};
    member.coefficients = default_parameters<Clock>();
    member.end = 4, member.outputs = times;
    Settings<Clock> settings;
    settings.relative = 1e-8;
    const auto run = recorded<Rodas5P>(member, settings);
    CHECK(run.outcome.steps < times.size());
    for (std::size_t i = 0; i < times.size(); ++i) {
        CHECK(run.outputs[i][0] == Approx(times[i]).epsilon(1e-12));
        CHECK(run.outputs[i][1] == Approx(std::exp(-3 * times[i])).epsilon(1e-6));
    }
}
