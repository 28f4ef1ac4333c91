// Waugh and Sherratt 2007: macrophages, TGF-beta, PDGF, fibroblasts, collagen and hyaluronan in normal and diabetic
// wounds, untreated or covered with an engineered skin. Densities are in 1/mm3 (cells), pg/mm3, ug/mm3 and days.
#pragma once
#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>
#include <vector>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/models/published/parameter.hpp"
#include "cicatrix/numeric/dual.hpp"
#include "cicatrix/numeric/functions.hpp"

namespace cicatrix {

namespace waugh_sherratt_2007 {

template <class... Parts> consteval auto joined(const Parts&... parts) {
    std::array<Setting, (std::tuple_size_v<Parts> + ...)> all{};
    std::size_t i = 0;
    ((std::ranges::copy(parts, all.begin() + i), i += parts.size()), ...);
    return all;
}

inline constexpr double ln10 = 2.302585092994046;
// The share falls by 0.197 per decade of hyaluronan; with the natural logarithm in its place, by this much.
inline constexpr std::array normal_natural{Setting{"share_per_decade", -0.197 * ln10}};
inline constexpr std::array normal_clamped = joined(normal_natural, std::array{Setting{"clamp_share", 1}});
inline constexpr std::array diabetic{Setting{"collagen_synthesis", 5}, Setting{"hyaluronan_synthesis", 0.001},
                                     Setting{"fibroblast_removal", 2.5}};
inline constexpr std::array apligraf = joined(diabetic, std::array{Setting{"graft_applications", 5}});
inline constexpr std::array dermagraft =
    joined(diabetic, std::array{Setting{"graft_applications", 8}, Setting{"graft_fibroblasts", 8000},
                                Setting{"graft_collagen", 18.75}, Setting{"graft_hyaluronan", 80}});
inline constexpr std::array diabetic_natural = joined(diabetic, normal_natural);
inline constexpr std::array apligraf_natural = joined(apligraf, normal_natural);
inline constexpr std::array dermagraft_natural = joined(dermagraft, normal_natural);
inline constexpr std::array diabetic_clamped = joined(diabetic, normal_clamped);
inline constexpr std::array apligraf_clamped = joined(apligraf, normal_clamped);
inline constexpr std::array dermagraft_clamped = joined(dermagraft, normal_clamped);

inline constexpr std::string_view paper = "Waugh and Sherratt 2007, Wound Repair Regen 15:556";
inline constexpr Source from{paper, "as encoded in MODEL1006230106"};
inline constexpr Source graft{paper, "as encoded in MODEL1006230099"};
inline constexpr std::array parameters{
    published::parameter(from, "recruitment_cubic", -2.47, "mm6 pg-3 d-1", "tau1 of K_T: recruitment of macrophages",
                         {-2.96, -2.06}),
    published::parameter(from, "recruitment_quadratic", 21.94, "mm3 pg-2 d-1", "tau2 of K_T", {18.3, 26.3}),
    published::parameter(from, "recruitment_linear", 6.41, "pg-1 d-1", "tau3 of K_T", {5.34, 7.69}),
    published::parameter(from, "recruitment_constant", 1.75, "mm-3 d-1", "tau4 of K_T", {1.46, 2.1}),
    published::parameter(from, "migration_cubic", 15.333, "mm6 pg-3 d-1", "tau1 of M_P: fibroblasts called by PDGF",
                         {12.8, 18.4}),
    published::parameter(from, "migration_quadratic", -167.21, "mm3 pg-2 d-1", "tau2 of M_P", {-201, -139}),
    published::parameter(from, "migration_linear", 452.38, "pg-1 d-1", "tau3 of M_P", {377, 543}),
    published::parameter(from, "migration_constant", 2.6593, "mm-3 d-1", "tau4 of M_P", {2.22, 3.19}),
    published::parameter(from, "synthesis_cubic", 0.0092, "mm6 mm3 pg-3", "tau1 of f_T: synthesis driven by TGF-beta",
                         {0.00767, 0.011}),
    published::parameter(from, "synthesis_quadratic", -0.1552, "mm6 pg-2", "tau2 of f_T", {-0.186, -0.129}),
    published::parameter(from, "synthesis_linear", 0.6279, "mm3/pg", "tau3 of f_T", {0.523, 0.753}),
    published::parameter(from, "synthesis_constant", 0.2527, "1", "tau4 of f_T", {0.211, 0.303}),
    published::parameter(from, "brake_cubic", -4.33e-10, "mm6 mm3 ug-3", "tau1 of g_C: synthesis braked by collagen",
                         {-5.2e-10, -3.61e-10}),
    published::parameter(from, "brake_quadratic", 9e-7, "mm6 ug-2", "tau2 of g_C", {7.5e-7, 1.08e-6}),
    published::parameter(from, "brake_linear", -5.5e-4, "mm3/ug", "tau3 of g_C", {-0.00066, -0.000458}),
    published::parameter(from, "brake_constant", 0.13, "1", "tau4 of g_C", {0.108, 0.156}),
    published::parameter(from, "share_at_unit_hyaluronan", 0.4407, "1", "inflammatory share at 1 ug/mm3 of hyaluronan",
                         {0.367, 0.529}),
    published::parameter(from, "share_per_decade", -0.197, "1", "change of the share for each tenfold of hyaluronan",
                         {-0.5, -0.1}),
    published::parameter(from, "dividing_share", 0.05, "1", "k1: share of macrophages that divide"),
    published::parameter(from, "division", 0.693, "1/d", "k2: rate of division of macrophages"),
    published::parameter(from, "macrophage_crowding", 0.002, "mm3", "k3: crowding by macrophages, per cell"),
    published::parameter(from, "tgf_beta_by_macrophages", 0.07, "pg/d", "k4: TGF-beta per inflammatory macrophage"),
    published::parameter(from, "fibroblast_crowding", 0.0025, "mm3", "k5: crowding by fibroblasts, per cell"),
    published::parameter(from, "collagen_crowding", 0.0004, "mm3/ug", "k6: crowding by collagen"),
    published::parameter(from, "tgf_beta_by_fibroblasts", 0.004, "pg/d", "k7: TGF-beta per fibroblast"),
    published::parameter(from, "pdgf_by_macrophages", 0.015, "pg/d", "k8: PDGF per macrophage"),
    published::parameter(from, "pdgf_by_fibroblasts", 0.0015, "pg/d", "k9: PDGF per fibroblast"),
    published::parameter(from, "fibroblast_division", 0.924, "1/d", "k10: division of fibroblasts"),
    published::parameter(from, "collagen_synthesis", 20, "ug/d", "k11: collagen per fibroblast; 5 if diabetic",
                         {2.5, 40}),
    published::parameter(from, "hyaluronan_synthesis", 0.01, "ug/d",
                         "k12: hyaluronan per fibroblast; 0.001 if diabetic", {5e-4, 0.02}),
    published::parameter(from, "macrophage_removal", 0.2, "1/d", "d1: removal of macrophages"),
    published::parameter(from, "tgf_beta_decay", 9.1, "1/d", "d2: decay of TGF-beta"),
    published::parameter(from, "pdgf_decay", 4, "1/d", "d3: decay of PDGF"),
    published::parameter(from, "fibroblast_removal", 1, "1/d", "d4: removal of fibroblasts; 2.5 if diabetic", {0.5, 5}),
    published::parameter(from, "collagen_degradation", 1.5e-5, "mm3/d", "d5: degradation of collagen, per fibroblast"),
    published::parameter(from, "hyaluronan_decay", 0.7, "1/d", "d6: decay of hyaluronan"),
    published::parameter(graft, "graft_applications", 0, "1", "how often an engineered skin is laid on", {0, 12}),
    published::parameter(graft, "graft_first_day", 28, "d", "day of the first application", {0, 100}),
    published::parameter(graft, "graft_interval", 7, "d", "time between two applications", {4, 28}),
    published::parameter(graft, "graft_duration", 1, "d", "how long an application acts", {0.1, 3}),
    published::parameter(graft, "graft_tgf_beta", 0.4, "pg mm-3 d-1", "s_T: TGF-beta that it gives"),
    published::parameter(graft, "graft_pdgf", 1, "pg mm-3 d-1", "s_P: PDGF that it gives"),
    published::parameter(graft, "graft_fibroblasts", 1550, "mm-3 d-1", "s_F: fibroblasts that it gives", {0, 16000}),
    published::parameter(graft, "graft_collagen", 0.45, "ug mm-3 d-1", "s_C: collagen that it gives", {0, 40}),
    published::parameter(graft, "graft_hyaluronan", 2.5, "ug mm-3 d-1", "s_H: hyaluronan that it gives", {0, 160}),
    Parameter{"clamp_share",
              0,
              "1",
              {0, 1},
              Grade::assumed,
              {"own choice", "repairs what the published share does outside its range"},
              "1: the inflammatory share is kept within 0 and 1; 0: as published"},
};

}  // namespace waugh_sherratt_2007

struct WaughSherratt2007 {
    static constexpr std::string_view id = "waugh_sherratt_2007";
    static constexpr std::string_view title = "Diabetic wounds treated with engineered skin substitutes";
    static constexpr std::string_view source =
        "Waugh and Sherratt 2007, Modeling the effects of treating diabetic wounds with engineered skin substitutes, "
        "Wound Repair Regen 15:556; BioModels MODEL1006230106 (normal), MODEL1006230003 (diabetic), MODEL1006230099 "
        "(Apligraf) and MODEL1006230102 (Dermagraft)";
    static constexpr std::string_view time_unit = "d";

