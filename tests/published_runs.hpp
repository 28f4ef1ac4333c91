// Runs of one model of the list with the values of a variant, and single parameters or starts moved, for tests.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "cicatrix/course/simulation.hpp"
#include "rates_of.hpp"

namespace cicatrix::tests {

/// The variants of a model; none when it has one set of values.
template <class M> std::vector<Variant> variants_of() {
    if constexpr (requires { M::variants; }) return {M::variants.begin(), M::variants.end()};
    else return {};
}

/// Where an entry stands in its table; the size of the table when it has none of this name.
std::size_t place_in(const auto& table, std::string_view name) {
    const auto found = std::ranges::find(table, name, [](const auto& entry) { return entry.name; });
    return static_cast<std::size_t>(found - table.begin());
}

/// Writes a value over a parameter or over the start of a state.
template <class M> void move_to(SimulationPlan& plan, std::string_view name, double value) {
    const std::size_t parameter = place_in(M::parameters, name), state = place_in(M::states, name);
    if (parameter < M::parameters.size()) plan.parameters[parameter] = value;
    else if (state < M::states.size()) plan.initial[state] = value;
    else throw std::invalid_argument("the model has no " + std::string(name));
}

using Moves = std::initializer_list<Setting>;

/// A plan up to the last of the outputs; an empty variant is the model as it is.
template <class M> SimulationPlan plan_of(std::string_view variant, std::vector<double> outputs, Moves moves = {}) {
    const auto parameters = default_parameters<M>();
    SimulationPlan plan{.model = M::id,
                        .parameters = {parameters.begin(), parameters.end()},
                        .initial = std::vector<double>(M::states.size(), std::numeric_limits<double>::quiet_NaN()),
                        .outputs = outputs,
                        .duration = outputs.back(),
                        .relative = 1e-10,
                        .absolute = 1e-18};
    for (const Variant& candidate : variants_of<M>())
        if (candidate.name == variant)
            for (const auto& [name, value] : candidate.settings) move_to<M>(plan, name, value);
    for (const auto& [name, value] : moves) move_to<M>(plan, name, value);
    return plan;
}

inline std::vector<double> times_every(double step, double end) {
    std::vector<double> times;
    for (int i = 0; i * step < end * (1 - 1e-12); ++i) times.push_back(i * step);
    times.push_back(end);
    return times;
}

/// Runs a plan: a model of the list as it was compiled into the core, another one in the test that includes its run.
template <class M> Simulation simulated(const SimulationPlan& plan) {
    if constexpr (requires { M::title; }) return simulate(plan);
    else return Simulator<M>::run(plan, {});
}

/// A finished run and its states by name.
template <class M> class Followed {
  public:
    explicit Followed(const SimulationPlan& plan) : simulation_(simulated<M>(plan)) {
        INFO(M::id << " reached " << simulation_.outcome.time);
        REQUIRE(simulation_.outcome.status == Status::done);
    }
    Followed(std::string_view variant, std::vector<double> outputs, Moves moves = {})
        : Followed(plan_of<M>(variant, std::move(outputs), moves)) {}

    const std::vector<std::vector<double>>& rows() const { return simulation_.rows; }
    const std::vector<SimulationEvent>& events() const { return simulation_.events; }
    const std::vector<double>& times() const { return simulation_.plan.outputs; }
    std::vector<double> operator[](std::string_view state) const {
        std::vector<double> values;
        for (const auto& row : rows()) values.push_back(row.at(place_in(M::states, state)));
        return values;
    }
    double last(std::string_view state) const { return rows().back().at(place_in(M::states, state)); }
    double largest(std::string_view state) const { return std::ranges::max((*this)[state]); }
    double smallest(std::string_view state) const { return std::ranges::min((*this)[state]); }
    /// The states of the last row.
    StatesOf<M, double> end() const {
        StatesOf<M, double> y{};
        std::ranges::copy(rows().back(), y.begin());
        return y;
    }

  private:
    Simulation simulation_;
};

/// What the rates read in a plan, with the conditions as they are at the start.
template <class M> CoefficientsOf<M, double> coefficients_of(const SimulationPlan& plan) {
    ParametersOf<M, double> parameters{};
    std::ranges::copy(plan.parameters, parameters.begin());
    return coefficients_from<M>(parameters);
}

/// The same for a variant with moved values.
template <class M> CoefficientsOf<M, double> coefficients_of(std::string_view variant, Moves moves = {}) {
    return coefficients_of<M>(plan_of<M>(variant, {1.0}, moves));
}

/// One rate by the name of its state.
template <class M>
double rate_of(std::string_view state, const StatesOf<M, double>& y, const CoefficientsOf<M, double>& k) {
    return rates_of<M>(0.0, y, k)[place_in(M::states, state)];
}

template <class M> double parameter_of(const CoefficientsOf<M, double>& k, std::string_view name) {
    return k[place_in(M::parameters, name)];
}

inline bool never_rises(const std::vector<double>& values) {
    return std::ranges::is_sorted(values, std::ranges::greater_equal{}) ||
           std::ranges::adjacent_find(values, std::ranges::less{}) == values.end();
}

/// Every place between two bounds where a smooth function changes its sign, by bisection from a fine scan.
template <class Function> std::vector<double> roots_of(Function f, double low, double high, int cells = 20000) {
    std::vector<double> roots;
    const double step = (high - low) / cells;
    for (int i = 0; i < cells; ++i) {
        double a = low + i * step, b = a + step;
        const bool below = f(a) < 0;
        if (below == (f(b) < 0)) continue;
        for (int halving = 0; halving < 100; ++halving) ((f(0.5 * (a + b)) < 0) == below ? a : b) = 0.5 * (a + b);
        roots.push_back(0.5 * (a + b));
    }
    return roots;
}

}  // namespace cicatrix::tests
