// A run of any model of the list, as published: its states over time, its stops and located events.
#pragma once
#include <functional>
#include <string_view>
#include <vector>

#include "cicatrix/models/all.hpp"
#include "cicatrix/solver/member.hpp"

namespace cicatrix {

/// What to run. Times are in the model's own time unit.
struct SimulationPlan {
    std::string_view model;
    std::vector<double> parameters;  ///< in the model's order
    std::vector<double> initial;     ///< in the order of states; NaN: the model's own
    std::vector<double> outputs;     ///< ascending
    double duration = 0;
    double relative = 1e-6, absolute = 1e-12;
};

/// An event at which something jumped.
struct SimulationEvent {
    double time = 0;
    bool located = false;  ///< by the change of sign of the model's guard; else planned
};

struct Simulation {
    SimulationPlan plan;
    std::vector<std::vector<double>> rows;  ///< states at the outputs; on the time of a stop the state before it
    std::vector<SimulationEvent> events;
    Outcome outcome;  ///< every row is NaN when it failed
};

/// Runs a model. Throws std::invalid_argument for an unknown one, Interrupted when `progress` says so.
Simulation simulate(const SimulationPlan& plan, const std::function<bool(double)>& progress = {});

/// The model that has this id.
template <Name id, class List = Models> struct ModelNamed;
template <Name id, class First, class... Rest> struct ModelNamed<id, std::tuple<First, Rest...>> {
    using type = typename std::conditional_t<First::id == std::string_view(id), std::type_identity<First>,
                                             ModelNamed<id, std::tuple<Rest...>>>::type;
};

/// Compiled in a translation unit for each model; see core/CMakeLists.txt.
template <class M> struct Simulator {
    static Simulation run(const SimulationPlan& plan, const std::function<bool(double)>& progress);
};

}  // namespace cicatrix
