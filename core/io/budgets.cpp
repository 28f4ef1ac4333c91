// Quadrature along the steps by which read-outs follow a course; what a session changes at once is a process as well.
#include "cicatrix/io/budgets.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "cicatrix/readout/own_terms.hpp"

namespace cicatrix {
namespace {

/// The polynomial through the stages of a step, integrated from its begin to a share of it: what each stage counts. The
/// own states of read-outs are just such integrals.
std::array<double, stage_count> weights_until(double share) {
    if (share >= 1) return collocation.coefficients.back();
    static const auto points = detail::radau_nodes<stage_count>();
    std::array<double, stage_count> out;
    for (std::size_t s = 0; s < stage_count; ++s)
        out[s] = static_cast<double>(detail::lagrange_integral(points, s, share));
    return out;
}

}  // namespace

std::vector<Quantity> quantities_of(std::span<const std::string> names) {
    std::vector<Quantity> out;
    for (const auto& name : names) {
        const auto readout = std::ranges::find(readouts, name, &Readout::name);
        const auto state = std::ranges::find(CourseModel::states, name, &State::name);
        if (readout != readouts.end()) out.push_back({false, static_cast<std::size_t>(readout - readouts.begin())});
        else if (state != CourseModel::states.end())
            out.push_back({true, static_cast<std::size_t>(state - CourseModel::states.begin())});
        else throw std::invalid_argument("'" + name + "' is neither a read-out nor a state of the model");
    }
    return out;
}

std::vector<std::size_t> states_read_by(const Quantity& quantity, const CourseReader& reader) {
    if (quantity.is_state) return {quantity.place};
    ReadoutSet one;
    one.set(quantity.place);
    const StateSet found = states_read_by_themselves(one, reader.patient(), reader.sessions());
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < found.size(); ++i)
        if (found[i]) out.push_back(i);
    return out;
}

LegTerms terms_of_leg(RateTerms& terms, const ZoneRecords& records, const Leg& leg) {
    constexpr std::size_t count = CourseModel::states.size(), length = record_length(count);
    LegTerms out{terms.size(), std::vector<double>(terms.size() * leg.slots().size())};
    for (std::size_t zone = 0; zone < ZoneRecords::zones; ++zone) {
        const auto& weights = records.weights[zone];
        if (std::all_of(weights.begin(), weights.begin() + count, [](double w) { return w == 0; })) continue;
        for (std::size_t i = 0; i < leg.wanted.all.size(); ++i) {
            const std::span y(records.first_rows[zone] + i * length, count);
            const auto values = terms(leg.wanted.all[i], y);
            double* const row = out.values.data() + leg.wanted.slots[i] * terms.size();
            for (std::size_t j = 0; j < values.size(); ++j) row[j] += weights[terms.state(j)] * values[j];
        }
    }
    return out;
}

Processes::Processes(const RateTerms& of_model, bool in_space) {
    for (std::size_t j = 0; j < of_model.size(); ++j)
        terms.push_back({of_model.state(j), place_of(of_model.process(j))});
    for (const auto name : {"exchange between depths", "leak through the pore"})
        for (std::size_t i = 0; in_space && i < CourseModel::states.size(); ++i) terms.push_back({i, place_of(name)});
    for (std::size_t i = 0; i < own_states.size(); ++i) {
        gain.push_back(place_of(own_terms_of(i).gain));
        loss.push_back(place_of(own_terms_of(i).loss));
    }
    session = place_of("session"), passing_time = place_of("passing of time"), film = place_of("film taken off");
}

std::size_t Processes::place_of(std::string_view name) {
    if (name.empty()) return none;
    const auto found = std::ranges::find(names_, name);
    if (found != names_.end()) return static_cast<std::size_t>(found - names_.begin());
    names_.emplace_back(name);
    return names_.size() - 1;
}

std::vector<Budget> ProcessBudgets::follow() {
    const std::size_t count = quantities_.size(), processes = processes_.names().size();
    budgets_.assign(count, {});
    for (auto& budget : budgets_) budget.changes.resize(processes);
    so_far_.assign(count, Changes(processes));
    last_.resize(count), pulls_.resize(count);
    constexpr int most = 3000;  // of each quantity: what noise leaves open no refinement closes
    refinements_.assign(count, most);
    find_sizes();
    for (std::size_t s = 0; s < series_.legs(); ++s) follow_leg(s);
    return std::move(budgets_);
}

