// Fibroblasts, myofibroblasts, TGF-beta and matrix of the skin in systemic sclerosis, without the drugs.
#pragma once
#include <array>
#include <string_view>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/models/published/parameter.hpp"
#include "cicatrix/numeric/dual.hpp"

namespace cicatrix {

namespace lazebnik_friedman {

inline constexpr std::string_view source =
    "Lazebnik and Friedman, mathematical model of systemic sclerosis (text read, journal and year not confirmed)";

constexpr Parameter value(std::string_view symbol, std::string_view name, double number, std::string_view unit,
                          std::string_view meaning) {
    return published::parameter({source, symbol}, name, number, unit, meaning);
}

// The home state fixes the production of TGF-beta: half comes from fibroblasts, half from myofibroblasts.
inline constexpr double tgf_decay = 499, tgf_home = 3.5e-8, fibroblasts_home = 7.5e-3, myofibroblasts_home = 2.5e-3;
inline constexpr double from_fibroblasts = tgf_decay * tgf_home / (2 * fibroblasts_home);
inline constexpr double from_myofibroblasts = tgf_decay * tgf_home / (2 * myofibroblasts_home);

// clang-format off
inline constexpr std::array parameters{
    value("lambda_F", "sclerosis_fibroblast_growth", 2.06, "1/d", "division of fibroblasts"),
    value("F_cap", "sclerosis_fibroblast_capacity", 0.015, "g/cm3", "fibroblasts at which division stops"),
    value("d_F", "sclerosis_fibroblast_death", 0.83, "1/d", "death of fibroblasts"),
    value("lambda_FM", "fibroblast_to_myofibroblast", 0.1, "1/d", "turning of fibroblasts into myofibroblasts"),
    value("alpha_FM", "turning_gain_by_tgf", 2, "1", "gain of that turning by TGF-beta"),
    value("K_T", "tgf_half", 3.5e-8, "g/cm3", "TGF-beta at which its effects are half"),
    value("lambda_MT", "myofibroblast_growth_by_tgf", 0.8, "1/d", "division of myofibroblasts on TGF-beta"),
    value("d_M", "sclerosis_myofibroblast_death", 1, "1/d", "death of myofibroblasts"),
    value("lambda_TF, printed as 1.16e-3, with the digits that the home state needs", "tgf_per_fibroblast",
          from_fibroblasts, "1/d", "TGF-beta that fibroblasts make"),
    published::parameter({source, "lambda_TM, printed as 5.74e-3; three times lambda_TF by the paper's own relation"},
                         "tgf_per_myofibroblast", from_myofibroblasts, "1/d", "TGF-beta that myofibroblasts make",
                         {1e-3, 20}),
    value("d_T, a half-life of 2 min", "sclerosis_tgf_decay", tgf_decay, "1/d", "decay of TGF-beta"),
    value("lambda_rhoF", "matrix_per_fibroblast", 5.18, "1/d", "matrix that fibroblasts make"),
    value("lambda_rhoM", "matrix_per_myofibroblast", 15.54, "1/d", "matrix that myofibroblasts make"),
    value("d_rho", "matrix_decay", 0.37, "1/d", "decay of matrix"),
    value("delta_F, delta_M", "sclerosis_cell_diffusivity", 8.64e-7, "cm2/d", "diffusivity of both cells"),
    value("delta_T", "sclerosis_tgf_diffusivity", 0.148, "cm2/d", "diffusivity of TGF-beta"),
};
// clang-format on

inline constexpr std::array healthy{Setting{"tgf_per_myofibroblast", from_myofibroblasts}};
inline constexpr std::array healthy_as_printed{Setting{"tgf_per_fibroblast", 1.16e-3},
                                               Setting{"tgf_per_myofibroblast", 5.74e-3}};
inline constexpr std::array disease{Setting{"tgf_per_myofibroblast", 0.029566}};
inline constexpr std::array disease_as_printed{Setting{"tgf_per_fibroblast", 1.16e-3},
                                               Setting{"tgf_per_myofibroblast", 18.86}};

}  // namespace lazebnik_friedman

struct LazebnikFriedman {
    static constexpr std::string_view id = "lazebnik_friedman";
    static constexpr std::string_view title = "Skin in systemic sclerosis";
    static constexpr std::string_view source = lazebnik_friedman::source;
    static constexpr std::string_view time_unit = "d";

