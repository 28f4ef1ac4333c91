// Fibroblasts, a chemical of the TGF-beta kind and collagen in a healing dermis: the chemical part of a family of
// mechanobiological models, at a stretch that does not change. Times are in hours. In space fibroblasts and chemical
// diffuse; the deformation itself is not solved for.
#pragma once
#include <array>
#include <string_view>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/models/published/parameter.hpp"
#include "cicatrix/numeric/dual.hpp"
#include "cicatrix/numeric/functions.hpp"

namespace cicatrix {

namespace buganza_tepole {

inline constexpr std::string_view acta =
    "Sohutskay, Buganza Tepole, Voytik-Harbin 2021, Acta Biomater 368-382, doi:10.1016/j.actbio.2021.08.007";
inline constexpr std::string_view source =
    "Sohutskay, Buganza Tepole, Voytik-Harbin 2021, Acta Biomater 368-382, doi:10.1016/j.actbio.2021.08.007; Harbin, "
    "Sohutskay, Vanderlaan, Fontaine, Mendenhall, Fisher, Voytik-Harbin, Buganza Tepole 2023, Comput Biol Med 107342, "
    "doi:10.1016/j.compbiomed.2023.107342; authors' code of 2025 for breast cavities";

constexpr Parameter value(std::string_view symbol, std::string_view name, double number, std::string_view unit,
                          std::string_view meaning) {
    return published::parameter({acta, symbol}, name, number, unit, meaning);
}

// clang-format off
inline constexpr std::array parameters{
    value("rho_h", "healthy_fibroblasts", 1000, "1/mm3", "fibroblasts of healthy tissue"),
    value("p_rho", "fibroblast_division", 0.017, "1/h", "division of fibroblasts"),
    value("p_rho_c", "fibroblast_division_by_tgf", 0.0085, "1/h", "division that TGF-beta adds at most"),
    value("p_rho_theta", "fibroblast_division_by_stretch", 0.0085, "1/h", "division that stretch adds at most"),
    value("K_rho_c", "division_tgf_half", 1e-5, "g/mm3", "TGF-beta at which the division that it adds is half"),
    value("K_rho_rho", "fibroblast_ceiling", 1e4, "1/mm3", "fibroblasts at which division stops"),
    Parameter{"stretch", 1, "1", {0.5, 4}, Grade::assumed, {"own choice", "tissue that is not deformed"},
              "stretch of the area or volume, elastic part"},
    value("vartheta_e", "stretch_felt", 2, "1", "stretch at which its effects are half"),
    value("gamma_theta", "stretch_sharpness", 5, "1", "how sharply cells tell stretches apart"),
    value("p_c_rho", "tgf_from_fibroblasts", 9e-13, "g/h", "TGF-beta that fibroblasts make on TGF-beta"),
    value("p_c_theta", "tgf_from_stretched_fibroblasts", 9e-12, "g2 mm-3 h-1",
          "TGF-beta that stretched fibroblasts make"),
    value("K_c_c", "tgf_saturation", 1, "g/mm3", "TGF-beta at which its own production is half"),
    value("d_c", "tgf_decay", 0.001, "1/h", "decay of TGF-beta"),
    value("p_phi", "collagen_deposition", 2e-6, "mm3/h", "collagen that a fibroblast lays down"),
    value("p_phi_c", "collagen_deposition_by_tgf", 2e-6, "mm3/h", "deposition that TGF-beta adds at most"),
    value("p_phi_theta", "collagen_deposition_by_stretch", 2e-6, "mm3/h", "deposition that stretch adds at most"),
    value("K_phi_c", "deposition_tgf_half", 1e-4, "g/mm3", "TGF-beta at which the deposition that it adds is half"),
    value("d_phi", "collagen_degradation", 9.7e-4, "1/h", "degradation of collagen"),
    value("d_phi_rho_c = 0.5 d_phi / (rho_h c_max)", "collagen_degradation_by_tgf", 4.85e-3, "mm6 g-1 h-1",
          "degradation by fibroblasts under TGF-beta"),
    value("D_rho", "fibroblast_diffusivity", 0.0833, "mm2/h", "diffusivity of fibroblasts"),
    value("D_c", "tgf_diffusivity", 0.01208, "mm2/h", "diffusivity of TGF-beta"),
};

inline constexpr std::array acta_2021{
    Setting{"fibroblasts", 100}, Setting{"tgf_beta", 1e-4}, Setting{"collagen", 0.43},
};
inline constexpr double breast_fibroblasts = 55051.26, highest_tgf = 1e-4;
inline constexpr std::array plos_2025{
    Setting{"fibroblasts", 1000}, Setting{"tgf_beta", 1e-4}, Setting{"collagen", 0.01},
    Setting{"healthy_fibroblasts", breast_fibroblasts}, Setting{"fibroblast_ceiling", 10 * breast_fibroblasts},
    Setting{"fibroblast_division", 9.00675e-4}, Setting{"fibroblast_division_by_tgf", 0.015314},
    Setting{"fibroblast_division_by_stretch", 4.50338e-4}, Setting{"tgf_from_fibroblasts", 1.63484e-18},
    Setting{"tgf_from_stretched_fibroblasts", 5.44946e-18}, Setting{"tgf_decay", 0.005},
    Setting{"collagen_deposition", 1.4e-8}, Setting{"collagen_deposition_by_tgf", 7e-8},
    Setting{"collagen_deposition_by_stretch", 1.4e-8}, Setting{"collagen_degradation", 3.7413e-4},
    Setting{"collagen_degradation_by_tgf", 8.80997e-6},
};
inline constexpr std::array cbm_2023{
    Setting{"fibroblasts", 100}, Setting{"tgf_beta", 1e-4}, Setting{"collagen", 0.01},
    Setting{"healthy_fibroblasts", breast_fibroblasts}, Setting{"fibroblast_ceiling", 10 * breast_fibroblasts},
    Setting{"fibroblast_division", 9.00675e-4}, Setting{"fibroblast_division_by_tgf", 0.015314},
    Setting{"fibroblast_division_by_stretch", 4.50338e-4}, Setting{"tgf_from_fibroblasts", 1.63484e-18},
    Setting{"tgf_from_stretched_fibroblasts", 5.44946e-18}, Setting{"tgf_decay", 0.01},
    Setting{"collagen_deposition", 0.002 / breast_fibroblasts},
    Setting{"collagen_deposition_by_tgf", 0.002 / breast_fibroblasts},
    Setting{"collagen_deposition_by_stretch", 0.002 / breast_fibroblasts}, Setting{"collagen_degradation", 9.7e-4},
    Setting{"collagen_degradation_by_tgf", 8.80997e-5},
};
// clang-format on

/// The published wounds of 2021 and 2023, which cells enter from around.
inline constexpr std::array without_fibroblasts{Setting{"fibroblasts", 0}};

}  // namespace buganza_tepole

struct BuganzaTepole {
    static constexpr std::string_view id = "buganza_tepole";
    static constexpr std::string_view title = "Fibroblasts, TGF-beta and collagen of a mechanobiological family";
    static constexpr std::string_view source = buganza_tepole::source;
    static constexpr std::string_view time_unit = "h";

