// Neutrophils, monocytes and macrophages that regulate an injury, fitted to mice with peritonitis: above a threshold
// inflammatory macrophages enlarge the injury, below it they shrink it.
#pragma once
#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/models/published/parameter.hpp"
#include "cicatrix/models/published/power.hpp"

namespace cicatrix {

namespace dankwa {

inline constexpr std::string_view source =
    "Dankwa et al., wound healing regulation (authors' code xtang38/Dankwa-et-al_Sepsis_Controller_Code, fitted "
    "values; paper not read)";

constexpr Parameter value(std::string_view symbol, std::string_view name, double number, std::string_view unit,
                          std::string_view meaning) {
    return published::parameter({source, symbol}, name, number, unit, meaning);
}

// clang-format off
inline constexpr std::array parameters{
    value("threshold", "m1_threshold", 0.63483725, "1", "M1 macrophages above which they enlarge the injury"),
    value("alpha1", "neutrophil_growth", 14.03673395, "1/d", "largest growth of neutrophils on the injury"),
    value("n1", "neutrophil_growth_power", 1.11516391, "1", "how sharply that growth depends on the injury"),
    value("K1", "neutrophil_growth_half", 199.95199714, "1", "injury at which that growth is half its largest"),
    value("1000 in the authors' code", "cell_capacity", 1000, "1", "cells of all kinds at which growth stops"),
    value("alpha3", "injury_by_m1", 17.60253782, "1/d", "growth or shrinking of the injury by M1 macrophages"),
    value("gamma1, twice", "il6_and_tgf_coupling", 3.01336253, "1/d",
          "loss of neutrophils by IL-6, and production of TGF-beta by M1 macrophages beside neutrophils"),
    value("gamma2", "monocyte_to_m1", 10.69325936, "1/d", "turning of monocytes into M1 macrophages"),
    value("gamma3", "m1_to_m2_by_tgf", 1.4935541, "1/d", "turning of M1 into M2 macrophages by TGF-beta"),
    value("gamma5", "injury_cleared_by_neutrophils", 9.13917999, "1/d", "shrinking of the injury by neutrophils"),
    value("gamma6", "monocytes_called_by_il6", 14.61113248, "1/d", "monocytes that come with neutrophils and IL-6"),
    value("mu1", "neutrophil_loss", 0.87145854, "1/d", "death of neutrophils"),
    value("mu2", "monocyte_loss", 6.84127178, "1/d", "death of monocytes"),
    value("mu3", "m1_death", 3.22535463, "1/d", "death of M1 macrophages"),
    value("mu4", "m2_death", 0.7657025, "1/d", "death of M2 macrophages"),
    value("beta1", "il6_from_neutrophils", 6.79454391, "1/d", "IL-6 that neutrophils make"),
    value("delta1", "il6_decay", 12.9293273, "1/d", "decay of IL-6"),
    value("delta2", "fitted_tgf_decay", 7.30595723, "1/d", "decay of TGF-beta"),
    value("delta8", "injury_decay", 7.87013428, "1/d", "healing of the injury by itself"),
};
// clang-format on

}  // namespace dankwa

struct Dankwa {
    static constexpr std::string_view id = "dankwa";
    static constexpr std::string_view title = "Cells that enlarge an injury and then close it";
    static constexpr std::string_view source = dankwa::source;
    static constexpr std::string_view time_unit = "d";

    static constexpr std::array states{
        State{"neutrophils", "1", "neutrophils"},
        State{"monocytes", "1", "monocytes (M0)"},
        State{"macrophages_m1", "1", "inflammatory macrophages (M1)"},
        State{"macrophages_m2", "1", "repair macrophages (M2)"},
        State{"injury", "1", "injury"},
        State{"il6", "1", "interleukin 6"},
        State{"tgf_beta", "1", "TGF-beta"},
    };
    static constexpr auto parameters = dankwa::parameters;

    static constexpr std::array conditions{
        ModelCondition{"regulation", 1.0, "1", "1 while M1 macrophages are above their threshold, else -1"},
    };
    static constexpr auto coefficients = names_of<parameters, conditions>;

