// What happens inside the cells of a tissue, the lanes of one place at a time: rates with what spreads along the line of
// cells, and their exact derivatives.
#pragma once
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "cicatrix/solver/cell_pattern.hpp"

namespace cicatrix {

/// Where lanes of cells lie: their place, and their first lane in it.
struct LanesAt {
    std::size_t place, lanes;

    CICATRIX_INLINE std::size_t number() const {
        return place * (CellRows<1>::together / width_of<CellLanes>)+lanes / width_of<CellLanes>;
    }
};

/// The lanes of number i at some place.
template <class V, std::size_t count>
CICATRIX_INLINE V lanes_of(const CellRows<count>& rows, std::size_t i, LanesAt at) {
    return load<V>(rows.place(at.place) + at.lanes + i * CellRows<count>::together);
}

/// Reads lanes of cells; the derivatives go into an elimination of the caller's.
template <Model M, Layout layout> class CellInterior {
    using P = CellPattern<M, layout>;
    using L = typename P::L;
    static constexpr std::size_t n = P::n;
    static constexpr Pattern here = P::here, mobile = P::mobile;

  public:
    using V = CellLanes;
    using States = StatesOf<M, V>;
    static constexpr std::size_t width = width_of<V>, together = CellRows<n>::together;

    explicit CellInterior(const Tissue<M>& tissue)
        : tissue_(tissue), lower_(tissue.cells), upper_(tissue.cells), marks_(tissue.cells) {
        adopt_tissue();
    }

    /// Calls `visit(at)` for all lanes of all places in order.
    CICATRIX_INLINE void for_each(auto visit) const {
        const std::size_t places = marks_.places();
        for (std::size_t place = 0; place < places; ++place)
            for (std::size_t lanes = 0; lanes < together; lanes += width) visit(LanesAt{place, lanes});
    }
    /// How many lanes `for_each` visits.
    std::size_t visits() const { return marks_.places() * (together / width); }

    /// To be called when the tissue has changed.
    void adopt_tissue() {
        coefficients_.clear();
        for (const auto& kind : tissue_.kinds) {
            auto& k = coefficients_.emplace_back();
            for (std::size_t i = 0; i < k.size(); ++i) k[i] = V(kind[i]);
        }
        kinds_.clear();
        for_each([&](LanesAt at) { kinds_.push_back(kind_at(at)); });
        for (std::size_t j = 0; j < tissue_.cells; ++j) {
            marks_(hearing, j) = tissue_.heard[j];
            marks_(inhabited, j) = 1;
            marks_(has_cell_before, j) = j > 0 ? 1 : 0;
            marks_(has_cell_after, j) = j + 1 < tissue_.cells ? 1 : 0;
            for (std::size_t i = 0; i < n; ++i) {  // the neighbours beyond the borders are no unknowns
                lower_(i, j) = -tissue_.low(i, j) * marks_(has_cell_before, j);
                upper_(i, j) = -tissue_.high(i, j) * marks_(has_cell_after, j);
            }
        }
    }

    /// Rates with what spreads.
    CICATRIX_INLINE void rates(double t, const CellStates<M>& y, LanesAt at, States& out) const {
        const States now = states(y, at);
        L::rates(V(t), now, coefficients(at), out);
        for_each_state<mobile>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
            if constexpr (detail::spread_place<M>(i) < 0) out[i] += spreading<i>(y, at);
            else out[i] += detail::spread_of<M, i>(now, coefficients(at)) * spreading<i>(y, at);
        });
    }

    /// Rates and their slopes in time, with the matrix of a step but for what couples cell to cell.
    CICATRIX_INLINE void linearise(double t, const CellStates<M>& y, LanesAt at, double shift, States& rates,
                                   States& time_slopes, auto& elimination) {
        const States now = states(y, at);
        const auto dual = L::dual_rates(V(t), now, coefficients(at));
        elimination.clear();
        for_each_state<here>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
            const auto& rate = get<i>(dual.values);
            rates[i] = L::value_of(rate);
            if constexpr (L::template depends_on_time<i>) time_slopes[i] = slope<static_cast<int>(n)>(rate);
            elimination.template at<i, i>() += V(shift);
            subtract_slopes<i>(elimination, rate, V(1.0), at);
        });
        for_each_state<mobile>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
            const V low = lanes_of<V>(tissue_.low, i, at), high = lanes_of<V>(tissue_.high, i, at);
            const V spread = spreading<i>(y, at);
            if constexpr (detail::spread_place<M>(i) < 0) {
                elimination.template at<i, i>() += low + high;
                rates[i] += spread;
            } else {
                const auto before = detail::spread_of<M, i>(detail::seeded<M, V>(now), coefficients(at));
                const V factor = L::value_of(before);
                subtract_slopes<i>(elimination, before, spread, at);
                elimination.template at<i, i>() += factor * (low + high);
                rates[i] += factor * spread;
                scale_coupling<i>(factor, low, high, at);
            }
        });
    }

    /// Lanes without a cell have no rates.
    CICATRIX_INLINE void mask(States& rates, LanesAt at) const {
        if (tissue_.cells != marks_.places() * together)
            for_each_state<here>([&]<std::size_t i>()
                                     CICATRIX_INLINE_LAMBDA { rates[i] *= lanes_of<V>(marks_, inhabited, at); });
    }

    /// Takes from a right-hand side of the states `members` what they read of those that have been solved for.
    template <class Elimination, Pattern members>
    static CICATRIX_INLINE void subtract_earlier(const typename Elimination::Factors& factors, LanesAt at,
                                                 CellStates<M>& x) {
        double* lanes = x.cells.place(at.place) + at.lanes;
        for_each_state<members>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
            if constexpr (P::earlier[i] != 0) {
                V sum = load<V>(lanes + i * together);
                for_each_state<P::earlier[i] & mobile>([&]<std::size_t j>() CICATRIX_INLINE_LAMBDA {
                    sum -= Elimination::template kept<i, j>(factors) * load<V>(lanes + j * together);
                });
                for_each_state<P::earlier[i] & layout.sheet>([&]<std::size_t j>() CICATRIX_INLINE_LAMBDA {
                    sum -= Elimination::template kept<i, j>(factors) * V(x.sheet[j]);
                });
                store(lanes + i * together, sum);
            }
        });
    }

    /// Finds the fixed states once the others are known.
    template <class Elimination>
    static CICATRIX_INLINE void restore_fixed(const typename Elimination::Factors& factors, LanesAt at,
                                              CellStates<M>& x) {
        double* lanes = x.cells.place(at.place) + at.lanes;
        States found;
        for_each_state<here>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA { found[i] = load<V>(lanes + i * together); });
        for_each_state<layout.sheet>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA { found[i] = V(x.sheet[i]); });
        Elimination::back(factors, found.data());
        for_each_state<P::fixed>([&]<std::size_t i>()
                                     CICATRIX_INLINE_LAMBDA { store(lanes + i * together, found[i]); });
    }

    /// What couples a cell to the one before and after it, as it stands in the matrix of a step.
    const CellRows<n>& lower() const { return lower_; }
    const CellRows<n>& upper() const { return upper_; }

  private:
    enum Mark : std::size_t { hearing, inhabited, has_cell_before, has_cell_after };

    CICATRIX_INLINE const CoefficientsOf<M, V>& coefficients(LanesAt at) const {
        return coefficients_[kinds_[at.number()]];
    }

    /// The states as the rates read them.
    CICATRIX_INLINE States states(const CellStates<M>& y, LanesAt at) const {
        const double* lanes = y.cells.place(at.place) + at.lanes;
        States out;
        for_each_state<here>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA { out[i] = load<V>(lanes + i * together); });
        for_each_state<layout.sheet>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
            const double home = tissue_.sheet_home[i];
            out[i] = V(home) + V(y.sheet[i] - home) * lanes_of<V>(marks_, hearing, at);
        });
        return out;
    }

    /// What spreads into cells from their neighbours.
    template <std::size_t i> CICATRIX_INLINE V spreading(const CellStates<M>& y, LanesAt at) const {
        const double* lanes = y.cells.place(at.place) + at.lanes + i * together;
        const V centre = load<V>(lanes);
        return lanes_of<V>(tissue_.low, i, at) * (load<V>(lanes - CellRows<n>::place_size) - centre) +
               lanes_of<V>(tissue_.high, i, at) * (load<V>(lanes + CellRows<n>::place_size) - centre);
    }

    /// Takes `times` the slopes of a dual from row i.
    template <std::size_t i>
    CICATRIX_INLINE void subtract_slopes(auto& elimination, const auto& dual, const V& times, LanesAt at) const {
        constexpr Pattern pattern = pattern_of<std::remove_cvref_t<decltype(dual)>>;
        for_each_state<pattern & here>([&]<std::size_t j>() CICATRIX_INLINE_LAMBDA {
            elimination.template at<i, j>() -= slope<static_cast<int>(j)>(dual) * times;
        });
        for_each_state<pattern & layout.sheet>([&]<std::size_t j>() CICATRIX_INLINE_LAMBDA {
            elimination.template at<i, j>() -=
                slope<static_cast<int>(j)>(dual) * times * lanes_of<V>(marks_, hearing, at);
        });
    }

    template <std::size_t i>
    CICATRIX_INLINE void scale_coupling(const V& factor, const V& low, const V& high, LanesAt at) {
        double* lower = lower_.place(at.place) + at.lanes + i * together;
        double* upper = upper_.place(at.place) + at.lanes + i * together;
        store(lower, -(factor * low * lanes_of<V>(marks_, has_cell_before, at)));
        store(upper, -(factor * high * lanes_of<V>(marks_, has_cell_after, at)));
    }

    /// Lanes of one kind share its coefficients with all others of that kind.
    std::size_t kind_at(LanesAt at) {
        std::array<std::size_t, width> kinds;
        bool alike = true;
        for (std::size_t w = 0; w < width; ++w) {
            const std::size_t cell = (at.lanes + w) * marks_.places() + at.place;
            kinds[w] = tissue_.kind[cell < tissue_.cells ? cell : tissue_.cells - 1];
            alike = alike && kinds[w] == kinds[0];
        }
        if (alike) return kinds[0];
        auto& k = coefficients_.emplace_back();
        for (std::size_t i = 0; i < k.size(); ++i)
            for (std::size_t w = 0; w < width; ++w) set_lane(k[i], static_cast<int>(w), tissue_.kinds[kinds[w]][i]);
        return coefficients_.size() - 1;
    }

    const Tissue<M>& tissue_;
    CellRows<n> lower_, upper_;
    CellRows<4> marks_;
    std::vector<CoefficientsOf<M, V>> coefficients_;
    std::vector<std::size_t> kinds_;
};

}  // namespace cicatrix
