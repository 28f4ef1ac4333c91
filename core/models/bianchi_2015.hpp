// Bianchi, Painter and Sherratt 2015: active TGF-beta, macrophages, VEGF and the growth of lymphatic capillaries in a
// normal wound. Densities are in pg/mm3, 1/mm3 (cells) and days.
#pragma once
#include <array>
#include <string_view>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/models/published/parameter.hpp"
#include "cicatrix/numeric/dual.hpp"
#include "cicatrix/numeric/functions.hpp"

namespace cicatrix {

struct Bianchi2015 {
    static constexpr std::string_view id = "bianchi_2015";
    static constexpr std::string_view title = "Lymphangiogenesis in normal wounds";
    static constexpr std::string_view source =
        "Bianchi, Painter and Sherratt 2015, A mathematical model for lymphangiogenesis in normal and diabetic wounds, "
        "J Theor Biol 383:61; BioModels BIOMD0000000722";
    static constexpr std::string_view time_unit = "d";

    static constexpr std::array faults{
        std::string_view("Capillaries begin to form in a jump, when endothelial cells and capillaries together reach "
                         "their threshold: the run stops there and restarts."),
        std::string_view("Only the normal wound is encoded; the values of the diabetic wound are missing."),
    };

    // clang-format off
    static constexpr std::array states{
        State{"tgf_beta_active", "pg/mm3", "active TGF-beta (T)"},
        State{"macrophages", "mm-3", "macrophages (M), cells"},
        State{"vegf", "pg/mm3", "VEGF (V)"},
        State{"endothelial_cells", "mm-3", "lymphatic endothelial cells (L)"},
        State{"capillaries", "mm-3", "lymphatic capillaries (C), as cells that form them"},
    };
    // clang-format on

    static constexpr Source from{"Bianchi, Painter and Sherratt 2015, J Theor Biol 383:61",
                                 "as encoded in BIOMD0000000722"};
    static constexpr std::array parameters{
        published::parameter(from, "activation_by_enzymes", 0.029, "mm3 pg-1 d-1",
                             "a_p: activation of latent TGF-beta by enzymes"),
        published::parameter(from, "enzymes_at_start", 2.5e5, "pg/mm3", "p_0: enzymes that activate it, at the start"),
        published::parameter(from, "activation_by_macrophages", 0.45, "mm3/d",
                             "a_M: activation of TGF-beta by macrophages"),
        published::parameter(from, "tgf_beta_latent", 18, "pg/mm3", "T_L: latent TGF-beta"),
        published::parameter(from, "tgf_beta_by_macrophages", 3e-5, "pg", "r_1: latent TGF-beta per macrophage"),
        published::parameter(from, "tgf_beta_decay", 500, "1/d", "d_1: decay of active TGF-beta"),
        published::parameter(from, "macrophage_source", 542, "mm-3 d-1", "s_M: constant source of macrophages"),
        published::parameter(from, "chemotaxis_share", 0.5, "1",
                             "alpha: share of called monocytes that become macrophages"),
        published::parameter(from, "chemotaxis_strength", 8e8, "pg2 mm-6 mm-3 d-1",
                             "b_1: call of monocytes by TGF-beta"),
        published::parameter(from, "chemotaxis_half", 8.1e9, "pg4 mm-6 mm-6",
                             "b_2: TGF-beta at which the call is half used"),
        published::parameter(from, "dividing_share", 0.005, "1", "beta: share of macrophages that divide"),
        published::parameter(from, "macrophage_division", 1.22, "1/d", "r_2: division of macrophages"),
        published::parameter(from, "macrophage_capacity", 6e5, "mm-3", "k_1: most macrophages"),
        published::parameter(from, "macrophage_removal", 0.2, "1/d", "d_2: removal of macrophages"),
        published::parameter(from, "macrophages_turned", 1e-5, "mm3/d",
                             "rho: macrophages turned endothelial at capillaries"),
        published::parameter(from, "vegf_source", 1.9, "pg mm-3 d-1", "s_V: constant source of VEGF"),
        published::parameter(from, "vegf_by_macrophages", 0.0019, "pg/d", "r_3: VEGF per macrophage"),
        published::parameter(from, "vegf_decay", 11, "1/d", "d_3: decay of VEGF"),
        published::parameter(from, "vegf_use", 0.0014, "mm3/d", "gamma: VEGF used by endothelial cells"),
        published::parameter(from, "endothelial_division", 0.42, "1/d", "c_1: division without VEGF"),
        published::parameter(from, "vegf_division_start", 42, "pg d mm-3",
                             "c_2: VEGF's drive of division, at low VEGF"),
        published::parameter(from, "vegf_division_limit", 4.1, "d", "c_3: VEGF's drive of division, at high VEGF"),
        published::parameter(from, "division_brake", 0.24, "mm3/pg", "c_4: brake of division by TGF-beta"),
        published::parameter(from, "endothelial_source", 500, "mm-3 d-1", "s_L: inflow of endothelial cells"),
        published::parameter(from, "endothelial_call", 1e7, "pg2 mm-6 mm-3 d-1",
                             "b_3: call of endothelial cells by VEGF"),
        published::parameter(from, "endothelial_call_half", 8.1e9, "pg4 mm-6 mm-6",
                             "b_4: VEGF at which the call is half used"),
        published::parameter(from, "capillaries_that_stop_inflow", 1e4, "mm-3",
                             "C*: capillaries above which no cells flow in"),
        published::parameter(from, "network_threshold", 1e4, "mm-3",
                             "L*: cells and capillaries at which capillaries form"),
        published::parameter(from, "endothelial_crowding", 4.71e5, "d mm-3", "k_2: crowding of endothelial cells"),
        published::parameter(from, "capillary_formation", 0.05, "1/d", "delta_1: formation of capillaries"),
        published::parameter(from, "capillary_formation_by_vegf", 0.001, "mm3 pg-1 d-1", "delta_2: the same, by VEGF"),
    };