    static constexpr std::array states{
        State{"fibroblasts", "1/mm3", "fibroblasts"},
        State{"tgf_beta", "g/mm3", "chemical of the TGF-beta kind"},
        State{"collagen", "1", "collagen, relative to healthy tissue"},
    };
    static constexpr auto parameters = buganza_tepole::parameters;
    static constexpr std::array constants{
        Constant{"fibroblast_loss", "1/h", "death of fibroblasts that balances their division in healthy tissue"},
        Constant{"deposition_crowding", "1", "collagen at which deposition halves, from the balance at collagen 1"},
    };
    static constexpr auto coefficients = names_of<parameters, constants>;

    static constexpr std::array<std::string_view, 4> faults{
        "Tissue at rest feels a stretch of 1 a little (0.0067 of the largest effect), so healthy tissue is not steady: "
        "fibroblasts drift to 1.058 and collagen to 1.044 of their healthy values within a year.",
        "The published wounds of 2021 and 2023 hold no fibroblasts; without space none could come, so 100/mm3 are put "
        "in.",
        "In space only plain diffusion is carried over: that collagen slows fibroblasts (a factor of 1 - 0.9 phi "
        "inside "
        "the divergence, so that those published are ten times slower in healthy tissue) and that TGF-beta attracts "
        "them (in the set of 2021) is left out, as is all deformation.",
        "Half saturation of TGF-beta at 1 g/mm3 is ten thousand times its largest amount: that brake never acts.",
    };
    static constexpr std::array spaces{
        Space{"radial", "a round wound of 7.5 mm radius and healthy tissue round it, from the middle", SpaceShape::disc,
              37.5, "mm", 300, 7.5},
    };
    static constexpr std::array variants{
        Variant{"acta_2021", "wound in skin, filled with an oligomer scaffold", buganza_tepole::acta_2021,
                buganza_tepole::without_fibroblasts},
        Variant{"plos_2025", "cavity in a breast, set of 2025", buganza_tepole::plos_2025},
        Variant{"cbm_2023", "cavity in a breast, set of 2023", buganza_tepole::cbm_2023,
                buganza_tepole::without_fibroblasts},
    };

