// Chooses among the compiled solvers of the dermis in depth.
#include "cicatrix/course/depth_kernel.hpp"

namespace cicatrix {

std::unique_ptr<DermisSolver> dermis_solver(Dermis& dermis, const Settings<CourseModel>& settings, Method method) {
    return detail::with_instruction_set([&]<InstructionSet set>() {
        return method == Method::rodas5p ? dermis_by_rodas5p<set>(dermis, settings)
                                         : dermis_by_rodas4<InstructionSet::baseline>(dermis, settings);
    });
}

}  // namespace cicatrix
