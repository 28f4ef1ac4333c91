// The treated skin and its twin travel in two lanes of one integration.
#include "cicatrix/course/course.hpp"

#include <array>
#include <limits>

#include "cicatrix/base/error.hpp"
#include "cicatrix/course/kernel.hpp"

namespace cicatrix {
namespace {

constexpr double days_per_year = 365.25;

CourseStates missing() { return Settings<CourseModel>::every(std::numeric_limits<double>::quiet_NaN()); }

/// The one member that ages home skin up to the age at which a course begins.
class AgeingSkin : public CourseQueue {
  public:
    AgeingSkin(const CourseCoefficients& k, double years) : k_(k), years_(years) {}
    bool next(Member<CourseModel>& member) override {
        if (given_) return false;
        given_ = true;
        member.initial = CourseModel::home(k_);
        member.coefficients = k_;
        member.end = years_ * days_per_year;
        return true;
    }
    void output(const Member<CourseModel>&, std::size_t, const CourseStates&) override {}
    void event(const Member<CourseModel>&, std::size_t, CourseStates&) override {}
    void finish(const Member<CourseModel>&, const Outcome& outcome, const CourseStates& y) override {
        outcome_ = outcome, aged_ = y;
    }
    bool stop_requested(double) override { return false; }

    const Outcome& outcome() const { return outcome_; }
    const CourseStates& aged() const { return aged_; }

  private:
    CourseCoefficients k_;
    double years_;
    bool given_ = false;
    Outcome outcome_;
    CourseStates aged_{};
};

/// Member 0 is treated, member 1 its twin.
class Pair : public CourseQueue {
  public:
    Pair(Course& course, const CourseStates& start, const Progress& progress)
        : course_(course), start_(start), progress_(progress) {
        for (const auto& session : course.plan.sessions) session_times_.push_back(session.at);
        for (auto* trajectory : {&course.treated, &course.untreated})
            trajectory->rows.assign(course.plan.outputs.size(), missing());
    }
    bool next(Member<CourseModel>& member) override {
        if (given_ == 2) return false;
        member.id = given_++;
        member.initial = start_;
        member.coefficients = course_.coefficients;
        member.end = course_.plan.duration;
        member.outputs = course_.plan.outputs;
        if (member.id == 0) member.events = session_times_;
        return true;
    }
    void output(const Member<CourseModel>& member, std::size_t i, const CourseStates& y) override {
        of(member).rows[i] = y;
        if (member.id == 0) passed_ = course_.plan.outputs[i];
    }
    void event(const Member<CourseModel>& member, std::size_t i, CourseStates& y) override {
        passed_ = session_times_[i];
        y = CourseModel::injure(y, member.coefficients, course_.plan.sessions[i].injury);
    }
    void finish(const Member<CourseModel>& member, const Outcome& outcome, const CourseStates&) override {
        of(member).outcome = outcome;
        if (outcome.status != Status::done) of(member).rows.assign(of(member).rows.size(), missing());
    }
    bool stop_requested(double) override { return progress_ && !progress_(passed_ / course_.plan.duration); }

  private:
    Trajectory& of(const Member<CourseModel>& member) { return member.id == 0 ? course_.treated : course_.untreated; }

    Course& course_;
    const CourseStates& start_;
    const Progress& progress_;
    std::vector<double> session_times_;
    std::size_t given_ = 0;
    double passed_ =
        0;  // last output or session of the treated skin, d; the twin runs ahead and would hide what is left
};

CourseCoefficients coefficients_of(const Plan& plan, double age, Ageing ageing) {
    auto k = coefficients_from<CourseModel>(plan.parameters);
    set_coefficient<"age", CourseModel>(k, age);
    set_coefficient<"ageing_rate", CourseModel>(k, ageing == Ageing::drift ? 1.0 : 0.0);
    set_coefficient<"uv", CourseModel>(k, plan.uv);
    return k;
}

}  // namespace

Course run_course(const Plan& plan, const Progress& progress) {
    Course course{plan, coefficients_of(plan, plan.age, plan.ageing), {}, {}};
    Settings<CourseModel> settings;
    settings.relative = plan.relative;
    settings.most_steps += 20'000 * plan.sessions.size();  // each session starts afresh with small steps
    settings.absolute = Settings<CourseModel>::every(plan.absolute);

    CourseStates start = CourseModel::home(course.coefficients);
    const double onset = get<"ageing_onset">(course.coefficients);
    if (plan.age > onset) {
        AgeingSkin ageing(coefficients_of(plan, onset, Ageing::drift), plan.age - onset);
        integrate_courses(ageing, settings, plan.method);
        if (ageing.outcome().status != Status::done) {
            Outcome failed = ageing.outcome();
            failed.time = 0;  // the course itself never began
            for (auto* trajectory : {&course.treated, &course.untreated})
                *trajectory = {std::vector<CourseStates>(plan.outputs.size(), missing()), failed};
            return course;
        }
        start = ageing.aged();
    }
    Pair pair(course, start, progress);
    integrate_courses(pair, settings, plan.method);
    if (course.treated.outcome.status == Status::interrupted || course.untreated.outcome.status == Status::interrupted)
        throw Interrupted();
    return course;
}

}  // namespace cicatrix
