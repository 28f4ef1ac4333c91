// Follows one member in tangents: its states and their derivatives, by steps that the states alone choose.
#pragma once
#include <array>
#include <cstddef>
#include <limits>
#include <span>

#include "cicatrix/solver/member.hpp"
#include "cicatrix/solver/step_control.hpp"
#include "cicatrix/solver/tangent_step.hpp"

namespace cicatrix {

/// A member with its derivatives; times have none. `watched` as in Member.
template <Model M> struct TangentMember {
    StatesOf<M, Tangent> initial{};
    CoefficientsOf<M, Tangent> coefficients{};
    double begin = 0, end = 0;
    std::span<const double> outputs{};
    std::span<const std::size_t> watched = all_states<M>;
};

template <class Method, Model M> class TangentRun {
    static constexpr auto& method = Method::method;
    static constexpr std::size_t n = M::states.size();
    using States = StatesOf<M, Tangent>;
    using Numbers = StatesOf<M, double>;

  public:
    TangentRun(const TangentMember<M>& member, const Settings<M>& settings)
        : member_(member), settings_(settings), tolerances_(settings), y_(member.initial), t_(member.begin) {}

    /// Calls `output(i, states)` at each output; the states that are not watched mean nothing there.
    Outcome run(auto&& output) {
        Outcome outcome;
        outcome.time = t_;
        emit(0, t_, output);
        double wanted = member_.end > t_ ? first_step() : 0;
        bool after_rejection = false;
        while (t_ < member_.end) {
            const double left = member_.end - t_;
            const bool lands = wanted >= left * (1 - 1e-12);
            const double h = lands ? left : wanted > 0.5 * left ? 0.5 * left : wanted;
            const double norm = try_step(h);
            const double factor = detail::step_factor<Method>(norm);
            if (norm <= 1.0) {
                const double reached = lands ? member_.end : t_ + h;
                emit(h, reached, output);
                y_ = step_.next();
                t_ = outcome.time = reached;
                ++outcome.steps;
                wanted = h * (after_rejection ? smaller(factor, 1.0) : factor);
            } else {
                ++outcome.rejected;
                wanted = h * detail::factor_after_rejection(norm, factor);
                if (detail::is_too_small(wanted, t_))
                    outcome.status = detail::why_rejected<M>(settings_, numbers_of(step_.next()), norm);
            }
            after_rejection = !(norm <= 1.0);
            if (outcome.steps + outcome.rejected >= settings_.most_steps) outcome.status = Status::too_many_steps;
            if (outcome.status != Status::done) break;
        }
        return outcome;
    }

    /// Where it has come to.
    const States& last() const { return y_; }
    /// The rates there, by which the last states change when the end moves.
    States last_rates() const {
        States out;
        Linearisation<M, Tangent>::rates(t_, y_, member_.coefficients, out);
        return out;
    }

  private:
    static Numbers numbers_of(const States& y) {
        Numbers out;
        for (std::size_t i = 0; i < n; ++i) out[i] = y[i].value;
        return out;
    }

    /// The error of a step over h; without end when its factors cannot be trusted, so that it is taken smaller.
    double try_step(double h) {
        const Tangent pivot = step_.take(t_, y_, member_.coefficients, h);
        if (!(pivot.value > detail::trusted_pivot)) return std::numeric_limits<double>::infinity();
        return detail::error_norm<M, double>(tolerances_, numbers_of(y_), numbers_of(step_.next()),
                                             numbers_of(step_.error()));
    }

    double first_step() const {
        return detail::first_step<M>(settings_, numbers_of(y_), numbers_of(last_rates()), member_.end - t_);
    }

    /// The outputs within the step over h that ends with `reached`.
    void emit(double h, double reached, auto&& output) {
        States values;
        for (; next_output_ < member_.outputs.size() && member_.outputs[next_output_] <= reached; ++next_output_) {
            const double when = member_.outputs[next_output_];
            if (h == 0) values = y_;
            else between(when == reached ? 1.0 : (when - t_) / h, values);
            output(next_output_, values);
        }
    }

    /// The watched states at the share x of the step just taken; see DenseStep.
    void between(double x, States& out) const {
        const auto weights = dense_weights(method, x);
        for (const std::size_t i : member_.watched) {
            Tangent sum = y_[i];
            for (std::size_t s = 0; s < method.stages; ++s) sum += weights[s] * step_.stages_taken()[s][i];
            out[i] = sum;
        }
    }

    const TangentMember<M>& member_;
    const Settings<M>& settings_;
    const detail::Tolerances<M> tolerances_;
    TangentStep<Method, M> step_;
    States y_;
    double t_;
    std::size_t next_output_ = 0;
};

}  // namespace cicatrix
