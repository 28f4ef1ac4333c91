// The step that one lane has just taken, laid out so that its states at many times within are cheap.
#pragma once
#include <array>
#include <cstddef>
#include <span>

#include "cicatrix/numeric/aligned_rows.hpp"
#include "cicatrix/solver/member.hpp"
#include "cicatrix/solver/rosenbrock_step.hpp"

namespace cicatrix {

/// The states of one lane within a step are
///     (1 - x) y + x (y_next + (1 - x) (d_0 + x (d_1 + x d_2)))
/// at its share x, see RosenbrockMethod. Only the states that are asked for are looked at.
template <class Method, Model M> class DenseStep {
    static constexpr auto& method = Method::method;
    static constexpr std::size_t n = M::states.size(), together = static_cast<std::size_t>(width_of<CellLanes>);
    static constexpr std::size_t padded = (n + together - 1) / together * together;

  public:
    /// Of lane w, which started from y. `watched` must live as long as this is asked.
    template <class V, class Shifted>
    void take(const RosenbrockStep<Method, M, V, Shifted>& step, const StatesOf<M, V>& y, int w,
              std::span<const std::size_t> watched) {
        watched_ = watched;
        blocks_ = (watched.size() + together - 1) / together;
        for (std::size_t j = 0; j < watched.size(); ++j) {
            from_[j] = lane(y[watched[j]], w);
            to_[j] = lane(step.next()[watched[j]], w);
            for (std::size_t s = 0; s < method.stages; ++s) u_[s][j] = lane(step.stages_taken()[s][watched[j]], w);
        }
        for (std::size_t b = 0; b < blocks_ * together; b += together) {
            [&]<std::size_t... S>(std::index_sequence<S...>) CICATRIX_INLINE_LAMBDA { (sum<S>(b), ...); }
            (std::make_index_sequence<3>{});
        }
    }

    /// Sets the watched states at the share x of the step.
    CICATRIX_INLINE void at(double x, StatesOf<M, double>& out) const {
        const CellLanes share(x), rest(1 - x);
        alignas(64) std::array<double, padded> values;
        for (std::size_t b = 0; b < blocks_ * together; b += together) {
            const auto d = [&](std::size_t r) CICATRIX_INLINE_LAMBDA { return load<CellLanes>(&d_[r][b]); };
            const CellLanes inner = rest * (d(0) + share * (d(1) + share * d(2)));
            store(&values[b], rest * load<CellLanes>(&from_[b]) + share * (load<CellLanes>(&to_[b]) + inner));
        }
        for (std::size_t j = 0; j < watched_.size(); ++j) out[watched_[j]] = values[j];
    }

  private:
    template <std::size_t r> CICATRIX_INLINE void sum(std::size_t b) {
        CellLanes total(0.0);
        [&]<std::size_t... S>(std::index_sequence<S...>) CICATRIX_INLINE_LAMBDA {
            ((method.dense[r][S] != 0 ? (total += CellLanes(method.dense[r][S]) * load<CellLanes>(&u_[S][b]), 0) : 0),
             ...);
        }
        (std::make_index_sequence<method.stages>{});
        store(&d_[r][b], total);
    }

    using Row = std::array<double, padded>;
    std::span<const std::size_t> watched_;
    std::size_t blocks_ = 0;
    alignas(64) std::array<Row, method.stages> u_{};
    alignas(64) std::array<Row, 3> d_{};
    alignas(64) Row from_{}, to_{};
};

}  // namespace cicatrix
