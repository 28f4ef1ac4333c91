// Compares a course with the same on a coarser grid.
#include "cicatrix/course/grid_error.hpp"

#include <cmath>

namespace cicatrix {
namespace {

/// The largest distance of the two, over three; NaN when a value is.
template <class Rows> std::vector<double> third_of_distance(const Rows& fine, const Rows& coarse, std::size_t columns) {
    std::vector<double> out(columns, 0.0);
    for (std::size_t row = 0; row < fine.size(); ++row)
        for (std::size_t i = 0; i < columns; ++i) {
            const double distance = std::abs(fine[row][i] - coarse[row][i]) / 3.0;
            if (!(distance <= out[i])) out[i] = distance;
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
    course.state_grid_error = third_of_distance(course.treated.rows, coarse.treated.rows, CourseModel::states.size());
    course.readout_grid_error =
        third_of_distance(course.treated.appearance, coarse.treated.appearance, readouts.size());
}

}  // namespace cicatrix
