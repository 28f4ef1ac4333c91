// Laws of a course as a traveller: its zones may arrive in any order, and each may fail.
#include <algorithm>
#include <functional>
#include <limits>

#include "cicatrix/course/kernel.hpp"
#include "cicatrix/course/lumped_course.hpp"
#include "cicatrix/numeric/random.hpp"
#include "needled_plans.hpp"
#include "recording_queue.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

/// In the order of setting out: skin that ages, its twin, more of the twin, tissue of this session and of earlier ones.
enum Zone : std::uint32_t { ageing, twin, untouched, at_sessions, fresh, earlier };

struct Traveller {
    std::uint32_t zone = 0;
    Member<CourseModel> member;
};

/// What an integrator says of one zone.
struct Journey final : CourseQueue {
    explicit Journey(const Member<CourseModel>& from) : member(from) {}
    Member<CourseModel> member;
    Outcome outcome;
    CourseStates last{};
    bool given = false;

    bool next(Member<CourseModel>& out) override {
        out = member;
        return !std::exchange(given, true);
    }
    void event(const Member<CourseModel>&, std::size_t, CourseStates&) override {}
    void finish(const Member<CourseModel>&, const Outcome& how, const CourseStates& y) override {
        outcome = how, last = y;
    }
    bool stop_requested(double) override { return false; }
};

using Order = std::function<void(std::vector<Traveller>&)>;
/// May change how a zone ended: its number, how many times zones set out before, and the outcome.
using Mishap = std::function<void(std::uint32_t, std::size_t, Outcome&)>;

/// A course whose zones are led by hand, each by itself; those that set out together arrive in an order of the test's.
struct LedByHand {
    Course course;
    Legs legs;
    std::vector<std::vector<std::uint32_t>> stretches;  ///< the zones of each, as they set out

    LedByHand(LumpedCourse& lumped, const Plan& plan, std::span<const std::size_t> watched, const Order& order = {},
              const Mishap& mishap = {}) {
        course.plan = plan;
        begin_course(course);
        legs = legs_of(plan);
        lumped.begin(course, legs, watched);
        while (!lumped.is_finished()) {
            std::vector<Traveller> together;
            for (Traveller t; lumped.next(t.member, t.zone);) together.push_back(t);
            REQUIRE_FALSE(together.empty());
            auto& zones = stretches.emplace_back();
            for (const auto& traveller : together) zones.push_back(traveller.zone);
            if (order) order(together);
            for (const auto& traveller : together) lead(lumped, traveller, mishap);
        }
        Traveller none;
        CHECK_FALSE(lumped.next(none.member, none.zone));
    }

  private:
    void lead(LumpedCourse& lumped, const Traveller& traveller, const Mishap& mishap) {
        Journey journey(traveller.member);
        integrate_courses(journey, settings_of(course.plan), course.plan.method, 1);
        if (mishap) mishap(traveller.zone, stretches.size() - 1, journey.outcome);
        lumped.arrive(traveller.zone, journey.outcome, journey.last);
    }
};

LedByHand led(const Plan& plan, const Order& order = {}, const Mishap& mishap = {}) {
    LumpedCourse lumped;
    return {lumped, plan, all_states<CourseModel>, order, mishap};
}

/// Three sessions, none on day 0, in skin that has aged and goes on ageing.
Plan three_sessions() {
    Plan plan = needled(rolled(1.0, 8), 3, 20, 40);
    for (auto& session : plan.sessions) session.at += 5;
    plan.outputs = {0, 5, 5.5, 25, 33, 45, 80};
    plan.duration = 85;
    plan.skin.age = 55;
    plan.ageing = Ageing::drift;
    plan.relative = 1e-4;
    return plan;
}

Plan young(Plan plan) {
    plan.skin.age = 20;
    return plan;
}

bool same_rows(const Leg& a, const Leg& b, std::span<const std::size_t> states) {
    return std::ranges::all_of(states, [&](std::size_t i) {
        const auto size = a.slots().size();
        return equal_bits(std::span(a.means.row(i), size), std::span(b.means.row(i), size));
    });
}

bool same_legs(const Legs& a, const Legs& b, std::span<const std::size_t> states = all_states<CourseModel>) {
    return std::ranges::equal(a.treated, b.treated,
                              [&](const Leg& x, const Leg& y) { return same_rows(x, y, states); }) &&
           same_rows(a.twin, b.twin, states);
}

