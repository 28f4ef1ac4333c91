// What the data sets of runs of published models share, with space and without.
#pragma once
#include <string>
#include <string_view>

#include "cicatrix/course/simulation.hpp"
#include "cicatrix/io/dataset_parts.hpp"

namespace cicatrix::detail {

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

/// Attributes, and the dimension and coordinate of time.
template <class M> Group start_of_dataset(const SimulationPlan& plan, const Provenance& from) {
    Group root;
    root.attributes = provenance_attributes(from, M::id);
    if constexpr (requires { M::source; }) root.attributes.emplace_back("references", std::string(M::source));
    root.attributes.emplace_back("faults_of_the_source", joined_faults<M>());
    root.attributes.emplace_back("rtol", plan.relative);
    root.attributes.emplace_back("atol", plan.absolute);
    root.dimensions = {{"time", plan.outputs.size()}, {"parameter", M::parameters.size()}};
    auto time = described("time", unit_of_time<M>());
    time.emplace_back("axis", std::string("T"));
    root.variables.push_back({"time", {"time"}, plan.outputs, std::move(time)});
    return root;
}

/// How the integration ended, and the parameters.
template <class M>
void end_dataset(Group& root, const SimulationPlan& plan, const Outcome& outcome, const Provenance& from) {
    add_outcome(root.variables, outcome, M::states[outcome.limiting_state].name, unit_of_time<M>());
    add_parameters(root.variables, M::parameters, plan.parameters, from.parameter_given);
}

}  // namespace cicatrix::detail
