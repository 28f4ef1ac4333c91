// Waugh and Sherratt 2006: inflammatory and repair macrophages with TGF-beta in normal, diabetic and treated wounds.
// Densities are in 1/mm3 (cells), pg/mm3 and days.
#pragma once
#include <array>
#include <string_view>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/models/published/parameter.hpp"
#include "cicatrix/numeric/dual.hpp"
#include "cicatrix/numeric/functions.hpp"

namespace cicatrix {

struct WaughSherratt2006 {
    static constexpr std::string_view id = "waugh_sherratt_2006";
    static constexpr std::string_view title = "Macrophage dynamics in diabetic wound healing";
    static constexpr std::string_view source =
        "Waugh and Sherratt 2006, Macrophage dynamics in diabetic wound dealing, Bull Math Biol 68:197; "
        "BioModels BIOMD0000000679, BIOMD0000000680 and BIOMD0000000681";
    static constexpr std::string_view time_unit = "d";

    static constexpr std::array faults{
        std::string_view("The recruitment of macrophages is a cubic fitted for 0 to about 9.2 pg/mm3 of TGF-beta; "
                         "above it recruitment turns negative and densities may leave the positive range."),
        std::string_view("The treated encoding switches the inflammatory share when the day is above 22; here the run "
                         "lands on day 22 and restarts."),
    };

    // clang-format off
    static constexpr std::array states{
        State{"macrophages_inflammatory", "mm-3", "inflammatory macrophages (phi_I), cells", true},
        State{"macrophages_repair", "mm-3", "repair macrophages (phi_R), cells", true},
        State{"tgf_beta", "pg/mm3", "TGF-beta (T)", true},
    };
    // clang-format on

    static constexpr Source from{"Waugh and Sherratt 2006, Bull Math Biol 68:197", "as encoded in BIOMD0000000680"};
    static constexpr Source treated{"Waugh and Sherratt 2006, Bull Math Biol 68:197", "as encoded in BIOMD0000000681"};
    static constexpr std::array parameters{
        published::parameter(from, "recruitment_cubic", -2.47, "mm6 pg-3 d-1", "tau1: cubic term of recruitment",
                             {-2.96, -2.06}),
        published::parameter(from, "recruitment_quadratic", 21.94, "mm3 pg-2 d-1",
                             "tau2: quadratic term of recruitment", {18.3, 26.3}),
        published::parameter(from, "recruitment_linear", 6.41, "pg-1 d-1", "tau3: linear term of recruitment",
                             {5.34, 7.69}),
        published::parameter(from, "recruitment_constant", 1.75, "mm-3 d-1", "tau4: recruitment without TGF-beta",
                             {1.46, 2.1}),
        published::parameter(from, "inflammatory_share", 0.8, "1",
                             "alpha: share of recruited macrophages that become inflammatory; 0.5 is a normal wound",
                             {0, 1}),
        published::parameter(from, "dividing_share", 0.05, "1", "k1: share of macrophages that divide"),
        published::parameter(from, "division", 0.693, "1/d", "k2: rate of division"),
        published::parameter(from, "macrophage_crowding", 0.002, "mm3", "k3: crowding by macrophages, per cell"),
        published::parameter(from, "macrophage_removal", 0.2, "1/d", "d1: removal of macrophages"),
        published::parameter(from, "tgf_beta_production", 0.07, "pg/d", "k4: TGF-beta per inflammatory macrophage"),
        published::parameter(from, "tgf_beta_decay", 9.1, "1/d", "d2: decay of TGF-beta"),
        Parameter{"treatment",
                  0,
                  "1",
                  {0, 1},
                  Grade::assumed,
                  {"own choice", "switches the treatment of the paper on"},
                  "1: the inflammatory share changes on the day of treatment; 0: it stays"},
        published::parameter(treated, "treatment_day", 22, "d", "day of treatment", {0, 100}),
        published::parameter(treated, "treated_inflammatory_share", 0.2, "1", "alpha after treatment", {0, 1}),
    };

    static constexpr std::array conditions{
        ModelCondition{"is_treated", 0, "1", "1 once the wound has been treated, else 0"}};
    static constexpr auto coefficients = names_of<parameters, conditions>;

    static constexpr std::array even_share{Setting{"inflammatory_share", 0.5}};
    static constexpr std::array with_treatment{Setting{"treatment", 1}};
    static constexpr std::array variants{
        Variant{"normal", "half of the recruited macrophages are inflammatory: the wound resolves", even_share},
        Variant{"diabetic", "four fifths are: inflammation is chronic", {}},
        Variant{"treated", "a diabetic wound whose share is corrected on day 22", with_treatment},
    };

    static constexpr Values<states, double> home(const Values<coefficients, double>&) {
        return collect_values<states, "macrophages_inflammatory", "macrophages_repair", "tgf_beta">(200.0, 200.0, 6.0);
    }

    static constexpr std::array<double, 1> stops(const Values<coefficients, double>& k) {
        return {get<"treatment_day">(k)};
    }
    static constexpr void stop(std::size_t, Values<states, double>&, Values<coefficients, double>& k) {
        k[index_of(coefficients, "is_treated")] = get<"treatment">(k);
    }

    CICATRIX_INLINE static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        const auto [I, R, T] = pick<"macrophages_inflammatory", "macrophages_repair", "tgf_beta">(y);
        const auto [tau1, tau2, tau3, tau4] =
            pick<"recruitment_cubic", "recruitment_quadratic", "recruitment_linear", "recruitment_constant">(k);
        const auto [alpha0, alpha1, is_treated] =
            pick<"inflammatory_share", "treated_inflammatory_share", "is_treated">(k);
        const auto [k1, k2, k3, d1, k4, d2] = pick<"dividing_share", "division", "macrophage_crowding",
                                                   "macrophage_removal", "tgf_beta_production", "tgf_beta_decay">(k);
        const auto alpha = alpha0 + is_treated * (alpha1 - alpha0);
        const auto recruited = ((tau1 * T + tau2) * T + tau3) * T + tau4;
        const auto growth = k1 * k2 * (1.0 - k3 * (I + R)) - d1;
        return collect<states>(named<"macrophages_inflammatory", "macrophages_repair", "tgf_beta">(
            alpha * recruited + growth * I, (1.0 - alpha) * recruited + growth * R, k4 * I - d2 * T));
    }
};

}  // namespace cicatrix
