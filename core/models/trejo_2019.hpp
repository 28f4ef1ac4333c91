// Debris, undecided, inflammatory and repair macrophages, two cytokines and the cells and matrix of a healing bone. Its
// first six states are a general model of inflammation in physical units.
#pragma once
#include <array>
#include <string_view>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/models/published/parameter.hpp"
#include "cicatrix/numeric/dual.hpp"

namespace cicatrix {

namespace trejo_2019 {

inline constexpr std::string_view source =
    "Trejo, Kojouharov, Chen-Charpentier 2019, Math Biosci Eng, with the values of code by Lafuente-Gracia";

constexpr Parameter value(std::string_view symbol, std::string_view name, double number, std::string_view unit,
                          std::string_view meaning) {
    return published::parameter({source, symbol}, name, number, unit, meaning);
}

// clang-format off
inline constexpr std::array parameters{
    value("ke1", "debris_eaten_by_m1", 12, "1/d", "debris that an M1 macrophage eats at most"),
    value("ke2", "debris_eaten_by_m2", 24, "1/d", "debris that an M2 macrophage eats at most"),
    value("aed", "debris_half", 4.71e6, "1/mL", "debris at which eating is half its largest"),
    value("kmax", "macrophage_arrival", 0.015, "1/d", "macrophages that debris calls"),
    value("Mmax", "macrophage_ceiling", 1e6, "1/mL", "macrophages at which none arrive any more"),
    value("k01", "activation_to_m1", 0.611, "1/d", "largest turning of undecided macrophages into M1"),
    value("k02", "activation_to_m2", 0.0836, "1/d", "largest turning of undecided macrophages into M2"),
    value("a01", "activation_to_m1_half", 0.01, "ng/mL", "pro-inflammatory cytokine at which it is half"),
    value("a02", "activation_to_m2_half", 0.005, "ng/mL", "anti-inflammatory cytokine at which it is half"),
    value("k12", "m1_to_m2", 0.075, "1/d", "turning of M1 into M2"),
    value("k21", "m2_to_m1", 0.05, "1/d", "turning of M2 into M1"),
    value("d0", "m0_emigration", 0.156, "1/d", "loss of undecided macrophages"),
    value("d1", "m1_emigration", 0.121, "1/d", "loss of M1 macrophages"),
    value("d2", "m2_emigration", 0.163, "1/d", "loss of M2 macrophages"),
    value("k0", "pro_cytokine_from_debris", 5e-7, "ng/d", "pro-inflammatory cytokine that debris gives"),
    value("k1", "pro_cytokine_from_m1", 8.3e-6, "ng/d", "pro-inflammatory cytokine that an M1 macrophage makes"),
    value("k2", "anti_cytokine_from_m2", 3.72e-6, "ng/d", "anti-inflammatory cytokine that an M2 macrophage makes"),
    value("k3", "anti_cytokine_from_progenitors", 8e-6, "ng/d", "anti-inflammatory cytokine that a progenitor makes"),
    value("dc1", "pro_cytokine_decay", 12.79, "1/d", "decay of the pro-inflammatory cytokine"),
    value("dc2", "anti_cytokine_decay", 4.632, "1/d", "decay of the anti-inflammatory cytokine"),
    value("a12", "pro_cytokine_brake", 0.025, "ng/mL", "anti-inflammatory cytokine that halves pro-inflammatory"),
    value("a22", "anti_cytokine_brake", 0.1, "ng/mL", "anti-inflammatory cytokine that halves its own production"),
    value("aps", "progenitor_division_scale", 3.162, "ng/mL", "pro-inflammatory cytokine that slows progenitors"),
    value("aps1", "progenitor_division_boost", 20, "ng/mL", "how far a little of it speeds them up first"),
    value("kps", "progenitor_division", 0.5, "1/d", "division of progenitors"),
    value("kls", "progenitor_ceiling", 1e6, "1/mL", "progenitors at which division stops"),
    value("ds", "progenitor_differentiation", 1, "1/d", "turning of progenitors into osteoblasts"),
    value("asb1", "differentiation_brake", 0.1, "ng/mL", "pro-inflammatory cytokine that halves it"),
    value("kpb", "osteoblast_division", 0.2202, "1/d", "division of osteoblasts"),
    value("apb", "osteoblast_brake", 10, "ng/mL", "pro-inflammatory cytokine that halves it"),
    value("klb", "osteoblast_ceiling", 1e6, "1/mL", "osteoblasts at which division stops"),
    value("db", "osteoblast_loss", 0.15, "1/d", "loss of osteoblasts"),
    value("pcs", "cartilage_deposition", 3e-6, "g/d", "cartilage that a progenitor lays down"),
    value("qcd1", "cartilage_brake", 3e-6, "mL/d", "cartilage that a progenitor takes away"),
    value("qcd2", "cartilage_by_osteoblasts", 2e-7, "mL/d", "cartilage that an osteoblast takes away"),
    value("pbs", "bone_deposition", 5e-8, "g/d", "bone that an osteoblast lays down"),
    value("qbd", "bone_brake", 5e-8, "mL/d", "bone that an osteoblast takes away"),
};
// clang-format on

inline constexpr std::array healing{Setting{"osteoblast_loss", 0.15}, Setting{"progenitor_differentiation", 1}};
inline constexpr std::array non_union{Setting{"osteoblast_loss", 0.3}, Setting{"progenitor_differentiation", 1}};
inline constexpr std::array delayed{Setting{"osteoblast_loss", 0.15}, Setting{"progenitor_differentiation", 0.1}};

}  // namespace trejo_2019

struct Trejo2019 {
    static constexpr std::string_view id = "trejo_2019";
    static constexpr std::string_view title = "Macrophages and cytokines of a healing bone";
    static constexpr std::string_view source = trejo_2019::source;
    static constexpr std::string_view time_unit = "d";