    static constexpr std::array faults{
        std::string_view("The inflammatory share of macrophages is linear in the logarithm of hyaluronan. All four "
                         "encodings state the base 10, and so does this model; the paper itself was not seen. With "
                         "the natural logarithm (share_per_decade = -0.4536) the share leaves 0 to 1 below 0.0584 and "
                         "above 9.36 ug/mm3, and with Dermagraft both macrophages become negative; clamp_share = 1 "
                         "then keeps it within 0 and 1."),
        std::string_view("With the base 10 the untreated diabetic wound does not stay inflamed as in the model of "
                         "2006: it fails by its collagen alone."),
        std::string_view("The plateau of collagen near 1250 ug/mm3 is built in: it is a root of the fitted cubic that "
                         "brakes synthesis."),
        std::string_view("As encoded, Apligraf brings the diabetic wound to two thirds of the collagen of a normal "
                         "one within 200 days."),
        std::string_view("The encodings are not curated; that of Dermagraft still calls its variables Apligraf."),
    };

    // clang-format off
    static constexpr std::array states{
        State{"macrophages_inflammatory", "mm-3", "inflammatory macrophages (phi_I), cells", true},
        State{"macrophages_repair", "mm-3", "repair macrophages (phi_R), cells", true},
        State{"tgf_beta", "pg/mm3", "TGF-beta (T)", true},
        State{"pdgf", "pg/mm3", "PDGF (P)", true},
        State{"fibroblasts", "mm-3", "fibroblasts (F), cells", true},
        State{"collagen", "ug/mm3", "collagen (C)"},
        State{"hyaluronan", "ug/mm3", "hyaluronan (H)"},
    };
    // clang-format on