/// What is left open of a step is small beside the range of a quantity, or rounding.
void ProcessBudgets::find_sizes() {
    constexpr double of_range = 1e-9, of_value = 1e-14;
    constexpr double infinite = std::numeric_limits<double>::infinity();
    std::vector<double> low(quantities_.size(), infinite), high(quantities_.size(), -infinite);
    for (place_ = 0; place_ < series_.legs(); ++place_) {
        const Slots slots = leg().slots();
        const auto look = [&](std::size_t slot, double time) {
            const StepMoment at = at_slot(slot, time);
            for (std::size_t q = 0; q < quantities_.size(); ++q) {
                const double now = value(q, at);
                low[q] = std::min(low[q], now), high[q] = std::max(high[q], now);
            }
        };
        look(slots.begin(), leg().from);
        for (std::size_t n = 0; n < slots.steps; ++n) look(slots.stage(stage_count - 1, n), leg().steps[n + 1]);
    }
    allowed_.clear();
    for (std::size_t q = 0; q < quantities_.size(); ++q) {
        budgets_[q].range = high[q] - low[q];
        allowed_.push_back(std::max(of_range * (high[q] - low[q]), of_value * std::max(-low[q], high[q])));
    }
}

void ProcessBudgets::follow_leg(std::size_t s) {
    place_ = s;
    const StepMoment begin = at_slot(leg().slots().begin(), leg().from);
    for (std::size_t q = 0; q < quantities_.size(); ++q) {
        const double now = value(q, begin);
        if (s == 0) budgets_[q].start = now;
        else so_far_[q][processes_.session] += now - last_[q];
        last_[q] = now;
    }
    const std::vector<Changes> nothing(quantities_.size(), Changes(processes_.names().size()));
    for (std::size_t o = 0; o < leg().outputs.size() && leg().outputs[o] <= leg().from; ++o) write_output(o, nothing);
    for (std::size_t n = 0; n < leg().slots().steps; ++n) follow_step(n);
}

void ProcessBudgets::follow_step(std::size_t n) {
    take_step(n);
    const double begin = leg().steps[n], end = leg().steps[n + 1];
    const bool film = n > 0 && reader_.patient().care.occlusion > 0;
    for (std::size_t q = 0; q < quantities_.size(); ++q) {
        // What a film hid shows at once when it is taken off, which it is between two steps.
        if (film) so_far_[q][processes_.film] += pulls_[q].front().value - last_[q];
        last_[q] = pulls_[q].back().value;
    }
    const auto& outputs = leg().outputs;
    auto o = static_cast<std::size_t>(std::ranges::upper_bound(outputs, begin) - outputs.begin());
    for (; o < outputs.size() && outputs[o] <= end; ++o)
        write_output(o, changes_until((outputs[o] - begin) / (end - begin)));
    const auto whole = changes_until(1.0);
    for (std::size_t q = 0; q < quantities_.size(); ++q)
        for (std::size_t p = 0; p < whole[q].size(); ++p) so_far_[q][p] += whole[q][p];
}

/// The moments of a step and the pulls at them. A film that is taken off at its begin lies there no longer.
void ProcessBudgets::take_step(std::size_t n) {
    const double begin = leg().steps[n];
    const double just_after = n == 0 ? begin : std::nextafter(begin, std::numeric_limits<double>::infinity());
    moments_[0] = at_slot(leg().slots().step_begin(n), just_after);
    for (std::size_t a = 0; a < stage_count; ++a)
        moments_[a + 1] = at_slot(leg().slots().stage(a, n), time_of_stage(leg().steps, a, n));
    for (std::size_t q = 0; q < quantities_.size(); ++q)
        for (std::size_t a = 0; a < nodes; ++a) pulls_[q][a] = pull(q, moments_[a]);
}

/// From the begin of the step to a share of it. Where that does not add up, there is a kink on the way.
std::vector<ProcessBudgets::Changes> ProcessBudgets::changes_until(double share) const {
    const double h = moments_.back().time - moments_.front().time;
    const auto weights = weights_until(share);
    const StepMoment end = share < 1 ? between(share) : moments_.back();
    std::vector<Changes> out(quantities_.size(), Changes(processes_.names().size()));
    for (std::size_t q = 0; q < quantities_.size(); ++q) {
        double open = value(q, end) - pulls_[q].front().value;
        for (std::size_t p = 0; p < out[q].size(); ++p) {
            for (std::size_t a = 0; a < stage_count; ++a) out[q][p] += h * weights[a] * pulls_[q][a + 1].by_process[p];
            open -= out[q][p];
        }
        if (quantities_[q].is_state || !(std::abs(open) > allowed_[q])) continue;
        std::ranges::fill(out[q], 0.0);
        refine(q, 0.0, share, 0, out[q]);
    }
    return out;
}

