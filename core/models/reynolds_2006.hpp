// Reynolds and others 2006: pathogen, activated phagocytes, tissue damage and an anti-inflammatory mediator in acute
// inflammation, with three fates. All states are dimensionless; rates are in 1/h.
#pragma once
#include <array>
#include <string_view>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/models/published/parameter.hpp"
#include "cicatrix/numeric/dual.hpp"
#include "cicatrix/numeric/functions.hpp"

namespace cicatrix {

struct Reynolds2006 {
    static constexpr std::string_view id = "reynolds_2006";
    static constexpr std::string_view title = "Reduced model of the acute inflammatory response";
    static constexpr std::string_view source =
        "Reynolds, Rubin, Clermont, Day, Vodovotz and Ermentrout 2006, A reduced mathematical model of the acute "
        "inflammatory response: I. Derivation of model and analysis of anti-inflammation, J Theor Biol 242:220; "
        "BioModels BIOMD0000000714";
    static constexpr std::string_view time_unit = "h";

    static constexpr std::array faults{
        std::string_view("Equations and values are those of the curated encoding; the paper was not compared term by "
                         "term."),
        std::string_view("The encoding starts with one unit of pathogen; the starts that lead to the other two fates "
                         "were found by trying."),
    };

    // clang-format off
    static constexpr std::array states{
        State{"pathogen", "1", "pathogen (P), relative to 1e6 per mL"},
        State{"phagocytes", "1", "activated phagocytes (N*)"},
        State{"tissue_damage", "1", "tissue damage (D)"},
        State{"anti_inflammatory", "1", "anti-inflammatory mediator (C_A)"},
    };
    // clang-format on

    static constexpr Source from{"Reynolds et al. 2006, J Theor Biol 242:220", "as encoded in BIOMD0000000714"};
    static constexpr std::array parameters{
        published::parameter(from, "pathogen_growth", 0.3, "1/h", "k_pg: growth of the pathogen"),
        published::parameter(from, "pathogen_capacity", 20, "1", "p_inf: most pathogen"),
        published::parameter(from, "local_killing", 0.6, "1/h", "k_pm: killing of pathogen by the local response"),
        published::parameter(from, "local_source", 0.005, "1/h", "s_m: source of the local response"),
        published::parameter(from, "local_decay", 0.002, "1/h", "mu_m: decay of the local response"),
        published::parameter(from, "local_consumption", 0.01, "1/h", "k_mp: local response used up by pathogen"),
        published::parameter(from, "killing_by_phagocytes", 1.8, "1/h", "k_pn: killing of pathogen by phagocytes"),
        published::parameter(from, "activation_by_phagocytes", 0.01, "1/h",
                             "k_nn: activation of phagocytes by phagocytes"),
        published::parameter(from, "activation_by_pathogen", 0.1, "1/h", "k_np: activation of phagocytes by pathogen"),
        published::parameter(from, "activation_by_damage", 0.02, "1/h", "k_nd: activation of phagocytes by damage"),
        published::parameter(from, "resting_source", 0.08, "1/h", "s_nr: source of resting phagocytes"),
        published::parameter(from, "resting_decay", 0.12, "1/h", "mu_nr: decay of resting phagocytes"),
        published::parameter(from, "phagocyte_decay", 0.05, "1/h", "mu_n: decay of activated phagocytes"),
        published::parameter(from, "damage_by_phagocytes", 0.35, "1/h", "k_dn: most damage that phagocytes do"),
        published::parameter(from, "damage_half", 0.06, "1", "x_dn: phagocytes that do half of the most damage"),
        published::parameter(from, "damage_repair", 0.02, "1/h", "mu_d: repair of damage"),
        published::parameter(from, "brake_half", 0.28, "1", "c_inf: mediator that halves what phagocytes do"),
        published::parameter(from, "mediator_source", 0.0125, "1/h", "s_c: source of the mediator"),
        published::parameter(from, "mediator_production", 0.04, "1/h", "k_cn: most production of the mediator"),
        published::parameter(from, "mediator_by_damage", 48, "1",
                             "k_cnd: effect of damage on it, relative to phagocytes"),
        published::parameter(from, "mediator_decay", 0.1, "1/h", "mu_c: decay of the mediator"),
    };

    static constexpr std::array more_pathogen{Setting{"pathogen", 1.5}};
    static constexpr std::array faster_pathogen{Setting{"pathogen_growth", 0.6}};
    static constexpr std::array variants{
        Variant{"healthy", "the pathogen is cleared and inflammation ends", {}},
        Variant{"aseptic_death", "the pathogen is cleared, but damage keeps inflammation alive", more_pathogen},
        Variant{"septic_death", "the pathogen outgrows its killing", faster_pathogen},
    };

    static constexpr Values<states, double> home(const Values<parameters, double>& k) {
        return collect_values<states, "pathogen", "phagocytes", "tissue_damage", "anti_inflammatory">(
            1.0, 0.0, 0.0, get<"mediator_source">(k) / get<"mediator_decay">(k));
    }

    CICATRIX_INLINE static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        const auto [P, N, D, CA] = pick<"pathogen", "phagocytes", "tissue_damage", "anti_inflammatory">(y);
        const auto [growth, capacity] = pick<"pathogen_growth", "pathogen_capacity">(k);
        const auto [k_pm, s_m, mu_m, k_mp, k_pn] =
            pick<"local_killing", "local_source", "local_decay", "local_consumption", "killing_by_phagocytes">(k);
        const auto [k_nn, k_np, k_nd] =
            pick<"activation_by_phagocytes", "activation_by_pathogen", "activation_by_damage">(k);
        const auto [s_nr, mu_nr, mu_n] = pick<"resting_source", "resting_decay", "phagocyte_decay">(k);
        const auto [k_dn, x_dn, mu_d] = pick<"damage_by_phagocytes", "damage_half", "damage_repair">(k);
        const auto [c_inf, s_c, k_cn, k_cnd, mu_c] =
            pick<"brake_half", "mediator_source", "mediator_production", "mediator_by_damage", "mediator_decay">(k);
        const auto brake = 1.0 / (1.0 + square(CA / c_inf));
        const auto recruitment = (k_nn * N + k_np * P + k_nd * D) * brake;
        const auto damaging = power<6>(N * brake);
        const auto soothing = (N + k_cnd * D) * brake;
        return collect<states>(named<"pathogen", "phagocytes", "tissue_damage", "anti_inflammatory">(
            growth * P * (1.0 - P / capacity) - k_pm * s_m * P / (mu_m + k_mp * P) - k_pn * brake * N * P,
            s_nr * recruitment / (mu_nr + recruitment) - mu_n * N,     //
            k_dn * damaging / (power<6>(x_dn) + damaging) - mu_d * D,  //
            s_c + k_cn * soothing / (1.0 + soothing) - mu_c * CA));
    }
};

}  // namespace cicatrix