bool same_outcome(const Outcome& a, const Outcome& b) {
    return a.status == b.status && a.time == b.time && a.steps == b.steps && a.rejected == b.rejected &&
           a.pivoted == b.pivoted;
}

Mishap failure_of(std::uint32_t zone, std::size_t stretch, Status status, double time = 12, std::size_t state = 3) {
    return [=](std::uint32_t z, std::size_t s, Outcome& outcome) {
        if (z == zone && s == stretch) outcome.status = status, outcome.time = time, outcome.limiting_state = state;
    };
}

}  // namespace

TEST_CASE("zones arrive in any order, and the course has the same bits", "[lumped course]") {
    const Plan plan = three_sessions();
    Course course;
    course.plan = plan;
    begin_course(course);
    Legs legs = legs_of(plan);
    follow_lumped(course, legs, {});
    REQUIRE(course.treated.outcome.status == Status::done);
    for (std::uint64_t number = 0; number < 8; ++number) {
        INFO("order " << number);
        RandomStream random(3, number);
        const auto hand = led(plan, [&](std::vector<Traveller>& together) {
            if (number == 1) std::ranges::reverse(together);
            if (number > 1) std::ranges::shuffle(together, random);
        });
        CHECK(same_legs(hand.legs, legs));
        CHECK(same_outcome(hand.course.treated.outcome, course.treated.outcome));
        CHECK(same_outcome(hand.course.untreated.outcome, course.untreated.outcome));
        CHECK(equal_bits(hand.course.inflammation_left, course.inflammation_left));
    }
}

TEST_CASE("skin that is too young to age sets out as it is; the first session has no earlier tissue",
          "[lumped course]") {
    using Stretches = std::vector<std::vector<std::uint32_t>>;
    const Stretches from_day_0{{twin, untouched, at_sessions}, {fresh}, {fresh, earlier}, {fresh, earlier}};
    CHECK(led(young(three_sessions())).stretches == from_day_0);
    Stretches from_onset = from_day_0;
    from_onset.insert(from_onset.begin(), {ageing});
    CHECK(led(three_sessions()).stretches == from_onset);
    Plan none = young(three_sessions());
    none.sessions.clear();
    const auto untreated = led(none);
    CHECK(untreated.stretches == Stretches{{twin, untouched, at_sessions}});
    CHECK(untreated.course.treated.outcome.time == none.duration);
}

TEST_CASE("what is watched does not change what is told of it, and the rest is not touched", "[lumped course]") {
    const Plan plan = three_sessions();
    const std::vector<std::size_t> watched{index_of(CourseModel::states, "neutrophils"),
                                           index_of(CourseModel::states, "macrophages_m1"), 0,
                                           CourseModel::states.size() - 1};
    const auto whole = led(plan);
    LumpedCourse lumped;
    const LedByHand part(lumped, plan, watched);
    CHECK(same_legs(part.legs, whole.legs, watched));
    CHECK(equal_bits(part.course.inflammation_left, whole.course.inflammation_left));
    CHECK(same_outcome(part.course.treated.outcome, whole.course.treated.outcome));
}

TEST_CASE("one traveller follows one course after another, also after one that failed", "[lumped course]") {
    const Plan old = three_sessions(), fresh_faced = young(three_sessions());
    Plan single = old;
    single.sessions.resize(1);
    LumpedCourse lumped;
    for (const Plan& plan : {old, fresh_faced, single, old, single}) {
        const LedByHand again(lumped, plan, all_states<CourseModel>);
        const auto expected = led(plan);
        CHECK(same_legs(again.legs, expected.legs));
        CHECK(same_outcome(again.course.treated.outcome, expected.course.treated.outcome));
        const LedByHand failed(lumped, plan, all_states<CourseModel>, {}, failure_of(twin, 0, Status::negative));
    }
}

TEST_CASE("without inflammation of the session before there is none left", "[lumped course]") {
    const auto hand = led(three_sessions());
    REQUIRE(hand.course.inflammation_left.size() == 3);
    CHECK(std::isnan(hand.course.inflammation_left[0]));
    for (const std::size_t session : {1u, 2u}) {
        CHECK(hand.course.inflammation_left[session] > 0);
        CHECK(hand.course.inflammation_left[session] < 1);
    }
}

TEST_CASE("skin that fails to age never begins: both skins fail on day 0", "[lumped course]") {
    const auto hand = led(three_sessions(), {}, failure_of(ageing, 0, Status::not_finite, 999));
    CHECK(hand.stretches.size() == 1);
    for (const auto& trajectory : {hand.course.treated, hand.course.untreated}) {
        CHECK(trajectory.outcome.status == Status::not_finite);
        CHECK(trajectory.outcome.time == 0);
        CHECK(trajectory.outcome.limiting_state == 3);
    }
}

