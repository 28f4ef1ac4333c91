// The circuit of myofibroblasts and macrophages that feed each other: an injury heals or ends in fibrosis, depending on
// how long it lasts.
#pragma once
#include <array>
#include <cstddef>
#include <string_view>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/models/published/parameter.hpp"
#include "cicatrix/numeric/dual.hpp"

namespace cicatrix {

namespace adler_2020 {

inline constexpr std::string_view source =
    "Adler, Mayo, Zhou, Franklin, Meizlish, Medzhitov, Kallenberger, Alon 2020, iScience 23:100841, "
    "doi:10.1016/j.isci.2020.100841";

constexpr Parameter value(std::string_view symbol, std::string_view name, double number, std::string_view unit,
                          std::string_view meaning) {
    return published::parameter({source, symbol}, name, number, unit, meaning);
}

// clang-format off
inline constexpr std::array parameters{
    value("lambda1", "myofibroblast_growth", 0.9, "1/d", "largest division of myofibroblasts on PDGF"),
    value("lambda2", "macrophage_growth", 0.8, "1/d", "largest division of macrophages on CSF1"),
    value("mu1", "myofibroblast_removal", 0.3, "1/d", "death of myofibroblasts"),
    value("mu2", "macrophage_removal", 0.3, "1/d", "death of macrophages"),
    value("K", "myofibroblast_carrying_capacity", 1e6, "1/mL", "myofibroblasts at which their growth stops"),
    value("k1", "pdgf_binding_half", 1e9, "1/mL", "PDGF at which half its receptors are bound"),
    value("k2", "csf1_binding_half", 1e9, "1/mL", "CSF1 at which half its receptors are bound"),
    value("beta1 = 470 per minute", "csf1_per_myofibroblast", 470 * 1440.0, "1/d",
          "molecules of CSF1 that a myofibroblast makes"),
    value("beta2 = 70 per minute", "pdgf_per_macrophage", 70 * 1440.0, "1/d",
          "molecules of PDGF that a macrophage makes"),
    value("beta3 = 240 per minute", "pdgf_per_myofibroblast", 240 * 1440.0, "1/d",
          "molecules of PDGF that a myofibroblast makes"),
    value("alpha1 = 940 per minute", "csf1_uptake", 940 * 1440.0, "1/d",
          "molecules of CSF1 that a macrophage takes up at most"),
    value("alpha2 = 510 per minute", "pdgf_uptake", 510 * 1440.0, "1/d",
          "molecules of PDGF that a myofibroblast takes up at most"),
    value("gamma", "growth_factor_decay", 2, "1/d", "decay of CSF1 and PDGF"),
    value("I", "monocyte_influx", 1e6, "mL-1 d-1", "macrophages that arrive while the injury lasts"),
    published::parameter({source, "the injuries of 2 and 4 days"}, "injury_duration", 2, "d",
                         "how long the injury lasts", {0, 30}),
};
// clang-format on

inline constexpr std::array two_days{Setting{"injury_duration", 2}};
inline constexpr std::array four_days{Setting{"injury_duration", 4}};
inline constexpr std::array ten_days{Setting{"injury_duration", 10}};

}  // namespace adler_2020

struct Adler2020 {
    static constexpr std::string_view id = "adler_2020";
    static constexpr std::string_view title = "Myofibroblasts and macrophages that heal a wound or keep it fibrotic";
    static constexpr std::string_view source = adler_2020::source;
    static constexpr std::string_view time_unit = "d";

    static constexpr std::array states{
        State{"myofibroblasts", "1/mL", "myofibroblasts"},
        State{"macrophages", "1/mL", "inflammatory macrophages"},
        State{"csf1", "1/mL", "molecules of CSF1, on which macrophages grow"},
        State{"pdgf", "1/mL", "molecules of PDGF, on which myofibroblasts grow"},
    };
    static constexpr auto parameters = adler_2020::parameters;

    static constexpr std::array conditions{
        ModelCondition{"injured", 1.0, "1", "1 while the injury lasts, then 0"},
    };
    static constexpr auto coefficients = names_of<parameters, conditions>;

    static constexpr std::array<std::string_view, 2> faults{
        "The values were read from encodings by others, three of which agree, and not from the paper.",
        "One cell per mL of either kind is put in at the start, because none could come otherwise.",
    };
    static constexpr std::array variants{
        Variant{"two_days", "an injury of two days: heals", adler_2020::two_days},
        Variant{"four_days", "an injury of four days: hot fibrosis", adler_2020::four_days},
        Variant{"ten_days", "an injury of ten days: the same fibrosis as after four", adler_2020::ten_days},
    };

    static constexpr Values<states, double> home(const Values<coefficients, double>&) {
        return collect_values<states, "myofibroblasts", "macrophages", "csf1", "pdgf">(1.0, 1.0, 0.0, 0.0);
    }

    CICATRIX_INLINE static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        const auto [F, M, C, P] = pick<"myofibroblasts", "macrophages", "csf1", "pdgf">(y);
        const auto [lambda1, lambda2, mu1, mu2, K, k1, k2] =
            pick<"myofibroblast_growth", "macrophage_growth", "myofibroblast_removal", "macrophage_removal",
                 "myofibroblast_carrying_capacity", "pdgf_binding_half", "csf1_binding_half">(k);
        const auto [beta1, beta2, beta3, alpha1, alpha2, gamma] =
            pick<"csf1_per_myofibroblast", "pdgf_per_macrophage", "pdgf_per_myofibroblast", "csf1_uptake",
                 "pdgf_uptake", "growth_factor_decay">(k);
        const auto [influx, injured] = pick<"monocyte_influx", "injured">(k);
        const auto bound_csf1 = C / (k2 + C), bound_pdgf = P / (k1 + P);
        return collect<states>(named<"myofibroblasts", "macrophages", "csf1", "pdgf">(
            F * (lambda1 * bound_pdgf * (1.0 - F / K) - mu1), M * (lambda2 * bound_csf1 - mu2) + injured * influx,
            beta1 * F - alpha1 * M * bound_csf1 - gamma * C,
            beta2 * M + beta3 * F - alpha2 * F * bound_pdgf - gamma * P));
    }

    /// The injury ends.
    static constexpr auto stops(const auto& k) { return std::array{get<"injury_duration">(k)}; }
    static constexpr void stop(std::size_t, auto&, auto& k) { k[index_of(coefficients, "injured")] = 0.0; }
};

}  // namespace cicatrix
