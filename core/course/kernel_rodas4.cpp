// The integrator of courses by Rodas4, compiled here alone: by itself, and in as many lanes as fit into a register.
#include "cicatrix/course/kernel.hpp"
#include "cicatrix/solver/integrate.hpp"
#include "cicatrix/solver/rodas4.hpp"

namespace cicatrix {

template <> void integrate_by_rodas4<compiled_for, 1>(CourseQueue& queue, const Settings<CourseModel>& settings) {
    integrate<Rodas4, CourseModel, double>(queue, settings);
}

#if !defined(CICATRIX_SCALAR_ONLY) && defined(__GNUC__)
template <>
void integrate_by_rodas4<compiled_for, natural_lanes<compiled_for>>(CourseQueue& queue,
                                                                    const Settings<CourseModel>& settings) {
    integrate<Rodas4, CourseModel, LanesOf<natural_lanes<compiled_for>>>(queue, settings);
}
#endif

}  // namespace cicatrix
