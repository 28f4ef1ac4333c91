// A second opinion: any model solved by Boost.Odeint's own rosenbrock4 (stiff) or dopri5 (explicit), which share with
// our solver nothing but the text of the rates.
#pragma once
#include <boost/numeric/odeint/algebra/range_algebra.hpp>
#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/dense_output_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/rosenbrock4.hpp>
#include <boost/numeric/odeint/stepper/rosenbrock4_controller.hpp>
#include <boost/numeric/odeint/stepper/rosenbrock4_dense_output.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include "cicatrix/solver/derivatives.hpp"
#include "cicatrix/solver/member.hpp"

namespace cicatrix {

namespace detail {

/// odeint's steppers know one absolute tolerance only, so each state is counted in units of its own.
template <Model M> class RescaledModel {
    static constexpr std::size_t n = M::states.size();

  public:
    using States = StatesOf<M, double>;
    using Matrix = boost::numeric::ublas::matrix<double>;

    RescaledModel(const CoefficientsOf<M, double>& coefficients, const States& unit) : k_(coefficients), unit_(unit) {}

    template <class Rescaled> void rates(const Rescaled& z, Rescaled& out, double t) const {
        States f;
        Linearisation<M, double>::rates(t, states(z), k_, f);
        for (std::size_t i = 0; i < n; ++i) out[i] = f[i] / unit_[i];
    }
    template <class Rescaled> void derivatives(const Rescaled& z, Matrix& by_state, double t, Rescaled& by_time) const {
        by_state.clear();
        for (std::size_t i = 0; i < n; ++i) by_time[i] = 0;
        for_each_derivative<M>(t, states(z), k_, [&](std::size_t i, std::size_t j, double value) {
            if (j < n) by_state(i, j) = value * unit_[j] / unit_[i];
            else by_time[i] = value / unit_[i];
        });
    }
    States states(const auto& z) const {
        States y;
        for (std::size_t i = 0; i < n; ++i) y[i] = z[i] * unit_[i];
        return y;
    }
    template <class Rescaled> Rescaled rescaled(const States& y) const {
        Rescaled z(n);
        for (std::size_t i = 0; i < n; ++i) z[i] = y[i] / unit_[i];
        return z;
    }

  private:
    CoefficientsOf<M, double> k_;
    States unit_;
};

/// The published coefficients with the sign of d4, the time weight of the fourth stage, put right: odeint (Boost 1.81)
/// has it positive, which leaves rates that depend on time with order one.
struct RosenbrockCoefficients : boost::numeric::odeint::default_rosenbrock_coefficients<double> {
    const double d4 = -0.3620000000000023e-01;
};

}  // namespace detail

/// odeint's rosenbrock4: order 4(3), L-stable, dense LU with pivoting.
struct OdeintRosenbrock4 {
    static constexpr std::string_view id = "rosenbrock4";
    using State = boost::numeric::ublas::vector<double>;
    template <Model M> static auto stepper(const Settings<M>& settings) {
        using namespace boost::numeric::odeint;
        using Controller = rosenbrock4_controller<rosenbrock4<double, detail::RosenbrockCoefficients>>;
        const double most = std::isfinite(settings.largest_step) ? settings.largest_step : 0;
        return rosenbrock4_dense_output<Controller>(Controller(1.0, settings.relative, most));
    }
    template <Model M> static auto system(const detail::RescaledModel<M>& model) {
        return std::pair([&model](const State& z, State& out, double t) { model.rates(z, out, t); },
                         [&model](const State& z, auto& by_state, double t, State& by_time) {
                             model.derivatives(z, by_state, t, by_time);
                         });
    }
};

/// odeint's dopri5: order 5(4), explicit. For stiff models only over short times.
struct OdeintDopri5 {
    static constexpr std::string_view id = "dopri5";
    using State = std::vector<double>;
    template <Model M> static auto stepper(const Settings<M>& settings) {
        using namespace boost::numeric::odeint;
        using Stepper = runge_kutta_dopri5<State>;
        using Checker = default_error_checker<double, Stepper::algebra_type, Stepper::operations_type>;
        using Adjuster = default_step_adjuster<double, double>;
        const double most = std::isfinite(settings.largest_step) ? settings.largest_step : 0;
        using Controller = controlled_runge_kutta<Stepper, Checker, Adjuster>;
        return dense_output_runge_kutta<Controller>(
            Controller(Checker(1.0, settings.relative, 1.0, 0.0), Adjuster(most)));
    }
    template <Model M> static auto system(const detail::RescaledModel<M>& model) {
        return [&model](const State& z, State& out, double t) { model.rates(z, out, t); };
    }
};

/// What a second opinion found: the states at the outputs, NaN from where it failed on.
template <Model M> struct OdeintSolution {
    Outcome outcome;  ///< `rejected` and `limiting_state` stay 0: odeint does not tell
    std::vector<StatesOf<M, double>> states;
};

namespace detail {

/// One member on its way through a method of odeint.
template <class Method, Model M> class OdeintVoyage {
    using State = typename Method::State;
    using States = StatesOf<M, double>;

  public:
    OdeintVoyage(const Member<M>& member, const Settings<M>& settings)
        : member_(member), settings_(settings), model_(member.coefficients, settings.absolute) {}

    template <class ApplyEvent> OdeintSolution<M> run(ApplyEvent apply_event) {
        States y = member_.initial;
        double t = member_.begin;
        found_.outcome.time = t;
        keep_until(t, [&](double) { return y; });
        for (std::size_t next = 0; next <= member_.events.size(); ++next) {
            const double stop = next < member_.events.size() ? member_.events[next] : member_.end;
            if (stop > t) cross(t, stop, y);
            if (found_.outcome.status != Status::done) break;
            t = stop;
            if (next < member_.events.size()) apply_event(next, y);
        }
        States unknown;
        unknown.fill(std::numeric_limits<double>::quiet_NaN());
        found_.states.resize(member_.outputs.size(), unknown);
        return std::move(found_);
    }

  private:
    /// Solves the smooth stretch from t to exactly `stop`, step by step: odeint's own loops have no bound.
    void cross(double t, const double stop, States& y) {
        auto stepper = Method::template stepper<M>(settings_);
        const auto system = Method::template system<M>(model_);
        stepper.initialize(model_.template rescaled<State>(y), t, smaller(first_step(t, y), stop - t));
        auto z = stepper.current_state();
        while (t < stop) {
            if (found_.outcome.steps >= settings_.most_steps) return fail(Status::too_many_steps);
            if (stepper.current_time() + stepper.current_time_step() > stop)
                stepper.initialize(State(stepper.current_state()), t, stop - t);
            try {
                stepper.do_step(system);
            } catch (const boost::numeric::odeint::odeint_error&) {  // after 500 rejections on end
                return fail(Status::step_too_small);
            }
            ++found_.outcome.steps;
            const bool lands = stop - stepper.current_time() <= rounding(stop);
            t = lands ? stop : stepper.current_time();
            if (!is_finite(stepper.current_state())) return fail(Status::not_finite);
            found_.outcome.time = t;
            keep_until(t, [&](double when) {
                if (when == t) return model_.states(stepper.current_state());
                stepper.calc_state(when, z);
                return model_.states(z);
            });
        }
        y = model_.states(stepper.current_state());
    }

    static double rounding(double t) { return 4 * std::numeric_limits<double>::epsilon() * magnitude(t); }
    static bool is_finite(const State& z) {
        for (const double value : z)
            if (!std::isfinite(value)) return false;
        return true;
    }
    void fail(Status status) { found_.outcome.status = status; }

    void keep_until(double t, auto state_at) {
        for (auto& states = found_.states;
             states.size() < member_.outputs.size() && member_.outputs[states.size()] <= t;)
            states.push_back(state_at(member_.outputs[states.size()]));
    }

    /// A step in which the fastest state moves by a hundredth of its size; odeint's controllers shrink it further.
    double first_step(double t, const States& y) const {
        if (settings_.first_step > 0) return settings_.first_step;
        States f;
        Linearisation<M, double>::rates(t, y, member_.coefficients, f);
        double fastest = 1e-300;
        for (std::size_t i = 0; i < y.size(); ++i)
            fastest = larger(magnitude(f[i]) / (magnitude(y[i]) + 1e6 * settings_.absolute[i]), fastest);
        return 0.01 / fastest;
    }

    const Member<M>& member_;
    const Settings<M>& settings_;
    RescaledModel<M> model_;
    OdeintSolution<M> found_;
};

}  // namespace detail

/// Solves one member by `Method`, OdeintRosenbrock4 or OdeintDopri5: lands on its events, where `apply_event(i, y)`
/// changes the state and the method starts afresh, and gives the states at its outputs. Absolute tolerances must be
/// positive.
template <class Method, Model M, class ApplyEvent>
OdeintSolution<M> odeint_solution(const Member<M>& member, const Settings<M>& settings, ApplyEvent apply_event) {
    return detail::OdeintVoyage<Method, M>(member, settings).run(apply_event);
}

}  // namespace cicatrix
