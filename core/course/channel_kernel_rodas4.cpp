// The solver of a unit cell round a channel by Rodas4, compiled here alone.
#include "cicatrix/course/channel_kernel.hpp"
#include "cicatrix/solver/rodas4.hpp"

namespace cicatrix {

template <>
std::unique_ptr<ChannelSolver> channel_by_rodas4<compiled_for>(UnitCell& cell, const Settings<CourseModel>& settings) {
    return std::make_unique<detail::ChannelBy<Rodas4>>(cell, settings);
}

}  // namespace cicatrix
