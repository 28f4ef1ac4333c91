// The door to the compiled integrators of courses: members come and go through a queue known at run time, so that the
// long template instantiations stand in one translation unit for each method, which is compiled for several instruction
// sets.
#pragma once
#include "cicatrix/course/course.hpp"
#include "cicatrix/numeric/instruction_set.hpp"

namespace cicatrix {

/// A queue of course members (see MemberQueue for what each call means).
class CourseQueue {
  public:
    virtual ~CourseQueue() = default;
    virtual bool next(Member<CourseModel>& member) = 0;
    virtual void output(const Member<CourseModel>& member, std::size_t i, const CourseStates& y) = 0;
    virtual void event(const Member<CourseModel>& member, std::size_t i, CourseStates& y) = 0;
    virtual void finish(const Member<CourseModel>& member, const Outcome& outcome, const CourseStates& y) = 0;
    virtual bool stop_requested(double time) = 0;
};

template <InstructionSet> void integrate_by_rodas5p(CourseQueue&, const Settings<CourseModel>&);
template <InstructionSet> void integrate_by_rodas4(CourseQueue&, const Settings<CourseModel>&);

/// Integrates with the instruction set in use.
void integrate_courses(CourseQueue& queue, const Settings<CourseModel>& settings, Method method);

/// Two lanes: a course and its twin.
using CourseLanes = LanesOf<has_vector_lanes ? 2 : 1>;

}  // namespace cicatrix
