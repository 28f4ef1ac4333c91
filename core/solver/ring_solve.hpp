// Solves the linear systems of a step in rings by GMRES, preconditioned by the modes of diffusion across the rings.
#pragma once
#include <cstddef>
#include <cstdint>

#include "cicatrix/numeric/gmres.hpp"
#include "cicatrix/solver/modal_lines.hpp"

namespace cicatrix {

/// How much work linear systems took.
struct LinearWork {
    std::uint64_t systems = 0, applications = 0;  ///< solved; of the preconditioner and the matrix

    double per_system() const {
        return systems > 0 ? static_cast<double>(applications) / static_cast<double>(systems) : 0.0;
    }
};

template <Model M, Layout layout> class RingSolve {
    using P = CellPattern<M, layout>;
    static constexpr std::size_t n = P::n, together = CellRows<n>::together, width = width_of<CellLanes>;
    using V = CellLanes;

  public:
    using System = RingSystem<M, layout>;
    using Vector = RingStates<M>;

    /// Residuals stop at this part of the tolerance of a step. Their errors must not be seen in its error estimate, nor
    /// in the next stages, which magnify them: at 0.03 a unit cell of 16 x 64 cells takes as many steps as at 0.001
    /// with three quarters of the iterations; at 0.3 Rodas4 takes up to ten times as many.
    static constexpr double stopping = 0.03;

    RingSolve(const RingTissue<M>& tissue, const Settings<M>& settings)
        : settings_(settings), system_(tissue), modal_(system_), weights_(tissue.blank()) {}

    RingSolve(const RingSolve&) = delete;
    RingSolve& operator=(const RingSolve&) = delete;

    System& system() { return system_; }
    const System& system() const { return system_; }
    const LinearWork& work() const { return work_; }

    /// To be called when the matrix of a step from y has changed; returns the smallest pivot's magnitude.
    double factor(const Vector& y, double shift) {
        for (std::size_t r = 0; r < y.count(); ++r) weigh(y[r], r, shift);
        return modal_.factor();
    }

    /// Replaces a reduced right-hand side by the solution; false when it was not found.
    bool solve(Vector& x) {
        const auto found = gmres_.solve(*this, x, stopping);
        ++work_.systems;
        work_.applications += found.applications;
        if (found.converged) system_.restore_fixed(x);
        return found.converged;
    }

    Vector blank() const { return system_.tissue().blank(); }
    void precondition(Vector& x) { modal_.solve(x); }
    void apply(Vector& x, Vector& out) const {
        for (auto& ring : x.rings)
            for_each_state<layout.mobile>([&]<std::size_t i>() { ring.cells.link(i, 0.0, 0.0); });
        system_.multiply(x, out);
    }

    double inner(const Vector& a, const Vector& b) const {
        detail::CellSum<V> sum;
        for (std::size_t r = 0; r < a.count(); ++r)
            system_.interior().for_each([&](LanesAt at) CICATRIX_INLINE_LAMBDA {
                V here(0.0);
                for_each_state<layout.mobile>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
                    here += lanes_of<V>(weights_[r].cells, i, at) * lanes_of<V>(a[r].cells, i, at) *
                            lanes_of<V>(b[r].cells, i, at);
                });
                sum.add(at.lanes, here);
            });
        double whole = sum.sum();
        for (std::size_t r = 0; r < a.count(); ++r)
            for_each_state<layout.sheet>(
                [&]<std::size_t i>() { whole += weights_[r].sheet[i] * a[r].sheet[i] * b[r].sheet[i]; });
        return whole;
    }
    void copy(const Vector& from, Vector& to) const {
        for_each_lanes(to, [&](std::size_t r, LanesAt at, std::size_t i)
                               CICATRIX_INLINE_LAMBDA { return lanes_of<V>(from[r].cells, i, at); });
        for (std::size_t r = 0; r < to.count(); ++r) to[r].sheet = from[r].sheet;
    }
    void add(Vector& to, double factor, const Vector& x) const {
        for_each_lanes(to, [&](std::size_t r, LanesAt at, std::size_t i) CICATRIX_INLINE_LAMBDA {
            return lanes_of<V>(to[r].cells, i, at) + V(factor) * lanes_of<V>(x[r].cells, i, at);
        });
        for (std::size_t r = 0; r < to.count(); ++r)
            for (std::size_t i = 0; i < n; ++i) to[r].sheet[i] += factor * x[r].sheet[i];
    }
    void scale(Vector& x, double factor) const {
        for_each_lanes(x, [&](std::size_t r, LanesAt at, std::size_t i)
                              CICATRIX_INLINE_LAMBDA { return V(factor) * lanes_of<V>(x[r].cells, i, at); });
        for (auto& ring : x.rings)
            for (double& value : ring.sheet) value *= factor;
    }

  private:
    /// Sets the mobile states of all cells.
    CICATRIX_INLINE void for_each_lanes(Vector& to, auto value) const {
        for (std::size_t r = 0; r < to.count(); ++r)
            system_.interior().for_each([&](LanesAt at) CICATRIX_INLINE_LAMBDA {
                double* lanes = to[r].cells.place(at.place) + at.lanes;
                for_each_state<layout.mobile>(
                    [&]<std::size_t i>() CICATRIX_INLINE_LAMBDA { store(lanes + i * together, value(r, at, i)); });
            });
    }

    /// A residual divided by the diagonal without what couples cells is the change it would make; that in units of the
    /// tolerance, squared and divided by the number of unknowns.
    void weigh(const CellStates<M>& y, std::size_t ring, double shift) {
        const double count = static_cast<double>(system_.rings()) *
                             static_cast<double>(std::popcount(layout.mobile) * y.cells.cells() +
                                                 static_cast<std::size_t>(std::popcount(layout.sheet)));
        const auto& tissue = system_.tissue().column;
        system_.interior().for_each([&](LanesAt at) CICATRIX_INLINE_LAMBDA {
            double* lanes = weights_[ring].cells.place(at.place) + at.lanes;
            const auto& factors = system_.factors(ring, at);
            for_each_state<layout.mobile>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
                const V own = System::Elimination::template kept<i, i>(factors) - lanes_of<V>(tissue.low, i, at) -
                              lanes_of<V>(tissue.high, i, at);
                store(lanes + i * together, weight(i, lanes_of<V>(y.cells, i, at), larger(own, V(shift)), count));
            });
        });
        for_each_state<layout.sheet>([&]<std::size_t i>() {
            const double own = system_.sheet(ring).diagonal(i);
            weights_[ring].sheet[i] = weight(i, y.sheet[i], larger(own, shift), count);
        });
    }
    template <class T> CICATRIX_INLINE T weight(std::size_t i, const T& y, const T& diagonal, double count) const {
        const T unit = (T(settings_.absolute[i]) + T(settings_.relative) * magnitude(y)) * diagonal;
        return T(1.0) / (square(unit) * T(count));
    }

    Settings<M> settings_;
    System system_;
    ModalLines<M, layout> modal_;
    Vector weights_;
    Gmres<RingSolve> gmres_;
    LinearWork work_;
};

}  // namespace cicatrix
