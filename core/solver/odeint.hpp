// Our stepper as Boost.Odeint wants one: a dense-output stepper over one member or over lanes that step together, so
// that odeint's `integrate_times` and its like run any model.
#pragma once
#include <boost/numeric/odeint/stepper/stepper_categories.hpp>
#include <boost/numeric/odeint/util/unwrap_reference.hpp>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

#include "cicatrix/base/error.hpp"
#include "cicatrix/solver/dense_step.hpp"
#include "cicatrix/solver/rosenbrock_step.hpp"
#include "cicatrix/solver/step_control.hpp"

namespace cicatrix {

/// A model with the numbers that its rates read: what odeint calls a system. Its own explicit steppers take it, too.
template <Model M, class V = double> struct OdeintSystem {
    CoefficientsOf<M, V> coefficients;

    void operator()(const StatesOf<M, V>& y, StatesOf<M, V>& rates, double t) const {
        Linearisation<M, V>::rates(V(t), y, coefficients, rates);
    }
};

/// A Rosenbrock method with error control and dense output, for odeint:
///     integrate_times(OdeintStepper<Rodas5P, M>(settings), OdeintSystem<M>{k}, y, times, first_step, observer)
/// Lanes share time and step; the member that needs the smallest step sets it. Forward in time only. odeint knows no
/// status, so a failure is thrown as NumericalError; `most_steps` bounds the tries over the life of a stepper, because
/// odeint's own loops have no bound. Members whose numbers must not depend on each other belong to `integrate`.
template <class Method, Model M, class V = double> class OdeintStepper {
    static constexpr std::size_t n = M::states.size();
    static constexpr int width = width_of<V>;

  public:
    using state_type = StatesOf<M, V>;
    using deriv_type = state_type;
    using value_type = V;
    using time_type = double;
    using stepper_category = boost::numeric::odeint::dense_output_stepper_tag;

    explicit OdeintStepper(const Settings<M>& settings = {}) : settings_(settings) {}

    /// Starts a smooth stretch at t.
    void initialize(const state_type& y, double t, double first_step) {
        y_ = y;
        previous_time_ = t_ = t;
        h_ = first_step;
        after_rejection_ = false;
    }

    /// Takes one accepted step and returns the times at its ends. Throws NumericalError when there is none, and
    /// std::invalid_argument when the first step was not positive (odeint's loops set such a one when they are done).
    template <class System> std::pair<double, double> do_step(System system) {
        if (!(h_ > 0))
            throw std::invalid_argument("this stepper goes forward in time: the first step must be positive");
        const typename boost::numeric::odeint::unwrap_reference<System>::type& unwrapped = system;
        for (;;) {
            const double h = smaller(h_, settings_.largest_step);
            if (tries_++ >= settings_.most_steps) fail(Status::too_many_steps, unwrapped.coefficients);
            const double norm = try_step(unwrapped.coefficients, h);
            const double factor = detail::step_factor<Method>(norm);
            if (norm <= 1.0) return accept(h, factor);
            after_rejection_ = true;
            const double smaller_step = h * detail::factor_after_rejection(norm, factor);
            if (detail::is_too_small(smaller_step, t_)) fail(Status::step_too_small, unwrapped.coefficients);
            h_ = smaller_step;
        }
    }

    /// The state at t within the last step, ends included.
    void calc_state(double t, state_type& out) const {
        if (t == t_ || t_ == previous_time_) return void(out = y_);
        DenseStep<Method, M, V> dense;
        dense.take(step_, previous_, all_states<M>);
        for (int w = 0; w < width; ++w) {
            dense.enter(w, all_states<M>);
            const auto within = dense.at((t - previous_time_) / (t_ - previous_time_));
            for (std::size_t i = 0; i < n; ++i) set_lane(out[i], w, within[i]);
        }
    }

    const state_type& current_state() const { return y_; }
    double current_time() const { return t_; }
    double current_time_step() const { return h_; }
    const state_type& previous_state() const { return previous_; }
    double previous_time() const { return previous_time_; }

  private:
    using Pivoting = RosenbrockStep<Method, M, double, PivotingShifted<M>>;

    /// The norm of the worst lane; NaN as soon as one is.
    double try_step(const CoefficientsOf<M, V>& k, double h) {
        const V pivot = step_.take(V(t_), y_, k, V(h));
        for (int w = 0; w < width; ++w)
            if (!(lane(pivot, w) > detail::trusted_pivot)) retake_with_pivoting(w, k, h);
        const V norm = detail::error_norm<M, V>(settings_, y_, step_.next(), step_.error());
        worst_lane_ = 0;
        for (int w = 1; w < width; ++w)
            if (!(lane(norm, w) <= lane(norm, worst_lane_)) && !is_nan(lane(norm, worst_lane_))) worst_lane_ = w;
        return lane(norm, worst_lane_);
    }
    static bool is_nan(double x) { return x != x; }

    void retake_with_pivoting(int w, const CoefficientsOf<M, V>& k, double h) {
        Pivoting pivoting;
        pivoting.take(t_, in_lane(w, y_), in_lane(w, k), h);
        step_.adopt(w, pivoting);
    }

    std::pair<double, double> accept(double h, double factor) {
        previous_ = y_;
        previous_time_ = t_;
        y_ = step_.next();
        t_ += h;
        h_ = smaller(h * (after_rejection_ ? smaller(factor, 1.0) : factor), settings_.largest_step);
        after_rejection_ = false;
        return {previous_time_, t_};
    }

    [[noreturn]] void fail(Status status, const CoefficientsOf<M, V>& k) const {
        const int w = worst_lane_;
        const auto from = in_lane(w, y_), next = in_lane(w, step_.next()), error = in_lane(w, step_.error());
        StatesOf<M, double> rates;
        Linearisation<M, double>::rates(t_ + h_, from, in_lane(w, k), rates);
        if (status == Status::step_too_small)
            status =
                detail::why_rejected<M>(settings_, next, detail::error_norm<M, double>(settings_, from, next, error));
        const auto limiting = detail::limiting_state<M>(settings_, from, next, error, rates);
        throw NumericalError(static_cast<std::size_t>(w), t_, std::string(M::states[limiting].name),
                             std::string(status_names[static_cast<std::size_t>(status)]));
    }

    template <const auto& table> static Values<table, double> in_lane(int w, const Values<table, V>& values) {
        Values<table, double> out;
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = lane(values[i], w);
        return out;
    }

    Settings<M> settings_;
    RosenbrockStep<Method, M, V> step_{};
    state_type y_{}, previous_{};
    double t_ = 0, previous_time_ = 0, h_ = 0;
    std::uint64_t tries_ = 0;
    int worst_lane_ = 0;
    bool after_rejection_ = false;
};

}  // namespace cicatrix
