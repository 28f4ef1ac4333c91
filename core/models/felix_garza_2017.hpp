// Felix Garza and others 2017, after Zhang and others 2012: the renewal of healthy epidermis from stem cells to
// corneocytes. Densities are in cells per mm2 of skin and days.
#pragma once
#include <array>
#include <string_view>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/models/published/parameter.hpp"
#include "cicatrix/numeric/dual.hpp"
#include "cicatrix/numeric/functions.hpp"

namespace cicatrix {

struct FelixGarza2017 {
    static constexpr std::string_view id = "felix_garza_2017";
    static constexpr std::string_view title = "Turnover of healthy epidermis";
    static constexpr std::string_view source =
        "Felix Garza, Liebmann, Born, Hilbers and van Riel 2017, A dynamic model for prediction of psoriasis "
        "management by blue light irradiation, Front Physiol 8:28; BioModels BIOMD0000000695";
    static constexpr std::string_view time_unit = "d";

    static constexpr std::array faults{
        std::string_view("Only the healthy branch is here: the psoriatic cells and the blue light are not specified "
                         "well enough to be repeated."),
        std::string_view("The encoding starts with psoriatic skin; here the start is the healthy steady state, in "
                         "closed form. The variant in_psoriasis starts from the healthy cells of the encoding."),
    };

    // clang-format off
    static constexpr std::array states{
        State{"stem_cells", "mm-2", "stem cells (S)"},
        State{"transit_cells", "mm-2", "transit-amplifying cells (T)"},
        State{"arrested_cells", "mm-2", "growth-arrested cells (G)"},
        State{"spinous_cells", "mm-2", "spinous cells (P)"},
        State{"granular_cells", "mm-2", "granular cells (R)"},
        State{"corneocytes", "mm-2", "corneocytes (C)"},
    };
    // clang-format on

    static constexpr Source from{"Felix Garza et al. 2017, Front Physiol 8:28", "as encoded in BIOMD0000000695"};
    static constexpr std::array parameters{
        published::parameter(from, "stem_growth", 0.0033, "1/d", "gamma_1: self-renewal of stem cells",
                             {0.00254, 0.00429}),
        published::parameter(from, "stem_capacity", 4500, "mm-2", "P_sc,max: most stem cells"),
        published::parameter(from, "stem_asymmetric", 0.0131, "1/d",
                             "k_1a: stem cells that divide into one of each kind"),
        published::parameter(from, "stem_symmetric", 0.00164, "1/d",
                             "k_1s: stem cells that divide into two transit cells", {0.00126, 0.00213}),
        published::parameter(from, "transit_growth", 0.014, "1/d", "gamma_2: self-renewal of transit cells",
                             {0.0133, 0.0147}),
        published::parameter(from, "transit_asymmetric", 0.138, "1/d",
                             "k_2a: transit cells that divide into one of each kind"),
        published::parameter(from, "transit_symmetric", 0.0173, "1/d",
                             "k_2s: transit cells that divide into two arrested", {0.0165, 0.0182}),
        published::parameter(from, "arrested_maturation", 0.216, "1/d", "k_3: arrested cells that become spinous"),
        published::parameter(from, "spinous_maturation", 0.0556, "1/d", "k_4: spinous cells that become granular"),
        published::parameter(from, "granular_maturation", 0.111, "1/d", "k_5: granular cells that become corneocytes"),
        published::parameter(from, "transit_return", 1e-6, "1/d", "k_-1: transit cells that become stem cells again"),
        published::parameter(from, "arrested_return", 1e-6, "1/d",
                             "k_-2: arrested cells that become transit cells again"),
        published::parameter(from, "apoptotic_share", 0.0012, "1", "AI: share of apoptotic cells"),
        published::parameter(from, "desquamation", 0.0714, "1/d", "alpha: loss of corneocytes"),
        published::parameter(from, "stem_boost", 100, "1",
                             "omega: how much faster stem cells divide without transit cells"),
    };

    static constexpr std::array constants{
        Constant{"apoptosis_odds", "1", "apoptosis relative to the rate of each transition, AI / (1 - AI)"},
        Constant{"stem_home", "mm-2", "stem cells at the steady state"},
        Constant{"transit_home", "mm-2", "P_ta,h: transit cells at the steady state, which set the pace of stem cells"},
        Constant{"arrested_home", "mm-2", "arrested cells at the steady state"},
    };
    static constexpr auto coefficients = names_of<parameters, constants>;

