// The derivatives of a model's rates one by one, for solvers that keep their matrices in a form of their own.
#pragma once
#include <cstddef>
#include <utility>

#include "cicatrix/solver/linearisation.hpp"

namespace cicatrix {

namespace detail {

template <Model M, std::size_t i, class Rate, std::size_t... J>
void visit_row(const Rate& rate, auto& entry, std::index_sequence<J...>) {
    using L = Linearisation<M, double>;
    const auto visit = [&]<std::size_t j>() {
        if constexpr ((L::full_rows[i] >> j & 1) != 0) entry(i, j, slope<static_cast<int>(j)>(rate));
    };
    (visit.template operator()<J>(), ...);
}

}  // namespace detail

/// Calls `entry(i, j, value)` for each derivative of rate i by state j that is not zero by the model's text; the column
/// after the last state is the derivative by time.
template <Model M, class Entry>
void for_each_derivative(double t, const StatesOf<M, double>& y, const CoefficientsOf<M, double>& k, Entry entry) {
    using L = Linearisation<M, double>;
    const auto rates = L::dual_rates(t, y, k);
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (detail::visit_row<M, I>(get<I>(rates.values), entry, std::make_index_sequence<L::n + 1>{}), ...);
    }
    (std::make_index_sequence<L::n>{});
}

}  // namespace cicatrix
