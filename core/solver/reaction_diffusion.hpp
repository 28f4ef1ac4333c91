// Follows a tissue through time by the method of lines: adaptive steps of a Rosenbrock method for all cells together,
// exact landing on events, values between the ends of steps.
#pragma once
#include <cstddef>
#include <functional>
#include <span>

#include "cicatrix/solver/cell_step.hpp"
#include "cicatrix/solver/step_control.hpp"

namespace cicatrix {

/// When a tissue is asked or disturbed.
template <Model M> struct TissueVoyage {
    double begin = 0, end = 0;
    std::span<const double> events{};   ///< ascending, in [begin, end); the method starts afresh there
    std::span<const double> outputs{};  ///< ascending, in [begin, end]; on an event's time: the state before it
    /// Takes the state at outputs[i].
    std::function<void(std::size_t i, const CellStates<M>&)> output{};
    /// Changes state and tissue (its coefficients, its border values) at events[i].
    std::function<void(std::size_t i, CellStates<M>&, Tissue<M>&)> event{};
    /// Asked now and then; true ends the voyage as interrupted.
    std::function<bool(double time)> stop_requested{};
    /// Sees every accepted step.
    std::function<void(double time, const CellStates<M>&)> step{};
};

namespace detail {

/// Sums over cells whose order does not depend on the width of lanes.
template <class V> class CellSum {
    static constexpr std::size_t width = width_of<V>, parts = CellRows<1>::together / width;

  public:
    CICATRIX_INLINE void add(std::size_t lanes, const V& value) { sums_[lanes / width] += value; }
    CICATRIX_INLINE void raise(std::size_t lanes, const V& value) {
        sums_[lanes / width] = larger(value, sums_[lanes / width]);
    }
    double sum() const {
        double out = 0;
        for (const V& part : sums_)
            for (std::size_t w = 0; w < width; ++w) out += lane(part, static_cast<int>(w));
        return out;
    }
    double largest() const {
        double out = 0;
        for (const V& part : sums_)
            for (std::size_t w = 0; w < width; ++w) out = larger(lane(part, static_cast<int>(w)), out);
        return out;
    }

  private:
    std::array<V, parts> sums_ = every_zero(std::make_index_sequence<parts>{});
    template <std::size_t... I> static std::array<V, parts> every_zero(std::index_sequence<I...>) {
        return {((void)I, V(0.0))...};
    }
};

}  // namespace detail

template <class Method, Model M, Layout layout> class ReactionDiffusion {
    using V = CellLanes;
    static constexpr std::size_t n = M::states.size(), width = width_of<V>, together = CellRows<n>::together;
    static constexpr Pattern here = CellPattern<M, layout>::here;

  public:
    ReactionDiffusion(Tissue<M>& tissue, const Settings<M>& settings)
        : tissue_(tissue), settings_(settings), step_(tissue), value_(tissue.cells) {}

    /// Goes from begin to end; `y` is the state at begin, and then the last one reached.
    Outcome travel(CellStates<M>& y, const TissueVoyage<M>& voyage) {
        outcome_ = {};
        voyage_ = &voyage;
        next_output_ = next_event_ = 0;
        t_ = outcome_.time = voyage.begin;
        tissue_.close_borders(y);
        emit_at_begin(y);
        while (meet_events(y), t_ < voyage.end)
            if (!follow_stretch(y)) break;
        return outcome_;
    }

    /// Rates at (t, y), with what spreads.
    void rates(double t, CellStates<M>& y, CellStates<M>& out) {
        tissue_.close_borders(y);
        step_.rates(t, y, out);
    }

  private:
    void emit_at_begin(const CellStates<M>& y) {
        for (; next_output_ < voyage_->outputs.size() && voyage_->outputs[next_output_] <= t_; ++next_output_)
            voyage_->output(next_output_, y);
    }

    void meet_events(CellStates<M>& y) {
        bool met = false;
        for (; next_event_ < voyage_->events.size() && voyage_->events[next_event_] <= t_; ++next_event_, met = true)
            voyage_->event(next_event_, y, tissue_);
        if (!met) return;
        step_.adopt_tissue();
        tissue_.close_borders(y);
    }

    /// From here to the next event or the end; false when it failed.
    bool follow_stretch(CellStates<M>& y) {
        stop_ = next_event_ < voyage_->events.size() ? voyage_->events[next_event_] : voyage_->end;
        aim(settings_.first_step > 0 ? settings_.first_step : first_step(y));
        for (bool after_rejection = false; t_ < stop_;) {
            const double pivot = step_.take(t_, y, h_);
            const bool trusted = pivot > detail::trusted_pivot;
            const double norm = trusted ? error_norm(y) : std::numeric_limits<double>::infinity();
            const double factor = detail::step_factor<Method>(norm);
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

    void accept(CellStates<M>& y) {
        const double reached = lands_ ? stop_ : t_ + h_;
        const auto& outputs = voyage_->outputs;
        for (; next_output_ < outputs.size() && outputs[next_output_] <= reached; ++next_output_) {
            const double when = outputs[next_output_];
            if (when < reached) step_.between(y, (when - t_) / h_, value_);
            voyage_->output(next_output_, when < reached ? value_ : step_.next());
        }
        y = step_.next();
        t_ = outcome_.time = reached;
        ++outcome_.steps;
        if (voyage_->step) voyage_->step(t_, y);
    }

    /// Sets the next step; the last two before a stop share what is left, and the last lands exactly.
    void aim(double wanted) {
        const double left = stop_ - t_, h = smaller(wanted, settings_.largest_step);
        lands_ = h >= left * (1 - 1e-12);
        h_ = lands_ ? left : h > 0.5 * left ? 0.5 * left : h;
    }

    /// A step in which the fastest state moves by a hundredth of its size or, near zero, of what its tolerances call
    /// small.
    double first_step(const CellStates<M>& y) {
        CellStates<M> f(tissue_.cells);
        step_.rates(t_, y, f);
        double fastest = 0;
        for_each_value(y, f, [&](std::size_t i, double value, double rate) {
            const double absolute = settings_.absolute[i];
            const double small = larger(absolute / settings_.relative, smaller(1e9 * absolute, 1e-3));
            fastest = larger(magnitude(rate) / (magnitude(value) + small), fastest);
        });
        const double whole = stop_ - t_;
        return fastest * whole > 0.01 ? 0.01 / fastest : whole;
    }

    /// Visits every state of every cell and of the sheet with its partner in `other`.
    void for_each_value(const CellStates<M>& y, const CellStates<M>& other, auto visit) const {
        for (std::size_t i = 0; i < n; ++i) {
            if (layout.sheet >> i & 1) visit(i, y.sheet[i], other.sheet[i]);
            else
                for (std::size_t j = 0; j < tissue_.cells; ++j) visit(i, y.cells(i, j), other.cells(i, j));
        }
    }

    /// The square of the error's root mean square over states and cells, each in units of its tolerance; more than one
    /// when a state lies further below zero than its absolute tolerance.
    double error_norm(const CellStates<M>& y) const {
        const auto &next = step_.next(), &error = step_.error();
        detail::CellSum<V> sum, below;
        double whole = 0, deepest = 0;
        for (std::size_t p = 0; p < y.cells.places(); ++p)
            for (std::size_t lanes = 0; lanes < together; lanes += width) {
                const double *from = y.cells.place(p) + lanes, *to = next.cells.place(p) + lanes,
                             *fault = error.cells.place(p) + lanes;
                for_each_state<here>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
                    const V reached = load<V>(to + i * together);
                    sum.add(lanes, square(detail::scaled_error<M>(settings_, i, load<V>(from + i * together), reached,
                                                                  load<V>(fault + i * together))));
                    if constexpr (!M::states[i].may_be_negative)
                        below.raise(lanes, detail::depth_below_zero<M>(settings_, i, reached));
                });
            }
        whole = sum.sum();
        deepest = below.largest();
        for (std::size_t i = 0; i < n; ++i) {
            if (!(layout.sheet >> i & 1)) continue;
            whole += square(detail::scaled_error<M>(settings_, i, y.sheet[i], next.sheet[i], error.sheet[i]));
            if (!M::states[i].may_be_negative)
                deepest = larger(detail::depth_below_zero<M>(settings_, i, next.sheet[i]), deepest);
        }
        const double values = static_cast<double>(std::popcount(here)) * static_cast<double>(tissue_.cells) +
                              static_cast<double>(std::popcount(layout.sheet));
        return larger(deepest > 1.0 ? square(deepest) : 0.0, whole / values);
    }

    Status why_rejected(double norm) const {
        if (!(norm < std::numeric_limits<double>::infinity())) return Status::not_finite;
        bool negative = false;
        for_each_value(step_.next(), step_.next(), [&](std::size_t i, double value, double) {
            negative =
                negative || (!M::states[i].may_be_negative && detail::depth_below_zero<M>(settings_, i, value) > 1.0);
        });
        return negative ? Status::negative : Status::step_too_small;
    }

    bool give_up(Status status, const CellStates<M>& y) {
        double worst = -1;
        for_each_value(y, step_.error(), [&](std::size_t i, double value, double error) {
            const double fault = magnitude(detail::scaled_error<M>(settings_, i, value, value, error));
            if (!(fault <= worst)) worst = fault, outcome_.limiting_state = i;
        });
        outcome_.status = status;
        return false;
    }

    Tissue<M>& tissue_;
    Settings<M> settings_;
    CellStep<Method, M, layout> step_;
    CellStates<M> value_;
    const TissueVoyage<M>* voyage_ = nullptr;
    Outcome outcome_;
    std::size_t next_event_ = 0, next_output_ = 0;
    double t_ = 0, h_ = 0, stop_ = 0;
    bool lands_ = false;
};

}  // namespace cicatrix
