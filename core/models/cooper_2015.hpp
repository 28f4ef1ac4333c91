// Cooper and others 2015: pathogen, debris, macrophages and neutrophils in the inflammatory phase of a wound, and what
// estrogen and cortisol do to them. All states are dimensionless; rates are in 1/d.
#pragma once
#include <array>
#include <string_view>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/models/published/parameter.hpp"
#include "cicatrix/numeric/dual.hpp"
#include "cicatrix/numeric/functions.hpp"

namespace cicatrix {

struct Cooper2015 {
    static constexpr std::string_view id = "cooper_2015";
    static constexpr std::string_view title = "Systemic mediators in the inflammatory phase of wound healing";
    static constexpr std::string_view source =
        "Cooper, Segal, Diegelmann and Reynolds 2015, Modeling the effects of systemic mediators on the inflammatory "
        "phase of wound healing, J Theor Biol 367:86; BioModels BIOMD0000000855";
    static constexpr std::string_view time_unit = "d";

    static constexpr std::array faults{
        std::string_view("In the encoding neutrophils clear debris at a rate times 1 + k_en N, where every other term "
                         "has 1 + k_en E: by analogy a slip of the encoding. as_intended = 1 puts the estrogen back."),
        std::string_view("The paper describes a collection of parameter sets; the encoding holds one of them."),
    };

    // clang-format off
    static constexpr std::array states{
        State{"pathogen", "1", "pathogen (P)"},
        State{"debris", "1", "debris: platelets and dead cells (Pt)"},
        State{"macrophages", "1", "macrophages (M)"},
        State{"neutrophils", "1", "neutrophils (N)"},
    };
    // clang-format on

    static constexpr Source from{"Cooper et al. 2015, J Theor Biol 367:86", "as encoded in BIOMD0000000855"};
    static constexpr std::array parameters{
        published::parameter(from, "pathogen_growth", 14.4, "1/d", "k_pg: growth of the pathogen"),
        published::parameter(from, "pathogen_capacity", 20, "1", "p_inf: most pathogen"),
        published::parameter(from, "local_killing", 14.4, "1/d", "k_pb: killing of pathogen by the local response"),
        published::parameter(from, "local_source", 0.12, "1/d", "s_b: source of the local response"),
        published::parameter(from, "local_decay", 0.048, "1/d", "mu_b: decay of the local response"),
        published::parameter(from, "local_consumption", 0.2, "1/d", "k_bp: local response used up by pathogen"),
        published::parameter(from, "pathogen_killing_by_neutrophils", 35.03, "1/d",
                             "k_pn: killing of pathogen by neutrophils"),
        published::parameter(from, "pathogen_killing_by_macrophages", 34.8, "1/d",
                             "k_pm: killing of pathogen by macrophages"),
        published::parameter(from, "debris_clearance_by_neutrophils", 2.03, "1/d",
                             "k_ptn: clearance of debris by neutrophils"),
        published::parameter(from, "debris_clearance_by_macrophages", 3.16, "1/d",
                             "k_ptm: clearance of debris by macrophages"),
        published::parameter(from, "debris_decay", 0.37, "1/d", "mu_pt: decay of debris"),
        published::parameter(from, "neutrophil_call_by_pathogen", 17.58, "1/d",
                             "k_np: call of neutrophils by pathogen"),
        published::parameter(from, "neutrophil_call_by_debris", 2.97, "1/d", "k_npt: call of neutrophils by debris"),
        published::parameter(from, "neutrophil_source", 0.38, "1/d", "s_nr: source of resting neutrophils"),
        published::parameter(from, "neutrophil_resting_decay", 3.3, "1/d", "mu_nr: decay of resting neutrophils"),
        published::parameter(from, "neutrophil_death", 1.02, "1/d", "mu_n: death of neutrophils, which become debris"),
        published::parameter(from, "neutrophil_clearance", 6.42, "1/d",
                             "k_nm: clearance of neutrophils by macrophages"),
        published::parameter(from, "macrophage_call_by_pathogen", 18.52, "1/d",
                             "k_mp: call of macrophages by pathogen"),
        published::parameter(from, "macrophage_call_by_debris", 41.5, "1/d", "k_mpt: call of macrophages by debris"),
        published::parameter(from, "macrophage_call_by_macrophages", 0.06, "1/d",
                             "k_mm: call of macrophages by macrophages"),
        published::parameter(from, "macrophage_call_by_neutrophils", 10.58, "1/d",
                             "k_mn: call of macrophages by neutrophils"),
        published::parameter(from, "macrophage_source", 0.17, "1/d", "s_mr: source of monocytes"),
        published::parameter(from, "macrophage_resting_decay", 0.54, "1/d", "mu_mr: decay of monocytes"),
        published::parameter(from, "macrophage_removal", 0.5, "1/d", "mu_m: removal of macrophages"),
        published::parameter(from, "neutrophils_that_inhibit", 0.11, "1",
                             "N_inf: neutrophils that halve what macrophages do"),
        published::parameter(from, "estrogen_on_recruitment", 6.8, "1",
                             "E_Ninf: estrogen that halves the call of neutrophils"),
        published::parameter(from, "estrogen_on_neutrophils", 5.37, "1", "k_en: boost of neutrophils by estrogen"),
        published::parameter(from, "estrogen_on_activation", 5, "1",
                             "E_Minf: estrogen that halves macrophage self-activation"),
        published::parameter(from, "estrogen_on_macrophages", 4.97, "1", "k_em: boost of macrophages by estrogen"),
        published::parameter(from, "cortisol_on_neutrophils", 175.72, "1",
                             "C_n: cortisol that halves the call of neutrophils"),
        published::parameter(from, "cortisol_on_phagocytosis", 72.84, "1",
                             "C_m1: cortisol that halves what macrophages do"),
        published::parameter(from, "cortisol_on_macrophages", 13.06, "1",
                             "C_m2: cortisol that halves the call of macrophages"),
        published::parameter(from, "estrogen", 0, "1", "E: estrogen", {0, 20}),
        published::parameter(from, "cortisol", 0, "1", "C: cortisol", {0, 200}),
        Parameter{"as_intended",
                  0,
                  "1",
                  {0, 1},
                  Grade::assumed,
                  {"own choice", "chooses between the encoding and what it very likely meant"},
                  "1: estrogen boosts the clearance of debris by neutrophils; 0: neutrophils do, as encoded"},
    };