    static constexpr auto parameters = waugh_sherratt_2007::parameters;

    static constexpr std::array conditions{
        ModelCondition{"graft_acts", 0, "1", "1 while an engineered skin acts, else 0"}};
    static constexpr auto coefficients = names_of<parameters, conditions>;

    static constexpr std::array variants{
        Variant{"normal", "a normal wound, as encoded", {}},
        Variant{"diabetic", "a diabetic wound, as encoded", waugh_sherratt_2007::diabetic},
        Variant{"apligraf", "a diabetic wound under five weekly pieces of Apligraf, as encoded",
                waugh_sherratt_2007::apligraf},
        Variant{"dermagraft", "a diabetic wound under eight weekly pieces of Dermagraft, as encoded",
                waugh_sherratt_2007::dermagraft},
        Variant{"normal_natural", "a normal wound, with the natural logarithm", waugh_sherratt_2007::normal_natural},
        Variant{"diabetic_natural", "a diabetic wound, with the natural logarithm",
                waugh_sherratt_2007::diabetic_natural},
        Variant{"apligraf_natural", "Apligraf, with the natural logarithm", waugh_sherratt_2007::apligraf_natural},
        Variant{"dermagraft_natural", "Dermagraft, with the natural logarithm",
                waugh_sherratt_2007::dermagraft_natural},
        Variant{"normal_clamped", "a normal wound, with the natural logarithm and the share kept within 0 and 1",
                waugh_sherratt_2007::normal_clamped},
        Variant{"diabetic_clamped", "a diabetic wound, with the natural logarithm and the share kept within 0 and 1",
                waugh_sherratt_2007::diabetic_clamped},
        Variant{"apligraf_clamped", "Apligraf, with the natural logarithm and the share kept within 0 and 1",
                waugh_sherratt_2007::apligraf_clamped},
        Variant{"dermagraft_clamped", "Dermagraft, with the natural logarithm and the share kept within 0 and 1",
                waugh_sherratt_2007::dermagraft_clamped},
    };

    static constexpr Values<states, double> home(const Values<coefficients, double>&) {
        return collect_values<states, "macrophages_inflammatory", "macrophages_repair", "tgf_beta", "pdgf",
                              "fibroblasts", "collagen", "hyaluronan">(200.0, 200.0, 6.0, 2.0, 50.0, 10.0, 0.01);
    }

    /// Begin and end of each application.
    static std::vector<double> stops(const Values<coefficients, double>& k) {
        const auto [applications, first, interval, duration] =
            pick<"graft_applications", "graft_first_day", "graft_interval", "graft_duration">(k);
        std::vector<double> out;
        for (int i = 0; i < applications; ++i) {
            out.push_back(first + i * interval);
            out.push_back(first + i * interval + duration);
        }
        return out;
    }
    static constexpr void stop(std::size_t i, Values<states, double>&, Values<coefficients, double>& k) {
        k[index_of(coefficients, "graft_acts")] = i % 2 == 0 ? 1 : 0;
    }

