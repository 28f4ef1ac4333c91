// Where the values of each read-out can lie at all, whatever is done to whose skin, and the readings of a course outside.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <sstream>
#include <string>
#include <string_view>

#include "cicatrix/course/course.hpp"

namespace cicatrix::tests {

struct PhysicalRange {
    std::string_view readout;
    double low, high;
};

inline constexpr double no_limit = std::numeric_limits<double>::infinity();

/// From what the quantities are: shares, scales with ends, and amounts of which there cannot be less than nothing.
// clang-format off
inline constexpr std::array physical_ranges{
    PhysicalRange{"collagen_total", 0, 10}, PhysicalRange{"collagen_iii_fraction", 0, 1},
    PhysicalRange{"inflammation", 0, no_limit}, PhysicalRange{"tewl", 0, 200},  // a bare wound loses about 124
    PhysicalRange{"hydration", 0, 3}, PhysicalRange{"erythema", 0, no_limit}, PhysicalRange{"oedema", 0, 1},
    PhysicalRange{"pain", 0, 10}, PhysicalRange{"pinpoint_bleeding", 0, no_limit},
    PhysicalRange{"epidermal_thickness", 1, 500}, PhysicalRange{"downtime", 0, no_limit},
    PhysicalRange{"treatment_time", 0, no_limit}, PhysicalRange{"cost", 0, no_limit},
    PhysicalRange{"scar_depth", 0, 1000}, PhysicalRange{"scar_grade", 0, no_limit},
    PhysicalRange{"melanin_index", 0.1, 50}, PhysicalRange{"hyperpigmentation_risk", 0, 1},
    PhysicalRange{"pore_index", 0, no_limit}, PhysicalRange{"hair_density", 0, 500},
    PhysicalRange{"dermal_modulus", 1e-4, 10}, PhysicalRange{"skin_modulus", 1e-4, 100},
    PhysicalRange{"elasticity", 0, 1}, PhysicalRange{"dermal_density", 0, 10},
    PhysicalRange{"wrinkle_depth", 0, 2000}, PhysicalRange{"visible_result", 0, 1},
};
// clang-format on
static_assert(physical_ranges.size() == readouts.size() &&
                  std::ranges::equal(physical_ranges, readouts, {}, &PhysicalRange::readout, &Readout::name),
              "every read-out has its range");

namespace detail {
inline void add_readings_outside(const Trajectory& trajectory, const Course& course, std::string_view whose,
                                 std::ostringstream& out) {
    constexpr double rounding = 1e-9;
    constexpr auto cover = index_of(CourseModel::states, "epidermal_cover");
    for (std::size_t row = 0; row < trajectory.appearance.size(); ++row) {
        const auto at = [&]() -> std::ostream& { return out << whose << " day " << course.plan.outputs[row] << ": "; };
        for (std::size_t i = 0; i < readouts.size(); ++i) {
            const double value = trajectory.appearance[row][i];
            const auto& range = physical_ranges[i];
            const bool inside = value >= range.low - rounding && value <= range.high + rounding;
            if (!inside || !std::isfinite(value)) at() << range.readout << " = " << value << '\n';
        }
        for (std::size_t i = 0; i < CourseModel::states.size(); ++i)
            if (const double value = trajectory.rows[row][i]; !(value >= -rounding))
                at() << CourseModel::states[i].name << " = " << value << '\n';
        if (!(trajectory.rows[row][cover] <= 1 + rounding)) at() << "more skin is covered than there is\n";
    }
    for (const auto& compound : trajectory.absorbed) {
        if (compound.flux.empty()) continue;
        const double wavering = 1e-4 * std::ranges::max(compound.flux);  // of the time steps, as the uptake stops
        for (std::size_t row = 0; row < compound.flux.size(); ++row) {
            const double share = compound.absorbed_fraction[row], flux = compound.flux[row];
            if (!(share >= 0 && share <= 1 + rounding && flux >= -wavering - rounding && flux < no_limit))
                out << whose << " day " << course.plan.outputs[row] << ": absorbed " << share << ", flux " << flux
                    << '\n';
        }
    }
}
}  // namespace detail

/// What is wrong with the numbers of a course, a line each; empty when it is done and everything lies where it can.
inline std::string readings_outside(const Course& course) {
    std::ostringstream out;
    for (const auto* trajectory : {&course.treated, &course.untreated}) {
        const std::string_view whose = trajectory == &course.treated ? "treated" : "untreated";
        const auto& outcome = trajectory->outcome;
        if (outcome.status != Status::done) {
            out << whose << ": " << status_names[static_cast<std::size_t>(outcome.status)] << " on day " << outcome.time
                << " by " << CourseModel::states[outcome.limiting_state].name << '\n';
            continue;
        }
        if (trajectory->appearance.size() != course.plan.outputs.size()) out << whose << ": rows are missing\n";
        detail::add_readings_outside(*trajectory, course, whose, out);
    }
    return std::move(out).str();
}

}  // namespace cicatrix::tests
