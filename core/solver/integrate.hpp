// Asynchronous lanes: every lane carries a member with its own time and step, and takes the next member when its own is
// done. What a member computes depends on itself alone, never on its neighbours, their number or their order.
#pragma once
#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <memory>
#include <span>

#include "cicatrix/solver/dense_step.hpp"
#include "cicatrix/solver/member.hpp"
#include "cicatrix/solver/rosenbrock_step.hpp"
#include "cicatrix/solver/step_control.hpp"

namespace cicatrix {

namespace detail {

/// A member under way in one lane; all of the controller's memory is here, so a refilled lane starts from nothing.
template <Model M> struct Voyage {
    Member<M> member;
    Outcome outcome;
    std::size_t next_event = 0, next_output = 0;
    double stop = 0;   // the next event, or the end
    double guard = 0;  // its value at the lane's time, where the queue has one
    bool active = false, lands = false, after_rejection = false;
};

}  // namespace detail

template <class Method, Model M, class V, class Queue>
requires MemberQueue<Queue, M>
class Integration {
    static constexpr int width = width_of<V>;
    static constexpr std::size_t n = M::states.size();
    using Scalars = StatesOf<M, double>;
    using Pivoting = RosenbrockStep<Method, M, double, PivotingShifted<M>>;

  public:
    Integration(Queue& queue, const Settings<M>& settings)
        : queue_(queue), settings_(settings), tolerances_(settings) {}

    /// Runs until the queue is empty and every lane is done.
    void run() {
        for (int w = 0; w < width; ++w) refill(w);
        while (active_ > 0) {
            const V pivot = step_.take(t_, y_, k_, h_);
            V norm = detail::error_norm<M, V>(tolerances_, y_, step_.next(), step_.error());
            for (int w = 0; w < width; ++w)
                if (voyage_[at(w)].active && !(lane(pivot, w) > detail::trusted_pivot)) retake_with_pivoting(w, norm);
            const V factor = detail::step_factor<Method>(norm);
            moved_ = V(0.0);
            is_dense_ = false;
            for (int w = 0; w < width; ++w)
                if (voyage_[at(w)].active) settle(w, lane(norm, w), lane(factor, w));
            for (std::size_t i = 0; i < n; ++i) y_[i] = kept(i, select(moved_ > V(0.0), step_.next()[i], y_[i]));
            if (finished_ && active_ < width) wake();
        }
    }

  private:
    static constexpr std::size_t at(int w) { return static_cast<std::size_t>(w); }

    /// What one member leaves when it finishes may be the next one of another lane that had none.
    void wake() {
        finished_ = false;
        for (int w = 0; w < width; ++w)
            if (!voyage_[at(w)].active) refill(w);
    }

    /// Whether a state is as good as zero where a lane sets out; see `kept`.
    bool is_lost(std::size_t i, double y) const {
        return std::same_as<NumberOf<V>, float> && magnitude(y) < 1e-8 * tolerances_.absolute[i];
    }

    /// A state as it goes into the next step. As a float it is zero once it is far below its tolerance: what decays for
    /// months would else become subnormal, which processors are slow at.
    V kept(std::size_t i, V y) const {
        if constexpr (std::same_as<NumberOf<V>, float>)
            return select(magnitude(y) < V(1e-8 * tolerances_.absolute[i]), V(0.0), y);
        else return y;
    }

    void retake_with_pivoting(int w, V& norm) {
        Scalars y = in_lane(w, y_);
        if (!pivoting_) pivoting_ = std::make_unique<Pivoting>();
        pivoting_->take(time_[at(w)], y, voyage_[at(w)].member.coefficients, lane(h_, w));
        step_.adopt(w, *pivoting_);
        set_lane(norm, w, detail::error_norm<M, double>(tolerances_, y, pivoting_->next(), pivoting_->error()));
        ++voyage_[at(w)].outcome.pivoted;
    }

    /// Accepts or rejects the step of one lane and says what it does next. Lanes that simply move on do so together.
    void settle(int w, double norm, double factor) {
        auto& voyage = voyage_[at(w)];
        const double t = time_[at(w)], h = lane(h_, w);
        if (norm <= 1.0) {
            const double reached = voyage.lands ? voyage.stop : t + h;
            if (const double share = crossing(w, t, h); share < 1) return cross(w, t, h, share);
            emit_outputs(w, t, h, reached, true);
            set_lane(moved_, w, 1.0);
            set_time(w, reached);
            ++voyage.outcome.steps;
            voyage.outcome.time = reached;
            if (voyage.lands) return arrive(w);
            aim(w, h * (voyage.after_rejection ? smaller(factor, 1.0) : factor));
            voyage.after_rejection = false;
        } else {
            ++voyage.outcome.rejected;
            voyage.after_rejection = true;
            const double smaller_step = h * detail::factor_after_rejection(norm, factor);
            if (detail::is_too_small(smaller_step, t))
                return give_up(w, detail::why_rejected<M>(settings_, in_lane(w, step_.next()), norm));
            aim(w, smaller_step);
        }
        if (voyage.outcome.steps + voyage.outcome.rejected >= settings_.most_steps) give_up(w, Status::too_many_steps);
        else if (stop_requested(time_[at(w)])) give_up(w, Status::interrupted);
    }

