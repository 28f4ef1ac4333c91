// The microneedling model's biology, one short function per process: each picks what it uses by name and names the
// rates it gives. Symbols follow the published models from which the forms are taken; rates are in 1/d.
#pragma once
#include "cicatrix/model/declare.hpp"
#include "cicatrix/numeric/dual.hpp"
#include "cicatrix/numeric/functions.hpp"

namespace cicatrix::microneedling {

/// x^2 / (x + 0.01) for x > 0, else 0: the part of a signal above its home value. It is exactly zero at home, smooth to
/// first order, and near x itself once x is above a few hundredths.
CICATRIX_INLINE constexpr auto excess(const auto& x) { return select(x > 0.0, x * x / (x + 0.01), 0.0 * x); }

/// x / (half + x).
CICATRIX_INLINE constexpr auto saturating(const auto& x, const auto& half) { return x / (half + x); }

/// The factors of age. They are 1 up to `ageing_onset`.
CICATRIX_INLINE constexpr auto ageing(const auto& t, const auto& k) {
    const auto [age, ageing, onset] = pick<"age", "ageing_rate", "ageing_onset">(k);
    const auto [synthesis, proteolysis, repair] =
        pick<"ageing_of_synthesis", "ageing_of_proteolysis", "ageing_of_repair">(k);
    const auto years = age + ageing * (t / 365.25) - onset;
    const auto aged = select(years > 0.0, years, 0.0 * years);
    return named<"proteolysis_age", "synthesis_age", "repair_age">(exp(proteolysis * aged), exp(-synthesis * aged),
                                                                   exp(-repair * aged));
}

/// What several processes read: signals above home, and the factors of age.
CICATRIX_INLINE constexpr auto signals(const auto& ages, const auto& y, const auto& k) {
    const auto [A, TA, T3, G, V, M2, MM, Cf] =
        pick<"il10", "tgf_beta1_active", "tgf_beta3", "pdgf", "vegf", "macrophages_m2", "mmp", "collagen_fragments">(y);
    const auto [m0, Cf0] = pick<"resident_macrophages", "fragments_home">(k);
    const auto [proteolysis, synthesis, repair] = pick<"proteolysis_age", "synthesis_age", "repair_age">(ages);
    return named<"tgf_excess", "tgf_beta3_excess", "pdgf_excess", "vegf_excess", "il10_excess", "m2_excess",
                 "proteolysis", "fragment_ratio", "synthesis_age", "repair_age">(
        excess(TA - 1.0), excess(T3 - 1.0), excess(G - 1.0), excess(V - 1.0), excess(A - 1.0), excess(M2 - m0),
        MM * proteolysis, Cf / Cf0, synthesis, repair);
}

CICATRIX_INLINE constexpr auto haemostasis(const auto& y, const auto& k) {
    const auto [Pl] = pick<"platelets">(y);
    const auto [decay] = pick<"clot_decay">(k);
    return named<"platelets">(-decay * Pl);
}

/// Debris calls neutrophils and macrophages, they clear it; macrophages turn from M1 to M2 once it is gone.
CICATRIX_INLINE constexpr auto inflammation(const auto& y, const auto& k, const auto& s) {
    const auto [Pl, Dm, N, M1, M2, A] =
        pick<"platelets", "damage_signals", "neutrophils", "macrophages_m1", "macrophages_m2", "il10">(y);
    const auto [M2x, Ax] = pick<"m2_excess", "il10_excess">(s);
    const auto [muD, kDN, kD1, kD2, nuN] =
        pick<"damage_clearance", "damage_clearance_by_neutrophils", "damage_clearance_by_m1", "damage_clearance_by_m2",
             "debris_per_neutrophil">(k);
    const auto [sN, KN, rD, rP, Ainf, muN, kNM] =
        pick<"neutrophil_recruitment", "neutrophil_recruitment_half", "neutrophil_call_by_damage",
             "neutrophil_call_by_platelets", "neutrophil_brake_il10", "neutrophil_death", "neutrophil_clearance_by_m1">(
            k);
    const auto [sM, KM, qD, qN, qP] =
        pick<"macrophage_recruitment", "macrophage_recruitment_half", "macrophage_call_by_damage",
             "macrophage_call_by_neutrophils", "macrophage_call_by_platelets">(k);
    const auto [k12, kapA, KD, mu1, mu2, m0] =
        pick<"macrophage_switch", "macrophage_switch_by_il10", "macrophage_switch_damage_half", "m1_removal",
             "m2_removal", "resident_macrophages">(k);
    const auto [muA, aA, aN] = pick<"il10_decay", "il10_from_m2", "il10_from_neutrophils">(k);
    const auto neutrophil_call = rD * Dm + rP * Pl;
    const auto macrophage_call = qD * Dm + qN * N + qP * Pl;
    const auto switching = k12 * (1.0 + kapA * Ax) * (KD / (KD + Dm)) * M1;
    return named<"damage_signals", "neutrophils", "macrophages_m1", "macrophages_m2", "il10">(
        nuN * muN * N - (muD + kDN * N + kD1 * M1 + kD2 * M2x) * Dm,
        sN * neutrophil_call / ((KN + neutrophil_call) * (1.0 + square(Ax / Ainf))) - muN * N - kNM * M1 * N,
        sM * saturating(macrophage_call, KM) - switching - mu1 * M1, switching - mu2 * (M2 - m0),
        muA * (1.0 + aA * M2x + aN * N - A));
}

/// Latent TGF-beta1 comes from platelets, macrophages and (myo)fibroblasts; the active is the latent times its
/// activators.
CICATRIX_INLINE constexpr auto growth_factors(const auto& y, const auto& k, const auto& s) {
    const auto [Pl, M1, F, Y, K, W] =
        pick<"platelets", "macrophages_m1", "fibroblasts", "myofibroblasts", "epidermal_cover", "perfusion">(y);
    const auto [TL, TA, T3, G, V] = pick<"tgf_beta1_latent", "tgf_beta1_active", "tgf_beta3", "pdgf", "vegf">(y);
    const auto [M2x] = pick<"m2_excess">(s);
    const auto [dTL, lP, lM, lY, lF] =
        pick<"latent_tgf_decay", "latent_tgf_from_platelets", "latent_tgf_from_macrophages",
             "latent_tgf_from_myofibroblasts", "latent_tgf_from_fibroblasts">(k);
    const auto [dTA, aP, aM, aY] = pick<"active_tgf_decay", "tgf_activation_by_platelets",
                                        "tgf_activation_by_macrophages", "tgf_activation_by_myofibroblasts">(k);
    const auto [dT3, t3K, t3M] = pick<"tgf_beta3_decay", "tgf_beta3_from_open_epidermis", "tgf_beta3_from_m2">(k);
    const auto [dG, gP, gM] = pick<"pdgf_decay", "pdgf_from_platelets", "pdgf_from_macrophages">(k);
    const auto [dV, vM, vK, vW] =
        pick<"vegf_decay", "vegf_from_macrophages", "vegf_from_open_epidermis", "vegf_from_low_perfusion">(k);
    const auto macrophages = M1 + M2x;
    const auto open = 1.0 - K;
    return named<"tgf_beta1_latent", "tgf_beta1_active", "tgf_beta3", "pdgf", "vegf">(
        dTL * (1.0 + lP * Pl + lM * macrophages + lY * Y + lF * (F - 1.0) - TL),
        dTA * (TL * (1.0 + aP * Pl + aM * macrophages + aY * Y) - TA), dT3 * (1.0 + t3K * open + t3M * M2x - T3),
        dG * (1.0 + gP * Pl + gM * macrophages - G),
        dV * (1.0 + vM * macrophages + vK * open + vW * excess(1.0 - W) - V));
}

/// Fibroblasts grow on mitogens up to a capacity; TGF-beta1 turns them into myofibroblasts, TGF-beta3 holds that back.
CICATRIX_INLINE constexpr auto fibroplasia(const auto& y, const auto& k, const auto& s) {
    const auto [F, Y] = pick<"fibroblasts", "myofibroblasts">(y);
    const auto [X, T3x, Gx, repair] = pick<"tgf_excess", "tgf_beta3_excess", "pdgf_excess", "repair_age">(s);
    const auto [r0, r1, KG, Fmax, dF] = pick<"fibroblast_home_growth", "fibroblast_growth_by_pdgf",
                                             "fibroblast_pdgf_half", "fibroblast_capacity", "fibroblast_death">(k);
    const auto [kFY, KY, b3, dY, kYF] =
        pick<"myofibroblast_differentiation", "myofibroblast_tgf_half", "tgf_beta3_antagonism", "myofibroblast_death",
             "myofibroblast_reversion">(k);
    const auto growth = (r0 + r1 * repair * saturating(Gx, KG)) * F * (1.0 - (F + Y) / Fmax);
    const auto differentiation = kFY * (X * X / ((KY * KY + X * X) * (1.0 + b3 * T3x))) * F;
    const auto reversion = kYF * Y * (KY / (KY + X));
    return named<"fibroblasts", "myofibroblasts">(growth - dF * F - differentiation + reversion,
                                                  differentiation - reversion - dY * Y);
}

/// New collagen is part type III, part immature type I; III above its home share is replaced by I; I is cross-linked.
CICATRIX_INLINE constexpr auto collagens(const auto& y, const auto& k, const auto& s) {
    const auto [F, Y, C3, Cn, Cm, Cf] = pick<"fibroblasts", "myofibroblasts", "collagen_iii", "collagen_i_immature",
                                             "collagen_i_mature", "collagen_fragments">(y);
    const auto [X, T3x, m, ratio, M2x, age] =
        pick<"tgf_excess", "tgf_beta3_excess", "proteolysis", "fragment_ratio", "m2_excess", "synthesis_age">(s);
    const auto [pc, etaY, pT, KpT, KC, om, Ct0] =
        pick<"collagen_synthesis", "myofibroblast_synthesis_ratio", "synthesis_gain_by_tgf", "synthesis_tgf_half",
             "synthesis_crowding", "synthesis_brake_by_fragments", "collagen_total_home">(k);
    const auto [f30, f3w, K3, b3] = pick<"collagen_iii_of_synthesis", "collagen_iii_of_wound_synthesis",
                                         "collagen_iii_tgf_half", "tgf_beta3_antagonism">(k);
    const auto [d3, dn, dm, kx, k31, rho3] =
        pick<"collagen_iii_loss", "immature_collagen_loss", "mature_collagen_loss", "cross_linking",
             "collagen_replacement", "collagen_iii_fraction_home">(k);
    const auto [chi, df, phM] = pick<"fragments_of_lost_collagen", "fragment_clearance", "fragment_clearance_by_m2">(k);
    const auto total = C3 + Cn + Cm;
    const auto synthesis = pc * (F + etaY * Y) * (1.0 + pT * saturating(X, KpT)) *
                           ((Ct0 + KC) * (1.0 + om) / ((total + KC) * (1.0 + om * ratio))) * age;
    const auto share_iii = f30 + (f3w - f30) * (X / ((K3 + X) * (1.0 + b3 * T3x)));
    const auto replacement = k31 * excess(C3 - rho3 * total);
    return named<"collagen_iii", "collagen_i_immature", "collagen_i_mature", "collagen_fragments">(
        synthesis * share_iii - d3 * m * C3 - replacement,
        synthesis * (1.0 - share_iii) + replacement - kx * Cn - dn * m * Cn, kx * Cn - dm * m * Cm,
        chi * dm * m * Cm - df * m * (1.0 + phM * M2x) * Cf);
}

CICATRIX_INLINE constexpr auto elastic_fibres(const auto& y, const auto& k, const auto& s) {
    const auto [F, N, Et, E] = pick<"fibroblasts", "neutrophils", "tropoelastin", "elastin">(y);
    const auto [X, T3x, m, age] = pick<"tgf_excess", "tgf_beta3_excess", "proteolysis", "synthesis_age">(s);
    const auto [pE, eT, e3, ka, dt, dE, eN] =
        pick<"tropoelastin_synthesis", "tropoelastin_from_tgf", "tropoelastin_from_tgf_beta3", "elastin_assembly",
             "tropoelastin_loss", "elastin_loss", "elastin_loss_by_neutrophils">(k);
    return named<"tropoelastin", "elastin">(
        pE * age * F * (1.0 + eT * saturating(X, 1.0) + e3 * saturating(T3x, 1.0)) - (ka + dt) * Et,
        ka * Et - dE * m * (1.0 + eN * N) * E);
}

/// Proteases and their inhibitor annihilate each other; fragments of the matrix call for more protease.
CICATRIX_INLINE constexpr auto proteases(const auto& y, const auto& k, const auto& s) {
    const auto [N, M1, MM, TI] = pick<"neutrophils", "macrophages_m1", "mmp", "timp">(y);
    const auto [X, M2x, ratio] = pick<"tgf_excess", "m2_excess", "fragment_ratio">(s);
    const auto [dM, mN, m1, mT, mf, kMT] = pick<"mmp_turnover", "mmp_from_neutrophils", "mmp_from_m1", "mmp_from_tgf",
                                                "mmp_from_fragments", "mmp_timp_binding">(k);
    const auto [dI, iT, i2] = pick<"timp_turnover", "timp_from_tgf", "timp_from_m2">(k);
    const auto binding = kMT * (1.0 - MM * TI);
    return named<"mmp", "timp">(
        dM * (1.0 + mN * N + m1 * M1 + mT * saturating(X, 1.0) + mf * excess(ratio - 1.0) - MM) + binding,
        dI * (1.0 + iT * saturating(X, 1.0) + i2 * M2x - TI) + binding);
}

/// The epidermis closes over the channels, then the horny layer; hyaluronan follows the open epidermis.
CICATRIX_INLINE constexpr auto epidermis(const auto& y, const auto& k, const auto& s) {
    const auto [N, H, K, B] = pick<"neutrophils", "hyaluronan", "epidermal_cover", "barrier">(y);
    const auto [X, repair] = pick<"tgf_excess", "repair_age">(s);
    const auto [ke, kp, nK, kB] =
        pick<"epidermal_edge_growth", "epidermal_sheet_growth", "epidermal_brake_by_neutrophils", "barrier_closure">(k);
    const auto [dH, hT, hK] = pick<"hyaluronan_turnover", "hyaluronan_from_tgf", "hyaluronan_from_open_epidermis">(k);
    return named<"hyaluronan", "epidermal_cover", "barrier">(dH * (1.0 + hT * saturating(X, 1.0) + hK * (1.0 - K) - H),
                                                             repair * (ke + kp * K) * (1.0 - K) / (1.0 + nK * N),
                                                             repair * kB * K * (1.0 - B));
}

CICATRIX_INLINE constexpr auto vessels(const auto& y, const auto& k, const auto& s) {
    const auto [W] = pick<"perfusion">(y);
    const auto [Vx] = pick<"vegf_excess">(s);
    const auto [kW, KV, Wmax, kR] =
        pick<"vessel_growth", "vessel_vegf_half", "perfusion_capacity", "vessel_regression">(k);
    const auto room = Wmax - W;
    return named<"perfusion">(kW * saturating(Vx, KV) * select(room > 0.0, room, 0.0 * room) - kR * (W - 1.0));
}

CICATRIX_INLINE constexpr auto pigment(const auto& y, const auto& k) {
    const auto [N, M1, L] = pick<"neutrophils", "macrophages_m1", "melanin">(y);
    const auto [dL, lI, uv] = pick<"melanin_turnover", "melanin_from_inflammation", "uv">(k);
    return named<"melanin">(dL * (1.0 + lI * (N + M1) + uv - L));
}

}  // namespace cicatrix::microneedling
