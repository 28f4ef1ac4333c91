// The solver of the dermis in depth by Rodas5P, compiled here alone.
#include "cicatrix/course/depth_kernel.hpp"
#include "cicatrix/solver/rodas5p.hpp"

namespace cicatrix {

template <>
std::unique_ptr<DermisSolver> dermis_by_rodas5p<compiled_for>(Dermis& dermis, const Settings<CourseModel>& settings) {
    return std::make_unique<detail::DermisBy<Rodas5P>>(dermis, settings);
}

}  // namespace cicatrix
