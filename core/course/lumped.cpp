// Follows skin without space: one course alone, two zones at a time.
#include "cicatrix/course/kernel.hpp"
#include "cicatrix/course/lumped_course.hpp"

namespace cicatrix {
namespace {

class OneCourse final : public CourseQueue {
  public:
    OneCourse(Course& course, Legs& legs, const Progress& progress, const ZoneListener* listener)
        : progress_(progress) {
        lumped_.begin(course, legs, all_states<CourseModel>, listener);
    }
    bool next(Member<CourseModel>& member) override {
        std::uint32_t zone = 0;
        if (!lumped_.next(member, zone)) return false;
        member.id = zone;
        return true;
    }
    void event(const Member<CourseModel>&, std::size_t, CourseStates&) override {}
    void finish(const Member<CourseModel>& member, const Outcome& outcome, const CourseStates& y) override {
        lumped_.arrive(static_cast<std::uint32_t>(member.id), outcome, y);
    }
    bool stop_requested(double time) override {
        if (!progress_) return false;
        furthest_ = std::max(furthest_, lumped_.share_done(time));
        return !progress_(furthest_);
    }

    bool is_finished() const { return lumped_.is_finished(); }

  private:
    LumpedCourse lumped_;
    const Progress& progress_;
    double furthest_ = 0;
};

}  // namespace

Settings<CourseModel> settings_of(const Plan& plan) {
    Settings<CourseModel> settings;
    settings.relative = plan.relative;
    settings.absolute = Settings<CourseModel>::every(plan.absolute);
    return settings;
}

void follow_lumped(Course& course, Legs& legs, const Progress& progress, const ZoneListener* listener) {
    OneCourse queue(course, legs, progress, listener);
    integrate_courses(queue, settings_of(course.plan), course.plan.method, 2);
    const bool stopped = course.treated.outcome.status == Status::interrupted || !queue.is_finished();
    if (stopped || (progress && !progress(1))) course.treated.outcome.status = Status::interrupted;
}

void follow_lumped(Course& course, Legs& legs, const Progress& progress) {
    follow_lumped(course, legs, progress, nullptr);
}

}  // namespace cicatrix