    static constexpr std::array conditions{ModelCondition{
        "network_forms", 0, "1", "sigma: 1 while capillaries form, else 0; a run starts below the threshold"}};
    static constexpr auto coefficients = names_of<parameters, conditions>;

    static constexpr Values<states, double> home(const Values<coefficients, double>&) {
        return collect_values<states, "tgf_beta_active", "macrophages", "vegf", "endothelial_cells", "capillaries">(
            30.0, 1875.0, 0.5, 0.0, 0.0);
    }

    /// Endothelial cells and capillaries above the threshold. What the switch moves from the one to the other cancels
    /// in the sum, which therefore crosses at a steady slope.
    static constexpr auto guard(const auto&, const auto& y, const auto& k) {
        return get<"endothelial_cells">(y) + get<"capillaries">(y) - get<"network_threshold">(k);
    }
    static constexpr void cross(double, Values<states, double>&, Values<coefficients, double>& k) {
        auto& forms = k[index_of(coefficients, "network_forms")];
        forms = 1 - forms;
    }

    CICATRIX_INLINE static constexpr auto inflammation(const auto& t, const auto& y, const auto& k) {
        const auto [T, M, C] = pick<"tgf_beta_active", "macrophages", "capillaries">(y);
        const auto [a_p, p_0, a_M, T_L, r_1, d_1] =
            pick<"activation_by_enzymes", "enzymes_at_start", "activation_by_macrophages", "tgf_beta_latent",
                 "tgf_beta_by_macrophages", "tgf_beta_decay">(k);
        const auto [s_M, alpha, b_1, b_2] =
            pick<"macrophage_source", "chemotaxis_share", "chemotaxis_strength", "chemotaxis_half">(k);
        const auto [beta, r_2, k_1, d_2, rho] = pick<"dividing_share", "macrophage_division", "macrophage_capacity",
                                                     "macrophage_removal", "macrophages_turned">(k);
        const auto T2 = square(T);
        return named<"tgf_beta_active", "macrophages">(
            (a_p * p_0 * exp(-a_p * T_L * t) + a_M * M) * (T_L + r_1 * M) - d_1 * T,
            s_M + alpha * b_1 * T2 / (b_2 + square(T2)) + beta * r_2 * M * (1.0 - M / k_1) - d_2 * M - rho * C * M);
    }

    CICATRIX_INLINE static constexpr auto growth_factor(const auto& y, const auto& k) {
        const auto [M, V, L] = pick<"macrophages", "vegf", "endothelial_cells">(y);
        const auto [s_V, r_3, d_3, gamma] = pick<"vegf_source", "vegf_by_macrophages", "vegf_decay", "vegf_use">(k);
        return named<"vegf">(s_V + r_3 * M - d_3 * V - gamma * V * L);
    }

    CICATRIX_INLINE static constexpr auto lymphatics(const auto& y, const auto& k) {
        const auto [T, M, V, L, C] =
            pick<"tgf_beta_active", "macrophages", "vegf", "endothelial_cells", "capillaries">(y);
        const auto [c_1, c_2, c_3, c_4] =
            pick<"endothelial_division", "vegf_division_start", "vegf_division_limit", "division_brake">(k);
        const auto [s_L, b_3, b_4, C_full, k_2] =
            pick<"endothelial_source", "endothelial_call", "endothelial_call_half", "capillaries_that_stop_inflow",
                 "endothelial_crowding">(k);
        const auto [sigma, delta_1, delta_2] =
            pick<"network_forms", "capillary_formation", "capillary_formation_by_vegf">(k);
        const auto V2 = square(V), room = 1.0 - C / C_full;
        const auto open = select(room > 0.0, room, 0.0 * room);
        const auto formed = sigma * (delta_1 + delta_2 * V) * L;
        return named<"endothelial_cells", "capillaries">((c_1 + V / (c_2 + c_3 * V)) * L / (1.0 + c_4 * T) +
                                                             (s_L + b_3 * V2 / (b_4 + square(V2))) * open -
                                                             (M + L + C) / k_2 * L - formed,
                                                         formed);
    }

    CICATRIX_INLINE static constexpr auto rates(const auto& t, const auto& y, const auto& k) {
        return collect<states>(inflammation(t, y, k), growth_factor(y, k), lymphatics(y, k));
    }
};

}  // namespace cicatrix
