// A fractional laser: a scanned lattice of beams, each of which heats a column of tissue.
#pragma once
#include "cicatrix/injury/parameters.hpp"
#include "cicatrix/injury/placement.hpp"

namespace cicatrix {

namespace injury {
inline constexpr std::string_view manstein = "Manstein et al. 2004, Lasers Surg Med 34:426";

// clang-format off
/// What a fractional laser does when nothing else is said.
inline constexpr std::array laser_parameters{
    Parameter{"column_diameter", 0.1, "mm", {0.05, 0.5}, Grade::indirect,
              {manstein, "typical zone of a 1.5 um prototype, human skin; twice as wide at 30 as at 5 mJ of a CO2 laser (Hantash 2007, Lasers Surg Med 39:96)"},
              "diameter of a heated column"},
    Parameter{"column_depth", 0.3, "mm", {0.1, 2}, Grade::indirect,
              {manstein, "typical zone of a 1.5 um prototype, human skin; over three times as deep at 30 as at 5 mJ of a CO2 laser (Hantash 2007, Lasers Surg Med 39:96)"},
              "depth of a heated column"},
    Parameter{"column_density", 4, "1/mm2", {0.5, 16}, Grade::assumed,
              {own_choice, "a quarter of the 16 at a spacing of 0.25 mm, the densest pattern that Manstein 2004 saw well tolerated"},
              "columns that one pass makes"},
    Parameter{"column_ablation", 0.5, "1", {0, 1}, Grade::assumed,
              {own_choice, "0: heated only, 1: all vaporised; ablative columns taper and have a heated rim (Hantash 2007, Lasers Surg Med 39:96)"},
              "share of a column's tissue that is vaporised at once"},
};
// clang-format on
static_assert(sound(laser_parameters));

template <Name name> inline constexpr double laser_default = laser_parameters[index_of(laser_parameters, name)].value;
}  // namespace injury

struct FractionalLaser {
    double density = injury::laser_default<"column_density">;           ///< columns of one pass, 1/mm2
    double column_diameter = injury::laser_default<"column_diameter">;  ///< mm
    double column_depth = injury::laser_default<"column_depth">;        ///< mm
    double ablation = injury::laser_default<"column_ablation">;         ///< share of a column that is vaporised, 0-1

    double density_per_pass() const { return density; }

    void place_pass(RandomStream& random, const Patch& patch, const Pass& pass, std::vector<Point>& points) const {
        place_lattice(random, patch, Heading::held(pass, random), 1.0 / std::sqrt(density), points);
    }
};

}  // namespace cicatrix
