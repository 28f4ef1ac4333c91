// Courses on both sides of a plan go along with it: what a zone hands to them is what it hands to the plan's own course,
// and its derivatives times their distance.
#include "cicatrix/ensemble/gradient.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <exception>
#include <limits>
#include <memory>
#include <stdexcept>
#include <thread>

#include "cicatrix/course/follow.hpp"
#include "cicatrix/course/lumped_course.hpp"
#include "cicatrix/course/tangent_kernel.hpp"
#include "cicatrix/ensemble/ensemble.hpp"
#include "cicatrix/ensemble/reduce.hpp"

namespace cicatrix {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr auto at_once = static_cast<std::size_t>(Tangent::directions);

/// What is asked of every course alike.
struct Asked {
    std::span<const Reduction> reductions;
    Wanted wanted;
    Needs needs;
    std::vector<std::size_t> watched;
    bool looks_along_twin;

    Asked(const Plan& plan, std::span<const Reduction> reductions)
        : reductions(reductions), wanted(wanted_for(reductions)), needs(needs_of(plan, wanted)) {
        for (std::size_t i = 0; i < needs.states.size(); ++i)
            if (needs.states[i]) watched.push_back(i);
        looks_along_twin = std::ranges::any_of(reductions, [](const auto& r) { return r.whose == Whose::effect; });
    }
};

/// A course that is not integrated but told what its zones come to.
struct Follower {
    Course course;
    Legs legs;
    LumpedCourse lumped;
    Member<CourseModel> member;  ///< its own zone, of the one that is under way

    Follower(const Plan& plan, const Asked& asked) {
        course.plan = plan;
        course.plan.outputs = days_for(asked.reductions, plan.duration);
        begin_course(course);
        legs = legs_of(course.plan);
        lumped.begin(course, legs, asked.watched);
    }

    /// Its reductions; NaN for what is no number.
    std::vector<double> values(const Asked& asked, TwinPlaces& places) const {
        const auto start = legs.twin.means.at<CourseStates>(legs.twin.slots().begin());
        const CourseReader reader(course.plan, course.coefficients, course.injuries, start, asked.wanted, asked.needs);
        ReadoutSeries treated, twin;
        reader.read(legs.treated, treated);
        reader.read({&legs.twin, 1}, twin);
        if (asked.looks_along_twin) places.look_at(legs);
        std::vector<double> out;
        for (const auto& reduction : asked.reductions)
            out.push_back(reduced(reduction, treated, twin, places).value_or(missing));
        return out;
    }
};

/// The two courses of a direction, and how far they are from the one between them.
struct Pair {
    std::unique_ptr<Follower> low, high;
    double below = 0, above = 0;
    std::string obstacle;

    Pair(const Direction& direction, const Asked& asked) : below(direction.below), above(direction.above) {
        if (!(below >= 0 && above >= 0 && below + above > 0)) {
            obstacle = "it does not move";
            return;
        }
        low = std::make_unique<Follower>(direction.low, asked);
        high = std::make_unique<Follower>(direction.high, asked);
    }
    bool is_live() const { return obstacle.empty(); }
    void refuse(const char* why) {
        obstacle = why;
        low.reset(), high.reset();
    }
    double slope(double at_low, double at_high) const { return (at_high - at_low) / (below + above); }
};

bool same_times(const Member<CourseModel>& a, const Member<CourseModel>& b) {
    return a.begin == b.begin && std::ranges::equal(a.outputs, b.outputs);
}

/// One course with up to as many directions as a tangent has.
class GradientRun {
  public:
    GradientRun(const Plan& plan, std::span<const Direction> directions, const Asked& asked)
        : asked_(asked), settings_(settings_of(plan)), base_(plan, asked) {
        for (const auto& direction : directions) pairs_.emplace_back(direction, asked);
    }

    /// False when the course failed.
    bool run() {
        for (std::uint32_t zone = 0; base_.lumped.next(base_.member, zone);) {
            TangentMember<CourseModel> member = begin_zone(zone);
            TangentArrival arrival;
            follow_in_tangents(
                member, settings_, [&](std::size_t i, const CourseTangents& y) { tell(i, y, member.watched); },
                arrival);
            arrive(zone, arrival);
        }
        return base_.course.treated.outcome.status == Status::done && base_.lumped.is_finished();
    }

    /// Of a run that has come to its end; `slopes` are those of this run's directions among `width`, reduction by
    /// reduction.
    void write(double* slopes, std::size_t width) const {
        TwinPlaces places;
        for (std::size_t d = 0; d < pairs_.size(); ++d) {
            const Pair& pair = pairs_[d];
            if (!pair.is_live()) continue;
            const auto low = pair.low->values(asked_, places), high = pair.high->values(asked_, places);
            for (std::size_t r = 0; r < low.size(); ++r) slopes[r * width + d] = pair.slope(low[r], high[r]);
        }
    }
    const std::string& obstacle(std::size_t d) const { return pairs_[d].obstacle; }

