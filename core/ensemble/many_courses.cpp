// Keeps as many courses under way as the lanes can take zones from, and reads each out as soon as it is finished.
#include "cicatrix/ensemble/many_courses.hpp"

#include <algorithm>
#include <cmath>

#include "cicatrix/base/error.hpp"
#include "cicatrix/course/lumped_course.hpp"
#include "cicatrix/ensemble/screening.hpp"

namespace cicatrix {
namespace {

/// Throws InputError for a course that single precision cannot carry.
void require_screenable(const Plan& plan) {
    std::vector<Problem> problems;
    if (plan.fidelity != Fidelity::lumped)
        problems.push_back(in_space_for_screening(Where{"", 0, 0, "simulation.fidelity"},
                                                  plan.fidelity == Fidelity::depth ? "depth" : "channel"));
    if (plan.relative < least_relative_single)
        problems.push_back(too_precise_for_screening(Where{"", 0, 0, "simulation.rtol"}, plan.relative));
    if (!problems.empty()) throw InputError(std::move(problems));
}

}  // namespace

/// What must be known of courses, which differs between patients (hair is read on the scalp alone).
struct ManyCourses::NeedsOf {
    const Site* site;
    bool has_sessions;
    Needs needs;
    std::vector<std::size_t> watched;  ///< the states among them
};

struct ManyCourses::Slot {
    std::size_t member = 0;
    bool is_free = true;
    Course course;
    Legs legs;
    LumpedCourse lumped;
    ReadoutSeries treated, twin;
};

ManyCourses::ManyCourses(MemberDesk& desk, std::span<const Reduction> reductions, int lanes, Precision precision)
    : desk_(desk), reductions_(reductions), lanes_(lanes), precision_(precision), wanted_(wanted_for(reductions)) {
    looks_along_twin_ = std::ranges::any_of(reductions, [](const Reduction& r) { return r.whose == Whose::effect; });
    constexpr std::size_t most_lanes = 16;
    for (std::size_t i = 0; i < 2 * most_lanes; ++i) slots_.push_back(std::make_unique<Slot>());
    needs_.reserve(2 * sites.size());  // references to what it holds stay good
}

ManyCourses::~ManyCourses() = default;

void ManyCourses::run() {
    next_ = std::make_unique<Slot>();
    while (fetch(*next_)) {
        if (next_->course.plan.fidelity != Fidelity::lumped) {
            follow_alone(*next_);
            continue;
        }
        tolerances_ = next_->course.plan;
        integrate_courses(*this, settings(), tolerances_.method, lanes_, precision_);
    }
}

/// Of all that are in the lanes.
Settings<CourseModel> ManyCourses::settings() const {
    auto out = settings_of(tolerances_);
    if (precision_ == Precision::full) return out;
    for (double& absolute : out.absolute) absolute = std::max(absolute, least_absolute_single);
    return out;
}

/// Makes sure that the slot holds a member that is not yet under way.
bool ManyCourses::fetch(Slot& slot) {
    if (!slot.is_free) return true;
    if (!desk_.next(slot.member, slot.course.plan)) return false;
    auto& plan = slot.course.plan;
    if (precision_ == Precision::single) require_screenable(plan);
    plan.outputs = days_for(reductions_, plan.duration);
    plan.grid.estimate_error = false;
    slot.is_free = false;
    return true;
}

/// Whether a course may share the lanes that are under way.
bool ManyCourses::fits(const Plan& plan) const {
    return plan.fidelity == Fidelity::lumped && plan.relative == tolerances_.relative &&
           plan.absolute == tolerances_.absolute && plan.method == tolerances_.method;
}

void ManyCourses::prepare(Slot& slot) {
    begin_course(slot.course);
    set_legs(slot.legs, slot.course.plan);
}

bool ManyCourses::next(Member<CourseModel>& member) {
    std::uint32_t zone = 0;
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        auto& slot = slots_[i];
        if (slot->is_free) {
            if (!fetch(*next_) || !fits(next_->course.plan)) continue;
            std::swap(slot, next_);
            prepare(*slot);
            slot->lumped.begin(slot->course, slot->legs, needs_of(slot->course.plan).watched);
        }
        if (!slot->lumped.next(member, zone)) continue;
        member.id = i * LumpedCourse::most_zones + zone;
        return true;
    }
    return false;
}

void ManyCourses::finish(const Member<CourseModel>& member, const Outcome& outcome, const CourseStates& y) {
    Slot& slot = *slots_[member.id / LumpedCourse::most_zones];
    slot.lumped.arrive(member.id % LumpedCourse::most_zones, outcome, y);
    if (slot.lumped.is_finished()) finish(slot);
}

void ManyCourses::follow_alone(Slot& slot) {
    prepare(slot);
    follow(slot.course, slot.legs, [this](double) { return !desk_.is_stopped(); });
    finish(slot);
}

void ManyCourses::finish(Slot& slot) {
    Course& course = slot.course;
    auto& outcome = course.treated.outcome;
    values_.clear();
    if (outcome.status == Status::done) {
        const auto start = slot.legs.twin.means.at<CourseStates>(slot.legs.twin.slots().begin());
        const CourseReader reader(course.plan, course.coefficients, course.injuries, start, wanted_,
                                  needs_of(course.plan).needs);
        reader.read(slot.legs.treated, slot.treated);
        reader.read({&slot.legs.twin, 1}, slot.twin);
        if (looks_along_twin_) places_.look_at(slot.legs);
        for (const auto& reduction : reductions_) {
            const auto value = reduced(reduction, slot.treated, slot.twin, places_);
            if (!value) outcome.status = Status::not_finite;
            else values_.push_back(*value);
        }
    }
    desk_.finish(slot.member, course, outcome.status == Status::done ? values_ : std::span<const double>{});
    slot.is_free = true;
}

const ManyCourses::NeedsOf& ManyCourses::needs_of(const Plan& plan) {
    const auto known = std::ranges::find_if(needs_, [&](const NeedsOf& needs) {
        return needs.site == plan.skin.site && needs.has_sessions == !plan.sessions.empty();
    });
    if (known != needs_.end()) return *known;
    needs_.push_back({plan.skin.site, !plan.sessions.empty(), cicatrix::needs_of(plan, wanted_), {}});
    auto& fresh = needs_.back();
    for (std::size_t i = 0; i < fresh.needs.states.size(); ++i)
        if (fresh.needs.states[i]) fresh.watched.push_back(i);
    return fresh;
}

}  // namespace cicatrix
