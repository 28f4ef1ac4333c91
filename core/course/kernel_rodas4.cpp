// The integrator of courses by Rodas4, compiled here alone.
#include "cicatrix/course/kernel.hpp"
#include "cicatrix/solver/integrate.hpp"
#include "cicatrix/solver/rodas4.hpp"

namespace cicatrix {

template <> void integrate_by_rodas4<compiled_for>(CourseQueue& queue, const Settings<CourseModel>& settings) {
    integrate<Rodas4, CourseModel, CourseLanes>(queue, settings);
}

}  // namespace cicatrix
