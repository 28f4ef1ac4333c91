// The integrator of courses by Rodas5P in 8 lanes, compiled here alone.
#include "cicatrix/course/kernel.hpp"
#include "cicatrix/solver/integrate.hpp"
#include "cicatrix/solver/rodas5p.hpp"

namespace cicatrix {

#if !defined(CICATRIX_SCALAR_ONLY) && defined(__GNUC__) && (!defined(__AVX__) || defined(__AVX512F__))
template <> void integrate_by_rodas5p<compiled_for, 8>(CourseQueue& queue, const Settings<CourseModel>& settings) {
    integrate<Rodas5P, CourseModel, LanesOf<8>>(queue, settings);
}
#endif

}  // namespace cicatrix