    template <class T> static constexpr Values<constants, T> derive(const Values<parameters, T>& p) {
        const auto [rho_h, p_rho, K_rho_rho] =
            pick<"healthy_fibroblasts", "fibroblast_division", "fibroblast_ceiling">(p);
        const auto [p_phi, d_phi] = pick<"collagen_deposition", "collagen_degradation">(p);
        return collect_values<constants, "fibroblast_loss", "deposition_crowding">(p_rho * (1.0 - rho_h / K_rho_rho),
                                                                                   rho_h * p_phi / d_phi - 1.0);
    }

    /// The wound that the scaffold of 2021 fills.
    static constexpr Values<states, double> home(const Values<coefficients, double>&) {
        return collect_values<states, "fibroblasts", "tgf_beta", "collagen">(100.0, 1e-4, 0.43);
    }
    static constexpr Values<states, double> wound(const auto&) {
        return collect_values<states, "fibroblasts", "tgf_beta", "collagen">(0.0, 1e-4, 0.43);
    }
    static constexpr Values<states, double> intact(const auto& k) {
        return collect_values<states, "fibroblasts", "tgf_beta", "collagen">(get<"healthy_fibroblasts">(k), 0.0, 1.0);
    }
    static constexpr auto border(const auto& k) {
        return named<"fibroblasts", "tgf_beta">(get<"healthy_fibroblasts">(k), 0.0);
    }

    CICATRIX_INLINE static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        const auto [rho, c, phi] = pick<"fibroblasts", "tgf_beta", "collagen">(y);
        const auto [J, theta_e, gamma] = pick<"stretch", "stretch_felt", "stretch_sharpness">(k);
        const auto [p_rho, p_rho_c, p_rho_theta, K_rho_c, K_rho_rho, d_rho] =
            pick<"fibroblast_division", "fibroblast_division_by_tgf", "fibroblast_division_by_stretch",
                 "division_tgf_half", "fibroblast_ceiling", "fibroblast_loss">(k);
        const auto [p_c_rho, p_c_theta, K_c_c, d_c] =
            pick<"tgf_from_fibroblasts", "tgf_from_stretched_fibroblasts", "tgf_saturation", "tgf_decay">(k);
        const auto [p_phi, p_phi_c, p_phi_theta, K_phi_c, K_phi_rho] =
            pick<"collagen_deposition", "collagen_deposition_by_tgf", "collagen_deposition_by_stretch",
                 "deposition_tgf_half", "deposition_crowding">(k);
        const auto [d_phi, d_phi_rho_c] = pick<"collagen_degradation", "collagen_degradation_by_tgf">(k);
        const auto felt = 1.0 / (1.0 + exp(-gamma * (J - theta_e)));
        const auto division = p_rho + p_rho_c * (c / (K_rho_c + c)) + p_rho_theta * felt;
        const auto deposition = (p_phi + p_phi_c * (c / (K_phi_c + c)) + p_phi_theta * felt) * rho / (K_phi_rho + phi);
        return collect<states>(named<"fibroblasts", "tgf_beta", "collagen">(
            division * (1.0 - rho / K_rho_rho) * rho - d_rho * rho,
            (p_c_rho * c + p_c_theta * felt) * (rho / (K_c_c + c)) - d_c * c,
            deposition - (d_phi + c * rho * d_phi_rho_c) * phi));
    }

    /// In mm2/h; what is not named stays where it is.
    static constexpr auto diffusivity(const auto& k) {
        const auto [D_rho, D_c] = pick<"fibroblast_diffusivity", "tgf_diffusivity">(k);
        return named<"fibroblasts", "tgf_beta">(D_rho, D_c);
    }
};

}  // namespace cicatrix
