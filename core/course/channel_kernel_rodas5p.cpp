// The solver of a unit cell round a channel by Rodas5P, compiled here alone.
#include "cicatrix/course/channel_kernel.hpp"
#include "cicatrix/solver/rodas5p.hpp"

namespace cicatrix {

template <>
std::unique_ptr<ChannelSolver> channel_by_rodas5p<compiled_for>(UnitCell& cell, const Settings<CourseModel>& settings) {
    return std::make_unique<detail::ChannelBy<Rodas5P>>(cell, settings);
}

}  // namespace cicatrix