    template <class T> static constexpr Values<constants, T> derive(const Values<parameters, T>& p) {
        const auto [g1, g2, capacity, AI] =
            pick<"stem_growth", "transit_growth", "stem_capacity", "apoptotic_share">(p);
        const auto [k1a, k1s, k2a, k2s, k3] =
            pick<"stem_asymmetric", "stem_symmetric", "transit_asymmetric", "transit_symmetric", "arrested_maturation">(
                p);
        const auto [km1, km2] = pick<"transit_return", "arrested_return">(p);
        const T odds = AI / (1.0 - AI), death = 1.0 + odds;
        const T arrested = (k2a + 2.0 * k2s) / (death * k3 + km2);                        // per transit cell
        const T transit = (k1a + 2.0 * k1s) / (death * k2s + km1 - g2 - km2 * arrested);  // per stem cell
        const T stem = capacity * (1.0 - (death * k1s - km1 * transit) / g1);
        return collect_values<constants, "apoptosis_odds", "stem_home", "transit_home", "arrested_home">(
            odds, stem, stem * transit, stem * transit * arrested);
    }

    static constexpr std::array from_psoriasis{Setting{"stem_cells", 362},     Setting{"transit_cells", 77},
                                               Setting{"arrested_cells", 61},  Setting{"spinous_cells", 238},
                                               Setting{"granular_cells", 119}, Setting{"corneocytes", 185}};
    static constexpr std::array variants{
        Variant{"healthy", "the healthy steady state", {}},
        Variant{"in_psoriasis", "the few healthy cells that psoriatic skin has, left to themselves", from_psoriasis},
    };

    static constexpr Values<states, double> home(const Values<coefficients, double>& k) {
        const auto [S, T, G, odds] = pick<"stem_home", "transit_home", "arrested_home", "apoptosis_odds">(k);
        const auto [k3, k4, k5, loss] =
            pick<"arrested_maturation", "spinous_maturation", "granular_maturation", "desquamation">(k);
        const double P = k3 * G / ((1 + odds) * k4), R = k4 * P / ((1 + odds) * k5);
        return collect_values<states, "stem_cells", "transit_cells", "arrested_cells", "spinous_cells",
                              "granular_cells", "corneocytes">(S, T, G, P, R, k5 * R / loss);
    }

    CICATRIX_INLINE static constexpr auto dividing(const auto& y, const auto& k) {
        const auto [S, T, G] = pick<"stem_cells", "transit_cells", "arrested_cells">(y);
        const auto [g1, g2, capacity, odds, omega, T_home] =
            pick<"stem_growth", "transit_growth", "stem_capacity", "apoptosis_odds", "stem_boost", "transit_home">(k);
        const auto [k1a, k1s, k2a, k2s, k3] =
            pick<"stem_asymmetric", "stem_symmetric", "transit_asymmetric", "transit_symmetric", "arrested_maturation">(
                k);
        const auto [km1, km2] = pick<"transit_return", "arrested_return">(k);
        const auto pace = omega / (1.0 + (omega - 1.0) * power<3>(T / T_home));
        return named<"stem_cells", "transit_cells", "arrested_cells">(
            pace * (g1 * (1.0 - S / capacity) - k1s) * S - odds * k1s * S + km1 * T,
            pace * (k1a + 2.0 * k1s) * S + (g2 - (1.0 + odds) * k2s - km1) * T + km2 * G,
            (k2a + 2.0 * k2s) * T - ((1.0 + odds) * k3 + km2) * G);
    }

    CICATRIX_INLINE static constexpr auto maturing(const auto& y, const auto& k) {
        const auto [G, P, R, C] = pick<"arrested_cells", "spinous_cells", "granular_cells", "corneocytes">(y);
        const auto [k3, k4, k5, odds, loss] =
            pick<"arrested_maturation", "spinous_maturation", "granular_maturation", "apoptosis_odds", "desquamation">(
                k);
        return named<"spinous_cells", "granular_cells", "corneocytes">(
            k3 * G - (1.0 + odds) * k4 * P, k4 * P - (1.0 + odds) * k5 * R, k5 * R - loss * C);
    }

    CICATRIX_INLINE static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        return collect<states>(dividing(y, k), maturing(y, k));
    }
};

}  // namespace cicatrix
