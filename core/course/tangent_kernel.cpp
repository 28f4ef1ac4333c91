// The integrator of zones in tangents, compiled here alone.
#include "cicatrix/course/tangent_kernel.hpp"

#include <memory>

#include "cicatrix/solver/rodas5p.hpp"

namespace cicatrix {

template <>
void follow_in_tangents_by<compiled_for>(const TangentMember<CourseModel>& member,
                                         const Settings<CourseModel>& settings, const TangentOutput& output,
                                         TangentArrival& arrival) {
    const auto run = std::make_unique<TangentRun<Rodas5P, CourseModel>>(member, settings);
    arrival.outcome = run->run(output);
    arrival.last = run->last(), arrival.rates = run->last_rates();
}

}  // namespace cicatrix
