// Depth of atrophic scars and of striae, filled from below by new collagen.
#pragma once
#include "cicatrix/readout/readout.hpp"

namespace cicatrix::readout {

/// Depth that is left. New collagen is the surplus of immature collagen over day 0; as it is cross-linked it stays, its
/// volume lifts the floor of the scar, and the shallower the scar has become, the less is left to lift.
struct UnfilledScar {
    static constexpr State row{"unfilled_scar", "um", "depth of the scar that new collagen has not filled"};

    static double start(const auto& now) { return 1000.0 * now.skin.baseline->scar_depth; }

    static auto flow(const auto& now) {
        const double depth = now.skin.baseline->scar_depth;
        const auto surplus = get<"collagen_i_immature">(now.y) - get<"collagen_i_immature">(now.start);
        const auto [cross_linking, total] = pick<"cross_linking", "collagen_total_home">(now.k);
        const auto thickening = now.skin.dermis * cross_linking * surplus / total;  // mm/d
        const auto filling = get<"scar_filling">(now.p) * thickening / depth;
        return FlowOf{0.0, depth > 0 ? select(surplus > 0.0, filling, 0.0) : decltype(filling)(0.0)};
    }
};

struct ScarDepth {
    static constexpr Readout row{
        .name = "scar_depth",
        .unit = "um",
        .meaning = "depth of the atrophic scars or striae of the baseline; 0 without them",
        .formula =
            "unfilled_scar; it falls at the rate scar_filling dermis cross_linking surplus of collagen_i_immature / "
            "(collagen_total_home depth at day 0)",
        .grade = Grade::assumed,
        .source =
            {"own choice",
             "the new collagen comes from the model, that its volume lifts the floor of a scar is assumed; scores "
             "fell by 9 to 45 per cent with needling alone in five series, mostly uncontrolled"},
    };
    // clang-format off
    static constexpr std::array parameters{
        Parameter{"scar_filling", 1.0, "1", {0, 3}, Grade::assumed,
                  {"own choice", "1: all of its volume; a scar lost 25 per cent more of its score than the untreated "
                                 "side in six months (Alam et al. 2014, JAMA Dermatol, "
                                 "doi:10.1001/jamadermatol.2013.8687, 3.4 against 0.4 points of about 12), interval "
                                 "wide"},
                  "share of the volume of new collagen that lifts the floor of a scar"},
    };
    // clang-format on
    using states = std::tuple<UnfilledScar>;

    static auto value(const auto& now) { return get<"unfilled_scar">(now.x); }
};

}  // namespace cicatrix::readout
