// The text of a model's run, included by the translation unit of each model only: from stop to stop, and from event to
// event inside.
#pragma once
#include <algorithm>
#include <limits>

#include "cicatrix/base/error.hpp"
#include "cicatrix/course/simulation.hpp"
#include "cicatrix/solver/integrate.hpp"
#include "cicatrix/solver/rodas5p.hpp"

namespace cicatrix {

namespace detail {

template <class M> StatesOf<M, double> home_of(const CoefficientsOf<M, double>& k) {
    if constexpr (requires { M::home(k); }) return M::home(k);
    else return {};
}

template <class M> std::vector<double> stops_of(const CoefficientsOf<M, double>& k) {
    std::vector<double> out;
    if constexpr (requires { M::stops(k); })
        for (const double stop : M::stops(k)) out.push_back(stop);
    return out;
}

/// One stretch between two stops.
template <class M> class SimulationQueue {
  public:
    SimulationQueue(Simulation& simulation, Member<M>& member, std::size_t first_output,
                    const std::function<bool(double)>& progress)
        : simulation_(simulation), member_(member), first_output_(first_output), progress_(progress) {}

    bool next(Member<M>& member) {
        if (given_) return false;
        member = member_;
        return given_ = true;
    }
    void output(const Member<M>&, std::size_t i, std::span<const double> states) {
        simulation_.rows[first_output_ + i].assign(states.begin(), states.end());
    }
    void event(const Member<M>&, std::size_t, StatesOf<M, double>&) {}
    void finish(const Member<M>& member, const Outcome& outcome, const StatesOf<M, double>& y) {
        member_.coefficients = member.coefficients;
        member_.initial = y;
        outcome_ = outcome;
    }
    bool stop_requested(double time) { return progress_ && !progress_(time / simulation_.plan.duration); }
    double guard(const Member<M>& member, double time, const StatesOf<M, double>& y) requires
        requires(CoefficientsOf<M, double>& k) {
        M::guard(time, y, k);
    }
    { return M::guard(time, y, member.coefficients); }
    void cross(Member<M>& member, double time, StatesOf<M, double>& y) requires requires(CoefficientsOf<M, double>& k) {
        M::cross(time, y, k);
    }
    {
        M::cross(time, y, member.coefficients);
        simulation_.events.push_back({time, true});
    }
    const Outcome& outcome() const { return outcome_; }

  private:
    Simulation& simulation_;
    Member<M>& member_;
    std::size_t first_output_;
    const std::function<bool(double)>& progress_;
    Outcome outcome_;
    bool given_ = false;
};

template <class M> Member<M> member_of(const SimulationPlan& plan) {
    ParametersOf<M, double> parameters = default_parameters<M>();
    std::ranges::copy_n(plan.parameters.begin(),
                        static_cast<std::ptrdiff_t>(std::min(plan.parameters.size(), parameters.size())),
                        parameters.begin());
    Member<M> member;
    member.coefficients = coefficients_from<M>(parameters);
    member.initial = home_of<M>(member.coefficients);
    for (std::size_t i = 0; i < std::min(plan.initial.size(), member.initial.size()); ++i)
        if (plan.initial[i] == plan.initial[i]) member.initial[i] = plan.initial[i];
    return member;
}

}  // namespace detail

template <class M>
Simulation Simulator<M>::run(const SimulationPlan& plan, const std::function<bool(double)>& progress) {
    Simulation simulation{plan, std::vector<std::vector<double>>(plan.outputs.size()), {}, {}};
    Member<M> member = detail::member_of<M>(plan);
    Settings<M> settings;
    settings.relative = plan.relative;
    settings.absolute = Settings<M>::every(plan.absolute);
    auto stops = detail::stops_of<M>(member.coefficients);
    std::erase_if(stops,
                  [&](double stop) { return !(stop < plan.duration); });  // ascending: the rest keep their numbers
    const auto before = static_cast<std::size_t>(std::ranges::lower_bound(stops, 0.0) - stops.begin());
    std::size_t output = 0;
    for (std::size_t s = before; s <= stops.size(); ++s) {
        member.begin = s > before ? stops[s - 1] : 0.0;
        member.end = s < stops.size() ? stops[s] : plan.duration;
        const auto last = std::ranges::upper_bound(plan.outputs, member.end) - plan.outputs.begin();
        member.outputs = std::span(plan.outputs).subspan(output, static_cast<std::size_t>(last) - output);
        detail::SimulationQueue<M> queue(simulation, member, output, progress);
        integrate<Rodas5P, M, double>(queue, settings);
        output = static_cast<std::size_t>(last);
        auto& sum = simulation.outcome;
        const Outcome& part = queue.outcome();
        sum.steps += part.steps, sum.rejected += part.rejected, sum.pivoted += part.pivoted;
        sum.status = part.status, sum.time = part.time, sum.limiting_state = part.limiting_state;
        if (part.status == Status::interrupted) throw Interrupted();
        if (part.status != Status::done) break;
        if constexpr (requires { M::stop(s, member.initial, member.coefficients); })
            if (s < stops.size()) {
                M::stop(s, member.initial, member.coefficients);
                simulation.events.push_back({stops[s], false});
            }
    }
    if (simulation.outcome.status != Status::done)
        for (auto& row : simulation.rows) row.assign(M::states.size(), std::numeric_limits<double>::quiet_NaN());
    return simulation;
}

}  // namespace cicatrix
