// The integrator of courses by Rodas5P in one lane, compiled here alone.
#include "cicatrix/course/kernel.hpp"
#include "cicatrix/solver/integrate.hpp"
#include "cicatrix/solver/rodas5p.hpp"

namespace cicatrix {

template <> void integrate_by_rodas5p<compiled_for, 1>(CourseQueue& queue, const Settings<CourseModel>& settings) {
    integrate<Rodas5P, CourseModel, LanesOf<1>>(queue, settings);
}

}  // namespace cicatrix
