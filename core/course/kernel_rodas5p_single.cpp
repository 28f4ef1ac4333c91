// The integrator of courses by Rodas5P in single precision, compiled here alone: by itself, and in as many lanes as fit.
#include "cicatrix/course/kernel.hpp"
#include "cicatrix/solver/integrate.hpp"
#include "cicatrix/solver/rodas5p.hpp"

namespace cicatrix {

template <>
void integrate_in_single_by_rodas5p<compiled_for, 1>(CourseQueue& queue, const Settings<CourseModel>& settings) {
    integrate<Rodas5P, CourseModel, LanesOf<1, float>>(queue, settings);
}

#if !defined(CICATRIX_SCALAR_ONLY) && defined(__GNUC__)
template <>
void integrate_in_single_by_rodas5p<compiled_for, natural_single_lanes<compiled_for>>(
    CourseQueue& queue, const Settings<CourseModel>& settings) {
    integrate<Rodas5P, CourseModel, LanesOf<natural_single_lanes<compiled_for>, float>>(queue, settings);
}
#endif

}  // namespace cicatrix
