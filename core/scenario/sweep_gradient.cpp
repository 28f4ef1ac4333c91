// Moves each factor of a row a little to both sides, as far as scenarios allow.
#include "cicatrix/scenario/sweep_gradient.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace cicatrix {
namespace {

/// How far a number is moved to both sides, over its size: what is left out is then a hundred-millionth, and so is what
/// rounding adds. To one side alone it is moved less, since more is left out.
constexpr double to_both_sides = 1e-4, to_one_side = 1e-6;

struct Moved {
    double low, high;
};

/// A number near zero is as large as a hundredth of its range.
Moved moved(const Factor& factor, double value) {
    const auto [least, most] = factor.range;
    const double size = std::max(std::abs(value), 0.01 * (most - least)), step = to_both_sides * size;
    if (value - step >= least && value + step <= most) return {value - step, value + step};
    const double small = to_one_side * size;
    return value + small <= most ? Moved{value, value + small} : Moved{value - small, value};
}

/// Why there is no derivative by a factor; else empty.
const char* obstacle_of(const Factor& factor) {
    if (factor.target == FactorTarget::person) return "it says whose biology it is";
    if (factor.kind == FactorKind::choice) return "it is a choice";
    return factor.whole || factor.target == FactorTarget::missed_sessions ? "it is a whole number" : "";
}

}  // namespace

Gradient gradient_of(const Sweep& sweep, std::span<const double> row, std::size_t arm, unsigned threads) {
    const auto factors = sweep.factors();
    if (row.size() != factors.size()) throw std::invalid_argument("a row has one value for each factor");
    if (arm >= sweep.arms().size()) throw std::invalid_argument("the sweep has no such arm");
    std::vector<double> rows;
    for (std::size_t i = 0; i < 1 + 2 * factors.size(); ++i) rows.insert(rows.end(), row.begin(), row.end());
    std::vector<Direction> directions(factors.size());
    for (std::size_t f = 0; f < factors.size(); ++f) {
        if (*obstacle_of(factors[f])) continue;
        const auto [low, high] = moved(factors[f], row[f]);
        rows[(1 + 2 * f) * row.size() + f] = low, rows[(2 + 2 * f) * row.size() + f] = high;
        directions[f].below = row[f] - low, directions[f].above = high - row[f];
    }
    const auto make = sweep.maker(rows)();
    const auto write = [&](std::size_t number, Plan& plan) { make(number * sweep.arms().size() + arm, plan); };
    Plan plan;
    write(0, plan);
    for (std::size_t f = 0; f < factors.size(); ++f) {
        if (*obstacle_of(factors[f])) continue;
        write(1 + 2 * f, directions[f].low), write(2 + 2 * f, directions[f].high);
    }
    Gradient gradient = gradient_of(plan, directions, sweep.reductions(), threads);
    for (std::size_t f = 0; f < factors.size(); ++f)
        if (*obstacle_of(factors[f])) gradient.obstacle[f] = obstacle_of(factors[f]);
    return gradient;
}

}  // namespace cicatrix
