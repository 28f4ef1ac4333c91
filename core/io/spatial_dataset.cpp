// Every name, unit and meaning comes from the tables of the model and of its space.
#include "cicatrix/io/spatial_dataset.hpp"

#include "cicatrix/base/error.hpp"
#include "cicatrix/io/model_run_parts.hpp"

namespace cicatrix {
namespace {

using detail::described;

/// Attributes of a number that depends on how fine the cells are.
Attributes with_grid_error(Attributes attributes, const GridError& found) {
    if (found.error == found.error) attributes.emplace_back("grid_error", found.error);
    if (found.order == found.order) attributes.emplace_back("grid_order", found.order);
    attributes.emplace_back("grid_error_comment",
                            std::string("grid_error, in the unit of the variable: the largest difference to half the "
                                        "cells over 2^order - 1, with the order that a quarter of the cells shows "
                                        "(grid_order) taken between 1/2 and 2, and no less than the difference where "
                                        "the order is below 3/2; none where it cannot be told"));
    return attributes;
}

void add_positions(Group& root, const GridRun& run, const Space& space) {
    auto position = described("distance from the middle of the wound, centres of cells", space.unit);
    position.emplace_back("axis", std::string("X"));
    root.variables.push_back({"position", {"position"}, run.centres, std::move(position)});
    std::vector<double> widths;
    for (std::size_t j = 0; j < run.cells(); ++j) widths.push_back(run.faces[j + 1] - run.faces[j]);
    root.variables.push_back(
        {"cell_width", {"position"}, std::move(widths), described("width of the cell", space.unit)});
}

template <class M> void add_states(Group& root, const SpatialSimulation& simulation) {
    const std::size_t cells = simulation.run.cells();
    for (std::size_t i = 0; i < M::states.size(); ++i) {
        std::vector<double> values;
        for (const auto& row : simulation.run.rows) {
            const auto first = row.begin() + static_cast<std::ptrdiff_t>(i * cells);
            values.insert(values.end(), first, first + static_cast<std::ptrdiff_t>(cells));
        }
        auto attributes = with_grid_error(described(M::states[i].meaning, M::states[i].unit),
                                          simulation.states.empty() ? GridError{} : simulation.states[i]);
        root.variables.push_back(
            {std::string(M::states[i].name), {"time", "position"}, std::move(values), std::move(attributes)});
    }
}

template <class M> void add_front(Group& root, const SpatialSimulation& simulation, std::string_view time_unit) {
    if constexpr (requires { M::front; }) {
        const std::string level = shortest_text(M::front.level);
        auto place = described("how far from the middle the wound reaches: outermost place with " +
                                   std::string(M::front.state) + " at " + level + ", 0 when healed",
                               simulation.space.unit);
        root.variables.push_back(
            {"front_position", {"time"}, simulation.run.fronts, with_grid_error(std::move(place), simulation.front)});
        auto healed =
            described("first time at which " + std::string(M::front.meaning) + "; missing: not yet", time_unit);
        healed.emplace_back("front_state", std::string(M::front.state));
        healed.emplace_back("front_level", M::front.level);
        root.variables.push_back({"healing_time",
                                  {},
                                  std::vector<double>{simulation.run.healing_time},
                                  with_grid_error(std::move(healed), simulation.healing_time)});
    }
}

template <class M> Group dataset_of_model(const SpatialSimulation& simulation, const Provenance& from) {
    const auto& plan = simulation.plan.simulation;
    Group root = detail::start_of_dataset<M>(plan, from);
    root.dimensions.emplace_back("position", simulation.run.cells());
    root.attributes.emplace_back("space", std::string(simulation.space.name));
    root.attributes.emplace_back("space_meaning", std::string(simulation.space.meaning));
    root.attributes.emplace_back("cells", static_cast<std::int32_t>(simulation.run.cells()));
    add_positions(root, simulation.run, simulation.space);
    add_states<M>(root, simulation);
    add_front<M>(root, simulation, detail::unit_of_time<M>());
    detail::end_dataset<M>(root, plan, simulation.run.outcome, from);
    return root;
}

}  // namespace

Group dataset_of(const SpatialSimulation& simulation, const Provenance& provenance) {
    Group root;
    with_model(simulation.plan.simulation.model, [&]<class M>(M) {
        if constexpr (requires { M::spaces; }) root = dataset_of_model<M>(simulation, provenance);
    });
    return root;
}

}  // namespace cicatrix
