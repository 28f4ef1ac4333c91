// The problem that solvers of the dermis in depth are measured by: 24 months, four sessions whose injury falls off with
// depth, all states of all cells, 100 outputs.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <ctime>
#include <vector>

#include "cicatrix/course/dermis.hpp"

namespace cicatrix::bench {

inline double thread_seconds() {
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// States in order of time; each all states of the first cell, then of the next, and last the sheet.
using Table = std::vector<std::vector<double>>;

inline constexpr std::size_t state_count = CourseModel::states.size();
inline constexpr Pattern in_cells = ((Pattern{1} << state_count) - 1) & ~depth::layout.sheet;

/// Numbers of the states of cells and of the sheet.
inline std::vector<std::size_t> states_in(Pattern pattern) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < state_count; ++i)
        if (pattern >> i & 1) out.push_back(i);
    return out;
}

class DermisProblem {
  public:
    explicit DermisProblem(std::size_t cells) {
        Plan plan;
        plan.grid.cells = cells;
        plan.skin.dermis = 1.5;
        laid_out = dermis_plan(plan, 25, Ageing::frozen);
        sessions = {0, 30, 60, 90};
        for (const double session : sessions)
            for (double days = 0.25; days < 28; days *= 1.45) outputs.push_back(session + days);
        while (outputs.size() < 100)
            outputs.push_back(120 + (730 - 120) * (static_cast<double>(outputs.size()) - 52) / 47);
        for (double& t : outputs) t = std::min(t, 730.0);
        std::ranges::sort(outputs);
    }

    Dermis dermis() const { return dermis_of(laid_out, std::vector<double>(laid_out.grid.cells(), 1.0)); }
    std::size_t cells() const { return laid_out.grid.cells(); }

    /// A session as it acts on the states.
    void injure(DermisStates& y) const {
        for (std::size_t j = 0; j < cells(); ++j) {
            CourseStates cell;
            for (std::size_t i = 0; i < state_count; ++i) cell[i] = y.cells(i, j);
            const double below = laid_out.grid.centres[j] - laid_out.grid.faces.front();
            const double share = 0.05 / (1 + std::exp((below - 0.6) / 0.1));
            cell = CourseModel::injure(cell, laid_out.kinds[laid_out.layer[j]], {0.0, share});
            for (std::size_t i = 0; i < state_count; ++i) y.cells(i, j) = cell[i];
        }
        y.sheet = CourseModel::injure(y.sheet, laid_out.kinds.front(), {0.05, 0.0});
    }

    std::vector<double> flat(const DermisStates& y) const {
        std::vector<double> out;
        const auto inside = states_in(in_cells);
        for (std::size_t j = 0; j < cells(); ++j)
            for (const auto i : inside) out.push_back(y.cells(i, j));
        for (const auto i : states_in(depth::layout.sheet)) out.push_back(y.sheet[i]);
        return out;
    }
    DermisStates unflat(const double* numbers) const {
        DermisStates out(cells());
        const auto inside = states_in(in_cells);
        for (std::size_t j = 0; j < cells(); ++j)
            for (const auto i : inside) out.cells(i, j) = *numbers++;
        for (const auto i : states_in(depth::layout.sheet)) out.sheet[i] = *numbers++;
        return out;
    }

    DermisPlan laid_out;
    std::vector<double> sessions, outputs;
};

/// Root mean square over times, cells and states of the error in units of |value| + 1e-3 of the state's largest.
inline double error_of(const Table& found, const Table& reference) {
    std::vector<double> largest(reference.front().size(), 0.0);
    for (const auto& row : reference)
        for (std::size_t i = 0; i < row.size(); ++i) largest[i] = std::max(largest[i], std::abs(row[i]));
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t r = 0; r < reference.size(); ++r)
        for (std::size_t i = 0; i < largest.size(); ++i, ++count) {
            const double scale = std::abs(reference[r][i]) + 1e-3 * largest[i];
            if (scale > 0) sum += std::pow((found[r][i] - reference[r][i]) / scale, 2);
        }
    return std::sqrt(sum / static_cast<double>(count));
}

struct Measured {
    double tolerance, error, seconds;
    unsigned long long steps;
};

/// The time at some error, between measurements on logarithmic scales.
inline double seconds_at(double error, const std::vector<Measured>& measured) {
    for (std::size_t i = 0; i + 1 < measured.size(); ++i) {
        const auto &a = measured[i], &b = measured[i + 1];
        if ((a.error - error) * (b.error - error) > 0) continue;
        const double x = std::log(error / a.error) / std::log(b.error / a.error);
        return a.seconds * std::pow(b.seconds / a.seconds, x);
    }
    return std::nan("");
}

}  // namespace cicatrix::bench
