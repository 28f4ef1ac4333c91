// Reductions of the curves along which read-outs and states are known.
#include "cicatrix/ensemble/reduce.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace cicatrix {
namespace {

constexpr std::size_t states = CourseModel::states.size();
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

Curve curve_of(const ReadoutSeries& series, std::size_t leg, std::size_t quantity) {
    return quantity < states ? series.state(leg, quantity) : series.readout(leg, quantity - states);
}

/// At the begin of a step and at its stages.
using Nodes = std::array<double, stage_count + 1>;
constexpr Nodes node_shares = [] {
    Nodes out{};
    for (std::size_t s = 0; s < stage_count; ++s) out[s + 1] = collocation.nodes[s];
    return out;
}();

struct TracedStep {
    double from, to;
    Nodes nodes;

    double time(double share) const { return from + share * (to - from); }
};

/// What lies between the nodes of a step: the polynomial through them, in Newton's form.
class Between {
  public:
    explicit Between(const TracedStep& step) : differences_(step.nodes) {
        for (std::size_t order = 1; order < differences_.size(); ++order)
            for (std::size_t i = differences_.size() - 1; i >= order; --i)
                differences_[i] = (differences_[i] - differences_[i - 1]) / (node_shares[i] - node_shares[i - order]);
    }
    double at(double share) const {
        double value = differences_.back();
        for (std::size_t i = differences_.size() - 1; i-- > 0;)
            value = value * (share - node_shares[i]) + differences_[i];
        return value;
    }

  private:
    Nodes differences_;
};

/// One quantity of one skin, or its difference between two, step by step. A session is a step of no length.
struct Trace {
    double start;  ///< on day 0, before any session
    std::vector<TracedStep> steps;

    Trace(const Reduction& reduction, const ReadoutSeries& treated, const ReadoutSeries& twin,
          const TwinPlaces& places) {
        const auto& series = reduction.whose == Whose::untreated ? twin : treated;
        const Curve of_twin = curve_of(twin, 0, reduction.quantity);
        const auto known = [&](std::size_t leg, std::size_t slot, const Curve& curve) {
            const double value = curve.values[slot];
            return reduction.whose == Whose::effect ? value - of_twin.at(places.at(leg, slot)) : value;
        };
        std::size_t count = 0;
        for (std::size_t leg = 0; leg < series.legs(); ++leg) count += 1 + series.leg(leg).slots().steps;
        steps.reserve(count);
        for (std::size_t leg = 0; leg < series.legs(); ++leg) {
            const Curve curve = curve_of(series, leg, reduction.quantity);
            const double day = curve.steps.front(), begin = known(leg, curve.slots.begin(), curve);
            if (leg == 0) start = begin;
            TracedStep session{day, day, {}};
            session.nodes.fill(begin);
            steps.push_back(session);
            for (std::size_t n = 0; n < curve.slots.steps; ++n) {
                TracedStep step{curve.steps[n], curve.steps[n + 1], {steps.back().nodes.back()}};
                for (std::size_t s = 0; s < stage_count; ++s)
                    step.nodes[s + 1] = known(leg, curve.slots.stage(s, n), curve);
                steps.push_back(step);
            }
        }
    }
};

struct Peak {
    double time, value;
};

/// Farthest from the start inside one step: the nodes, and between them what lies round the farthest.
Peak peak_within(const TracedStep& step, double start) {
    const Between between(step);
    const auto distance = [&](double share) { return std::abs(between.at(share) - start); };
    std::size_t farthest = 0;
    for (std::size_t i = 1; i < step.nodes.size(); ++i)
        if (std::abs(step.nodes[i] - start) > std::abs(step.nodes[farthest] - start)) farthest = i;
    const Peak node{step.time(node_shares[farthest]), step.nodes[farthest]};
    double low = node_shares[farthest > 0 ? farthest - 1 : 0], high = node_shares[std::min(farthest + 1, stage_count)];
    constexpr double golden = 0.38196601125010515;
    double left = low + golden * (high - low), right = high - golden * (high - low);
    double at_left = distance(left), at_right = distance(right);
    for (int i = 0; i < 40; ++i) {  // golden section; of two looks one serves again
        if (at_left < at_right) {
            low = left, left = right, at_left = at_right;
            right = high - golden * (high - low), at_right = distance(right);
        } else {
            high = right, right = left, at_right = at_left;
            left = low + golden * (high - low), at_left = distance(left);
        }
    }
    const double share = 0.5 * (low + high);
    return distance(share) > std::abs(node.value - start) ? Peak{step.time(share), between.at(share)} : node;
}

/// In the step of the farthest node or the one behind it.
Peak peak_of(const Trace& trace) {
    std::size_t farthest = 0;
    double most = -1;
    for (std::size_t n = 0; n < trace.steps.size(); ++n)
        for (const double value : trace.steps[n].nodes)
            if (std::abs(value - trace.start) > most) most = std::abs(value - trace.start), farthest = n;
    const Peak here = peak_within(trace.steps[farthest], trace.start);
    if (farthest + 1 == trace.steps.size()) return here;
    const Peak behind = peak_within(trace.steps[farthest + 1], trace.start);
    return std::abs(behind.value - trace.start) > std::abs(here.value - trace.start) ? behind : here;
}

/// When the trace first stands on the other side of the level than on day 0; NaN when it never does.
double time_to(const Trace& trace, double level) {
    const bool was_below = trace.start < level;
    for (const TracedStep& step : trace.steps)
        for (std::size_t i = 0; i < step.nodes.size(); ++i) {
            if ((step.nodes[i] < level) == was_below) continue;
            if (i == 0) return step.from;
            const Between between(step);
            double low = node_shares[i - 1], high = node_shares[i];
            for (double middle = 0.5 * (low + high); middle > low && middle < high; middle = 0.5 * (low + high))
                ((between.at(middle) < level) == was_below ? low : high) = middle;
            return step.time(high);
        }
    return missing;
}

double last_of(const ReadoutSeries& series, std::size_t quantity) {
    return curve_of(series, series.legs() - 1, quantity).last();
}

double integral_of(const ReadoutSeries& series, std::size_t quantity) {
    double sum = 0;
    for (std::size_t leg = 0; leg < series.legs(); ++leg) sum += curve_of(series, leg, quantity).integral();
    return sum;
}

/// Just before the first session and just after each, where no integral looks.
bool begins_are_finite(const ReadoutSeries& series, std::size_t quantity) {
    for (std::size_t leg = 0; leg < series.legs(); ++leg)
        if (!std::isfinite(curve_of(series, leg, quantity).begin())) return false;
    return true;
}

/// On a day that is among the outputs; the others are beyond the end.
double on_day(const ReadoutSeries& series, std::size_t quantity, double day) {
    for (std::size_t leg = 0; leg < series.legs(); ++leg) {
        const Curve curve = curve_of(series, leg, quantity);
        const auto output = std::ranges::find(curve.outputs, day);
        if (output != curve.outputs.end())
            return curve.output(static_cast<std::size_t>(output - curve.outputs.begin()));
    }
    return missing;
}

/// Whether what lies between the begins, the end and chosen days counts as well; of states it is known anyway.
bool looks_along(const Reduction& reduction) {
    const bool at_times = reduction.kind == ReductionKind::final || reduction.kind == ReductionKind::at;
    return !at_times || reduction.quantity < states;
}

std::optional<double> when_finite(double value) { return std::isfinite(value) ? std::optional(value) : std::nullopt; }

}  // namespace

