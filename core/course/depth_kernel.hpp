// The door to the compiled solver of the dermis in depth: the long template instantiations stand in one translation
// unit for each method, which is compiled for several instruction sets.
#pragma once
#include <memory>

#include "cicatrix/course/course.hpp"
#include "cicatrix/numeric/instruction_set.hpp"
#include "cicatrix/solver/reaction_diffusion.hpp"

namespace cicatrix {

using Dermis = Tissue<CourseModel>;
using DermisStates = CellStates<CourseModel>;
using DermisVoyage = TissueVoyage<CourseModel>;

namespace depth {
/// Signals and cells move, the matrix, clot and vessels stay, cover, barrier and pigment belong to the epidermal sheet.
inline constexpr Layout layout{
    states_named<CourseModel>({"damage_signals", "neutrophils", "macrophages_m1", "macrophages_m2", "il10",
                               "tgf_beta1_latent", "tgf_beta1_active", "tgf_beta3", "pdgf", "vegf", "fibroblasts",
                               "myofibroblasts", "mmp", "timp"}),
    states_named<CourseModel>({"epidermal_cover", "barrier", "melanin"})};
}  // namespace depth

/// Follows one dermis.
class DermisSolver {
  public:
    virtual ~DermisSolver() = default;
    virtual Outcome travel(DermisStates& y, const DermisVoyage& voyage) = 0;
};

template <InstructionSet> std::unique_ptr<DermisSolver> dermis_by_rodas5p(Dermis&, const Settings<CourseModel>&);
template <InstructionSet> std::unique_ptr<DermisSolver> dermis_by_rodas4(Dermis&, const Settings<CourseModel>&);

/// The solver for the instruction set in use.
std::unique_ptr<DermisSolver> dermis_solver(Dermis& dermis, const Settings<CourseModel>& settings, Method method);

namespace detail {
template <class Method> class DermisBy final : public DermisSolver {
  public:
    DermisBy(Dermis& dermis, const Settings<CourseModel>& settings) : solver_(dermis, settings) {}
    Outcome travel(DermisStates& y, const DermisVoyage& voyage) override { return solver_.travel(y, voyage); }

  private:
    ReactionDiffusion<Method, CourseModel, depth::layout> solver_;
};
}  // namespace detail

}  // namespace cicatrix
