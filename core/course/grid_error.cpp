// Compares a course with the same on a coarser grid.
#include "cicatrix/course/grid_error.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace cicatrix {
namespace {

/// The largest distance of the two over `ratio`; NaN when a value is.
template <class Rows>
std::vector<double> part_of_distance(const Rows& fine, const Rows& coarse, std::size_t columns, double ratio) {
    std::vector<double> out(columns, 0.0);
    for (std::size_t row = 0; row < fine.size(); ++row)
        for (std::size_t i = 0; i < columns; ++i) {
            const double distance = std::abs(fine[row][i] - coarse[row][i]) / ratio;
            if (out[i] == out[i] && !(distance <= out[i])) out[i] = distance;
        }
    return out;
}

}  // namespace

Plan coarser(const Plan& plan) {
    Plan out = plan;
    out.grid.cells /= 2;
    out.grid.rings /= 2;
    return out;
}

void estimate_grid_error(Course& course, const Course& coarse) {
    const auto& [grid, other] = std::tie(course.plan.grid, coarse.plan.grid);
    const auto finer = [](std::size_t n, std::size_t half) {
        return static_cast<double>(n) / static_cast<double>(half);
    };
    // Of order 2; odd numbers are not halved evenly, and the smaller ratio is the more careful one.
    double ratio = finer(grid.cells, other.cells);
    if (course.plan.fidelity == Fidelity::channel) ratio = std::min(ratio, finer(grid.rings, other.rings));
    ratio = ratio * ratio - 1.0;
    course.state_grid_error =
        part_of_distance(course.treated.rows, coarse.treated.rows, CourseModel::states.size(), ratio);
    course.readout_grid_error =
        part_of_distance(course.treated.appearance, coarse.treated.appearance, readouts.size(), ratio);
}

}  // namespace cicatrix
