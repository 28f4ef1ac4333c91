// The integrator of courses by Rodas4, compiled here alone.
#include "cicatrix/course/kernel.hpp"
#include "cicatrix/solver/integrate.hpp"
#include "cicatrix/solver/rodas4.hpp"

namespace cicatrix {

void integrate_by_rodas4(CourseQueue& queue, const Settings<CourseModel>& settings) {
    integrate<Rodas4, CourseModel, CourseLanes>(queue, settings);
}

}  // namespace cicatrix
