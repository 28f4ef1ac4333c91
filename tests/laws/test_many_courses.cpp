// Laws of the courses that share one thread's lanes: each is finished once, however many there are and whatever stops.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <mutex>
#include <thread>

#include "cicatrix/base/error.hpp"
#include "cicatrix/ensemble/ensemble.hpp"
#include "cicatrix/ensemble/many_courses.hpp"
#include "needled_plans.hpp"
#include "recording_queue.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

std::vector<Reduction> reductions(std::initializer_list<const char*> texts) {
    std::vector<Reduction> out;
    for (const char* text : texts) out.push_back(parse_reduction(text));
    return out;
}

const auto two = reductions({"collagen_iii final", "neutrophils effect peak"});

/// A short course that differs from all others: with sessions or none, on day 0 or later, in young skin and in old.
Plan short_course(std::uint64_t member) {
    const double x = static_cast<double>(member);
    Plan plan = needled(rolled(0.5 + 0.01 * x, 5), static_cast<int>(member % 4), 3, 6);
    if (member % 3 == 1)
        for (auto& session : plan.sessions) session.at += 0.5 + 0.01 * x;
    plan.skin.age = member % 5 == 4 ? 40 + 0.1 * x : 20;
    plan.relative = 1e-3;
    return plan;
}

struct Finished {
    int times = 0;
    Outcome outcome;
    std::vector<double> values;
};

/// Hands out short courses and remembers them; may ask for a stop after some have finished.
class RecordingDesk final : public MemberDesk {
  public:
    explicit RecordingDesk(std::size_t count, std::size_t stop_after = SIZE_MAX)
        : count_(count), stop_after_(stop_after) {}

    std::map<std::size_t, Finished> finished;
    std::size_t given = 0;

    bool next(std::size_t& member, Plan& plan) override {
        if (given == count_ || is_stopped()) return false;
        member = given++;
        plan = short_course(member);
        return true;
    }
    void finish(std::size_t member, const Course& course, std::span<const double> values) override {
        auto& record = finished[member];
        ++record.times;
        record.outcome = course.treated.outcome;
        record.values.assign(values.begin(), values.end());
        done_ += course.treated.outcome.status == Status::done;
    }
    bool is_stopped() const override { return done_ >= stop_after_; }

  private:
    std::size_t count_, stop_after_, done_ = 0;
};

RecordingDesk run(std::size_t count, int lanes, std::size_t stop_after = SIZE_MAX) {
    RecordingDesk desk(count, stop_after);
    ManyCourses(desk, two, lanes).run();
    return desk;
}

/// An ensemble of one plan.
EnsembleResult ensemble_of(const Plan& plan, std::initializer_list<const char*> texts) {
    return run_ensemble(0, 1, [&] { return PlanMaker([&](std::uint64_t, Plan& out) { out = plan; }); },
                        reductions(texts), {});
}

const std::function<PlanMaker()> short_courses = [] {
    return PlanMaker([](std::uint64_t member, Plan& plan) { plan = short_course(member); });
};

}  // namespace

TEST_CASE("more members than there is room for are each finished once, with the numbers that they have alone",
          "[many courses]") {
    const auto many = run(100, 0);
    REQUIRE(many.finished.size() == 100);
    for (const auto& [member, record] : many.finished) {
        INFO("member " << member);
        CHECK(record.times == 1);
        CHECK(record.outcome.status == Status::done);
        if (member % 9 != 0) continue;
        const auto alone = run_ensemble(member, 1, short_courses, two, {.lanes = 1});
        CHECK(equal_bits(record.values, alone.values));
        CHECK(record.outcome.steps == alone.steps.front());
    }
}

TEST_CASE("a desk without members is asked and left alone; one member is enough", "[many courses]") {
    CHECK(run(0, 0).finished.empty());
    for (const int lanes : {0, 1, 8}) {
        const auto single = run(1, lanes);
        REQUIRE(single.finished.size() == 1);
        CHECK(single.finished.at(0).times == 1);
        CHECK(single.finished.at(0).values.size() == two.size());
    }
}

TEST_CASE("a stop in the middle ends at once: what is done stays, what was not has no numbers", "[many courses]") {
    const auto whole = run(120, 0);
    std::size_t left_undone = 0;
    for (const std::size_t stop_after : {1u, 5u, 40u}) {
        const auto stopped = run(120, 0, stop_after);
        CAPTURE(stop_after);
        CHECK(stopped.given < 120);
        std::size_t done = 0;
        for (const auto& [member, record] : stopped.finished) {
            CHECK(record.times == 1);
            if (record.outcome.status == Status::done) {
                ++done;
                CHECK(equal_bits(record.values, whole.finished.at(member).values));
            } else {
                CHECK(record.outcome.status == Status::interrupted);
                CHECK(record.values.empty());
            }
        }
        CHECK(done >= stop_after);
        left_undone += stopped.given - done;
    }
    if (has_vector_lanes) CHECK(left_undone > 0);  // a single lane has nothing else under way
    CHECK(run(120, 0, 0).given == 0);
}

TEST_CASE("skin that nobody treats is its twin to the last bit", "[many courses]") {
    for (const double age : {20.0, 60.0}) {
        Plan plan = needled({}, 0, 0, 50);
        plan.skin.age = age;
        plan.ageing = Ageing::drift;
        const auto result =
            ensemble_of(plan, {"collagen_iii effect final", "collagen_iii effect peak", "tewl effect auc",
                               "collagen_iii effect time of peak", "wrinkle_depth effect at 20 days"});
        CHECK(result.status.front() == Status::done);
        CHECK(std::ranges::all_of(result.values, [](double value) { return value == 0; }));
    }
}