    static constexpr bool is_guarded = requires(Queue & queue, Member<M>& member, Scalars& y) {
        { queue.guard(member, 0.0, y) } -> std::convertible_to<double>;
        queue.cross(member, 0.0, y);
    };

    /// The share of the step after which the guard has changed its sign, 1 when it has not. What lies between two
    /// changes within one step is not seen.
    double crossing(int w, double t, double h) {
        if constexpr (!is_guarded) return 1.0;
        else {
            auto& voyage = voyage_[at(w)];
            const double before = voyage.guard;
            const double after = queue_.guard(voyage.member, t + h, in_lane(w, step_.next()));
            voyage.guard = after;
            if ((before < 0) == (after < 0)) return 1.0;
            dense_.take(step_, y_, all_states<M>);
            is_dense_ = true;
            dense_.enter(w, all_states<M>);
            double low = 0, high = 1;
            for (double middle = 0.5; middle > low && middle < high; middle = 0.5 * (low + high)) {
                const Scalars y = within(middle);
                ((queue_.guard(voyage.member, t + middle * h, y) < 0) == (before < 0) ? low : high) = middle;
            }
            return high;
        }
    }

    /// Ends the step where the guard changed its sign and lets the queue change the member there.
    void cross(int w, double t, double h, double share) {
        if constexpr (is_guarded) {
            auto& voyage = voyage_[at(w)];
            const double reached = t + share * h;
            emit_outputs(w, t, h, reached, false);
            dense_.enter(w, all_states<M>);
            Scalars y = within(share);
            queue_.cross(voyage.member, reached, y);
            for (std::size_t i = 0; i < k_.size(); ++i) set_lane(k_[i], w, voyage.member.coefficients[i]);
            set_time(w, reached);
            ++voyage.outcome.steps;
            voyage.outcome.time = reached;
            start(w, y);
        }
    }

    /// All states of the lane that is looked at, at a share of its step.
    Scalars within(double share) {
        Scalars y;
        std::ranges::copy(dense_.at(share), y.begin());
        return y;
    }

    /// What all lanes watch together: mostly each the same.
    std::span<const std::size_t> watched() const {
        std::span<const std::size_t> all{};
        for (const auto& voyage : voyage_) {
            const auto watched = voyage.member.watched;
            if (!voyage.active || (watched.data() == all.data() && watched.size() == all.size())) continue;
            if (all.data()) return all_states<M>;
            all = watched;
        }
        return all;
    }

    /// The watched states of lane w at times within the step that it has just taken from t over h; `whole`: the step
    /// ends with `reached`, else it was cut there.
    void emit_outputs(int w, double t, double h, double reached, bool whole) {
        auto& voyage = voyage_[at(w)];
        const auto outputs = voyage.member.outputs;
        if (voyage.next_output >= outputs.size() || !(outputs[voyage.next_output] <= reached)) return;
        if (!is_dense_) dense_.take(step_, y_, watched());
        is_dense_ = true;
        dense_.enter(w, voyage.member.watched);
        double* const record = voyage.member.record;
        const std::size_t length = record_length(voyage.member.watched.size());
        for (; voyage.next_output < outputs.size() && outputs[voyage.next_output] <= reached; ++voyage.next_output) {
            const double when = outputs[voyage.next_output];
            const double share = whole && when == reached ? 1.0 : (when - t) / h;
            if (record) dense_.at(share, record + voyage.next_output * length);
            else queue_.output(voyage.member, voyage.next_output, dense_.at(share));
        }
    }

    /// At an event: let the queue change the state and start afresh. At the end: hand over and take the next member.
    void arrive(int w) {
        auto& voyage = voyage_[at(w)];
        const auto events = voyage.member.events;
        Scalars y = state(w);
        bool changed = false;
        for (; voyage.next_event < events.size() && events[voyage.next_event] <= time_[at(w)];
             ++voyage.next_event, changed = true)
            queue_.event(voyage.member, voyage.next_event, y);
        if (!changed && time_[at(w)] >= voyage.member.end) {
            queue_.finish(voyage.member, voyage.outcome, y);
            return refill(w);
        }
        start(w, y);
    }

    /// Begins a smooth stretch at the lane's time: no memory of the steps before.
    void start(int w, const Scalars& y) {
        auto& voyage = voyage_[at(w)];
        set_state(w, y);
        const auto events = voyage.member.events;
        voyage.stop = voyage.next_event < events.size() ? events[voyage.next_event] : voyage.member.end;
        voyage.after_rejection = false;
        if constexpr (is_guarded) voyage.guard = queue_.guard(voyage.member, time_[at(w)], y);
        if (voyage.stop <= time_[at(w)]) {
            voyage.lands = true;
            return arrive(w);
        }
        aim(w, settings_.first_step > 0 ? settings_.first_step : first_step(w, y));
    }

    double first_step(int w, const Scalars& y) const {
        Scalars rates;
        Linearisation<M, double>::rates(time_[at(w)], y, voyage_[at(w)].member.coefficients, rates);
        return detail::first_step<M>(settings_, y, rates, voyage_[at(w)].stop - time_[at(w)]);
    }

