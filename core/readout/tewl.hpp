// Transepidermal water loss, through what lies on the skin.
#pragma once
#include "cicatrix/readout/water_barrier.hpp"

namespace cicatrix::readout {

struct Tewl {
    static constexpr Readout row{
        .name = "tewl",
        .unit = "g m-2 h-1",
        .meaning = "transepidermal water loss through what lies on the skin",
        .formula =
            "leak passing(tewl_of_bare_wound) + (1 - leak) passing(tewl_of_face or tewl_of_body), leak = (1 - "
            "anatomical_share_of_leak) leaking_area + anatomical_share_of_leak open_channels, passing(loss) = loss in "
            "open air, else 1 / (1 / loss + 1 / water_passing_moisturiser or water_passing_film)",
        .grade = Grade::indirect,
        .source =
            {"area average of bare wound and healthy skin",
             "bare wound: Koskela et al. 2009, doi:10.1186/cc7932; no absolute values by needle length are known"},
    };
    static constexpr auto parameters = water_barrier::parameters;
    using states = std::tuple<LeakingArea, OpenChannels>;

    static auto value(const auto& now) {
        return water_barrier::passing(water_barrier::healthy_loss(now), now) + water_barrier::excess_loss(now);
    }
};

}  // namespace cicatrix::readout
