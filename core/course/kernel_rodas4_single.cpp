// The integrator of courses by Rodas4 in single precision, compiled here alone: by itself, and in as many lanes as fit.
#include "cicatrix/course/kernel.hpp"
#include "cicatrix/solver/integrate.hpp"
#include "cicatrix/solver/rodas4.hpp"

namespace cicatrix {

template <>
void integrate_in_single_by_rodas4<compiled_for, 1>(CourseQueue& queue, const Settings<CourseModel>& settings) {
    integrate<Rodas4, CourseModel, LanesOf<1, float>>(queue, settings);
}

#if !defined(CICATRIX_SCALAR_ONLY) && defined(__GNUC__)
template <>
void integrate_in_single_by_rodas4<compiled_for, natural_single_lanes<compiled_for>>(
    CourseQueue& queue, const Settings<CourseModel>& settings) {
    integrate<Rodas4, CourseModel, LanesOf<natural_single_lanes<compiled_for>, float>>(queue, settings);
}
#endif

}  // namespace cicatrix
