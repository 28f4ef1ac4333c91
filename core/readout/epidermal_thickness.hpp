// Thickness of the epidermis with its horny layer: the site's own, growth after sessions, support by a rebuilt dermis.
#pragma once
#include <array>

#include "cicatrix/models/microneedling.hpp"
#include "cicatrix/readout/readout.hpp"

namespace cicatrix::readout {

struct EpidermalGrowth {
    static constexpr State row{"epidermal_growth", "1", "thickening of the epidermis after sessions, relative to home"};
    static double start(const auto&) { return 0.0; }
    static auto flow(const auto& now) {
        const auto [by_factors, turnover] = pick<"epidermal_growth_by_factors", "epidermal_turnover_time">(now.p);
        const auto factors = microneedling::excess(get<"pdgf">(now.y) - get<"pdgf">(now.start));
        return FlowOf{by_factors * microneedling::saturating(factors, 1.0) / turnover, 1.0 / turnover};
    }
};

struct EpidermalThickness {
    static constexpr Readout row{
        .name = "epidermal_thickness",
        .unit = "um",
        .meaning = "thickness of the living epidermis and the horny layer",
        .formula =
            "(epidermis + horny_layer of the site) (1 + epidermal_growth) (collagen_iii + collagen_i_immature + "
            "collagen_i_mature, relative to their start)^epidermal_support_by_dermis",
        .grade = Grade::assumed,
        .source = {"own sum of a fast and a slow part",
                   "not fitted: 50 per cent 8 weeks after five sessions (Lotfi et al. 2013, "
                   "doi:10.1097/01.EWX.0000432504.85255.ec), 19 per cent in ultrasound density 3 months after four "
                   "(Kenkel group 2021, PMID 33656167)"},
    };
    // clang-format off
    static constexpr std::array parameters{
        Parameter{"epidermal_growth_by_factors", 1.0, "1", {0.2, 4}, Grade::assumed,
                  {"own choice", "twice the thickness were the factors high for ever; they are for two weeks"},
                  "thickening of the epidermis under lasting strong PDGF and FGF"},
        Parameter{"epidermal_turnover_time", 36.2, "d", {20, 50}, Grade::indirect,
                  {"Maeda 2017, Cosmetics 4:47", "36.2 +- 6.2 d, pigment of six people at the inner forearm; taken for "
                                                 "the return of thickness"},
                  "time in which the thickness follows growth"},
        Parameter{"epidermal_support_by_dermis", 0.5, "1", {0, 2}, Grade::assumed,
                  {"own choice", "a rebuilt papillary dermis feeds a thicker epidermis; the strength is ours"},
                  "power of relative collagen with which the epidermis thickens"},
    };
    // clang-format on
    using states = std::tuple<EpidermalGrowth>;

    static auto value(const auto& now) {
        constexpr double um_in_mm = 1000;
        const auto relative = collagen(now.y) / collagen(now.start);
        return um_in_mm * (now.skin.epidermis() + now.skin.horny_layer()) * (1.0 + get<"epidermal_growth">(now.x)) *
               pow(relative, get<"epidermal_support_by_dermis">(now.p));
    }

  private:
    static auto collagen(const auto& y) {
        const auto [iii, immature, mature] = pick<"collagen_iii", "collagen_i_immature", "collagen_i_mature">(y);
        return iii + immature + mature;
    }
};

}  // namespace cicatrix::readout
