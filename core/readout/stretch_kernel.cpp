// Reads out a stretch in lanes of time. Each own state follows x' = source - rate x by Radau IIA of order 5: what a
// step makes of its begin, growth x + gain at each stage, is known for all steps before the first is taken.
#include <algorithm>
#include <array>
#include <vector>

#include "cicatrix/readout/stretch.hpp"

namespace cicatrix {
namespace {

using V = CellLanes;
constexpr std::size_t width = static_cast<std::size_t>(width_of<V>);

constexpr std::size_t n_stages = stage_count;

using Stages = std::array<V, n_stages>;

/// What becomes of the begin of a step at its stages.
struct Response {
    Stages growth, gain;
};

/// (1 + h A diag(rate)) (growth, gain) = (1, h A source), by elimination in order: for rates that are not negative the
/// pivots do not vanish and nothing grows to more than twice its size.
CICATRIX_INLINE Response response(const V& h, const Stages& source, const Stages& rate) {
    constexpr auto& A = collocation.coefficients;
    V m[n_stages][n_stages];
    Stages inverse;
    Response out;
    for (std::size_t i = 0; i < n_stages; ++i) {
        V sum(0.0);
        for (std::size_t j = 0; j < n_stages; ++j) {
            const V a = h * V(A[i][j]);
            m[i][j] = a * rate[j];
            sum += a * source[j];
        }
        m[i][i] += V(1.0);
        out.growth[i] = V(1.0), out.gain[i] = sum;
    }
    for (std::size_t k = 0; k < n_stages; ++k) {
        inverse[k] = V(1.0) / m[k][k];
        for (std::size_t i = k + 1; i < n_stages; ++i) {
            const V factor = m[i][k] * inverse[k];
            for (std::size_t j = k + 1; j < n_stages; ++j) m[i][j] -= factor * m[k][j];
            out.growth[i] -= factor * out.growth[k], out.gain[i] -= factor * out.gain[k];
        }
    }
    for (std::size_t i = n_stages; i-- > 0;) {
        for (std::size_t j = i + 1; j < n_stages; ++j)
            out.growth[i] -= m[i][j] * out.growth[j], out.gain[i] -= m[i][j] * out.gain[j];
        out.growth[i] *= inverse[i], out.gain[i] *= inverse[i];
    }
    return out;
}

/// The same where all sources are zero: decay by the integral of the rate.
CICATRIX_INLINE Stages decay(const V& h, const Stages& rate) {
    Stages out;
    for (std::size_t i = 0; i < n_stages; ++i) {
        V sum(0.0);
        for (std::size_t j = 0; j < n_stages; ++j) sum += V(collocation.coefficients[i][j]) * rate[j];
        out[i] = exp(-(h * sum));
    }
    return out;
}

/// One stretch for one patient; rows of `scratch` by their use.
class Reader {
  public:
    Reader(const Patient& patient, const Fixed& fixed, const Stretch& stretch, Readings& out, SeriesRows& scratch)
        : patient_(patient), fixed_(fixed), stretch_(stretch), slots_(stretch.slots()), out_(out), scratch_(scratch) {
        double* h = scratch.row(step);
        double* t = scratch.row(time);
        for (std::size_t n = 0; n < slots_.steps; ++n) h[n] = stretch.steps[n + 1] - stretch.steps[n];
        for (std::size_t s = 0; s < n_stages; ++s)
            for (std::size_t n = 0; n < slots_.steps; ++n) t[slots_.stage(s, n)] = time_of_stage(stretch.steps, s, n);
        t[slots_.begin()] = stretch.steps.front();
        for (std::size_t o = 0; o < slots_.outputs; ++o) {
            t[slots_.output(o)] = stretch.outputs[o];
            places_.push_back(place_in(stretch.steps, stretch.outputs[o]));
        }
    }

    void read(const OwnValues& begin) {
        detail::for_each_in(static_cast<OwnStates*>(nullptr), out_.own, [&]<class S, std::size_t i>() {
            flow<S, i>();
            follow(i, begin[i]);
        });
        detail::for_each_in(static_cast<Readouts*>(nullptr), out_.readouts,
                            [&]<class R, std::size_t i>() { read_out<R, i>(); });
    }

  private:
    enum Use { time, step, source, rate, begins, growth, gain = growth + stage_count };

