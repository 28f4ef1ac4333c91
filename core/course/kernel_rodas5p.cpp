// The integrator of courses by Rodas5P, compiled here alone.
#include "cicatrix/course/kernel.hpp"
#include "cicatrix/solver/integrate.hpp"
#include "cicatrix/solver/rodas5p.hpp"

namespace cicatrix {

template <> void integrate_by_rodas5p<compiled_for>(CourseQueue& queue, const Settings<CourseModel>& settings) {
    integrate<Rodas5P, CourseModel, CourseLanes>(queue, settings);
}

}  // namespace cicatrix
