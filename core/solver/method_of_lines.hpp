// Follows a body of tissue through time by the method of lines: adaptive steps for all its cells together, exact landing
// on events, values between the ends of steps.
#pragma once
#include <cstddef>
#include <functional>
#include <limits>
#include <span>

#include "cicatrix/solver/step_control.hpp"

namespace cicatrix {

/// When a body is asked or disturbed.
template <class Body, class States> struct VoyageOf {
    double begin = 0, end = 0;
    std::span<const double> events{};   ///< ascending, in [begin, end); the method starts afresh there
    std::span<const double> outputs{};  ///< ascending, in [begin, end]; on an event's time: the state before it
    /// Takes the state at outputs[i].
    std::function<void(std::size_t i, const States&)> output{};
    /// Changes state and body (its coefficients, its border values) at events[i].
    std::function<void(std::size_t i, States&, Body&)> event{};
    /// Asked now and then; true ends the voyage as interrupted.
    std::function<bool(double time)> stop_requested{};
    /// Sees every accepted step.
    std::function<void(double time, const States&)> step{};
    /// A number of the body, below zero until something has happened; `risen` is told once when that was, found between
    /// the ends of a step.
    std::function<double(const States&)> guard{};
    std::function<void(double time)> risen{};
};

/// Steps are taken by a `Step`, which knows the law of its body and what makes a step good:
///     double take(double t, const States& y, double h)         the smallest pivot relative to the diagonal; what is not
///                                                              well above round-off makes the step worth nothing
///     const States& next(), error()                            after `take`
///     void advance(States& y)                                  y becomes `next`
///     void between(const States& y, double x, States& out)     at a fraction of the step just taken
///     double error_norm(const States& y)                       squared, in units of the tolerances; good up to 1
///     void rates(double t, const States& y, States& out)
///     void adopt_tissue()                                      when the body has changed
///     void for_each_value(const States& y, const States& other, visit(state, value, partner))
template <class Step> class MethodOfLines {
    using Body = typename Step::Body;
    using States = typename Step::States;
    using M = typename Step::Law;

  public:
    using Voyage = VoyageOf<Body, States>;

    MethodOfLines(Body& body, const Settings<M>& settings)
        : body_(body), settings_(settings), step_(body, settings), value_(body.blank()) {}

    /// Goes from begin to end; `y` is the state at begin, and then the last one reached.
    Outcome travel(States& y, const Voyage& voyage) {
        outcome_ = {};
        voyage_ = &voyage;
        next_output_ = next_event_ = 0;
        t_ = outcome_.time = voyage.begin;
        body_.close_borders(y);
        emit_at_begin(y);
        waits_ = static_cast<bool>(voyage.guard);
        if (waits_ && voyage.guard(y) >= 0) tell_risen(t_);
        while (meet_events(y), t_ < voyage.end)
            if (!follow_stretch(y)) break;
        return outcome_;
    }

    /// Rates at (t, y), with what spreads.
    void rates(double t, States& y, States& out) {
        body_.close_borders(y);
        step_.rates(t, y, out);
    }

    const Step& step() const { return step_; }

  private:
    void emit_at_begin(const States& y) {
        for (; next_output_ < voyage_->outputs.size() && voyage_->outputs[next_output_] <= t_; ++next_output_)
            voyage_->output(next_output_, y);
    }

    void meet_events(States& y) {
        bool met = false;
        for (; next_event_ < voyage_->events.size() && voyage_->events[next_event_] <= t_; ++next_event_, met = true)
            voyage_->event(next_event_, y, body_);
        if (!met) return;
        step_.adopt_tissue();
        body_.close_borders(y);
    }

    /// From here to the next event or the end; false when it failed.
    bool follow_stretch(States& y) {
        stop_ = next_event_ < voyage_->events.size() ? voyage_->events[next_event_] : voyage_->end;
        aim(settings_.first_step > 0 ? settings_.first_step : first_step(y));
        for (bool first = true, after_rejection = false; t_ < stop_; first = false) {
            const double pivot = step_.take(t_, y, h_);
            const bool trusted = pivot > detail::trusted_pivot;
            const double norm = trusted ? step_.error_norm(y) : std::numeric_limits<double>::infinity();
            // The first step is a guess, mostly far too short: what it shows of the error may be believed.
            const double most = first ? 100.0 : detail::most_factor;
            const double factor = detail::step_factor<typename Step::Rosenbrock>(norm, most);
            if (norm <= 1.0) {
                accept(y);
                aim(h_ * (after_rejection ? smaller(factor, 1.0) : factor));
                after_rejection = false;
            } else {
                ++outcome_.rejected;
                after_rejection = true;
                const double shorter = h_ * detail::factor_after_rejection(norm, factor);
                if (detail::is_too_small(shorter, t_)) return give_up(why_rejected(norm), y);
                aim(shorter);
            }
            if (outcome_.steps + outcome_.rejected >= settings_.most_steps) return give_up(Status::too_many_steps, y);
            if (voyage_->stop_requested && voyage_->stop_requested(t_)) return give_up(Status::interrupted, y);
        }
        return true;
    }

    void accept(States& y) {
        const double reached = lands_ ? stop_ : t_ + h_;
        const auto& outputs = voyage_->outputs;
        for (; next_output_ < outputs.size() && outputs[next_output_] <= reached; ++next_output_) {
            const double when = outputs[next_output_];
            if (when < reached) step_.between(y, (when - t_) / h_, value_);
            voyage_->output(next_output_, when < reached ? value_ : step_.next());
        }
        if (waits_ && voyage_->guard(step_.next()) >= 0) tell_risen(t_ + h_ * fraction_at_rise(y));
        step_.advance(y);
        t_ = outcome_.time = reached;
        ++outcome_.steps;
        if (voyage_->step) voyage_->step(t_, y);
    }

    /// The fraction of the step from y at which the guard rises through zero, by bisection: it may have kinks.
    double fraction_at_rise(const States& y) {
        double below = 0, above = 1;
        while (above - below > 1e-12) {
            const double middle = 0.5 * (below + above);
            step_.between(y, middle, value_);
            (voyage_->guard(value_) < 0 ? below : above) = middle;
        }
        return above;
    }

    void tell_risen(double time) {
        waits_ = false;
        voyage_->risen(time);
    }

    /// Sets the next step; the last two before a stop share what is left, and the last lands exactly.
    void aim(double wanted) {
        const double left = stop_ - t_, h = smaller(wanted, settings_.largest_step);
        lands_ = h >= left * (1 - 1e-12);
        h_ = lands_ ? left : h > 0.5 * left ? 0.5 * left : h;
    }

    /// As `detail::first_step`, over all values of all states.
    double first_step(const States& y) {
        States f = body_.blank();
        step_.rates(t_, y, f);
        double fastest = 0;
        step_.for_each_value(y, f, [&](std::size_t i, double value, double rate) {
            fastest = larger(magnitude(rate) / (magnitude(value) + detail::small_size<M>(settings_, i)), fastest);
        });
        const double whole = stop_ - t_;
        return fastest * whole > detail::first_share ? detail::first_share / fastest : whole;
    }

    Status why_rejected(double norm) const {
        if (!(norm < std::numeric_limits<double>::infinity())) return Status::not_finite;
        bool negative = false;
        step_.for_each_value(step_.next(), step_.next(), [&](std::size_t i, double value, double) {
            negative =
                negative || (!M::states[i].may_be_negative && detail::depth_below_zero<M>(settings_, i, value) > 1.0);
        });
        return negative ? Status::negative : Status::step_too_small;
    }

    bool give_up(Status status, const States& y) {
        double worst = -1;
        step_.for_each_value(y, step_.error(), [&](std::size_t i, double value, double error) {
            const double fault = magnitude(detail::scaled_error<M>(settings_, i, value, value, error));
            if (!(fault <= worst)) worst = fault, outcome_.limiting_state = i;
        });
        outcome_.status = status;
        return false;
    }

    Body& body_;
    Settings<M> settings_;
    Step step_;
    States value_;
    const Voyage* voyage_ = nullptr;
    Outcome outcome_;
    std::size_t next_event_ = 0, next_output_ = 0;
    double t_ = 0, h_ = 0, stop_ = 0;
    bool lands_ = false, waits_ = false;
};

}  // namespace cicatrix