void TwinPlaces::look_at(const Legs& legs) {
    const bool same_twin = twin_ == legs.twin.steps;
    twin_ = legs.twin.steps;
    legs_.resize(legs.treated.size());
    for (std::size_t leg = 0; leg < legs_.size(); ++leg) {
        const Leg& now = legs.treated[leg];
        if (same_twin && legs_[leg].steps == now.steps && legs_[leg].outputs == now.outputs) continue;
        legs_[leg] = {now.steps, now.outputs, places_on(legs.twin, now)};
    }
}

Wanted wanted_for(std::span<const Reduction> reductions) {
    Wanted wanted;
    wanted.along.reset();
    for (const auto& reduction : reductions) {
        if (reduction.quantity < states) {
            wanted.states.set(reduction.quantity);
            continue;
        }
        wanted.readouts.set(reduction.quantity - states);
        if (looks_along(reduction)) wanted.along.set(reduction.quantity - states);
    }
    return wanted;
}

std::vector<double> days_for(std::span<const Reduction> reductions, double duration) {
    std::vector<double> days;
    for (const auto& reduction : reductions)
        if (reduction.kind == ReductionKind::at && reduction.argument <= duration) days.push_back(reduction.argument);
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

std::optional<double> reduced(const Reduction& reduction, const ReadoutSeries& treated, const ReadoutSeries& twin,
                              const TwinPlaces& places) {
    const auto of = [&](auto what) {
        return reduction.whose == Whose::untreated ? what(twin)
               : reduction.whose == Whose::treated ? what(treated)
                                                   : what(treated) - what(twin);
    };
    const std::size_t quantity = reduction.quantity;
    const bool begins = (reduction.whose == Whose::untreated || begins_are_finite(treated, quantity)) &&
                        (reduction.whose == Whose::treated || begins_are_finite(twin, quantity));
    const auto integral = [&] {
        return of([&](const ReadoutSeries& series) { return integral_of(series, quantity); });
    };
    if (!begins || (looks_along(reduction) && !std::isfinite(integral()))) return {};
    switch (reduction.kind) {
        case ReductionKind::final:
            return when_finite(of([&](const ReadoutSeries& series) { return last_of(series, quantity); }));
        case ReductionKind::peak:
            return peak_of(Trace(reduction, treated, twin, places)).value;
        case ReductionKind::time_of_peak:
            return peak_of(Trace(reduction, treated, twin, places)).time;
        case ReductionKind::auc:
            return integral();
        case ReductionKind::time_to:
            return time_to(Trace(reduction, treated, twin, places), reduction.argument);
        default:
            if (reduction.argument > twin.leg(0).to) return missing;
            return when_finite(
                of([&](const ReadoutSeries& series) { return on_day(series, quantity, reduction.argument); }));
    }
}

}  // namespace cicatrix
