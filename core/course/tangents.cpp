// Chooses among the compiled integrators in tangents.
#include "cicatrix/course/tangent_kernel.hpp"

namespace cicatrix {

void follow_in_tangents(const TangentMember<CourseModel>& member, const Settings<CourseModel>& settings,
                        const TangentOutput& output, TangentArrival& arrival) {
    detail::with_instruction_set(
        [&]<InstructionSet set>() { follow_in_tangents_by<set>(member, settings, output, arrival); });
}

}  // namespace cicatrix
