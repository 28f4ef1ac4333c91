// A map of a treated patch: every strike of every pass at its place, by random numbers from a seed. It counts what the
// closed forms of device.hpp and channels.hpp expect.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "cicatrix/injury/channels.hpp"
#include "cicatrix/injury/pattern.hpp"

namespace cicatrix {

/// What is mapped, and how carefully.
struct MapSettings {
    std::uint64_t seed = 1;
    double width = 20;  ///< of the square patch, mm
    int passes = 15;
    int directions = 4;            ///< passes take turns in so many directions
    double reentry_radius = 0.05;  ///< a needle this close to an earlier strike enters its hole, mm; beams do not
    int patches = 16;              ///< independent ones, from which the standard errors follow; at least 2
    int sample_points = 20000;     ///< of each patch, to measure the open area
};

/// One needle that struck.
struct Strike {
    Point at;
    int pass;      ///< from 0
    bool is_new;   ///< false: it entered a hole of the session
    double depth;  ///< mm
};

/// A mean over independent patches and its standard error.
struct Estimate {
    double mean = 0, standard_error = 0;
};

struct ChannelMap {
    Estimate strikes;                 ///< 1/mm2
    Estimate density;                 ///< of distinct channels, 1/mm2
    Estimate nearest;                 ///< mean distance from a channel to its nearest neighbour, mm
    Estimate open_area;               ///< share of the surface
    std::vector<Estimate> reentered;  ///< for each pass the share of its strikes that entered an older hole
    std::vector<Estimate> reaching;   ///< for each of the depths asked for the channels that reach it, 1/mm2
};

/// All strikes on one patch in the order in which they fall. `channels` gives the distribution of depth.
std::vector<Strike> strike_map(const StrikePattern& pattern, const Channels& channels, const MapSettings& settings,
                               int patch = 0);

/// The counts of many patches. `channels` gives the mouths and the distribution of depth.
ChannelMap channel_map(const StrikePattern& pattern, const Channels& channels, const MapSettings& settings,
                       std::span<const double> depths = {});

}  // namespace cicatrix