    static constexpr std::array states{
        State{"debris", "1/mL", "dead cells"},
        State{"macrophages_m0", "1/mL", "undecided macrophages (M0)"},
        State{"macrophages_m1", "1/mL", "inflammatory macrophages (M1)"},
        State{"macrophages_m2", "1/mL", "repair macrophages (M2)"},
        State{"pro_cytokine", "ng/mL", "pro-inflammatory cytokine, of the TNF-alpha kind"},
        State{"anti_cytokine", "ng/mL", "anti-inflammatory cytokine, of the IL-10 kind"},
        State{"progenitors", "1/mL", "mesenchymal progenitors"},
        State{"osteoblasts", "1/mL", "osteoblasts"},
        State{"cartilage", "g/mL", "fibrocartilage"},
        State{"bone", "g/mL", "woven bone"},
    };
    static constexpr auto parameters = trejo_2019::parameters;

    static constexpr std::array<std::string_view, 2> faults{
        "The values are those of later code by another author; the tables of the paper were not compared.",
        "The tissue is bone: the last four states say nothing about skin.",
    };
    static constexpr std::array variants{
        Variant{"healing", "the fracture heals (E1)", trejo_2019::healing},
        Variant{"non_union", "osteoblasts are lost faster than they divide: no bone lasts (E0)", trejo_2019::non_union},
        Variant{"delayed", "progenitors turn into osteoblasts ten times more slowly and last (E2)",
                trejo_2019::delayed},
    };

    static constexpr Values<states, double> home(const auto&) {
        return collect_values<states, "debris", "macrophages_m0", "macrophages_m1", "macrophages_m2", "pro_cytokine",
                              "anti_cytokine", "progenitors", "osteoblasts", "cartilage", "bone">(
            5e7, 4000.0, 0.0, 0.0, 1.0, 0.0, 1000.0, 0.0, 0.0, 0.0);
    }

    CICATRIX_INLINE static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        return collect<states>(inflammation(y, k), cytokines(y, k), repair(y, k));
    }

