// The courses that one thread follows at a time: those without space share lanes, the others go one after another.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "cicatrix/course/kernel.hpp"
#include "cicatrix/course/series.hpp"
#include "cicatrix/ensemble/reduce.hpp"

namespace cicatrix {

/// Where members come from and where their numbers go.
class MemberDesk {
  public:
    virtual ~MemberDesk() = default;
    /// The next member and its plan; false when there are no more.
    virtual bool next(std::size_t& member, Plan& plan) = 0;
    /// `course` tells how it ended; `values` holds one number for each reduction, or nothing when the member failed.
    virtual void finish(std::size_t member, const Course& course, std::span<const double> values) = 0;
    /// True ends everything; what is under way is finished as interrupted.
    virtual bool is_stopped() const = 0;
};

class ManyCourses final : private CourseQueue {
  public:
    /// The first two must live as long. `lanes` and `precision` as in `integrate_courses`. `run` throws InputError at a
    /// member that single precision cannot carry: one in space, or with a smaller rtol than least_relative_single.
    ManyCourses(MemberDesk& desk, std::span<const Reduction> reductions, int lanes,
                Precision precision = Precision::full);
    ~ManyCourses() override;

    /// Until the desk has no more members.
    void run();

  private:
    struct Slot;
    struct NeedsOf;

    bool next(Member<CourseModel>& member) override;
    void event(const Member<CourseModel>&, std::size_t, CourseStates&) override {}
    void finish(const Member<CourseModel>& member, const Outcome& outcome, const CourseStates& y) override;
    bool stop_requested(double) override { return desk_.is_stopped(); }

    bool fetch(Slot& slot);
    bool fits(const Plan& plan) const;
    Settings<CourseModel> settings() const;
    void prepare(Slot& slot);
    void follow_alone(Slot& slot);
    void finish(Slot& slot);
    const NeedsOf& needs_of(const Plan& plan);

    MemberDesk& desk_;
    std::span<const Reduction> reductions_;
    int lanes_;
    Precision precision_;
    Wanted wanted_;
    std::vector<std::unique_ptr<Slot>> slots_;  ///< a course each; more than lanes, so that none ever waits
    std::unique_ptr<Slot> next_;                ///< fetched, but not yet under way
    Plan tolerances_;                           ///< whose tolerances and method all in the lanes share
    std::vector<NeedsOf> needs_;
    TwinPlaces places_;
    bool looks_along_twin_ = false;  ///< some reduction compares treated skin and twin
    std::vector<double> values_;
};

}  // namespace cicatrix
