// Debris, macrophages that turn from M1 to M2, temporary and new tissue, for the timing of treatments that turn them
// sooner. Time is in units of a third of a day. In space macrophages diffuse and new tissue grows in from the edge.
#pragma once
#include <array>
#include <string_view>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/models/published/parameter.hpp"
#include "cicatrix/models/published/power.hpp"

namespace cicatrix {

namespace zlobina_2022 {

inline constexpr std::string_view source =
    "Zlobina, Xue, Gomez 2022, Front Appl Math Stat 8:791064, doi:10.3389/fams.2022.791064";

constexpr Parameter value(std::string_view symbol, std::string_view name, double number, std::string_view meaning) {
    return published::parameter({source, symbol}, name, number, "1", meaning);
}

// clang-format off
inline constexpr std::array parameters{
    value("beta", "m1_recruitment_by_debris", 1, "M1 macrophages that debris calls"),
    value("rho", "polarisation", 0.1, "largest turning from M1 to M2"),
    value("kappa", "polarisation_half", 0.05, "M1 at which the turning is half its largest"),
    published::parameter({source, "q"}, "polarisation_power", 5, "1", "how sharply the turning depends on M1", {1, 10}),
    value("gamma1", "m1_loss", 0.1, "loss of M1 macrophages"),
    value("gamma2", "m2_loss", 0.1, "loss of M2 macrophages"),
    value("mu", "temporary_tissue_loss", 0.2, "loss of temporary tissue"),
    value("alpha", "new_tissue_growth", 1.8, "growth of new tissue on temporary tissue"),
    published::parameter({source, "theta, 0 without a treatment"}, "actuation", 0, "1",
                         "turning from M1 to M2 that a treatment adds", {0, 1}),
    value("D_m, lengths in mm", "macrophage_diffusivity", 0.32, "diffusivity of macrophages"),
    value("D_n, lengths in mm", "new_tissue_spread", 3e-4, "spread of new tissue per temporary tissue"),
};
// clang-format on

}  // namespace zlobina_2022

struct Zlobina2022 {
    static constexpr std::string_view id = "zlobina_2022";
    static constexpr std::string_view title = "Macrophages that turn from M1 to M2 and let new tissue grow";
    static constexpr std::string_view source = zlobina_2022::source;
    static constexpr std::string_view time_unit = "1";

    static constexpr std::array states{
        State{"debris", "1", "debris, relative to the fresh wound"},
        State{"macrophages_m1", "1", "inflammatory macrophages (M1)"},
        State{"macrophages_m2", "1", "repair macrophages (M2)"},
        State{"temporary_tissue", "1", "temporary tissue"},
        State{"new_tissue", "1", "new tissue, 1 outside the wound"},
    };
    static constexpr auto parameters = zlobina_2022::parameters;

    static constexpr std::array<std::string_view, 4> faults{
        "Without space new tissue cannot grow in: a hundredth of it is put in at the start.",
        "The authors' code lets M2 macrophages of its last cell diffuse as slowly as new tissue: a slip, not followed "
        "here.",
        "The authors' code takes second differences along the radius, so its wound is a strip and no disc.",
        "The authors' hundred cells of 0.03 mm are wider than the edge of the growing tissue (0.013 mm, the root of "
        "D_n "
        "over alpha): with 100 cells the wound heals at 41 units of time, with cells that resolve the edge at 53.",
    };

    static constexpr std::array spaces{
        Space{"strip", "a wound of 3 mm from its middle to its edge", SpaceShape::strip, 3, "mm", 1600},
    };
    static constexpr Front front{"new_tissue", 0.95, "every place holds 0.95 of the tissue outside the wound"};

    /// The fresh wound.
    static constexpr Values<states, double> home(const auto&) {
        return collect_values<states, "debris", "macrophages_m1", "macrophages_m2", "temporary_tissue", "new_tissue">(
            1.0, 0.0, 0.0, 0.0, 0.01);
    }
    static constexpr Values<states, double> wound(const auto&) {
        return collect_values<states, "debris", "macrophages_m1", "macrophages_m2", "temporary_tissue", "new_tissue">(
            1.0, 0.0, 0.0, 0.0, 0.0);
    }
    static constexpr auto border(const auto&) { return named<"new_tissue">(1.0); }

    CICATRIX_INLINE static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        using published::positive_power;
        const auto [a, m1, m2, c, n] =
            pick<"debris", "macrophages_m1", "macrophages_m2", "temporary_tissue", "new_tissue">(y);
        const auto [beta, rho, kappa, q, theta] =
            pick<"m1_recruitment_by_debris", "polarisation", "polarisation_half", "polarisation_power", "actuation">(k);
        const auto [gamma1, gamma2, mu, alpha] =
            pick<"m1_loss", "m2_loss", "temporary_tissue_loss", "new_tissue_growth">(k);
        const auto crowded = positive_power(m1 / kappa, q);
        const auto turning = rho * crowded / (1.0 + crowded) + theta * m1;
        return collect<states>(named<"debris", "macrophages_m1", "macrophages_m2", "temporary_tissue", "new_tissue">(
            -a * m1, beta * a - a * m1 - gamma1 * m1 - turning, turning - gamma2 * m2, m2 - mu * c,
            alpha * c * n * (1.0 - n)));
    }

    /// In mm2 per unit of time; what is not named stays where it is.
    static constexpr auto diffusivity(const auto& k) {
        const auto [Dm] = pick<"macrophage_diffusivity">(k);
        return named<"macrophages_m1", "macrophages_m2">(Dm, Dm);
    }
    /// What stands before a Laplacian, outside its derivatives, and depends on the states of the place.
    static constexpr auto spread(const auto& y, const auto& k) {
        return named<"new_tissue">(get<"new_tissue_spread">(k) * get<"temporary_tissue">(y));
    }
};

}  // namespace cicatrix
