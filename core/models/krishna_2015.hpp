// Krishna and others 2015: metalloproteinases, their inhibitors, matrix and fibroblasts in wounds of good and of poor
// healers. States are relative; rates are in 1/d.
#pragma once
#include <array>
#include <string_view>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/models/published/parameter.hpp"
#include "cicatrix/numeric/dual.hpp"
#include "cicatrix/numeric/functions.hpp"

namespace cicatrix {

struct Krishna2015 {
    static constexpr std::string_view id = "krishna_2015";
    static constexpr std::string_view title =
        "Metalloproteinases, inhibitors, matrix and fibroblasts in diabetic ulcers";
    static constexpr std::string_view source =
        "Krishna, Pennington, Coppola, Eisenberg and Schugart 2015, Bull Math Biol 77:2294";
    static constexpr std::string_view time_unit = "d";

    static constexpr std::array faults{
        std::string_view("The paper was not seen: equations and values come from one implementation by others that "
                         "quotes its table 3."),
        std::string_view("The initial values of the paper are unknown; those here are our own choice."),
        std::string_view("The exponents alpha = beta = 2 are part of the equations here."),
    };

    // clang-format off
    static constexpr std::array states{
        State{"mmp", "1", "matrix metalloproteinases (M), relative"},
        State{"timp", "1", "tissue inhibitors of metalloproteinases (T), relative"},
        State{"matrix", "1", "extracellular matrix (E), relative"},
        State{"fibroblasts", "1", "fibroblasts (f), relative"},
    };
    // clang-format on

    static constexpr Source from{"Krishna et al. 2015, Bull Math Biol 77:2294",
                                 "table 3, as quoted by an implementation of others"};
    static constexpr std::array parameters{
        published::parameter(from, "mmp_production", 32.715, "1/d", "k_1: most production of MMP", {0.8, 65}),
        published::parameter(from, "mmp_production_half", 3.613, "1", "k_2: MMP at half of it", {0.4, 8}),
        published::parameter(from, "mmp_decay", 0.042, "1/d", "k_3: decay of MMP", {0.02, 0.4}),
        published::parameter(from, "annihilation", 0.652, "1/d", "k_4: MMP and TIMP that bind each other",
                             {0.004, 1.3}),
        published::parameter(from, "timp_production", 4.724, "1/d", "k_5: most production of TIMP", {2, 80}),
        published::parameter(from, "timp_production_half", 0.027, "1", "k_6: TIMP at half of it", {0.01, 40}),
        published::parameter(from, "timp_decay", 2.001, "1/d", "k_7: decay of TIMP", {0.0015, 4}),
        published::parameter(from, "matrix_production", 1.582, "1/d", "k_8: matrix that fibroblasts make", {0.3, 3.2}),
        published::parameter(from, "matrix_degradation", 0.365, "1/d", "k_9: matrix that MMP degrades", {0.001, 0.73}),
        published::parameter(from, "matrix_decay", 0.013, "1/d", "k_10: other loss of matrix", {0.001, 0.03}),
        published::parameter(from, "fibroblast_growth", 3.499, "1/d", "k_11: growth of fibroblasts", {1.5, 7}),
        published::parameter(from, "fibroblast_death", 0.067, "1/d", "k_12: death of fibroblasts", {0.03, 3.7}),
    };

    static constexpr std::array poor{
        Setting{"mmp_production", 1.597},     Setting{"mmp_production_half", 0.834},
        Setting{"mmp_decay", 0.206},          Setting{"annihilation", 0.009},
        Setting{"timp_production", 39.861},   Setting{"timp_production_half", 18.973},
        Setting{"timp_decay", 0.003},         Setting{"matrix_production", 0.689},
        Setting{"matrix_degradation", 0.002}, Setting{"matrix_decay", 0.002},
        Setting{"fibroblast_growth", 3.025},  Setting{"fibroblast_death", 1.837},
    };
    static constexpr std::array variants{
        Variant{"good_healers", "values fitted to patients whose ulcers healed well", {}},
        Variant{"poor_healers", "values fitted to patients whose ulcers healed poorly", poor},
    };

    static constexpr Values<states, double> home(const Values<parameters, double>&) {
        return collect_values<states, "mmp", "timp", "matrix", "fibroblasts">(1.5, 0.3, 0.2, 0.2);
    }

    CICATRIX_INLINE static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        const auto [M, T, E, f] = pick<"mmp", "timp", "matrix", "fibroblasts">(y);
        const auto [k1, k2, k3, k4] = pick<"mmp_production", "mmp_production_half", "mmp_decay", "annihilation">(k);
        const auto [k5, k6, k7] = pick<"timp_production", "timp_production_half", "timp_decay">(k);
        const auto [k8, k9, k10] = pick<"matrix_production", "matrix_degradation", "matrix_decay">(k);
        const auto [k11, k12] = pick<"fibroblast_growth", "fibroblast_death">(k);
        const auto M2 = square(M), T2 = square(T);
        return collect<states>(
            named<"mmp", "timp", "matrix", "fibroblasts">(k1 * M2 / (square(k2) + M2) * f - k3 * M - k4 * M * T,
                                                          k5 * T2 / (square(k6) + T2) * f * M - k7 * T - k4 * M * T,  //
                                                          k8 * f * (1.0 - E) - k9 * M * E - k10 * E,                  //
                                                          k11 * f * (1.0 - f) - k12 * f));
    }
};

}  // namespace cicatrix
