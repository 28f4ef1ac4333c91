// Checks the grid against the fidelity.
#include "cicatrix/scenario/grid.hpp"

namespace cicatrix {
namespace {

void refuse(Draft& draft, std::string_view key) {
    if (const Node* node = draft[key].node; node != nullptr)
        draft.findings().add(
            node->place, std::string(key),
            {"E-CONFLICT", "a course without space has no grid", "leave it out, or write fidelity = \"depth\""});
}

}  // namespace

void read_grid(Draft& draft) {
    const auto& fidelity = draft["simulation.fidelity"].value;
    if (!fidelity) return;  // an unusable one is reported as such
    if (fidelity->node.words == choice::fidelities[0]) {
        for (const auto key : {"simulation.cells", "simulation.grid_error"}) refuse(draft, key);
        return;
    }
    draft.set_fallback(key_of("simulation.cells"), std::to_string(CourseGrid{}.cells), "default of courses in space");
    draft.set_fallback(key_of("simulation.grid_error"), "true", "default of courses in space");
}

}  // namespace cicatrix