TEST_CASE("what has no twin is not treated: each zone of the twin takes the treated skin with it", "[lumped course]") {
    for (const std::uint32_t zone : {twin, untouched, at_sessions}) {
        CAPTURE(zone);
        const auto hand = led(young(three_sessions()), {}, failure_of(zone, 0, Status::step_too_small));
        CHECK(hand.stretches.size() == 1);
        CHECK(hand.course.treated.outcome.status == Status::step_too_small);
        CHECK(hand.course.treated.outcome.time == 12);
        CHECK(hand.course.treated.outcome.limiting_state == 3);
        const auto untreated = hand.course.untreated.outcome.status;
        CHECK(untreated == (zone == twin ? Status::step_too_small : Status::done));
    }
}

TEST_CASE("treated tissue that fails ends the treated skin where it failed, not its twin", "[lumped course]") {
    const auto whole = led(young(three_sessions()));
    for (const auto& [zone, stretch] : {std::pair{fresh, 1u}, std::pair{fresh, 3u}, std::pair{earlier, 2u}}) {
        INFO("zone " << zone << " of stretch " << stretch);
        const auto hand = led(young(three_sessions()), {}, failure_of(zone, stretch, Status::negative, 33, 1));
        CHECK(hand.stretches.size() == stretch + 1);
        CHECK(hand.course.treated.outcome.status == Status::negative);
        CHECK(hand.course.treated.outcome.time == 33);
        CHECK(hand.course.treated.outcome.limiting_state == 1);
        CHECK(hand.course.treated.outcome.steps <= whole.course.treated.outcome.steps);
        CHECK(same_outcome(hand.course.untreated.outcome, whole.course.untreated.outcome));
        CHECK(same_rows(hand.legs.twin, whole.legs.twin, all_states<CourseModel>));
    }
}

TEST_CASE("of several zones that fail the first to set out decides, whichever arrives first", "[lumped course]") {
    const Mishap both = [](std::uint32_t zone, std::size_t stretch, Outcome& outcome) {
        if (stretch == 2) outcome.status = zone == fresh ? Status::negative : Status::not_finite, outcome.time = zone;
    };
    const auto forwards = led(young(three_sessions()), {}, both);
    const auto backwards = led(
        young(three_sessions()), [](std::vector<Traveller>& all) { std::ranges::reverse(all); }, both);
    CHECK(forwards.course.treated.outcome.status == Status::negative);
    CHECK(same_outcome(forwards.course.treated.outcome, backwards.course.treated.outcome));
}

TEST_CASE("the steps of the treated skin are those of its zones together", "[lumped course]") {
    std::uint64_t steps = 0, rejected = 0, of_twin = 0;
    const auto hand = led(young(three_sessions()), {}, [&](std::uint32_t zone, std::size_t, Outcome& outcome) {
        if (zone >= fresh) steps += outcome.steps, rejected += outcome.rejected;
        if (zone == twin) of_twin = outcome.steps;
    });
    CHECK(hand.course.treated.outcome.steps == steps);
    CHECK(hand.course.treated.outcome.rejected == rejected);
    CHECK(hand.course.untreated.outcome.steps == of_twin);
    CHECK(of_twin > 0);
}

TEST_CASE("the share of a course that is done lies between 0 and 1 and grows with the time", "[lumped course]") {
    LumpedCourse lumped;
    double before = 0;
    Course course;
    course.plan = three_sessions();
    begin_course(course);
    Legs legs = legs_of(course.plan);
    lumped.begin(course, legs, all_states<CourseModel>);
    CHECK(lumped.share_done(-5000) == 0);
    for (Traveller t; lumped.next(t.member, t.zone);) {
        Journey journey(t.member);
        integrate_courses(journey, settings_of(course.plan), course.plan.method, 1);
        for (const double time : {t.member.begin, 0.5 * (t.member.begin + t.member.end), t.member.end}) {
            const double share = lumped.share_done(time);
            CHECK((share >= 0 && share <= 1));
            if (t.zone == fresh) {
                CHECK(share >= before);
                CHECK(share == Approx(time / course.plan.duration));
                before = share;
            }
        }
        lumped.arrive(t.zone, journey.outcome, journey.last);
    }
    CHECK(lumped.is_finished());
    CHECK(before == 1);
}
