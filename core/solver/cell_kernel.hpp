// What happens inside the cells of a tissue, the lanes of one place at a time: rates with what spreads, their exact
// derivatives, and the linear systems of a step.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <tuple>
#include <utility>
#include <vector>

#include "cicatrix/numeric/chunked_line.hpp"
#include "cicatrix/solver/cell_pattern.hpp"
#include "cicatrix/solver/sheet.hpp"

namespace cicatrix {

/// Where lanes of cells lie: their place, and their first lane in it.
struct LanesAt {
    std::size_t place, lanes;

    CICATRIX_INLINE std::size_t number() const {
        return place * (CellRows<1>::together / width_of<CellLanes>)+lanes / width_of<CellLanes>;
    }
};

/// Reads and writes lanes of cells; holds what a factored step needs of them.
template <Model M, Layout layout> class CellKernel {
    using P = CellPattern<M, layout>;
    using L = typename P::L;
    using Elimination = typename P::Elimination;
    static constexpr std::size_t n = P::n;
    static constexpr Pattern here = P::here, mobile = P::mobile, fixed = P::fixed;

    template <std::size_t c> static constexpr Pattern members = P::components.members[c];
    template <std::size_t c> static constexpr bool in_sheet = (members<c> & layout.sheet) != 0;
    struct Nothing {
        Nothing() = default;
        explicit Nothing(std::size_t) {}
    };
    template <std::size_t c> using Line = std::conditional_t<in_sheet<c>, Nothing, ChunkedLine<n, members<c>>>;

  public:
    using V = CellLanes;
    using States = StatesOf<M, V>;
    static constexpr std::size_t width = width_of<V>, together = CellRows<n>::together;

    explicit CellKernel(const Tissue<M>& tissue)
        : tissue_(tissue),
          lower_(tissue.cells),
          upper_(tissue.cells),
          marks_(tissue.cells),
          factors_(marks_.places() * (together / width)),
          lines_(lines_for(tissue.cells, all_components)) {
        adopt_tissue();
    }

    /// Calls `visit(at)` for all lanes of all places in order.
    CICATRIX_INLINE void for_each(auto visit) const {
        const std::size_t places = marks_.places();
        for (std::size_t place = 0; place < places; ++place)
            for (std::size_t lanes = 0; lanes < together; lanes += width) visit(LanesAt{place, lanes});
    }

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

    /// Rates and their slopes in time, with the matrix of a step; the fixed states are eliminated from it. Returns the
    /// smallest pivot.
    CICATRIX_INLINE V linearise(double t, const CellStates<M>& y, LanesAt at, double shift, States& rates,
                                States& time_slopes) {
        const States now = states(y, at);
        const auto dual = L::dual_rates(V(t), now, coefficients(at));
        Elimination elimination;
        elimination.clear();
        for_each_state<here>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
            const auto& rate = get<i>(dual.values);
            rates[i] = L::value_of(rate);
            if constexpr (L::template depends_on_time<i>) time_slopes[i] = slope<static_cast<int>(n)>(rate);
            elimination.template at<i, i>() += V(shift);
            subtract_slopes<i>(elimination, rate, V(1.0), at);
        });
        for_each_state<mobile>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
            const V low = get_lanes(tissue_.low, i, at), high = get_lanes(tissue_.high, i, at);
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
        const V pivot = elimination.factor(factors_[at.number()]);
        set_lines(elimination, at, all_components);
        return pivot;
    }

    /// Factors what couples cell to cell; returns the smallest pivot.
    double factor() { return factor_lines(all_components); }

    /// Takes the fixed states out of a right-hand side.
    CICATRIX_INLINE void reduce(States& right, LanesAt at) const {
        if (tissue_.cells != marks_.places() * together)
            for_each_state<here>([&]<std::size_t i>()
                                     CICATRIX_INLINE_LAMBDA { right[i] *= get_lanes(marks_, inhabited, at); });
        Elimination::forward(factors_[at.number()], right.data());
    }

    /// Replaces the reduced right-hand side of all cells, and that of the sheet, by the solution.
    void solve(CellStates<M>& x, const Sheet<M, layout>& sheet) const {
        solve_lines(x, sheet, all_components);
        for_each([&](LanesAt at) CICATRIX_INLINE_LAMBDA {
            double* lanes = x.cells.place(at.place) + at.lanes;
            States found;
            for_each_state<here>([&]<std::size_t i>()
                                     CICATRIX_INLINE_LAMBDA { found[i] = load<V>(lanes + i * together); });
            for_each_state<layout.sheet>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA { found[i] = V(x.sheet[i]); });
            Elimination::back(factors_[at.number()], found.data());
            for_each_state<fixed>([&]<std::size_t i>()
                                      CICATRIX_INLINE_LAMBDA { store(lanes + i * together, found[i]); });
        });
    }

  private:
    enum Mark : std::size_t { hearing, inhabited, has_cell_before, has_cell_after };
    static constexpr auto all_components = std::make_index_sequence<P::components.count>{};

    template <std::size_t... C> static auto lines_for(std::size_t cells, std::index_sequence<C...>) {
        return std::tuple<Line<C>...>(Line<C>(cells)...);
    }
    using Lines = decltype(lines_for(0, all_components));

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
            out[i] = V(home) + V(y.sheet[i] - home) * get_lanes(marks_, hearing, at);
        });
        return out;
    }

    /// What spreads into cells from their neighbours.
    template <std::size_t i> CICATRIX_INLINE V spreading(const CellStates<M>& y, LanesAt at) const {
        const double* lanes = y.cells.place(at.place) + at.lanes + i * together;
        const V centre = load<V>(lanes);
        return get_lanes(tissue_.low, i, at) * (load<V>(lanes - CellRows<n>::place_size) - centre) +
               get_lanes(tissue_.high, i, at) * (load<V>(lanes + CellRows<n>::place_size) - centre);
    }

    template <std::size_t count>
    static CICATRIX_INLINE V get_lanes(const CellRows<count>& rows, std::size_t i, LanesAt at) {
        return load<V>(rows.place(at.place) + at.lanes + i * together);
    }

    /// Takes `times` the slopes of a dual from row i.
    template <std::size_t i>
    CICATRIX_INLINE void subtract_slopes(Elimination& elimination, const auto& dual, const V& times, LanesAt at) const {
        constexpr Pattern pattern = pattern_of<std::remove_cvref_t<decltype(dual)>>;
        for_each_state<pattern & here>([&]<std::size_t j>() CICATRIX_INLINE_LAMBDA {
            elimination.template at<i, j>() -= slope<static_cast<int>(j)>(dual) * times;
        });
        for_each_state<pattern & layout.sheet>([&]<std::size_t j>() CICATRIX_INLINE_LAMBDA {
            elimination.template at<i, j>() -=
                slope<static_cast<int>(j)>(dual) * times * get_lanes(marks_, hearing, at);
        });
    }

    template <std::size_t i>
    CICATRIX_INLINE void scale_coupling(const V& factor, const V& low, const V& high, LanesAt at) {
        double* lower = lower_.place(at.place) + at.lanes + i * together;
        double* upper = upper_.place(at.place) + at.lanes + i * together;
        store(lower, -(factor * low * get_lanes(marks_, has_cell_before, at)));
        store(upper, -(factor * high * get_lanes(marks_, has_cell_after, at)));
    }

    template <std::size_t... C>
    CICATRIX_INLINE void set_lines(Elimination& elimination, LanesAt at, std::index_sequence<C...>) {
        const auto set = [&]<std::size_t c>() CICATRIX_INLINE_LAMBDA {
            if constexpr (!in_sheet<c>)
                for_each_state<members<c>>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
                    for_each_state<members<c>>([&]<std::size_t j>() CICATRIX_INLINE_LAMBDA {
                        V entry(0.0);
                        if constexpr (Elimination::has(i, j)) entry = elimination.template at<i, j>();
                        std::get<c>(lines_).set(at.place, at.lanes, slot<c>(i), slot<c>(j), entry);
                    });
                });
        };
        (set.template operator()<C>(), ...);
    }
    template <std::size_t c> static constexpr std::size_t slot(std::size_t state) {
        return static_cast<std::size_t>(detail::slot(members<c>, static_cast<int>(state)));
    }

    template <std::size_t... C> double factor_lines(std::index_sequence<C...>) {
        double smallest = 1e300;
        const auto factor = [&]<std::size_t c>() {
            if constexpr (!in_sheet<c>) smallest = smaller(std::get<c>(lines_).factor(lower_, upper_), smallest);
        };
        (factor.template operator()<C>(), ...);
        return smallest;
    }

    template <std::size_t... C>
    void solve_lines(CellStates<M>& x, const Sheet<M, layout>& sheet, std::index_sequence<C...>) const {
        const auto solve = [&]<std::size_t c>() {
            if constexpr (in_sheet<c>) {
                for_each_state<members<c>>([&]<std::size_t i>() { sheet.template solve<i>(x); });
            } else {
                for_each([&](LanesAt at) CICATRIX_INLINE_LAMBDA { subtract_earlier<c>(x, at); });
                std::get<c>(lines_).solve(lower_, upper_, x.cells);
            }
        };
        (solve.template operator()<C>(), ...);
    }

    template <std::size_t c> CICATRIX_INLINE void subtract_earlier(CellStates<M>& x, LanesAt at) const {
        const auto& factors = factors_[at.number()];
        double* lanes = x.cells.place(at.place) + at.lanes;
        for_each_state<members<c>>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
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
    std::vector<typename Elimination::Factors> factors_;
    Lines lines_;
};

}  // namespace cicatrix