    static constexpr std::array intended{Setting{"as_intended", 1}};
    static constexpr std::array variants{
        Variant{"as_encoded", "as in the curated encoding", {}},
        Variant{"as_intended", "with estrogen in the clearance of debris by neutrophils", intended},
    };

    static constexpr Values<states, double> home(const Values<parameters, double>&) {
        return collect_values<states, "pathogen", "debris", "macrophages", "neutrophils">(0.1, 2.0, 0.0, 0.1);
    }

    /// Macrophages that are not held back by neutrophils or cortisol.
    CICATRIX_INLINE static constexpr auto active_macrophages(const auto& M, const auto& N, const auto& k) {
        const auto [N_inf, C, C_m1] = pick<"neutrophils_that_inhibit", "cortisol", "cortisol_on_phagocytosis">(k);
        return M / (1.0 + square(N / N_inf) + square(C / C_m1));
    }

    CICATRIX_INLINE static constexpr auto pathogen(const auto& y, const auto& k, const auto& active) {
        const auto [P, N] = pick<"pathogen", "neutrophils">(y);
        const auto [k_pg, p_inf, k_pb, s_b, mu_b, k_bp] = pick<"pathogen_growth", "pathogen_capacity", "local_killing",
                                                               "local_source", "local_decay", "local_consumption">(k);
        const auto [k_pn, k_pm, k_en, k_em, E] =
            pick<"pathogen_killing_by_neutrophils", "pathogen_killing_by_macrophages", "estrogen_on_neutrophils",
                 "estrogen_on_macrophages", "estrogen">(k);
        return named<"pathogen">(k_pg * P * (1.0 - P / p_inf) - k_pb * s_b * P / (mu_b + k_bp * P) -
                                 k_pn * P * N * (1.0 + k_en * E) - k_pm * P * active * (1.0 + k_em * E));
    }

    CICATRIX_INLINE static constexpr auto debris(const auto& y, const auto& k, const auto& active) {
        const auto [Pt, N] = pick<"debris", "neutrophils">(y);
        const auto [k_ptn, k_ptm, mu_pt, mu_n] =
            pick<"debris_clearance_by_neutrophils", "debris_clearance_by_macrophages", "debris_decay",
                 "neutrophil_death">(k);
        const auto [k_en, k_em, E, as_intended] =
            pick<"estrogen_on_neutrophils", "estrogen_on_macrophages", "estrogen", "as_intended">(k);
        const auto booster = select(as_intended > 0.5, 0.0 * N + E, N);
        return named<"debris">(mu_n * N - k_ptn * Pt * N * (1.0 + k_en * booster) -
                               k_ptm * Pt * active * (1.0 + k_em * E) - mu_pt * Pt);
    }

    CICATRIX_INLINE static constexpr auto macrophages(const auto& y, const auto& k) {
        const auto [P, Pt, M, N] = pick<"pathogen", "debris", "macrophages", "neutrophils">(y);
        const auto [k_mp, k_mpt, k_mm, k_mn] =
            pick<"macrophage_call_by_pathogen", "macrophage_call_by_debris", "macrophage_call_by_macrophages",
                 "macrophage_call_by_neutrophils">(k);
        const auto [s_mr, mu_mr, mu_m] = pick<"macrophage_source", "macrophage_resting_decay", "macrophage_removal">(k);
        const auto [E, E_M, C, C_m2] =
            pick<"estrogen", "estrogen_on_activation", "cortisol", "cortisol_on_macrophages">(k);
        const auto call =
            (k_mpt * Pt + k_mp * P + k_mm / (1.0 + square(E / E_M)) * M + k_mn * N) / (1.0 + square(C / C_m2));
        return named<"macrophages">(s_mr * call / (mu_mr + call) - mu_m * M);
    }

    CICATRIX_INLINE static constexpr auto neutrophils(const auto& y, const auto& k, const auto& active) {
        const auto [P, Pt, N] = pick<"pathogen", "debris", "neutrophils">(y);
        const auto [k_np, k_npt, s_nr, mu_nr, mu_n, k_nm] =
            pick<"neutrophil_call_by_pathogen", "neutrophil_call_by_debris", "neutrophil_source",
                 "neutrophil_resting_decay", "neutrophil_death", "neutrophil_clearance">(k);
        const auto [E, E_N, C, C_n] =
            pick<"estrogen", "estrogen_on_recruitment", "cortisol", "cortisol_on_neutrophils">(k);
        const auto call = (k_npt * Pt + k_np * P) / (1.0 + square(C / C_n));
        return named<"neutrophils">(s_nr * call / (mu_nr + call) / (1.0 + square(E / E_N)) - mu_n * N -
                                    k_nm * N * active);
    }

    CICATRIX_INLINE static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        const auto active = active_macrophages(get<"macrophages">(y), get<"neutrophils">(y), k);
        return collect<states>(pathogen(y, k, active), debris(y, k, active), macrophages(y, k),
                               neutrophils(y, k, active));
    }
};

}  // namespace cicatrix
