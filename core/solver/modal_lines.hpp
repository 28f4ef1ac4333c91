// A linear system in rings solved as if every ring were like their mean: diffusion across the rings falls apart into
// modes, each a line of cells along the axis. What states read of others that are solved for earlier is exact.
#pragma once
#include <cstddef>
#include <tuple>
#include <utility>
#include <vector>

#include "cicatrix/numeric/chunked_line.hpp"
#include "cicatrix/solver/radial_modes.hpp"
#include "cicatrix/solver/ring_system.hpp"

namespace cicatrix {

template <Model M, Layout layout> class ModalLines {
    using P = CellPattern<M, layout>;
    using System = RingSystem<M, layout>;
    using Elimination = typename System::Elimination;
    using V = CellLanes;
    static constexpr std::size_t n = P::n, together = CellRows<n>::together, width = width_of<V>;

    template <std::size_t c> static constexpr Pattern members = P::components.members[c];
    template <std::size_t c> static constexpr bool in_sheet = (members<c> & layout.sheet) != 0;
    struct Nothing {
        Nothing() = default;
        explicit Nothing(std::size_t) {}
    };
    template <std::size_t c> using Line = std::conditional_t<in_sheet<c>, Nothing, ChunkedLine<n, members<c>>>;
    static constexpr auto all_components = std::make_index_sequence<P::components.count>{};

    template <std::size_t... C> static auto lines_for(std::size_t cells, std::index_sequence<C...>) {
        return std::tuple<Line<C>...>(Line<C>(cells)...);
    }
    using Lines = decltype(lines_for(0, all_components));

  public:
    explicit ModalLines(const System& system)
        : system_(system),
          modes_(radial_modes(system.tissue().grid)),
          gate_component_(P::components.of(system.tissue().gate)),
          content_(system.rings(), CellRows<n>(system.tissue().column.cells)) {
        for (std::size_t m = 0; m < system.rings(); ++m)
            lines_.push_back(lines_for(system.tissue().column.cells, all_components));
        double whole = 0;
        for (const double volume : system.tissue().grid.volumes) whole += volume;
        for (const double volume : system.tissue().grid.volumes) shares_.push_back(volume / whole);
    }

    /// To be called when the matrix has changed; returns the smallest pivot's magnitude.
    double factor() {
        [&]<std::size_t... C>(std::index_sequence<C...>) { (set_lines<C>(), ...); }
        (all_components);
        double smallest = 1e300;
        [&]<std::size_t... C>(std::index_sequence<C...>) { ((smallest = smaller(factor_lines<C>(), smallest)), ...); }
        (all_components);
        return smallest;
    }

    /// Replaces the right-hand side of mobile states and those of the sheets by the solution.
    void solve(RingStates<M>& x) {
        [&]<std::size_t... C>(std::index_sequence<C...>) { (solve_component<C>(x), ...); }
        (all_components);
    }

  private:
    template <std::size_t c> static constexpr std::size_t slot(std::size_t state) {
        return static_cast<std::size_t>(detail::slot(members<c>, static_cast<int>(state)));
    }

    template <std::size_t c> void set_lines() {
        if constexpr (!in_sheet<c>)
            system_.interior().for_each([&](LanesAt at) CICATRIX_INLINE_LAMBDA {
                for_each_state<members<c>>([&]<std::size_t i>() CICATRIX_INLINE_LAMBDA {
                    for_each_state<members<c>>([&]<std::size_t j>() CICATRIX_INLINE_LAMBDA { set_entry<c, i, j>(at); });
                });
            });
    }
    template <std::size_t c, std::size_t i, std::size_t j> CICATRIX_INLINE void set_entry(LanesAt at) {
        V mean(0.0);
        if constexpr (Elimination::has(i, j))
            for (std::size_t r = 0; r < shares_.size(); ++r)
                mean += V(shares_[r]) * Elimination::template kept<i, j>(system_.factors(r, at));
        for (std::size_t m = 0; m < lines_.size(); ++m) {
            const V decay(i == j ? system_.tissue().radial[i] * modes_.values[m] : 0.0);
            std::get<c>(lines_[m]).set(at.place, at.lanes, slot<c>(i), slot<c>(j), mean + decay);
        }
    }

    template <std::size_t c> double factor_lines() {
        double smallest = 1e300;
        if constexpr (!in_sheet<c>)
            for (auto& mode : lines_) {
                auto& line = std::get<c>(mode);
                smallest = smaller(line.factor(system_.interior().lower(), system_.interior().upper()), smallest);
            }
        return smallest;
    }

    template <std::size_t c> void solve_component(RingStates<M>& x) {
        if constexpr (in_sheet<c>) {
            for_each_state<members<c>>([&]<std::size_t i>() { solve_sheet<i>(x); });
        } else {
            for (std::size_t r = 0; r < x.count(); ++r) subtract_earlier<c>(x[r], r);
            exchange<c>(modes_.to_modes, x.rings, content_);
            for (std::size_t m = 0; m < lines_.size(); ++m)
                std::get<c>(lines_[m]).solve(system_.interior().lower(), system_.interior().upper(), content_[m]);
            exchange<c>(modes_.to_rings, content_, x.rings);
        }
    }

    template <std::size_t c> void subtract_earlier(CellStates<M>& x, std::size_t ring) const {
        using Interior = CellInterior<M, layout>;
        system_.interior().for_each([&](LanesAt at) CICATRIX_INLINE_LAMBDA {
            Interior::template subtract_earlier<Elimination, members<c>>(system_.factors(ring, at), at, x);
        });
        // A gate that reads what leaks through it closes a loop, which is left to the iterations.
        if (gate_component_ < c)
            for_each_state<members<c>>([&]<std::size_t i>() {
                x.cells(i, 0) -= system_.leak_slope(i, ring) * x.sheet[system_.tissue().gate];
            });
    }

    /// A line across the rings, by elimination from the axis outwards.
    template <std::size_t i> void solve_sheet(RingStates<M>& x) {
        const std::size_t count = x.count();
        const double spread = system_.tissue().radial[i];
        const auto& coupling = system_.coupling();
        kept_.resize(count);
        double kept = 0, before = 0;
        for (std::size_t r = 0; r < count; ++r) {
            const double inward = spread * coupling.inward[r], outward = spread * coupling.outward[r];
            const double pivot = system_.sheet(r).diagonal(i) + inward + outward - inward * kept;
            const double right = system_.sheet(r).template less_others<i>(x[r], x[r].sheet[i]) + inward * before;
            kept_[r] = kept = outward / pivot;
            x[r].sheet[i] = before = right / pivot;
        }
        for (std::size_t r = count - 1; r-- > 0;) x[r].sheet[i] += kept_[r] * x[r + 1].sheet[i];
    }

    static CellRows<n>& rows(CellRows<n>& y) { return y; }
    static CellRows<n>& rows(CellStates<M>& y) { return y.cells; }

    /// Each of `to` becomes the sum over `from` with the matrix' weights, for the members of a component.
    template <std::size_t c, class From, class To>
    void exchange(const std::vector<double>& matrix, std::vector<From>& from, std::vector<To>& to) {
        const std::size_t count = from.size();
        from_.clear(), to_.clear();
        for (auto& y : from) from_.push_back(rows(y).place(0));
        for (auto& y : to) to_.push_back(rows(y).place(0));
        const std::size_t places = rows(from.front()).places();
        for (std::size_t place = 0; place < places; ++place)
            for_each_state<members<c>>([&]<std::size_t i>() {
                for (std::size_t lanes = 0; lanes < together; lanes += width) {
                    const std::size_t offset = place * CellRows<n>::place_size + i * together + lanes;
                    std::size_t first = 0;
                    for (; first + 8 <= count; first += 8) sum_up<8>(matrix.data() + first, offset, first);
                    for (; first < count; ++first) sum_up<1>(matrix.data() + first, offset, first);
                }
            });
    }
    /// The sums of `together_` of the outputs at once.
    template <std::size_t outputs>
    CICATRIX_INLINE void sum_up(const double* weights, std::size_t offset, std::size_t first) const {
        [&]<std::size_t... O>(std::index_sequence<O...>) CICATRIX_INLINE_LAMBDA {
            std::array<V, outputs> sums{((void)O, V(0.0))...};
            for (const double* input : from_) {
                const V value = load<V>(input + offset);
                ((sums[O] += V(weights[O]) * value), ...);
                weights += from_.size();
            }
            (store(to_[first + O] + offset, sums[O]), ...);
        }
        (std::make_index_sequence<outputs>{});
    }

    const System& system_;
    RadialModes modes_;
    std::size_t gate_component_;
    std::vector<double> shares_, kept_;
    std::vector<Lines> lines_;  ///< of each mode
    std::vector<CellRows<n>> content_;
    std::vector<double*> from_, to_;
};

}  // namespace cicatrix
