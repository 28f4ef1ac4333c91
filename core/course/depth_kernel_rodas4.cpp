// The solver of the dermis in depth by Rodas4, compiled here alone.
#include "cicatrix/course/depth_kernel.hpp"
#include "cicatrix/solver/rodas4.hpp"

namespace cicatrix {

template <>
std::unique_ptr<DermisSolver> dermis_by_rodas4<compiled_for>(Dermis& dermis, const Settings<CourseModel>& settings) {
    return std::make_unique<detail::DermisBy<Rodas4>>(dermis, settings);
}

}  // namespace cicatrix
