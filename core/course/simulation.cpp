// Finds the compiled run of a model by its id.
#include "cicatrix/course/simulation.hpp"

#include <stdexcept>
#include <string>

namespace cicatrix {

Simulation simulate(const SimulationPlan& plan, const std::function<bool(double)>& progress) {
    Simulation simulation;
    const bool known =
        with_model(plan.model, [&](auto model) { simulation = Simulator<decltype(model)>::run(plan, progress); });
    if (!known) throw std::invalid_argument("no model has the id " + std::string(plan.model));
    return simulation;
}

}  // namespace cicatrix
