// Chooses among the compiled solvers of a unit cell.
#include "cicatrix/course/channel_kernel.hpp"

namespace cicatrix {

std::unique_ptr<ChannelSolver> channel_solver(UnitCell& cell, const Settings<CourseModel>& settings, Method method) {
    return detail::with_instruction_set([&]<InstructionSet set>() {
        return method == Method::rodas5p ? channel_by_rodas5p<set>(cell, settings)
                                         : channel_by_rodas4<InstructionSet::baseline>(cell, settings);
    });
}

}  // namespace cicatrix