/// The same from one share of the step to another, halved until it adds up.
void ProcessBudgets::refine(std::size_t q, double from, double to, int depth, Changes& out) const {
    constexpr int deepest = 40;
    const double h = (to - from) * (moments_.back().time - moments_.front().time);
    Changes changes(out.size());
    double open = -value(q, between(from));
    for (std::size_t a = 0; a < stage_count; ++a) {
        const double share = a + 1 == stage_count ? to : from + collocation.nodes[a] * (to - from);
        const Pull now = pull(q, between(share));
        for (std::size_t p = 0; p < out.size(); ++p)
            changes[p] += h * collocation.coefficients.back()[a] * now.by_process[p];
        if (a + 1 == stage_count) open += now.value;
    }
    for (const double change : changes) open -= change;
    const double middle = 0.5 * (from + to);
    if (std::abs(open) > allowed_[q] && depth < deepest && refinements_[q] > 0) {
        --refinements_[q];
        refine(q, from, middle, depth + 1, out);
        refine(q, middle, to, depth + 1, out);
    } else
        for (std::size_t p = 0; p < out.size(); ++p) out[p] += changes[p];
}

/// By the polynomials through the nodes of the step.
StepMoment ProcessBudgets::between(double share) const {
    if (share <= 0) return moments_.front();
    if (share >= 1) return moments_.back();
    const std::array<double, 2> unit{0.0, 1.0};
    const StepPlace place = place_in(unit, share);
    StepMoment out = moments_.front();
    out.time += share * (moments_.back().time - out.time);
    const auto mix = [&](auto of) {
        auto& mixed = of(out);
        const auto& first = of(moments_.front());
        for (std::size_t s = 0; s < stage_count; ++s)
            for (std::size_t i = 0; i < mixed.size(); ++i)
                mixed[i] += place.weights[s] * (of(moments_[s + 1])[i] - first[i]);
    };
    mix([](auto& at) -> auto& { return at.y; });
    mix([](auto& at) -> auto& { return at.x; });
    mix([](auto& at) -> auto& { return at.terms; });
    return out;
}

StepMoment ProcessBudgets::at_slot(std::size_t slot, double time) const {
    StepMoment out{time, leg().means.at<CourseStates>(slot), {}, {}};
    for (std::size_t i = 0; i < out.x.size(); ++i) out.x[i] = series_.own(place_, i).values[slot];
    const auto terms = terms_[place_]->at(slot);
    out.terms.assign(terms.begin(), terms.end());
    return out;
}

ProcessBudgets::Pull ProcessBudgets::pull(std::size_t q, const StepMoment& at) const {
    Pull out{Changes(processes_.names().size()), 0};
    const auto& terms = processes_.terms;
    if (quantities_[q].is_state) {
        const std::size_t state = quantities_[q].place;
        out.value = at.y[state];
        for (std::size_t j = 0; j < terms.size(); ++j)
            if (terms[j].state == state) out.by_process[terms[j].process] += at.terms[j];
        return out;
    }
    const Moment now = moment(at);
    const Slopes slopes = slopes_of(quantities_[q].place, reader_.patient(), reader_.fixed(), now);
    const auto flows = flows_of(reader_.fixed(), now);
    out.value = slopes.value;
    out.by_process[processes_.passing_time] = slopes.by_time;
    for (std::size_t j = 0; j < terms.size(); ++j)
        out.by_process[terms[j].process] += slopes.by_state[terms[j].state] * at.terms[j];
    for (std::size_t i = 0; i < flows.size(); ++i) {
        const std::size_t gain = processes_.gain[i], loss = processes_.loss[i];
        if (gain != Processes::none) out.by_process[gain] += slopes.by_own[i] * flows[i].source;
        if (loss != Processes::none) out.by_process[loss] -= slopes.by_own[i] * (flows[i].rate * at.x[i]);
    }
    return out;
}

void ProcessBudgets::write_output(std::size_t o, const std::vector<Changes>& since) {
    const StepMoment at = at_slot(leg().slots().output(o), leg().outputs[o]);
    for (std::size_t q = 0; q < quantities_.size(); ++q) {
        Budget& budget = budgets_[q];
        budget.values.push_back(value(q, at));
        for (std::size_t p = 0; p < since[q].size(); ++p) budget.changes[p].push_back(so_far_[q][p] + since[q][p]);
    }
}

double ProcessBudgets::value(std::size_t q, const StepMoment& at) const {
    if (quantities_[q].is_state) return at.y[quantities_[q].place];
    return readout_value(quantities_[q].place, reader_.fixed(), moment(at));
}

}  // namespace cicatrix
