// The door to the compiled integrators of courses: members come and go through a queue known at run time, so that the
// long template instantiations stand in units of their own, which are compiled for several instruction sets.
#pragma once
#include "cicatrix/course/course.hpp"
#include "cicatrix/numeric/instruction_set.hpp"

namespace cicatrix {

/// A queue of course members (see MemberQueue for what each call means).
class CourseQueue {
  public:
    virtual ~CourseQueue() = default;
    virtual bool next(Member<CourseModel>& member) = 0;
    /// Of members without a record.
    virtual void output(const Member<CourseModel>&, std::size_t, std::span<const double>) {}
    virtual void event(const Member<CourseModel>& member, std::size_t i, CourseStates& y) = 0;
    virtual void finish(const Member<CourseModel>& member, const Outcome& outcome, const CourseStates& y) = 0;
    virtual bool stop_requested(double time) = 0;
};

/// What members are computed in: `full` is double precision; `single` is for screening, in lanes twice as wide, with an
/// error of a few millionths.
enum class Precision { full, single };

/// Integrates with the instruction set in use, `lanes` members at a time: 1, 2, 4 or 8, or 0 for as many as fit into a
/// register. Where there are no such lanes the next narrower ones are taken; no number depends on it. In single
/// precision there is one, or as many as fit, and settings have tolerances of least_relative_single and
/// least_absolute_single or more.
void integrate_courses(CourseQueue& queue, const Settings<CourseModel>& settings, Method method, int lanes,
                       Precision precision = Precision::full);

template <InstructionSet, int lanes> void integrate_by_rodas5p(CourseQueue&, const Settings<CourseModel>&);
template <InstructionSet, int lanes> void integrate_by_rodas4(CourseQueue&, const Settings<CourseModel>&);
template <InstructionSet, int lanes> void integrate_in_single_by_rodas5p(CourseQueue&, const Settings<CourseModel>&);
template <InstructionSet, int lanes> void integrate_in_single_by_rodas4(CourseQueue&, const Settings<CourseModel>&);

/// Members that fit into a register.
template <InstructionSet set>
inline constexpr int natural_lanes = set == InstructionSet::x86_64_v4   ? 8
                                     : set == InstructionSet::x86_64_v3 ? 4
                                                                        : 2;
/// Compiled are all widths for the baseline, elsewhere two lanes (for a course alone) and as many as fit.
template <InstructionSet set, int lanes>
inline constexpr bool has_kernel = set == InstructionSet::baseline || lanes == 2 || lanes == natural_lanes<set>;
template <InstructionSet set> inline constexpr int natural_single_lanes = has_vector_lanes ? 2 * natural_lanes<set> : 1;

}  // namespace cicatrix
