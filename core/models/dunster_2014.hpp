// Dunster, Byrne and King 2014, model 1: neutrophils alive and apoptotic, macrophages and a mediator in the resolution
// of inflammation. Everything is dimensionless, time too.
#pragma once
#include <array>
#include <string_view>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/models/published/parameter.hpp"
#include "cicatrix/numeric/dual.hpp"
#include "cicatrix/numeric/functions.hpp"

namespace cicatrix {

struct Dunster2014 {
    static constexpr std::string_view id = "dunster_2014";
    static constexpr std::string_view title = "Resolution of inflammation: neutrophils and macrophages (model 1)";
    static constexpr std::string_view source =
        "Dunster, Byrne and King 2014, The resolution of inflammation: a mathematical model of neutrophil and "
        "macrophage interactions, Bull Math Biol 76:1953; BioModels BIOMD0000000616";
    static constexpr std::string_view time_unit = "1";

    static constexpr std::array faults{
        std::string_view("The damage that starts inflammation, strength sin(t)^2 until t = pi, is carried by two more "
                         "states that obey s'' = 2 strength - 4 s; the run stops at pi, sets both to zero and "
                         "restarts."),
        std::string_view("The encoding ends the damage at t = 10, too, which never acts with its one half-wave."),
    };

    // clang-format off
    static constexpr std::array states{
        State{"neutrophils", "1", "active neutrophils (n)"},
        State{"neutrophils_apoptotic", "1", "apoptotic neutrophils (a)"},
        State{"macrophages", "1", "macrophages (m)"},
        State{"mediator", "1", "pro-inflammatory mediator (c)"},
        State{"damage", "1", "mediator that damage releases per time (w)", true},
        State{"damage_slope", "1", "its change per time", true},
    };
    // clang-format on

    static constexpr Source from{"Dunster, Byrne and King 2014, Bull Math Biol 76:1953",
                                 "as encoded in BIOMD0000000616"};
    static constexpr std::array parameters{
        published::parameter(from, "apoptosis", 0.1, "1", "nu: apoptosis of neutrophils"),
        published::parameter(from, "necrosis", 1, "1",
                             "gamma_a: necrosis of apoptotic neutrophils, which releases mediator"),
        published::parameter(from, "necrosis_half", 0.1, "1",
                             "beta_a: apoptotic neutrophils that release half of the most"),
        published::parameter(from, "efferocytosis", 0.001, "1", "theta: apoptotic neutrophils taken up by macrophages"),
        published::parameter(from, "macrophage_removal", 0.01, "1", "gamma_m: removal of macrophages"),
        published::parameter(from, "damage_strength", 0.05, "1", "alpha: strength of the damage"),
        published::parameter(from, "damage_half_waves", 1, "1", "A: length of the damage in half-waves of pi",
                             {0.5, 3}),
    };

    static constexpr std::array conditions{
        ModelCondition{"damage_acts", 1, "1", "1 while the tissue is damaged, then 0"}};
    static constexpr auto coefficients = names_of<parameters, conditions>;

    static constexpr Values<states, double> home(const Values<coefficients, double>&) { return {}; }

    static constexpr std::array<double, 1> stops(const Values<coefficients, double>& k) {
        return {3.141592653589793 * get<"damage_half_waves">(k)};
    }
    static constexpr void stop(std::size_t, Values<states, double>& y, Values<coefficients, double>& k) {
        y[index_of(states, "damage")] = 0;
        y[index_of(states, "damage_slope")] = 0;
        k[index_of(coefficients, "damage_acts")] = 0;
    }

    CICATRIX_INLINE static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        const auto [n, a, m, c, w, slope] =
            pick<"neutrophils", "neutrophils_apoptotic", "macrophages", "mediator", "damage", "damage_slope">(y);
        const auto [nu, gamma_a, beta_a, theta, gamma_m] =
            pick<"apoptosis", "necrosis", "necrosis_half", "efferocytosis", "macrophage_removal">(k);
        const auto [strength, acts] = pick<"damage_strength", "damage_acts">(k);
        return collect<states>(
            named<"neutrophils", "neutrophils_apoptotic", "macrophages", "mediator", "damage", "damage_slope">(
                c - nu * n, nu * n - gamma_a * a - theta * m * a, c - gamma_m * m,
                w + gamma_a * square(a) / (square(beta_a) + square(a)) - c, slope, 2.0 * strength * acts - 4.0 * w));
    }
};

}  // namespace cicatrix
