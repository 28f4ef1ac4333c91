// Every name, unit and meaning comes from the tables of the model.
#include "cicatrix/io/simulation_dataset.hpp"

#include "cicatrix/io/model_run_parts.hpp"

namespace cicatrix {
namespace {

using detail::column, detail::described;

void add_events(Group& root, const Simulation& simulation, std::string_view unit) {
    if (simulation.events.empty()) return;
    root.dimensions.emplace_back("event", simulation.events.size());
    root.variables.push_back({"event_time",
                              {"event"},
                              column(simulation.events, [](const auto& event) { return event.time; }),
                              described("time at which something jumped", unit)});
    std::vector<std::int8_t> located;
    for (const auto& event : simulation.events) located.push_back(event.located ? 1 : 0);
    auto attributes = described("how the time of the event was found", "1");
    attributes.emplace_back("flag_values", std::vector<std::int8_t>{0, 1});
    attributes.emplace_back("flag_meanings", std::string("planned located"));
    root.variables.push_back({"event_kind", {"event"}, std::move(located), std::move(attributes)});
}

template <class M> Group dataset_of_model(const Simulation& simulation, const Provenance& from) {
    Group root = detail::start_of_dataset<M>(simulation.plan, from);
    for (std::size_t i = 0; i < M::states.size(); ++i)
        root.variables.push_back({std::string(M::states[i].name),
                                  {"time"},
                                  column(simulation.rows, [i](const auto& row) { return row[i]; }),
                                  described(M::states[i].meaning, M::states[i].unit)});
    add_events(root, simulation, detail::unit_of_time<M>());
    detail::end_dataset<M>(root, simulation.plan, simulation.outcome, from);
    return root;
}

}  // namespace

Group dataset_of(const Simulation& simulation, const Provenance& provenance) {
    Group root;
    with_model(simulation.plan.model,
               [&](auto model) { root = dataset_of_model<decltype(model)>(simulation, provenance); });
    return root;
}

}  // namespace cicatrix