    /// As seen at the slots from `slot` on by what knows the first own states.
    template <std::size_t known> CICATRIX_INLINE auto now(std::size_t slot) const {
        using States = RowsSeen<Microneedling::states, V>;
        using Own = RowsSeen<own_states, V, known>;
        return MomentOf<V, States, Own, double>(patient_, load<V>(scratch_.row(time) + slot),
                                                States{stretch_.states.row(0) + slot, stretch_.states.length()},
                                                Own{out_.own_rows.row(0) + slot, out_.own_rows.length()},
                                                stretch_.sessions);
    }

    template <class S, std::size_t i> CICATRIX_FLATTEN void flow() {
        double *sources = scratch_.row(source), *rates = scratch_.row(rate);
        for (std::size_t slot = 0; slot < slots_.begin(); slot += width) {
            const auto at = now<i>(slot);
            const auto flow = [&] {
                if constexpr (detail::HasFixed<S, Moment>) return S::flow(at, std::get<i>(fixed_.own));
                else return S::flow(at);
            }();
            store<V>(sources + slot, V(flow.source));
            store<V>(rates + slot, V(flow.rate));
        }
    }

    /// Its sources and rates are known at all stages.
    void follow(std::size_t i, double begin) {
        respond();
        double* x = out_.own_rows.row(i);
        double* from = scratch_.row(begins);
        const double *u = scratch_.row(growth + n_stages - 1), *v = scratch_.row(gain + n_stages - 1);
        double now = begin;
        for (std::size_t n = 0; n < slots_.steps; ++n) from[n] = now, now = u[n] * now + v[n];
        for (std::size_t s = 0; s < n_stages; ++s) {
            const double *u_s = scratch_.row(growth + s), *v_s = scratch_.row(gain + s);
            for (std::size_t n = 0; n < slots_.steps; n += width)
                store<V>(x + slots_.stage(s, n), load<V>(u_s + n) * load<V>(from + n) + load<V>(v_s + n));
        }
        x[slots_.begin()] = begin;
        const Curve curve{stretch_.steps, {}, slots_, x};
        for (std::size_t o = 0; o < slots_.outputs; ++o) x[slots_.output(o)] = curve.at(places_[o]);
    }

    void respond() {
        const auto stages = [&](Use use, std::size_t n) CICATRIX_INLINE_LAMBDA {
            const double* row = scratch_.row(use) + n;
            Stages out;
            for (std::size_t s = 0; s < n_stages; ++s) out[s] = load<V>(row + s * slots_.steps);
            return out;
        };
        const double* sources = scratch_.row(source);
        const bool decays = std::all_of(sources, sources + slots_.begin(), [](double x) { return x == 0; });
        for (std::size_t n = 0; n < slots_.steps; n += width) {
            const V h = load<V>(scratch_.row(step) + n);
            const Response now =
                decays ? Response{decay(h, stages(rate, n)), {}} : response(h, stages(source, n), stages(rate, n));
            for (std::size_t s = 0; s < n_stages; ++s) {
                store<V>(scratch_.row(growth + s) + n, now.growth[s]);
                store<V>(scratch_.row(gain + s) + n, now.gain[s]);
            }
        }
    }

    template <class R, std::size_t i> CICATRIX_FLATTEN void read_out() {
        double* row = out_.rows.row(i);
        const std::size_t first = out_.along[i] ? 0 : std::min(slots_.last(), slots_.begin());
        for (std::size_t slot = first; slot < slots_.size(); slot += width) {
            const auto at = now<own_states.size()>(slot);
            if constexpr (detail::HasFixed<R, Moment>)
                store<V>(row + slot, V(R::value(at, std::get<i>(fixed_.readouts))));
            else store<V>(row + slot, V(R::value(at)));
        }
    }

    const Patient& patient_;
    const Fixed& fixed_;
    const Stretch& stretch_;
    Slots slots_;
    Readings& out_;
    SeriesRows& scratch_;
    std::vector<StepPlace> places_;  ///< of the outputs
};

}  // namespace

template <>
void read_stretch_by<compiled_for>(const Patient& patient, const Fixed& fixed, const Stretch& stretch,
                                   const OwnValues& begin, Readings& readings, SeriesRows& scratch) {
    Reader(patient, fixed, stretch, readings, scratch).read(begin);
}

}  // namespace cicatrix
