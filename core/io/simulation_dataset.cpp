// Every name, unit and meaning comes from the tables of the model.
#include "cicatrix/io/simulation_dataset.hpp"

namespace cicatrix {
namespace {

using detail::column, detail::described;

template <class M> std::string joined_faults() {
    std::string text;
    if constexpr (requires { M::faults; })
        for (const std::string_view fault : M::faults) text += (text.empty() ? "" : "\n") + std::string(fault);
    return text;
}

template <class M> constexpr std::string_view unit_of_time() {
    if constexpr (requires { M::time_unit; }) return M::time_unit;
    else return "d";
}

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
    constexpr std::string_view unit = unit_of_time<M>();
    Group root;
    root.attributes = detail::provenance_attributes(from, M::id);
    if constexpr (requires { M::source; }) root.attributes.emplace_back("references", std::string(M::source));
    root.attributes.emplace_back("faults_of_the_source", joined_faults<M>());
    root.attributes.emplace_back("rtol", simulation.plan.relative);
    root.attributes.emplace_back("atol", simulation.plan.absolute);
    root.dimensions = {{"time", simulation.rows.size()}, {"parameter", M::parameters.size()}};
    auto time = described("time", unit);
    time.emplace_back("axis", std::string("T"));
    root.variables.push_back({"time", {"time"}, simulation.plan.outputs, std::move(time)});
    for (std::size_t i = 0; i < M::states.size(); ++i)
        root.variables.push_back({std::string(M::states[i].name),
                                  {"time"},
                                  column(simulation.rows, [i](const auto& row) { return row[i]; }),
                                  described(M::states[i].meaning, M::states[i].unit)});
    add_events(root, simulation, unit);
    detail::add_outcome(root.variables, simulation.outcome, M::states[simulation.outcome.limiting_state].name, unit);
    detail::add_parameters(root.variables, M::parameters, simulation.plan.parameters, from.parameter_given);
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
