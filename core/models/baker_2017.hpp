// Cytokines, proteases and fragments of matrix in cartilage: fragments call cytokines, cytokines call proteases, and
// proteases make fragments.
#pragma once
#include <array>
#include <cstddef>
#include <string_view>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/models/published/parameter.hpp"
#include "cicatrix/numeric/dual.hpp"

namespace cicatrix {

namespace baker_2017 {

inline constexpr std::string_view source =
    "Baker, Brook, Owen 2017, J Math Biol 75:985-1024, doi:10.1007/s00285-017-1104-y (BioModels BIOMD0000000928)";

constexpr Parameter value(std::string_view symbol, std::string_view name, double number, std::string_view meaning) {
    return published::parameter({source, symbol}, name, number, "1", meaning);
}

// clang-format off
inline constexpr std::array parameters{
    value("Pbp", "pro_inflammatory_source", 0.01, "background production of pro-inflammatory cytokines"),
    value("Ppp", "pro_inflammatory_self_production", 10, "production that these cytokines call at most"),
    value("Pfp", "pro_inflammatory_from_fragments", 10, "production that fragments call at most"),
    value("gamma_p", "pro_inflammatory_decay", 1, "decay of pro-inflammatory cytokines"),
    value("App", "anti_inflammatory_from_cytokines", 10,
          "anti-inflammatory production that pro-inflammatory cytokines call at most"),
    value("Aph", "anti_inflammatory_cytokine_half", 1, "cytokines at which that production is half its largest"),
    value("Afp", "anti_inflammatory_from_fragments", 10, "anti-inflammatory production that fragments call at most"),
    value("Afh", "anti_inflammatory_fragment_half", 1, "fragments at which that production is half its largest"),
    value("Mbp", "protease_source", 0.01, "background production of proteases"),
    value("Mpp", "protease_from_cytokines", 10, "protease production that pro-inflammatory cytokines call at most"),
    value("Mph", "protease_cytokine_half", 1, "cytokines at which that production is half its largest"),
    value("gamma_m", "protease_decay", 1, "decay of proteases"),
    published::parameter({source, "Fdam"}, "fragment_source", 0, "1", "fragments that damage from outside makes",
                         {0, 1}),
    value("gamma_f", "fragment_decay", 1, "clearance of fragments"),
    published::parameter({source, "the event of the SBML file"}, "treatment_time", 20, "1",
                         "when a treatment removes pro-inflammatory cytokines", {0, 1000}),
    published::parameter({source, "the event of the SBML file"}, "share_left_by_treatment", 0.1, "1",
                         "share of the pro-inflammatory cytokines that the treatment leaves", {0, 1}),
};
// clang-format on

inline constexpr std::array treated{Setting{"share_left_by_treatment", 0.1}};
inline constexpr std::array untreated{Setting{"share_left_by_treatment", 1.0}};

}  // namespace baker_2017

struct Baker2017 {
    static constexpr std::string_view id = "baker_2017";
    static constexpr std::string_view title = "Cytokines, proteases and matrix fragments that keep each other up";
    static constexpr std::string_view source = baker_2017::source;
    static constexpr std::string_view time_unit = "1";

    static constexpr std::array states{
        State{"pro_inflammatory", "1", "pro-inflammatory cytokines"},
        State{"anti_inflammatory", "1", "anti-inflammatory cytokines"},
        State{"proteases", "1", "matrix metalloproteinases"},
        State{"fragments", "1", "fragments of fibronectin"},
    };
    static constexpr auto parameters = baker_2017::parameters;

    static constexpr std::array<std::string_view, 2> faults{
        "The tissue is cartilage and everything is dimensionless: only the form of the feedback carries over to skin.",
        "The SBML file triggers its event when time equals 20, which a solver that steps over 20 never sees: here the "
        "event is landed on.",
    };
    static constexpr std::array variants{
        Variant{"treated", "nine tenths of the pro-inflammatory cytokines are removed at time 20", baker_2017::treated},
        Variant{"untreated", "nothing is removed", baker_2017::untreated},
    };

    static constexpr Values<states, double> home(const auto&) {
        return collect_values<states, "pro_inflammatory", "anti_inflammatory", "proteases", "fragments">(0.18, 5.0,
                                                                                                         0.55, 0.75);
    }

    CICATRIX_INLINE static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        const auto [p, a, m, f] = pick<"pro_inflammatory", "anti_inflammatory", "proteases", "fragments">(y);
        const auto [Pbp, Ppp, Pfp, gamma_p] = pick<"pro_inflammatory_source", "pro_inflammatory_self_production",
                                                   "pro_inflammatory_from_fragments", "pro_inflammatory_decay">(k);
        const auto [App, Aph, Afp, Afh] =
            pick<"anti_inflammatory_from_cytokines", "anti_inflammatory_cytokine_half",
                 "anti_inflammatory_from_fragments", "anti_inflammatory_fragment_half">(k);
        const auto [Mbp, Mpp, Mph, gamma_m, Fdam, gamma_f] =
            pick<"protease_source", "protease_from_cytokines", "protease_cytokine_half", "protease_decay",
                 "fragment_source", "fragment_decay">(k);
        const auto called = [](const auto& x, const auto& half) { return square(x) / (square(half) + square(x)); };
        return collect<states>(named<"pro_inflammatory", "anti_inflammatory", "proteases", "fragments">(
            (Pbp + Ppp * called(p, 1.0) + Pfp * called(f, 1.0)) / (1.0 + square(a)) - gamma_p * p,
            App * called(p, Aph) + Afp * called(f, Afh) - a, Mbp + Mpp * called(p, Mph) - gamma_m * m,
            Fdam + m - gamma_f * f));
    }

    /// The treatment.
    static constexpr auto stops(const auto& k) { return std::array{get<"treatment_time">(k)}; }
    static constexpr void stop(std::size_t, auto& y, const auto& k) {
        auto& p = y[index_of(states, "pro_inflammatory")];
        p = p * get<"share_left_by_treatment">(k);
    }
};

}  // namespace cicatrix