    /// c3 x^3 + c2 x^2 + c1 x + c0.
    CICATRIX_INLINE static constexpr auto cubic(const auto& x, const auto& c3, const auto& c2, const auto& c1,
                                                const auto& c0) {
        return ((c3 * x + c2) * x + c1) * x + c0;
    }

    /// The share of recruited macrophages that become inflammatory.
    CICATRIX_INLINE static constexpr auto inflammatory_share(const auto& H, const auto& k) {
        const auto [level, slope, clamp] = pick<"share_at_unit_hyaluronan", "share_per_decade", "clamp_share">(k);
        const auto share = level + slope * (log(H) / waugh_sherratt_2007::ln10);
        const auto above = select(share > 0.0, share, 0.0 * share);
        const auto within = select(above < 1.0, above, 0.0 * above + 1.0);
        return select(clamp > 0.5, within, share);
    }

    CICATRIX_INLINE static constexpr auto macrophages(const auto& y, const auto& k, const auto& crowd) {
        const auto [I, R, T, H] = pick<"macrophages_inflammatory", "macrophages_repair", "tgf_beta", "hyaluronan">(y);
        const auto [tau1, tau2, tau3, tau4] =
            pick<"recruitment_cubic", "recruitment_quadratic", "recruitment_linear", "recruitment_constant">(k);
        const auto [k1, k2, d1] = pick<"dividing_share", "division", "macrophage_removal">(k);
        const auto alpha = inflammatory_share(H, k);
        const auto recruited = cubic(T, tau1, tau2, tau3, tau4);
        const auto growth = k1 * k2 * crowd - d1;
        return named<"macrophages_inflammatory", "macrophages_repair">(alpha * recruited + growth * I,
                                                                       (1.0 - alpha) * recruited + growth * R);
    }

    CICATRIX_INLINE static constexpr auto growth_factors(const auto& y, const auto& k) {
        const auto [I, R, T, P, F] =
            pick<"macrophages_inflammatory", "macrophages_repair", "tgf_beta", "pdgf", "fibroblasts">(y);
        const auto [k4, k7, k8, k9, d2, d3] =
            pick<"tgf_beta_by_macrophages", "tgf_beta_by_fibroblasts", "pdgf_by_macrophages", "pdgf_by_fibroblasts",
                 "tgf_beta_decay", "pdgf_decay">(k);
        const auto [acts, s_T, s_P] = pick<"graft_acts", "graft_tgf_beta", "graft_pdgf">(k);
        return named<"tgf_beta", "pdgf">(k4 * I + k7 * F + acts * s_T - d2 * T,
                                         k8 * (I + R) + k9 * F + acts * s_P - d3 * P);
    }

    CICATRIX_INLINE static constexpr auto fibroplasia(const auto& y, const auto& k, const auto& crowd) {
        const auto [T, P, F, C, H] = pick<"tgf_beta", "pdgf", "fibroblasts", "collagen", "hyaluronan">(y);
        const auto [m1, m2, m3, m4] =
            pick<"migration_cubic", "migration_quadratic", "migration_linear", "migration_constant">(k);
        const auto [f1, f2, f3, f4] =
            pick<"synthesis_cubic", "synthesis_quadratic", "synthesis_linear", "synthesis_constant">(k);
        const auto [g1, g2, g3, g4] = pick<"brake_cubic", "brake_quadratic", "brake_linear", "brake_constant">(k);
        const auto [k10, k11, k12] = pick<"fibroblast_division", "collagen_synthesis", "hyaluronan_synthesis">(k);
        const auto [d4, d5, d6] = pick<"fibroblast_removal", "collagen_degradation", "hyaluronan_decay">(k);
        const auto [acts, s_F, s_C, s_H] =
            pick<"graft_acts", "graft_fibroblasts", "graft_collagen", "graft_hyaluronan">(k);
        return named<"fibroblasts", "collagen", "hyaluronan">(
            cubic(P, m1, m2, m3, m4) + k10 * F * crowd + acts * s_F - d4 * F,
            k11 * F * cubic(T, f1, f2, f3, f4) * cubic(C, g1, g2, g3, g4) + acts * s_C - d5 * F * C,
            k12 * F + acts * s_H - d6 * H);
    }

    CICATRIX_INLINE static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        const auto [I, R, F, C] = pick<"macrophages_inflammatory", "macrophages_repair", "fibroblasts", "collagen">(y);
        const auto [k3, k5, k6] = pick<"macrophage_crowding", "fibroblast_crowding", "collagen_crowding">(k);
        const auto crowd = 1.0 - (k3 * (I + R) + k5 * F + k6 * C);
        return collect<states>(macrophages(y, k, crowd), growth_factors(y, k), fibroplasia(y, k, crowd));
    }
};

}  // namespace cicatrix
