// How much of a suction's stretch springs back, after the ratio R2 of suction instruments.
#pragma once
#include "cicatrix/readout/dermal_modulus.hpp"

namespace cicatrix::readout {

struct Elasticity {
    static constexpr Readout row{
        .name = "elasticity",
        .unit = "1",
        .meaning =
            "share of a suction's stretch that springs back, 0-1; of the kind of the ratio R2, not calibrated to it",
        .formula =
            "recoil / (recoil + viscous_share / (1 - viscous_share)), recoil = elastin_share_of_recoil elastin + "
            "(1 - elastin_share_of_recoil) bearing collagen, weakened by collagen_fragments as in dermal_modulus",
        .grade = Grade::assumed,
        .source = {"own choice", "ratios of this kind fall with age (doi:10.1111/j.1600-0846.2008.00302.x)"},
    };

    // clang-format off
    static constexpr std::array parameters{
        Parameter{"viscous_share", 0.15, "1", {0.05, 0.4}, Grade::assumed,
                  {"own choice", "young skin springs back most of its stretch"},
                  "share of the stretch that does not spring back at 25 years"},
        Parameter{"elastin_share_of_recoil", 0.5, "1", {0.2, 0.9}, Grade::assumed,
                  {"own choice", "elastic fibres recoil, the collagen network helps"},
                  "share of elastin in the recoil at home"},
    };
    // clang-format on

    /// Of the states `y`.
    static auto of(const auto& y, const auto& k, const auto& p) {
        const auto [lost, elastic] = pick<"viscous_share", "elastin_share_of_recoil">(p);
        const auto recoil = (elastic * get<"elastin">(y) + (1.0 - elastic) * DermalModulus::bearing_collagen(y, k, p)) *
                            DermalModulus::continuity(y, k, p);
        return recoil / (recoil + lost / (1.0 - lost));
    }

    static auto value(const auto& now) { return of(now.y, now.k, now.p); }
};

}  // namespace cicatrix::readout