    static constexpr std::array<std::string_view, 3> faults{
        "Regulation jumps where M1 macrophages cross a threshold: a solver that does not stop there loses its order.",
        "The authors' code uses gamma1 twice, for the loss of neutrophils and for TGF-beta; there is no gamma4.",
        "Cells and cytokines have no unit, and the data to which they were fitted are of peritonitis, not of skin.",
    };

    static constexpr Values<states, double> home(const Values<coefficients, double>&) {
        return collect_values<states, "neutrophils", "monocytes", "macrophages_m1", "macrophages_m2", "injury", "il6",
                              "tgf_beta">(1.0, 1.0, 0.8, 0.2, 20.0, 0.0, 0.0);
    }

    CICATRIX_INLINE static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        using published::positive_power;
        const auto [N, M0, M1, M2, injury, il6, tgf] =
            pick<"neutrophils", "monocytes", "macrophages_m1", "macrophages_m2", "injury", "il6", "tgf_beta">(y);
        const auto [alpha1, n1, K1, capacity, gamma1, mu1] =
            pick<"neutrophil_growth", "neutrophil_growth_power", "neutrophil_growth_half", "cell_capacity",
                 "il6_and_tgf_coupling", "neutrophil_loss">(k);
        const auto [gamma6, mu2, gamma3, mu4] =
            pick<"monocytes_called_by_il6", "monocyte_loss", "m1_to_m2_by_tgf", "m2_death">(k);
        const auto [alpha3, gamma5, delta8, regulation] =
            pick<"injury_by_m1", "injury_cleared_by_neutrophils", "injury_decay", "regulation">(k);
        const auto [gamma2, beta1, delta1, delta2] =
            pick<"monocyte_to_m1", "il6_from_neutrophils", "il6_decay", "fitted_tgf_decay">(k);
        const auto injured = positive_power(injury / K1, n1);
        const auto room = 1.0 - (N + M0 + M1 + M2) / capacity;
        return collect<states>(
            named<"neutrophils", "monocytes", "macrophages_m1", "macrophages_m2", "injury", "il6", "tgf_beta">(
                alpha1 * N * (injured / (1.0 + injured)) * room - gamma1 * N * il6 - mu1 * N,
                gamma6 * N * il6 - gamma2 * M0 - mu2 * M0, m1_rate(y, k), gamma3 * M1 * tgf - mu4 * M2,
                (alpha3 * regulation * M1 - gamma5 * N - delta8) * injury, beta1 * N - delta1 * il6,
                gamma1 * M1 * N - delta2 * tgf));
    }

    /// Regulation at the start follows from the states there.
    static constexpr std::array<double, 1> stops(const auto&) { return {0.0}; }
    static constexpr void stop(std::size_t, const auto& y, auto& k) { regulate(k, guard(0.0, y, k)); }

    static constexpr auto guard(const auto&, const auto& y, const auto& k) {
        return get<"macrophages_m1">(y) - get<"m1_threshold">(k);
    }
    /// Above the threshold from now on if M1 macrophages are rising.
    static constexpr void cross(const auto&, const auto& y, auto& k) { regulate(k, m1_rate(y, k)); }

  private:
    CICATRIX_INLINE static constexpr auto m1_rate(const auto& y, const auto& k) {
        const auto [M0, M1, tgf] = pick<"monocytes", "macrophages_m1", "tgf_beta">(y);
        const auto [gamma2, gamma3, mu3] = pick<"monocyte_to_m1", "m1_to_m2_by_tgf", "m1_death">(k);
        return gamma2 * M0 - gamma3 * M1 * tgf - mu3 * M1;
    }
    static constexpr void regulate(auto& k, const auto& excess) {
        auto& regulation = k[index_of(coefficients, "regulation")];
        using T = std::remove_cvref_t<decltype(regulation)>;
        regulation = select(excess < 0.0, T(-1.0), T(1.0));
    }
};

}  // namespace cicatrix
