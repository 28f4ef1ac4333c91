// Water in the horny layer: a balance of supply and loss, and of the flakes that bind less water.
#pragma once
#include "cicatrix/readout/tewl.hpp"

namespace cicatrix::readout {

namespace horny_layer {
// clang-format off
inline constexpr std::array parameters{
    Parameter{"horny_layer_water_supply", 1.0, "1", {0.3, 4}, Grade::assumed,
              {water_barrier::own_choice, "a film at most doubles the water of healthy skin"},
              "conductance for water from below the horny layer, relative to that of healthy skin to the air"},
    Parameter{"horny_layer_water_exchange", 2.0, "1/d", {0.5, 12}, Grade::assumed,
              {water_barrier::own_choice, "the horny layer as a whole follows within a day"},
              "rate at which the water of the horny layer follows its balance"},
    Parameter{"flaking_by_water_loss", 2.0, "1/d", {0.5, 8}, Grade::assumed,
              {water_barrier::own_choice, "growth in proportion to the broken barrier, held back by films (animals: "
                                          "Proksch, Feingold, Man, Elias 1991, J Clin Invest 87:1668, "
                                          "doi:10.1172/JCI115183), strength ours"},
              "hasty renewal of the horny layer per water loss above healthy, relative to healthy"},
    Parameter{"flake_shedding", 0.35, "1/d", {0.2, 0.7}, Grade::assumed,
              {water_barrier::own_choice, "dry skin at day 3 and none at day 7 after an ablative laser (Er:YSGG, face, "
                                          "5 patients, J Drugs Dermatol 2012; harsher)"},
              "shedding of hastily renewed horny layer"},
    Parameter{"dryness_of_flakes", 0.5, "1", {0.1, 0.9}, Grade::assumed,
              {water_barrier::own_choice, "cells that mature in haste bind less water; the share is ours"},
              "share of the water that hastily renewed horny layer fails to bind"},
};
// clang-format on
}  // namespace horny_layer

struct Flaking {
    static constexpr State row{"flaking", "1", "share of the horny layer that was renewed in haste, dry and scaling"};
    static double start(const auto&) { return 0.0; }
    static auto flow(const auto& now) {
        const auto [growth, shedding] = pick<"flaking_by_water_loss", "flake_shedding">(now.p);
        const auto renewal = growth * water_barrier::excess_loss(now) / water_barrier::healthy_loss(now);
        return FlowOf{renewal, renewal + shedding};
    }
};

struct HornyLayerWater {
    static constexpr State row{"horny_layer_water", "1", "water of the horny layer, relative to healthy bare skin"};

    /// Supply equals loss: what the layer binds, times the share of the supply in all conductance.
    static auto balance(const auto& now) {
        const auto [supply, dryness] = pick<"horny_layer_water_supply", "dryness_of_flakes">(now.p);
        const auto loss = Tewl::value(now) / water_barrier::healthy_loss(now);
        return (1.0 - dryness * get<"flaking">(now.x)) * (1.0 + supply) / (loss + supply);
    }
    static auto start(const auto& now) { return balance(now); }
    static auto flow(const auto& now) {
        const auto exchange = get<"horny_layer_water_exchange">(now.p);
        return FlowOf{exchange * balance(now), exchange};
    }
};

struct Hydration {
    static constexpr Readout row{
        .name = "hydration",
        .unit = "1",
        .meaning = "water of the horny layer, relative to healthy bare skin",
        .formula =
            "horny_layer_water, which follows (1 - dryness_of_flakes flaking) (1 + horny_layer_water_supply) / (tewl / "
            "(tewl_of_face or tewl_of_body) + horny_layer_water_supply)",
        .grade = Grade::assumed,
        .source =
            {"own balance of water",
             "shape only: below baseline at day 3 and back at day 7 after an ablative laser (J Drugs Dermatol 2012)"},
    };
    static constexpr auto parameters = horny_layer::parameters;
    using states = std::tuple<Flaking, HornyLayerWater>;

    static auto value(const auto& now) { return get<"horny_layer_water">(now.x); }
};

}  // namespace cicatrix::readout
