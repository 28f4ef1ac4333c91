// A tissue in one dimension followed through time: a line of cells with its sheet, all states of a step solved for
// together.
#pragma once
#include "cicatrix/solver/cell_step.hpp"
#include "cicatrix/solver/method_of_lines.hpp"

namespace cicatrix {

/// When a tissue is asked or disturbed.
template <Model M> using TissueVoyage = VoyageOf<Tissue<M>, CellStates<M>>;

template <class Method, Model M, Layout layout> using ReactionDiffusion = MethodOfLines<CellStep<Method, M, layout>>;

}  // namespace cicatrix
