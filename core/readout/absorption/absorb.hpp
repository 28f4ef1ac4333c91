// Topical absorption: how much of a compound passes the skin, through the horny layer and through open channels.
#pragma once
#include <array>
#include <span>
#include <vector>

#include "cicatrix/readout/absorption/parameters.hpp"
#include "cicatrix/readout/readout.hpp"
#include "cicatrix/skin/care.hpp"
#include "cicatrix/skin/skin.hpp"

namespace cicatrix {

namespace absorption {
// clang-format off
/// What a result file says of each compound; absorption_gain compares with the untreated twin.
inline constexpr std::array rows{
    Readout{"absorbed_fraction", "1", "share of what was applied so far that the blood has taken up",
            "absorbed / applied: diffusion from a finite, solubility-limited film through horny layer, epidermis and dermis beside the open channels",
            Grade::assumed, {"own choice", "film, losses and channels are assumed; set by four fractions of Wester and Maibach 1976, doi:10.1111/1523-1747.ep12664543"}},
    Readout{"flux", "ug cm-2 h-1", "rate at which the blood takes up a compound from the skin",
            "blood_clearance * amount in the dermis + diffusion out of its lower end",
            Grade::assumed, {"own choice", "the time derivative of what absorbed_fraction counts"}},
    Readout{"absorption_gain", "1", "what the blood has taken up, relative to untreated skin",
            "absorbed / absorbed by the untreated twin; without depletion 1 + channel permeability * open area / permeability",
            Grade::assumed, {"own choice", "channel_hindrance, which nobody measured, sets its size"}},
};
// clang-format on
static_assert(sound(rows));
}  // namespace absorption

/// The open channels along a course.
struct OpenChannels {
    std::span<const double> times;  ///< ascending, d; equal times make a jump
    std::span<const double> area;   ///< open share of the surface at those times; between them it is linear
    double depth = 0;               ///< mm
};

/// A time during which an occlusive film covers the skin, d.
struct Covered {
    double from, until;
};

/// Amounts at the output times, g per mm2 of skin. At every time
/// applied = on_skin + in_horny_layer + in_living_skin + absorbed + rubbed_off + washed_off + shed.
struct AbsorptionResult {
    std::vector<double> applied;            ///< so far
    std::vector<double> absorbed;           ///< taken up by the blood so far
    std::vector<double> absorbed_fraction;  ///< of what was applied so far; 0 before the first dose
    std::vector<double> flux;               ///< into the blood, ug cm-2 h-1
    std::vector<double> on_skin;            ///< the film, undissolved excess included
    std::vector<double> in_horny_layer;
    std::vector<double> in_living_skin;
    std::vector<double> rubbed_off;  ///< to clothes, hands and air
    std::vector<double> washed_off;
    std::vector<double> shed;  ///< with the horny layer
};

/// How finely the equations are solved.
struct AbsorptionNumerics {
    int refinement = 1;         ///< multiplies the number of cells
    double tolerance = 1e-6;    ///< error of a step over what was applied
    double first_step = 1e-5;   ///< after each dose, wash and session, d
    double largest_step = 0.5;  ///< d; longer ones would leave cumulated amounts to waver when all is gone
};

/// Follows one compound through the skin. `outputs` are ascending, d, and do not steer the steps.
/// Throws NumericalError where no step is short enough.
AbsorptionResult absorb(const Application& application, const Skin& skin, const AbsorptionParameters& parameters,
                        const OpenChannels& channels, std::span<const Covered> covers, std::span<const double> outputs,
                        const AbsorptionNumerics& numerics = {});

}  // namespace cicatrix
