// The door to the compiled solver of a unit cell round a channel: the long template instantiations stand in one
// translation unit for each method, which is compiled for several instruction sets.
#pragma once
#include <memory>

#include "cicatrix/course/depth_kernel.hpp"
#include "cicatrix/numeric/instruction_set.hpp"
#include "cicatrix/solver/ring_step.hpp"

namespace cicatrix {

using UnitCell = RingTissue<CourseModel>;
using UnitCellStates = RingStates<CourseModel>;
using UnitCellVoyage = RingVoyage<CourseModel>;

/// Follows one unit cell, whose states live as in the dermis in depth.
class ChannelSolver {
  public:
    virtual ~ChannelSolver() = default;
    virtual Outcome travel(UnitCellStates& y, const UnitCellVoyage& voyage) = 0;
    /// What all voyages so far took.
    virtual LinearWork work() const = 0;
};

template <InstructionSet> std::unique_ptr<ChannelSolver> channel_by_rodas5p(UnitCell&, const Settings<CourseModel>&);
template <InstructionSet> std::unique_ptr<ChannelSolver> channel_by_rodas4(UnitCell&, const Settings<CourseModel>&);

/// The solver for the instruction set in use.
std::unique_ptr<ChannelSolver> channel_solver(UnitCell& cell, const Settings<CourseModel>& settings, Method method);

namespace detail {
template <class Method> class ChannelBy final : public ChannelSolver {
  public:
    ChannelBy(UnitCell& cell, const Settings<CourseModel>& settings) : solver_(cell, settings) {}
    Outcome travel(UnitCellStates& y, const UnitCellVoyage& voyage) override { return solver_.travel(y, voyage); }
    LinearWork work() const override { return solver_.step().work(); }

  private:
    RingDiffusion<Method, CourseModel, depth::layout> solver_;
};
}  // namespace detail

}  // namespace cicatrix
