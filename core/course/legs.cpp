// Cuts a course at its sessions.
#include "cicatrix/course/legs.hpp"

#include <algorithm>
#include <limits>

namespace cicatrix {
namespace {

/// The begin, the stages of the steps and the outputs in one ascending list; an output comes after a stage of its time.
void list_wanted(Leg& leg) {
    const Slots slots = leg.slots();
    auto& [all, places, outputs] = leg.wanted;
    all.clear(), places.clear(), outputs.clear();
    all.reserve(slots.size()), places.reserve(slots.size()), outputs.reserve(slots.outputs);
    std::size_t next = 0;
    const auto add_outputs_before = [&](double time) {
        for (; next < leg.outputs.size() && leg.outputs[next] < time; ++next) {
            outputs.push_back(all.size());
            all.push_back(leg.outputs[next]), places.push_back(slots.output(next));
        }
    };
    all.push_back(leg.from), places.push_back(slots.begin());
    for (std::size_t n = 0; n < slots.steps; ++n) {
        for (std::size_t s = 0; s < stage_count; ++s) {
            const double time = time_of_stage(leg.steps, s, n);
            add_outputs_before(time);
            all.push_back(time), places.push_back(slots.stage(s, n));
        }
    }
    add_outputs_before(std::numeric_limits<double>::infinity());
}

/// `next_output` is the first output that no leg before has taken. A leg that already is the wanted one stays.
void lay_out(Leg& leg, double from, double to, const std::vector<double>& steps, const std::vector<double>& outputs,
             std::size_t& next_output) {
    const auto first = outputs.begin() + static_cast<std::ptrdiff_t>(next_output);
    const auto last = std::upper_bound(first, outputs.end(), to);
    next_output = static_cast<std::size_t>(last - outputs.begin());
    if (leg.from == from && leg.to == to && leg.steps == steps &&
        std::equal(leg.outputs.begin(), leg.outputs.end(), first, last))
        return;
    leg.from = from, leg.to = to, leg.steps = steps;
    leg.outputs.assign(first, last);
    list_wanted(leg);
    leg.means.resize(CourseModel::states.size(), leg.slots());
}

void set_legs(Legs& legs, const Plan& plan, const Grading& after_session, const Grading& at_rest,
              const std::vector<double>& of_skin) {
    auto lasting = readout::minoxidil_breaks(plan);  // for treated skin and twin alike
    lasting.insert(lasting.end(), of_skin.begin(), of_skin.end());
    std::size_t next_output = 0;
    legs.treated.resize(plan.sessions.size() + 1);
    for (std::size_t s = 0; s <= plan.sessions.size(); ++s) {
        const double from = s > 0 ? plan.sessions[s - 1].at : 0.0;
        const double to = s < plan.sessions.size() ? plan.sessions[s].at : plan.duration;
        std::vector<double> breaks = lasting;
        if (s > 0) breaks.push_back(from + plan.care.occlusion);
        for (std::size_t past = 0; past < s; ++past)
            breaks.push_back(plan.sessions[past].at + readout::water_barrier::recent);
        lay_out(legs.treated[s], from, to, graded_steps(from, to, breaks, s > 0 ? after_session : at_rest),
                plan.outputs, next_output);
    }
    next_output = 0;
    lay_out(legs.twin, 0, plan.duration, graded_steps(0, plan.duration, lasting, at_rest), plan.outputs, next_output);
}

}  // namespace

void set_legs(Legs& legs, const Plan& plan) {
    set_legs(legs, plan, grading_after_session(plan.relative), grading_at_rest(plan.relative), {});
}

Legs legs_of(const Plan& plan) {
    Legs legs;
    set_legs(legs, plan);
    return legs;
}

Legs legs_of(const Plan& plan, const Grading& after_session, const Grading& at_rest,
             const std::vector<double>& breaks) {
    Legs legs;
    set_legs(legs, plan, after_session, at_rest, breaks);
    return legs;
}

}  // namespace cicatrix