TEST_CASE("before its first session skin is its twin, and from the session on it is not", "[many courses]") {
    Plan plan = needled(rolled(1.5, 10), 1, 0, 30);
    plan.sessions.front().at = 12.5;
    const auto result = ensemble_of(
        plan, {"neutrophils effect at 12.5 days", "tewl effect at 3 days", "damage_signals effect time to 1e-9",
               "neutrophils effect time to 1e-6", "neutrophils effect time of peak"});
    REQUIRE(result.status.front() == Status::done);
    CHECK(result.values[0] == 0);
    CHECK(result.values[1] == 0);
    CHECK(result.values[2] == 12.5);
    CHECK(result.values[3] >= 12.5);
    CHECK(result.values[3] < 13.5);
    CHECK(result.values[4] > result.values[3]);
}

TEST_CASE("a session works from its day on: a later one does the same later", "[many courses]") {
    Plan early = needled(rolled(1.5, 10), 1, 0, 30), late = early;
    late.sessions.front().at = 20, late.duration += 20;
    const auto texts = {"neutrophils effect peak", "neutrophils effect time of peak", "collagen_iii effect auc"};
    const auto first = ensemble_of(early, texts), second = ensemble_of(late, texts);
    CHECK(second.values[0] == Approx(first.values[0]).epsilon(1e-4));
    CHECK(second.values[1] == Approx(first.values[1] + 20).epsilon(1e-3));
    CHECK(second.values[2] == Approx(first.values[2]).epsilon(1e-4));
}

TEST_CASE("in space and in ageing skin a member ends where its course by itself ends", "[many courses]") {
    Plan drifting = short_course(4), deep = short_course(2);
    drifting.ageing = Ageing::drift;
    deep.fidelity = Fidelity::depth, deep.grid.cells = 8;
    for (Plan plan : {drifting, deep}) {
        const auto result =
            ensemble_of(plan, {"collagen_iii at 2 days", "collagen_iii untreated at 2 days", "tewl effect at 2 days"});
        plan.outputs = {2}, plan.grid.estimate_error = false;
        const Course course = run_course(plan);
        const auto &treated = course.treated, &untreated = course.untreated;
        constexpr std::size_t tewl = index_of(readouts, "tewl");
        CHECK(result.status.front() == Status::done);
        CHECK(result.time_reached.front() == plan.duration);
        CHECK(equal_bits(result.values[0], get<"collagen_iii">(treated.rows[0])));
        CHECK(equal_bits(result.values[1], get<"collagen_iii">(untreated.rows[0])));
        CHECK(equal_bits(result.values[2], treated.appearance[0][tewl] - untreated.appearance[0][tewl]));
    }
}

TEST_CASE("ageing that drifts takes from skin what frozen ageing leaves", "[many courses]") {
    Plan plan = needled({}, 0, 0, 3 * 365.25);
    plan.skin.age = 60;
    const auto frozen = ensemble_of(plan, {"collagen_total final"});
    plan.ageing = Ageing::drift;
    const auto drifting = ensemble_of(plan, {"collagen_total final"});
    CHECK(drifting.values.front() < frozen.values.front());
}

TEST_CASE("each member is asked for once, whatever the threads, and a maker is made in each", "[many courses]") {
    for (const unsigned threads : {1u, 2u, 3u}) {
        std::mutex guard;
        std::map<std::uint64_t, int> asked;
        int makers = 0;
        const auto maker = [&] {
            const std::lock_guard hold(guard);
            ++makers;
            return PlanMaker([&](std::uint64_t member, Plan& plan) {
                const std::lock_guard hold_too(guard);
                ++asked[member];
                plan = short_course(member);
            });
        };
        const auto result = run_ensemble(1000, 20, maker, two, {.threads = threads});
        CHECK(makers == static_cast<int>(std::max(1u, threads)));
        CHECK(asked.size() == 20);
        CHECK(asked.begin()->first == 1000);
        CHECK(asked.rbegin()->first == 1019);
        CHECK(std::ranges::all_of(asked, [](const auto& entry) { return entry.second == 1; }));
        CHECK(std::ranges::all_of(result.status, [](Status status) { return status == Status::done; }));
    }
}

TEST_CASE("an ensemble of nobody has no results, and one without reductions has no numbers", "[many courses]") {
    const auto nobody = run_ensemble(5, 0, short_courses, two, {.threads = 2});
    CHECK(nobody.status.empty());
    CHECK(nobody.values.empty());
    const auto mute = run_ensemble(0, 3, short_courses, {}, {});
    CHECK(mute.values.empty());
    CHECK(std::ranges::count(mute.status, Status::done) == 3);
    for (std::uint64_t member = 0; member < 3; ++member)
        CHECK(mute.time_reached[member] == short_course(member).duration);
}

TEST_CASE("progress is told in the calling thread, and at the end of all who are done and who failed",
          "[many courses]") {
    const auto maker = [] {
        return PlanMaker([](std::uint64_t member, Plan& plan) {
            if (member % 4 == 3) throw InputError({Problem{{}, "no such patient", "", "", "E-RANGE"}});
            plan = short_course(member);
        });
    };
    const auto caller = std::this_thread::get_id();
    std::size_t last_done = 0, last_failed = 0;
    bool elsewhere = false, backwards = false;
    const auto result = run_ensemble(0, 24, maker, two, {.threads = 2}, [&](std::size_t done, std::size_t failed) {
        elsewhere = elsewhere || std::this_thread::get_id() != caller;
        backwards = backwards || done < last_done || failed < last_failed || failed > done;
        last_done = done, last_failed = failed;
        return true;
    });
    CHECK_FALSE(elsewhere);
    CHECK_FALSE(backwards);
    CHECK(last_done == 24);
    CHECK(last_failed == 6);
    CHECK(std::ranges::count(result.status, Status::refused) == 6);
}
