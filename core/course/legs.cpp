// Cuts a course at its sessions.
#include "cicatrix/course/legs.hpp"

#include <algorithm>

namespace cicatrix {
namespace {

/// `next_output` is the first output that no leg before has taken.
WantedTimes wanted_in(const Leg& leg, const std::vector<double>& outputs, std::size_t& next_output) {
    std::vector<std::pair<double, bool>> marked{{leg.from, false}};  // time, whether it is an output
    for (std::size_t n = 0; n + 1 < leg.steps.size(); ++n)
        for (const double c : stage_times)
            marked.emplace_back(c < 1 ? leg.steps[n] + c * (leg.steps[n + 1] - leg.steps[n]) : leg.steps[n + 1], false);
    for (; next_output < outputs.size() && outputs[next_output] <= leg.to; ++next_output)
        marked.emplace_back(outputs[next_output], true);
    std::ranges::stable_sort(marked, {}, &std::pair<double, bool>::first);
    WantedTimes out;
    for (const auto& [time, is_output] : marked) {
        (is_output ? out.outputs : out.stages).push_back(out.all.size());
        out.all.push_back(time);
    }
    return out;
}

}  // namespace

Legs legs_of(const Plan& plan) {
    Legs legs;
    std::size_t next_output = 0;
    for (std::size_t s = 0; s <= plan.sessions.size(); ++s) {
        Leg& leg = legs.treated.emplace_back();
        leg.from = s > 0 ? plan.sessions[s - 1].at : 0.0;
        leg.to = s < plan.sessions.size() ? plan.sessions[s].at : plan.duration;
        std::vector<double> breaks;
        if (s > 0) breaks.push_back(leg.from + plan.care.occlusion);
        leg.steps = graded_steps(leg.from, leg.to, breaks);
        leg.wanted = wanted_in(leg, plan.outputs, next_output);
    }
    legs.twin.to = plan.duration;
    legs.twin.steps = graded_steps(0, plan.duration, {});
    next_output = 0;
    legs.twin.wanted = wanted_in(legs.twin, plan.outputs, next_output);
    return legs;
}

}  // namespace cicatrix
