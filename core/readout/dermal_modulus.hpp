// Stiffness of the upper dermis, on which the epidermis folds: collagens by maturity, elastin, fragments.
#pragma once
#include "cicatrix/readout/readout.hpp"

namespace cicatrix::readout {

struct DermalModulus {
    static constexpr Readout row{
        .name = "dermal_modulus",
        .unit = "MPa",
        .meaning =
            "modulus of the upper dermis under small strains; not the stiffness of the whole skin, which grows "
            "with age",
        .formula =
            "dermal_modulus_home (elastin_share_of_stiffness elastin + (1 - elastin_share_of_stiffness) "
            "(collagen_i_mature + immature_stiffness_ratio collagen_i_immature + collagen_iii_stiffness_ratio "
            "collagen_iii) / its value at home) (1 + weakening_by_fragments) / (1 + weakening_by_fragments "
            "collagen_fragments / fragments_home)",
        .grade = Grade::assumed,
        .source = {"own choice", "rule of mixtures; cross-links make collagen bear load"},
    };

    // clang-format off
    static constexpr std::array parameters{
        Parameter{"dermal_modulus_home", 0.15, "MPa", {0.05, 0.4}, Grade::assumed,
                  {"own choice",
                   "an order below the 1 to 2 MPa that indentation finds for epidermis; high enough for skin of 25 "
                   "years to lie flat"},
                  "modulus of the upper dermis at 25 years"},
        Parameter{"immature_stiffness_ratio", 0.4, "1", {0.2, 1}, Grade::assumed,
                  {"own choice", "fibrils without cross-links slide; how much they bear in skin was not measured"},
                  "stiffness of collagen I not yet cross-linked over that of cross-linked collagen"},
        Parameter{"collagen_iii_stiffness_ratio", 0.4, "1", {0.1, 1}, Grade::assumed,
                  {"own choice", "thin fibrils; how much they bear in skin was not measured"},
                  "stiffness of collagen III over that of cross-linked collagen I"},
        Parameter{"elastin_share_of_stiffness", 0.2, "1", {0, 0.8}, Grade::assumed,
                  {"own choice",
                   "elastic fibres resist small strains before collagen is taut; their loss is said to lower the "
                   "stability against wrinkling up to four times (Kruglikov and Scherer 2018)"},
                  "share of elastin in the modulus at home"},
        Parameter{"weakening_by_fragments", 0.1, "1", {0, 0.5}, Grade::assumed,
                  {"own choice", "fragments interrupt the network; strength ours"},
                  "how fragments of collagen lower the modulus"},
    };
    // clang-format on

    /// Collagen that bears load, relative to home.
    static auto bearing_collagen(const auto& y, const auto& k, const auto& p) {
        const auto [iii, immature, mature] = pick<"collagen_iii", "collagen_i_immature", "collagen_i_mature">(y);
        const auto [iii_home, immature_home, mature_home] =
            pick<"collagen_iii_home", "immature_collagen_home", "mature_collagen_home">(k);
        const auto [young, thin] = pick<"immature_stiffness_ratio", "collagen_iii_stiffness_ratio">(p);
        return (mature + young * immature + thin * iii) / (mature_home + young * immature_home + thin * iii_home);
    }

    /// What fragments leave of the stiffness, relative to home.
    static auto continuity(const auto& y, const auto& k, const auto& p) {
        const auto weakening = get<"weakening_by_fragments">(p);
        return (1.0 + weakening) / (1.0 + weakening * get<"collagen_fragments">(y) / get<"fragments_home">(k));
    }

    /// Relative to home.
    static auto relative(const auto& y, const auto& k, const auto& p) {
        const auto elastic = get<"elastin_share_of_stiffness">(p);
        return (elastic * get<"elastin">(y) + (1.0 - elastic) * bearing_collagen(y, k, p)) * continuity(y, k, p);
    }

    static auto value(const auto& now) { return get<"dermal_modulus_home">(now.p) * relative(now.y, now.k, now.p); }
};

}  // namespace cicatrix::readout
