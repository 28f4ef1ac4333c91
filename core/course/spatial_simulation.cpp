// Finds the compiled run of a model in space by its id, and compares grids.
#include "cicatrix/course/spatial_simulation.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "cicatrix/numeric/functions.hpp"

namespace cicatrix {
namespace {

using Progress = std::function<bool(double)>;

GridRun run_on_grid(const SpatialPlan& plan, const Space& space, std::size_t cells, const Progress& progress) {
    GridRun run;
    with_model(plan.simulation.model, [&]<class M>(M) {
        if constexpr (requires { M::spaces; }) run = SpatialSimulator<M>::run(plan.simulation, space, cells, progress);
    });
    return run;
}

/// The values of a row at the centres of a coarser grid, by straight lines between its own.
double at_centre(const GridRun& fine, std::size_t output, std::size_t state, double place) {
    const auto after = std::ranges::lower_bound(fine.centres, place) - fine.centres.begin();
    const auto j = std::clamp<std::ptrdiff_t>(after, 1, static_cast<std::ptrdiff_t>(fine.cells()) - 1);
    const auto high = static_cast<std::size_t>(j), low = high - 1;
    const double part = (place - fine.centres[low]) / (fine.centres[high] - fine.centres[low]);
    return (1 - part) * fine.at(output, state, low) + part * fine.at(output, state, high);
}

double largest_difference(const GridRun& fine, const GridRun& coarse, std::size_t state) {
    double largest = 0;
    for (std::size_t t = 0; t < fine.rows.size(); ++t)
        for (std::size_t j = 0; j < coarse.cells(); ++j)
            largest =
                std::fmax(largest, std::abs(at_centre(fine, t, state, coarse.centres[j]) - coarse.at(t, state, j)));
    return largest;
}

double largest_difference(const std::vector<double>& one, const std::vector<double>& other) {
    double largest = 0;
    for (std::size_t i = 0; i < one.size(); ++i) largest = std::fmax(largest, std::abs(one[i] - other[i]));
    return largest;
}

void estimate(SpatialSimulation& simulation, const GridRun& half, const GridRun& quarter) {
    const GridRun& run = simulation.run;
    for (const GridRun* grid : {&run, &half, &quarter})
        if (grid->outcome.status != Status::done) return;
    for (std::size_t i = 0; i < simulation.states.size(); ++i)
        simulation.states[i] = grid_error(largest_difference(run, half, i), largest_difference(half, quarter, i));
    if (run.fronts.empty()) return;
    simulation.front =
        grid_error(largest_difference(run.fronts, half.fronts), largest_difference(half.fronts, quarter.fronts));
    simulation.healing_time =
        grid_error(std::abs(run.healing_time - half.healing_time), std::abs(half.healing_time - quarter.healing_time));
}

Space space_named(std::string_view model, std::string_view name) {
    for (const Space& space : spaces_of(model))
        if (space.name == name) return space;
    throw std::invalid_argument(std::string(model) + " has no space " + std::string(name));
}

std::size_t states_of(const GridRun& run) { return run.rows.empty() ? 0 : run.rows[0].size() / run.cells(); }

}  // namespace

std::vector<Space> spaces_of(std::string_view model) {
    std::vector<Space> spaces;
    const bool known = with_model(model, [&]<class M>(M) {
        if constexpr (requires { M::spaces; }) spaces.assign(M::spaces.begin(), M::spaces.end());
    });
    if (!known) throw std::invalid_argument("no model has the id " + std::string(model));
    return spaces;
}

GridError grid_error(double to_half, double half_to_quarter) {
    if (to_half == 0) return {0, std::numeric_limits<double>::quiet_NaN()};
    const double ratio = half_to_quarter / to_half;
    if (!(ratio > 0)) return {};
    constexpr double root_of_two = 1.4142135623730951;
    const double part = 1 / (std::clamp(ratio, root_of_two, 4.0) - 1);
    return {to_half * (ratio < 2 * root_of_two ? std::fmax(part, 1.0) : part), log(ratio) / log(2.0)};
}

SpatialSimulation simulate_in_space(const SpatialPlan& plan, const Progress& progress) {
    SpatialSimulation simulation{plan, space_named(plan.simulation.model, plan.space), {}, {}, {}, {}};
    auto& cells = simulation.plan.cells;
    if (cells == 0) cells = simulation.space.cells;
    // The work goes as the cells: four parts, two parts, one part.
    const auto part = [&](double from, double to) -> Progress {
        if (!progress) return {};
        return [=, &progress](double share) { return progress((from + (to - from) * share) / 7); };
    };
    simulation.run = run_on_grid(plan, simulation.space, cells, part(0, 4));
    simulation.states.resize(states_of(simulation.run));
    if (simulation.run.outcome.status != Status::done) return simulation;
    const GridRun half = run_on_grid(plan, simulation.space, cells / 2, part(4, 6));
    const GridRun quarter = run_on_grid(plan, simulation.space, cells / 4, part(6, 7));
    estimate(simulation, half, quarter);
    return simulation;
}

}  // namespace cicatrix