  private:
    CICATRIX_INLINE static constexpr auto inflammation(const auto& y, const auto& k) {
        const auto [D, M0, M1, M2] = pick<"debris", "macrophages_m0", "macrophages_m1", "macrophages_m2">(y);
        const auto [c1, c2] = pick<"pro_cytokine", "anti_cytokine">(y);
        const auto [ke1, ke2, aed, kmax, Mmax] =
            pick<"debris_eaten_by_m1", "debris_eaten_by_m2", "debris_half", "macrophage_arrival", "macrophage_ceiling">(
                k);
        const auto [k01, k02, a01, a02] =
            pick<"activation_to_m1", "activation_to_m2", "activation_to_m1_half", "activation_to_m2_half">(k);
        const auto [k12, k21, d0, d1, d2] =
            pick<"m1_to_m2", "m2_to_m1", "m0_emigration", "m1_emigration", "m2_emigration">(k);
        const auto arriving = kmax * (1.0 - (M0 + M1 + M2) / Mmax) * D;
        const auto to_m1 = k01 * (c1 / (a01 + c1)), to_m2 = k02 * (c2 / (a02 + c2));
        return named<"debris", "macrophages_m0", "macrophages_m1", "macrophages_m2">(
            -(D / (aed + D)) * (ke1 * M1 + ke2 * M2), arriving - (to_m1 + to_m2 + d0) * M0,
            to_m1 * M0 + k21 * M2 - (k12 + d1) * M1, to_m2 * M0 + k12 * M1 - (k21 + d2) * M2);
    }

    CICATRIX_INLINE static constexpr auto cytokines(const auto& y, const auto& k) {
        const auto [D, M1, M2, Cs, c1, c2] =
            pick<"debris", "macrophages_m1", "macrophages_m2", "progenitors", "pro_cytokine", "anti_cytokine">(y);
        const auto [k0, k1, k2, k3] = pick<"pro_cytokine_from_debris", "pro_cytokine_from_m1", "anti_cytokine_from_m2",
                                           "anti_cytokine_from_progenitors">(k);
        const auto [dc1, dc2, a12, a22] =
            pick<"pro_cytokine_decay", "anti_cytokine_decay", "pro_cytokine_brake", "anti_cytokine_brake">(k);
        return named<"pro_cytokine", "anti_cytokine">(a12 / (a12 + c2) * (k0 * D + k1 * M1) - dc1 * c1,
                                                      a22 / (a22 + c2) * (k2 * M2 + k3 * Cs) - dc2 * c2);
    }

    CICATRIX_INLINE static constexpr auto repair(const auto& y, const auto& k) {
        const auto [c1, Cs, Cb, mc, mb] = pick<"pro_cytokine", "progenitors", "osteoblasts", "cartilage", "bone">(y);
        const auto [aps, aps1, kps, kls, ds, asb1] =
            pick<"progenitor_division_scale", "progenitor_division_boost", "progenitor_division", "progenitor_ceiling",
                 "progenitor_differentiation", "differentiation_brake">(k);
        const auto [kpb, apb, klb, db] =
            pick<"osteoblast_division", "osteoblast_brake", "osteoblast_ceiling", "osteoblast_loss">(k);
        const auto [pcs, qcd1, qcd2, pbs, qbd] = pick<"cartilage_deposition", "cartilage_brake",
                                                      "cartilage_by_osteoblasts", "bone_deposition", "bone_brake">(k);
        const auto progenitors_dividing = kps * ((square(aps) + aps1 * c1) / (square(aps) + square(c1)));
        const auto osteoblasts_dividing = kpb * (apb / (apb + c1));
        const auto differentiating = ds * (asb1 / (asb1 + c1)) * Cs;
        return named<"progenitors", "osteoblasts", "cartilage", "bone">(
            progenitors_dividing * Cs * (1.0 - Cs / kls) - differentiating,
            osteoblasts_dividing * Cb * (1.0 - Cb / klb) + differentiating - db * Cb,
            (pcs - qcd1 * mc) * Cs - qcd2 * mc * Cb, (pbs - qbd * mb) * Cb);
    }
};

}  // namespace cicatrix