    static constexpr std::array states{
        State{"fibroblasts", "g/cm3", "fibroblasts"},
        State{"myofibroblasts", "g/cm3", "myofibroblasts"},
        State{"tgf_beta", "g/cm3", "TGF-beta"},
        State{"matrix", "g/cm3", "extracellular matrix"},
    };
    static constexpr auto parameters = lazebnik_friedman::parameters;

    static constexpr std::array<std::string_view, 4> faults{
        "The printed lambda_TM of 5.74e-3 leaves healthy skin unsteady: the paper's own relation gives 3.493e-3, which "
        "is the default here (healthy beside healthy_as_printed).",
        "The printed lambda_TM* of 18.86 saturates TGF-beta and raises the matrix 2.48-fold within a month; the "
        "doubling at day 168 that the text names needs 0.029566 (disease beside disease_as_printed).",
        "The decay of matrix of 0.37/d is about a thousand times faster than the turnover of dermal collagen.",
        "The strength of treatment is 1.75e-3 in the text and 1.75e3 in the table; drugs are left out here.",
    };
    static constexpr std::array variants{
        Variant{"healthy", "healthy skin, steady", lazebnik_friedman::healthy},
        Variant{"healthy_as_printed", "healthy skin with the printed constants: not steady",
                lazebnik_friedman::healthy_as_printed},
        Variant{"disease", "sclerosis that doubles the matrix by day 168", lazebnik_friedman::disease},
        Variant{"disease_as_printed", "sclerosis with the printed constant", lazebnik_friedman::disease_as_printed},
    };

    /// Healthy skin.
    static constexpr Values<states, double> home(const auto&) {
        return collect_values<states, "fibroblasts", "myofibroblasts", "tgf_beta", "matrix">(
            lazebnik_friedman::fibroblasts_home, lazebnik_friedman::myofibroblasts_home, lazebnik_friedman::tgf_home,
            0.21);
    }

    CICATRIX_INLINE static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        const auto [F, M, T, rho] = pick<"fibroblasts", "myofibroblasts", "tgf_beta", "matrix">(y);
        const auto [lF, F_cap, d_F, lFM, aFM, KT] =
            pick<"sclerosis_fibroblast_growth", "sclerosis_fibroblast_capacity", "sclerosis_fibroblast_death",
                 "fibroblast_to_myofibroblast", "turning_gain_by_tgf", "tgf_half">(k);
        const auto [lMT, d_M, lTF, lTM, d_T] =
            pick<"myofibroblast_growth_by_tgf", "sclerosis_myofibroblast_death", "tgf_per_fibroblast",
                 "tgf_per_myofibroblast", "sclerosis_tgf_decay">(k);
        const auto [lrF, lrM, d_rho] = pick<"matrix_per_fibroblast", "matrix_per_myofibroblast", "matrix_decay">(k);
        const auto bound = T / (KT + T);
        const auto turning = lFM * F * (1.0 + aFM * bound);
        return collect<states>(named<"fibroblasts", "myofibroblasts", "tgf_beta", "matrix">(
            lF * F * (1.0 - F / F_cap) - turning - d_F * F, turning + lMT * M * bound - d_M * M,
            lTF * F + lTM * M - d_T * T, lrF * F + lrM * M - d_rho * rho));
    }

    /// In cm2/d; what is not named stays where it is.
    static constexpr auto diffusivity(const auto& k) {
        const auto [cells, tgf] = pick<"sclerosis_cell_diffusivity", "sclerosis_tgf_diffusivity">(k);
        return named<"fibroblasts", "myofibroblasts", "tgf_beta">(cells, cells, tgf);
    }
};

}  // namespace cicatrix
