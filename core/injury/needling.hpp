// From channels to injury: how many channels of what depth open which share of the area and injure which share of the
// dermis. Channels fall at random; where they overlap nothing is counted twice.
#pragma once
#include <algorithm>
#include <array>
#include <numbers>

#include "cicatrix/models/microneedling.hpp"
#include "cicatrix/numeric/functions.hpp"

namespace cicatrix {

/// What a session leaves in the skin.
struct Needling {
    double channel_density = 0;  ///< channels of all passes, 1/mm2
    double depth = 0;            ///< of a channel, mm
};

namespace injury {
// clang-format off
inline constexpr std::array parameters{
    Parameter{"mouth_radius", 0.035, "mm", {0.01, 0.2}, Grade::analogue,
              {"Kalluri, Kolli, Banga 2011, AAPS J, PMC3160154", "mouth diameter 70.7 um, roller of 0.77 mm, hairless rat"},
              "radius of a channel's open mouth"},
    Parameter{"injury_radius", 0.125, "mm", {0.05, 0.4}, Grade::assumed,
              {"own choice", "the radius of a 0.25 mm needle, the tissue that it displaces"},
              "radius of the tissue that a channel injures"},
};
// clang-format on
static_assert(sound(parameters));
inline constexpr const Parameter& mouth_radius = parameters[index_of(parameters, "mouth_radius")];
inline constexpr const Parameter& injury_radius = parameters[index_of(parameters, "injury_radius")];

/// Share of an area covered by discs of `radius` (mm) thrown at random, `density` of them a mm2.
inline double covered(double density, double radius) {
    return 1.0 - exp(-density * std::numbers::pi * radius * radius);
}
}  // namespace injury

/// Open area: the mouths. Injured volume: the discs of injury, down to the depth reached in a dermis of `dermis` mm.
inline Injury injury_of(const Needling& needling, double dermis) {
    return {injury::covered(needling.channel_density, injury::mouth_radius.value),
            injury::covered(needling.channel_density, injury::injury_radius.value) * std::min(needling.depth, dermis) /
                dermis};
}

/// Channels per area that one pass of a roller opens, 1/mm2: each needle strikes once a turn of the drum.
inline double roller_density(double needles, double drum_diameter, double drum_width) {
    return needles / (std::numbers::pi * drum_diameter * drum_width);
}

}  // namespace cicatrix
