// The step that all lanes have just taken, laid out so that the states of one of them at many times within are cheap.
#pragma once
#include <array>
#include <cstddef>
#include <span>

#include "cicatrix/numeric/aligned_rows.hpp"
#include "cicatrix/solver/member.hpp"
#include "cicatrix/solver/rosenbrock_step.hpp"

namespace cicatrix {

/// The states within a step are
///     (1 - x) y + x (y_next + (1 - x) (d_0 + x (d_1 + x d_2)))
/// at its share x, see RosenbrockMethod. Only the states that are watched are looked at.
template <class Method, Model M, class V> class DenseStep {
    static constexpr auto& method = Method::method;
    static constexpr std::size_t n = M::states.size(), together = static_cast<std::size_t>(width_of<CellLanes>);
    static constexpr std::size_t padded = record_length(n);

  public:
    /// All lanes, which started from y. Both and `watched` must stay as they are until the last lane is seen.
    template <class Shifted>
    CICATRIX_APART void take(const RosenbrockStep<Method, M, V, Shifted>& step, const StatesOf<M, V>& y,
                             std::span<const std::size_t> watched) {
        from_ = &y, to_ = &step.next();
        for (const std::size_t i : watched) [&]<std::size_t... R>(std::index_sequence<R...>) CICATRIX_INLINE_LAMBDA {
                ((d_[R][i] = sum<R>(step.stages_taken(), i)), ...);
            }
        (std::make_index_sequence<3>{});
    }

    /// Looks at lane w, of which `watched` are among the states that were taken.
    void enter(int w, std::span<const std::size_t> watched) {
        count_ = watched.size();
        for (std::size_t j = 0; j < count_; ++j) {
            const std::size_t i = watched[j];
            lane_from_[j] = lane((*from_)[i], w), lane_to_[j] = lane((*to_)[i], w);
            for (std::size_t r = 0; r < 3; ++r) lane_d_[r][j] = lane(d_[r][i], w);
        }
    }

    /// The watched states of the lane in their order, at the share x of the step; they stand until the next call.
    std::span<const double> at(double x) {
        at(x, values_.data());
        return {values_.data(), count_};
    }

    /// The same as a row of a record.
    CICATRIX_INLINE void at(double x, double* record) const {
        const CellLanes share(x), rest(1 - x);
        for (std::size_t b = 0; b < count_; b += together) {
            const auto d = [&](std::size_t r) CICATRIX_INLINE_LAMBDA { return load<CellLanes>(&lane_d_[r][b]); };
            const CellLanes inner = rest * (d(0) + share * (d(1) + share * d(2)));
            store(record + b, rest * load<CellLanes>(&lane_from_[b]) + share * (load<CellLanes>(&lane_to_[b]) + inner));
        }
    }

  private:
    template <std::size_t r>
    CICATRIX_INLINE static V sum(const std::array<StatesOf<M, V>, method.stages>& u, std::size_t i) {
        V total(0.0);
        [&]<std::size_t... S>(std::index_sequence<S...>) CICATRIX_INLINE_LAMBDA {
            ((method.dense[r][S] != 0 ? (total += V(method.dense[r][S]) * u[S][i], 0) : 0), ...);
        }
        (std::make_index_sequence<method.stages>{});
        return total;
    }

    using Row = std::array<double, padded>;
    const StatesOf<M, V>*from_ = nullptr, *to_ = nullptr;
    std::array<StatesOf<M, V>, 3> d_{};
    std::size_t count_ = 0;
    alignas(64) std::array<Row, 3> lane_d_{};
    alignas(64) Row lane_from_{}, lane_to_{}, values_{};
};

}  // namespace cicatrix
