// A block-tridiagonal system whose blocks beside the diagonal are diagonal, as diffusion gives them, for cells in eight
// chunks that lanes eliminate at once; the last cells of the chunks are then solved for by themselves (the partition
// method of Wang 1981, ACM Trans Math Softw 7:170). The order of operations does not depend on the width of lanes.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <utility>

#include "cicatrix/numeric/aligned_rows.hpp"
#include "cicatrix/numeric/dual.hpp"

namespace cicatrix {

namespace detail {

template <std::size_t m> using Block = std::array<std::array<double, m>, m>;
template <std::size_t m> using BlockOfLanes = std::array<std::array<CellLanes, m>, m>;

/// Gauss and Jordan in place; returns the smallest pivot's magnitude.
template <class T, std::size_t m> CICATRIX_INLINE T invert(std::array<std::array<T, m>, m>& a) {
    T smallest(1e300);
    for (std::size_t k = 0; k < m; ++k) {
        smallest = smaller(magnitude(a[k][k]), smallest);
        const T inverse = T(1.0) / a[k][k];
        a[k][k] = T(1.0);
        for (std::size_t j = 0; j < m; ++j) a[k][j] *= inverse;
        for (std::size_t i = 0; i < m; ++i) {
            if (i == k) continue;
            const T factor = a[i][k];
            a[i][k] = T(0.0);
            for (std::size_t j = 0; j < m; ++j) a[i][j] -= factor * a[k][j];
        }
    }
    return smallest;
}
template <class T, std::size_t m>
CICATRIX_INLINE std::array<std::array<T, m>, m> product(const std::array<std::array<T, m>, m>& a,
                                                        const std::array<std::array<T, m>, m>& b) {
    std::array<std::array<T, m>, m> out;
    for (std::size_t i = 0; i < m; ++i)
        for (std::size_t j = 0; j < m; ++j) {
            T sum = a[i][0] * b[0][j];
            for (std::size_t k = 1; k < m; ++k) sum += a[i][k] * b[k][j];
            out[i][j] = sum;
        }
    return out;
}
template <class T, std::size_t m>
CICATRIX_INLINE std::array<T, m> product(const std::array<std::array<T, m>, m>& a, const std::array<T, m>& x) {
    std::array<T, m> out;
    for (std::size_t i = 0; i < m; ++i) {
        T sum = a[i][0] * x[0];
        for (std::size_t k = 1; k < m; ++k) sum += a[i][k] * x[k];
        out[i] = sum;
    }
    return out;
}

}  // namespace detail

/// For those of the n numbers of each cell that are `members`. What couples a number to that of the neighbour before
/// and after stands under the same number in the rows `lower` and `upper`; what couples to nothing must be zero.
template <std::size_t n, Pattern members> class ChunkedLine {
    static constexpr std::size_t m = static_cast<std::size_t>(std::popcount(members));
    using V = CellLanes;
    using Rows = CellRows<n>;
    using Blocks = detail::BlockOfLanes<m>;
    using Vector = std::array<V, m>;
    using Small = detail::Block<m>;
    static constexpr std::size_t together = Rows::together, width = width_of<V>, place_size = Rows::place_size;
    static constexpr std::size_t part_size = m * m * together, per_place = 3 * part_size;
    using Ends = std::array<std::array<double, m>, together>;

  public:
    ChunkedLine() = default;
    explicit ChunkedLine(std::size_t cells) : places_(Rows::places_for(cells)), numbers_(places_ * per_place) {}

    /// An entry of the diagonal block of a place, from some lane on, before `factor`.
    CICATRIX_INLINE void set(std::size_t place, std::size_t lanes, std::size_t i, std::size_t j, const V& value) {
        store(part(place, inverse) + (i * m + j) * together + lanes, value);
    }

    /// Returns the smallest pivot's magnitude.
    double factor(const Rows& lower, const Rows& upper) {
        V smallest(1e300);
        for (std::size_t lanes = 0; lanes < together; lanes += width) {
            eliminate(lanes, lower, upper, smallest);
            spread_ends(lanes, upper);
        }
        double out = 1e300;
        for (std::size_t w = 0; w < width; ++w) out = smaller(lane(smallest, static_cast<int>(w)), out);
        return smaller(factor_ends(lower, upper), out);
    }

    /// Replaces the right-hand side by the solution.
    void solve(const Rows& lower, const Rows& upper, Rows& x) const {
        for (std::size_t lanes = 0; lanes < together; lanes += width) sweep(lanes, lower, upper, x);
        const std::size_t end = places_ - 1;
        const double *low = lower.place(end), *up = upper.place(end), *first = x.place(0);
        double *last = x.place(end), *near = x.place(end - 1);
        Ends ends;
        for (std::size_t w = 0; w < together; ++w)
            for (std::size_t i = 0; i < m; ++i) {
                const std::size_t at = offset(i) + w;
                ends[w][i] = last[at] - low[at] * near[at];
                if (w + 1 < together) ends[w][i] -= up[at] * first[at + 1];
            }
        solve_ends(ends);
        std::array<std::array<double, together>, m> left{}, right;
        for (std::size_t w = 0; w < together; ++w)
            for (std::size_t i = 0; i < m; ++i) {
                right[i][w] = last[offset(i) + w] = ends[w][i];
                if (w + 1 < together) left[i][w + 1] = ends[w][i];
            }
        for (std::size_t lanes = 0; lanes < together; lanes += width) correct(lanes, left, right, x);
    }

  private:
    enum Part : std::size_t { inverse = 0, from_left = 1, from_right = 2 };

    /// Where the i-th member stands in a place.
    static constexpr std::size_t offset(std::size_t i) {
        return static_cast<std::size_t>(detail::variable_at(members, static_cast<int>(i))) * together;
    }
    static constexpr std::array<std::size_t, m> offsets = [] {
        std::array<std::size_t, m> out{};
        for (std::size_t i = 0; i < m; ++i) out[i] = offset(i);
        return out;
    }();

    CICATRIX_INLINE double* part(std::size_t place, Part which) {
        return numbers_.data() + place * per_place + which * part_size;
    }
    CICATRIX_INLINE const double* part(std::size_t place, Part which) const {
        return numbers_.data() + place * per_place + which * part_size;
    }
    static CICATRIX_INLINE Blocks blocks_at(const double* from) {
        Blocks out;
        for (std::size_t i = 0; i < m; ++i)
            for (std::size_t j = 0; j < m; ++j) out[i][j] = load<V>(from + (i * m + j) * together);
        return out;
    }
    /// The product of a block in memory, whose rows follow each other by compile-time steps, with a vector.
    static CICATRIX_INLINE Vector times(const double* block, const Vector& x) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA {
            return Vector{row_times(block + I * m * together, x, std::make_index_sequence<m - 1>{})...};
        }
        (std::make_index_sequence<m>{});
    }
    template <std::size_t... J>
    static CICATRIX_INLINE V row_times(const double* row, const Vector& x, std::index_sequence<J...>) {
        V sum = load<V>(row) * x[0];
        ((sum += load<V>(row + (J + 1) * together) * x[J + 1]), ...);
        return sum;
    }
    static CICATRIX_INLINE void put(double* to, const Blocks& blocks) {
        for (std::size_t i = 0; i < m; ++i)
            for (std::size_t j = 0; j < m; ++j) store(to + (i * m + j) * together, blocks[i][j]);
    }
    static CICATRIX_INLINE Vector members_at(const double* place) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA {
            return Vector{load<V>(place + offsets[I])...};
        }
        (std::make_index_sequence<m>{});
    }
    static CICATRIX_INLINE void put(double* place, const Vector& x) {
        [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA {
            (store(place + offsets[I], x[I]), ...);
        }
        (std::make_index_sequence<m>{});
    }
    static Small small(const double* from) {
        Small out;
        for (std::size_t i = 0; i < m; ++i)
            for (std::size_t j = 0; j < m; ++j) out[i][j] = from[(i * m + j) * together];
        return out;
    }

    /// From the first place to the last but one: inverses, and how each place feels the end of the chunk before.
    void eliminate(std::size_t lanes, const Rows& lower, const Rows& upper, V& smallest) {
        Blocks before{}, felt{};
        for (std::size_t p = 0; p + 1 < places_; ++p) {
            double *own = part(p, inverse) + lanes, *own_left = part(p, from_left) + lanes;
            const Vector low = members_at(lower.place(p) + lanes);
            Blocks block = blocks_at(own), left{};
            if (p == 0) {
                for (std::size_t i = 0; i < m; ++i)
                    for (std::size_t j = 0; j < m; ++j) left[i][j] = i == j ? low[i] : V(0.0);
            } else {
                const Vector up = members_at(upper.place(p - 1) + lanes);
                felt = detail::product(before, felt);
                for (std::size_t i = 0; i < m; ++i)
                    for (std::size_t j = 0; j < m; ++j) {
                        block[i][j] -= low[i] * before[i][j] * up[j];
                        left[i][j] = -low[i] * felt[i][j];
                    }
            }
            smallest = smaller(detail::invert(block), smallest);
            put(own, block);
            put(own_left, left);
            before = block;
            felt = left;
        }
    }

    /// Back again: how the solution at each place follows from those at the ends of the chunks before and here.
    void spread_ends(std::size_t lanes, const Rows& upper) {
        Blocks left{}, right{};
        for (std::size_t p = places_ - 1; p-- > 0;) {
            const bool last = p + 2 == places_;
            double *own_left = part(p, from_left) + lanes, *own_right = part(p, from_right) + lanes;
            const Vector up = members_at(upper.place(p) + lanes);
            Blocks felt = blocks_at(own_left), passed;
            for (std::size_t i = 0; i < m; ++i)
                for (std::size_t j = 0; j < m; ++j) {
                    const V identity(i == j ? 1.0 : 0.0);
                    passed[i][j] = -up[i] * (last ? identity : right[i][j]);
                    felt[i][j] = last ? -felt[i][j] : -felt[i][j] - up[i] * left[i][j];
                }
            const Blocks own = blocks_at(part(p, inverse) + lanes);
            left = detail::product(own, felt);
            right = detail::product(own, passed);
            put(own_left, left);
            put(own_right, right);
        }
    }

    /// The system of the ends of the chunks, eight blocks in a row.
    double factor_ends(const Rows& lower, const Rows& upper) {
        const std::size_t end = places_ - 1;
        const double *low = lower.place(end), *up = upper.place(end);
        double smallest = 1e300;
        for (std::size_t w = 0; w < together; ++w) {
            Small own = small(part(end, inverse) + w);
            const Small near = small(part(end - 1, from_right) + w), far = small(part(end - 1, from_left) + w);
            const bool last = w + 1 == together;
            const Small next = last ? Small{} : small(part(0, from_left) + w + 1),
                        after = last ? Small{} : small(part(0, from_right) + w + 1);
            for (std::size_t i = 0; i < m; ++i)
                for (std::size_t j = 0; j < m; ++j) {
                    const double l = low[offsets[i] + w], u = up[offsets[i] + w];
                    own[i][j] += l * near[i][j] + u * next[i][j];
                    ends_before_[w][i][j] = w > 0 ? l * far[i][j] : 0.0;
                    ends_after_[w][i][j] = u * after[i][j];
                }
            if (w > 0) {
                const Small passed =
                    detail::product(ends_before_[w], detail::product(ends_[w - 1], ends_after_[w - 1]));
                for (std::size_t i = 0; i < m; ++i)
                    for (std::size_t j = 0; j < m; ++j) own[i][j] -= passed[i][j];
            }
            smallest = smaller(detail::invert(own), smallest);
            ends_[w] = own;
        }
        return smallest;
    }

    void solve_ends(Ends& b) const {
        for (std::size_t w = 0; w < together; ++w) {
            if (w > 0) {
                const auto passed = detail::product(ends_before_[w], b[w - 1]);
                for (std::size_t i = 0; i < m; ++i) b[w][i] -= passed[i];
            }
            b[w] = detail::product(ends_[w], b[w]);
        }
        for (std::size_t w = together - 1; w-- > 0;) {
            const auto passed = detail::product(ends_[w], detail::product(ends_after_[w], b[w + 1]));
            for (std::size_t i = 0; i < m; ++i) b[w][i] -= passed[i];
        }
    }

    /// Solves inside the chunks as if their ends were zero.
    void sweep(std::size_t lanes, const Rows& lower, const Rows& upper, Rows& x) const {
        const std::size_t end = places_ - 1;
        const double *own = part(0, inverse) + lanes, *low = lower.place(0) + lanes, *up = upper.place(0) + lanes;
        double* at = x.place(0) + lanes;
        Vector before{};
        for (std::size_t p = 0; p < end; ++p) {
            Vector b = members_at(at + p * place_size);
            if (p > 0) {
                const Vector coupling = members_at(low + p * place_size);
                for (std::size_t i = 0; i < m; ++i) b[i] -= coupling[i] * before[i];
            }
            before = times(own + p * per_place, b);
            put(at + p * place_size, p + 1 < end ? b : before);
        }
        for (std::size_t p = end - 1; p-- > 0;) {
            Vector b = members_at(at + p * place_size);
            const Vector coupling = members_at(up + p * place_size);
            for (std::size_t i = 0; i < m; ++i) b[i] -= coupling[i] * before[i];
            before = times(own + p * per_place, b);
            put(at + p * place_size, before);
        }
    }

    /// Adds what the ends of the chunks do to the places between.
    void correct(std::size_t lanes, const std::array<std::array<double, together>, m>& left,
                 const std::array<std::array<double, together>, m>& right, Rows& x) const {
        Vector l, r;
        for (std::size_t i = 0; i < m; ++i)
            l[i] = load<V>(left[i].data() + lanes), r[i] = load<V>(right[i].data() + lanes);
        const double *own_left = part(0, from_left) + lanes, *own_right = part(0, from_right) + lanes;
        double* at = x.place(0) + lanes;
        for (std::size_t p = 0; p + 1 < places_; ++p, at += place_size, own_left += per_place, own_right += per_place) {
            Vector b = members_at(at);
            const Vector first = times(own_left, l), second = times(own_right, r);
            for (std::size_t i = 0; i < m; ++i) b[i] += first[i] + second[i];
            put(at, b);
        }
    }

    std::size_t places_ = 2;
    AlignedNumbers numbers_;
    std::array<Small, together> ends_{}, ends_before_{}, ends_after_{};
};

}  // namespace cicatrix