  private:
    /// Lets all set out and takes the derivatives of where they start from the differences between them.
    TangentMember<CourseModel> begin_zone(std::uint32_t zone) {
        const auto& middle = base_.member;
        TangentMember<CourseModel> member{{}, {}, middle.begin, middle.end, middle.outputs, middle.watched};
        std::ranges::copy(middle.initial, member.initial.begin());
        std::ranges::copy(middle.coefficients, member.coefficients.begin());
        for (std::size_t d = 0; d < pairs_.size(); ++d) {
            Pair& pair = pairs_[d];
            if (!pair.is_live()) continue;
            if (!sets_out(*pair.low, zone) || !sets_out(*pair.high, zone)) {
                pair.refuse("it moves the times of the course, or stands where another stretch of it begins");
                continue;
            }
            const auto &low = pair.low->member, &high = pair.high->member;
            const int lane = static_cast<int>(d);
            for (std::size_t i = 0; i < member.initial.size(); ++i)
                set_lane(member.initial[i].slope, lane, pair.slope(low.initial[i], high.initial[i]));
            for (std::size_t i = 0; i < member.coefficients.size(); ++i)
                set_lane(member.coefficients[i].slope, lane, pair.slope(low.coefficients[i], high.coefficients[i]));
        }
        return member;
    }
    bool sets_out(Follower& follower, std::uint32_t zone) const {
        std::uint32_t own = 0;
        return follower.lumped.next(follower.member, own) && own == zone && same_times(follower.member, base_.member);
    }

    /// Calls `visit(follower, direction, distance)` for the courses beside the plan's own.
    void for_each_beside(auto visit) {
        for (std::size_t d = 0; d < pairs_.size(); ++d) {
            if (!pairs_[d].is_live()) continue;
            visit(*pairs_[d].low, static_cast<int>(d), -pairs_[d].below);
            visit(*pairs_[d].high, static_cast<int>(d), pairs_[d].above);
        }
    }

    /// Fills the records of all at an output.
    void tell(std::size_t i, const CourseTangents& y, std::span<const std::size_t> watched) {
        const std::size_t first = i * record_length(watched.size());
        for (std::size_t j = 0; j < watched.size(); ++j) base_.member.record[first + j] = y[watched[j]].value;
        for_each_beside([&](Follower& follower, int d, double distance) {
            for (std::size_t j = 0; j < watched.size(); ++j)
                follower.member.record[first + j] = y[watched[j]].value + distance * y[watched[j]].derivative(d);
        });
    }

    /// A zone that ends later for one of them goes on by its rates for that long.
    void arrive(std::uint32_t zone, const TangentArrival& arrival) {
        CourseStates last;
        for (std::size_t s = 0; s < last.size(); ++s) last[s] = arrival.last[s].value;
        base_.lumped.arrive(zone, arrival.outcome, last);
        for_each_beside([&](Follower& follower, int d, double distance) {
            const double later = follower.member.end - base_.member.end;
            for (std::size_t s = 0; s < last.size(); ++s)
                last[s] =
                    arrival.last[s].value + distance * arrival.last[s].derivative(d) + later * arrival.rates[s].value;
            follower.lumped.arrive(zone, arrival.outcome, last);
        });
    }

    const Asked& asked_;
    Settings<CourseModel> settings_;
    Follower base_;
    std::vector<Pair> pairs_;
};

/// What a plain course gives.
void run_plain(const Plan& plan, std::span<const Reduction> reductions, Gradient& gradient) {
    const auto maker = [&] { return [&](std::uint64_t, Plan& out) { out = plan; }; };
    auto result = run_ensemble(0, 1, maker, reductions, {});
    gradient.values = std::move(result.values);
    gradient.outcome.status = result.status.front();
    gradient.outcome.time = result.time_reached.front();
    gradient.outcome.limiting_state = result.limiting_state.front();
    gradient.outcome.steps = result.steps.front();
}

/// Calls `work(i)` for each i below `count`; what one throws is thrown again.
void share_out(std::size_t count, unsigned threads, const auto& work) {
    std::atomic<std::size_t> next = 0;
    std::vector<std::exception_ptr> faults(threads);
    {
        std::vector<std::jthread> running;
        for (unsigned t = 0; t < threads; ++t)
            running.emplace_back([&, t] {
                try {
                    for (std::size_t i; (i = next++) < count;) work(i);
                } catch (...) {
                    faults[t] = std::current_exception();
                    next = count;
                }
            });
    }
    for (const auto& fault : faults)
        if (fault) std::rethrow_exception(fault);
}

}  // namespace

Gradient gradient_of(const Plan& plan, std::span<const Direction> directions, std::span<const Reduction> reductions,
                     unsigned threads) {
    if (plan.fidelity != Fidelity::lumped)
        throw std::invalid_argument("gradients are taken of courses without space, of the fidelity 'lumped'");
    if (threads == 0) throw std::invalid_argument("a gradient needs a thread");
    Gradient gradient;
    gradient.slopes.assign(reductions.size() * directions.size(), missing);
    gradient.obstacle.resize(directions.size());
    run_plain(plan, reductions, gradient);
    if (gradient.outcome.status != Status::done) return gradient;
    const Asked asked(plan, reductions);
    share_out((directions.size() + at_once - 1) / at_once, threads, [&](std::size_t group) {
        const std::size_t first = group * at_once, count = std::min(at_once, directions.size() - first);
        GradientRun run(plan, directions.subspan(first, count), asked);
        const bool done = run.run();
        if (done) run.write(gradient.slopes.data() + first, directions.size());
        for (std::size_t d = 0; d < count; ++d) {
            gradient.obstacle[first + d] = run.obstacle(d);
            if (!done && gradient.obstacle[first + d].empty())
                gradient.obstacle[first + d] = "the course could not be followed together with its derivatives";
        }
    });
    return gradient;
}

}  // namespace cicatrix