    /// Sets the next step of a lane; the last two before a stop share what is left, and the last lands exactly.
    void aim(int w, double wanted) {
        auto& voyage = voyage_[at(w)];
        const double left = voyage.stop - time_[at(w)];
        const double h = smaller(wanted, settings_.largest_step);
        voyage.lands = h >= left * (1 - 1e-12);
        set_lane(h_, w, voyage.lands ? left : h > 0.5 * left ? 0.5 * left : h);
    }

    void give_up(int w, Status status) {
        auto& voyage = voyage_[at(w)];
        const Scalars y = state(w);
        Scalars rates;
        Linearisation<M, double>::rates(time_[at(w)] + lane(h_, w), y, voyage.member.coefficients, rates);
        voyage.outcome.limiting_state =
            detail::limiting_state<M>(settings_, y, in_lane(w, step_.next()), in_lane(w, step_.error()), rates);
        voyage.outcome.status = status;
        queue_.finish(voyage.member, voyage.outcome, y);
        refill(w);
    }

    void refill(int w) {
        auto& voyage = voyage_[at(w)];
        if (voyage.active) --active_;
        finished_ = finished_ || voyage.active;
        for (voyage = {}; !stopped_ && queue_.next(voyage.member); voyage = {}) {
            Scalars y = embark(w);
            if (voyage.member.end > voyage.member.begin) {
                voyage.active = true;
                ++active_;
                return start(w, y);
            }
            queue_.finish(voyage.member, voyage.outcome, y);
            finished_ = true;
        }
        rest(w);
    }

    /// Puts a new member into its lane, with the outputs and events that lie at its begin; returns the state after
    /// them.
    Scalars embark(int w) {
        auto& voyage = voyage_[at(w)];
        const auto& member = voyage.member;
        voyage.outcome.time = member.begin;
        for (std::size_t i = 0; i < k_.size(); ++i) set_lane(k_[i], w, member.coefficients[i]);
        set_time(w, member.begin);
        std::array<double, record_length(n)> at_begin{};
        const std::size_t watched = member.watched.size();
        for (std::size_t j = 0; j < watched; ++j) at_begin[j] = member.initial[member.watched[j]];
        for (auto& i = voyage.next_output; i < member.outputs.size() && member.outputs[i] <= member.begin; ++i) {
            if (member.record) std::copy_n(at_begin.data(), watched, member.record + i * record_length(watched));
            else queue_.output(member, i, std::span(at_begin).first(watched));
        }
        Scalars y = member.initial;
        for (; voyage.next_event < member.events.size() && member.events[voyage.next_event] <= member.begin;
             ++voyage.next_event)
            queue_.event(member, voyage.next_event, y);
        return y;
    }

    /// An idle lane computes something harmless that nobody looks at.
    void rest(int w) {
        set_time(w, 0.0);
        set_lane(h_, w, 1e-6);
        set_state(w, Settings<M>::every(0.5));
        for (auto& k : k_) set_lane(k, w, 1.0);
    }

    bool stop_requested(double time) {
        if constexpr (requires { queue_.stop_requested(time); })
            if ((++since_asked_ & 63) == 0 && queue_.stop_requested(time)) stopped_ = true;
        return stopped_;
    }

    /// What a lane has reached, be it written down in y_ yet or not.
    Scalars state(int w) const { return in_lane(w, lane(moved_, w) > 0 ? step_.next() : y_); }
    void set_state(int w, const Scalars& y) {
        for (std::size_t i = 0; i < n; ++i) set_lane(y_[i], w, is_lost(i, y[i]) ? 0.0 : y[i]);
        set_lane(moved_, w, 0.0);
    }
    void set_time(int w, double time) {
        time_[at(w)] = time;
        set_lane(t_, w, time);
    }

    static Scalars in_lane(int w, const StatesOf<M, V>& states) {
        Scalars out;
        for (std::size_t i = 0; i < n; ++i) out[i] = lane(states[i], w);
        return out;
    }

    Queue& queue_;
    const Settings<M>& settings_;
    const detail::Tolerances<M> tolerances_;
    RosenbrockStep<Method, M, V> step_;
    DenseStep<Method, M, V> dense_;
    bool is_dense_ = false;  // of the step just taken
    std::unique_ptr<Pivoting> pivoting_;
    StatesOf<M, V> y_{};
    CoefficientsOf<M, V> k_{};
    std::array<double, width> time_{};  // of each lane; t_ is the same as far as V can hold it
    V t_ = V(0.0), h_ = V(1e-6);
    V moved_ = V(0.0);  // 1 where a lane has moved on to the end of the step just taken
    std::array<detail::Voyage<M>, width> voyage_{};
    int active_ = 0;
    unsigned since_asked_ = 0;
    bool stopped_ = false, finished_ = false;
};

/// Integrates every member of the queue in lanes of V by `Method`.
template <class Method, Model M, class V, class Queue> void integrate(Queue& queue, const Settings<M>& settings) {
    Integration<Method, M, V, Queue>(queue, settings).run();
}

}  // namespace cicatrix
