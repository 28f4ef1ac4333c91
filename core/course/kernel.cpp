// Chooses among the compiled integrators of courses.
#include "cicatrix/course/kernel.hpp"

namespace cicatrix {

void integrate_courses(CourseQueue& queue, const Settings<CourseModel>& settings, Method method) {
    detail::with_instruction_set([&]<InstructionSet set>() {
        method == Method::rodas5p ? integrate_by_rodas5p<set>(queue, settings)
                                  : integrate_by_rodas4<set>(queue, settings);
    });
}

}  // namespace cicatrix
