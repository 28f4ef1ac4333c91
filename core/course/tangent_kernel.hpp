// The door to the compiled integrator of one zone of a course in tangents.
#pragma once
#include <functional>

#include "cicatrix/course/kernel.hpp"
#include "cicatrix/solver/tangent_run.hpp"

namespace cicatrix {

using CourseTangents = StatesOf<CourseModel, Tangent>;

/// Is told the watched states at each output of a zone.
using TangentOutput = std::function<void(std::size_t i, const CourseTangents& y)>;

/// Where a zone has come to, with its rates there.
struct TangentArrival {
    Outcome outcome;
    CourseTangents last, rates;
};

/// Follows a zone with the instruction set in use. Rodas5P, whatever the method of a plan: derivatives are not compared
/// bit by bit.
void follow_in_tangents(const TangentMember<CourseModel>& member, const Settings<CourseModel>& settings,
                        const TangentOutput& output, TangentArrival& arrival);

template <InstructionSet>
void follow_in_tangents_by(const TangentMember<CourseModel>&, const Settings<CourseModel>&, const TangentOutput&,
                           TangentArrival&);

}  // namespace cicatrix
