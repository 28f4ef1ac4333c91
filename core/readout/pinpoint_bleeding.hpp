// Points of blood on the skin, from channels that reached the capillaries, until clots stop them.
#pragma once
#include <array>

#include "cicatrix/injury/layers.hpp"
#include "cicatrix/models/microneedling.hpp"
#include "cicatrix/readout/readout.hpp"

namespace cicatrix::readout {

struct BleedingChannels {
    static constexpr State row{"bleeding_channels", "cm-2", "channels that bleed"};
    static double start(const auto&) { return 0.0; }
    static auto after_session(const auto& x, const auto& now) {
        constexpr double mm2_in_cm2 = 100;
        const auto& channels = now.sessions.back().channels;
        return x + mm2_in_cm2 * get<"bleeding_share">(now.p) * bleeding_density(channels, now.injury);
    }
    static auto flow(const auto& now) {
        constexpr double minutes = 1440;  // per day
        constexpr auto& usual = Microneedling::parameters[index_of(Microneedling::parameters, "clot_decay")];
        return FlowOf{0.0, minutes / get<"bleeding_time">(now.p) * get<"clot_decay">(now.k) / usual.value};
    }
};

struct PinpointBleeding {
    static constexpr Readout row{
        .name = "pinpoint_bleeding",
        .unit = "cm-2",
        .meaning = "points of blood on the skin",
        .formula =
            "bleeding_channels; a session adds bleeding_share of the channels deeper than capillary_depth, and they "
            "stop within bleeding_time, at the speed of clot_decay relative to its default",
        .grade = Grade::assumed,
        .source = {"channels deeper than the capillaries bleed",
                   "that mild redness or pinpoint bleeding ends a treatment is from a review of needling the scalp "
                   "(PMC9830423)"},
    };
    // clang-format off
    static constexpr std::array parameters{
        Parameter{"bleeding_share", 0.3, "1", {0.02, 1}, Grade::assumed,
                  {"own choice", "capillaries are sparse: many channels pass between them"},
                  "share of the channels deeper than the capillaries that bleed to the surface"},
        Parameter{"bleeding_time", 5.0, "min", {1, 30}, Grade::indirect,
                  {"The standardized normal Ivy bleeding time, Blood 34(2):204",
                   "mean 5 min of 60 men, 9.5 min after aspirin; cuts under a cuff, forearm"},
                  "time in which the points that bleed fall to 1/e"},
    };
    // clang-format on
    using states = std::tuple<BleedingChannels>;

    /// Between the times of its own steps a fast decay is interpolated and may undershoot zero by a trace.
    static auto value(const auto& now) { return positive_part(get<"bleeding_channels">(now.x)); }
};

}  // namespace cicatrix::readout
