// An epidermal wound that closes by migration and by mitosis under a chemical that the cells make themselves: an
// activator or an inhibitor. Lengths are in wound radii, times in cell cycles. The classical wave of wound healing.
#pragma once
#include <array>
#include <string_view>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/models/published/parameter.hpp"
#include "cicatrix/numeric/dual.hpp"

namespace cicatrix {

namespace sherratt_murray {

inline constexpr std::string_view source =
    "Sherratt and Murray 1990, Proc R Soc B 241:29; 1991, J Math Biol 29:389-404, doi:10.1007/BF00160468";

constexpr Parameter value(std::string_view symbol, std::string_view name, double number, std::string_view meaning) {
    return published::parameter({source, symbol}, name, number, "1", meaning);
}

// clang-format off
inline constexpr std::array parameters{
    published::parameter({source, "0 activator, 1 inhibitor"}, "chemical_inhibits", 0, "1",
                         "0: the chemical activates mitosis; 1: it inhibits mitosis", {0, 1}),
    value("D", "cell_diffusivity", 5e-4, "diffusivity of cells, in wound radii squared per cell cycle"),
    value("D_c", "chemical_diffusivity", 0.45, "diffusivity of the chemical, in wound radii squared per cell cycle"),
    value("lambda", "chemical_decay", 30, "decay of the chemical"),
    value("h", "largest_mitosis", 10, "largest rate of mitosis relative to that of intact skin"),
    value("alpha", "activator_cell_half", 0.1, "cells at which production of the activator turns"),
    value("c_m", "activator_at_largest_mitosis", 40, "activator at which mitosis is fastest"),
};
// clang-format on

inline constexpr std::array activator{
    Setting{"chemical_inhibits", 0},
    Setting{"cell_diffusivity", 5e-4},
    Setting{"chemical_diffusivity", 0.45},
    Setting{"chemical_decay", 30},
};
inline constexpr std::array inhibitor{
    Setting{"chemical_inhibits", 1},
    Setting{"cell_diffusivity", 1e-4},
    Setting{"chemical_diffusivity", 0.85},
    Setting{"chemical_decay", 5},
};

}  // namespace sherratt_murray

struct SherrattMurray {
    static constexpr std::string_view id = "sherratt_murray";
    static constexpr std::string_view title = "Closure of an epidermal wound under a chemical that steers mitosis";
    static constexpr std::string_view source = sherratt_murray::source;
    static constexpr std::string_view time_unit = "1";

    static constexpr std::array states{
        State{"cells", "1", "epidermal cells, relative to intact skin"},
        State{"chemical", "1", "chemical that steers mitosis, relative to intact skin"},
    };
    static constexpr auto parameters = sherratt_murray::parameters;

    static constexpr std::array<std::string_view, 2> faults{
        "The values were read from an encoding by others; mitosis and production are 1 in intact skin, as they must "
        "be.",
        "An open wound without cells stays so unless they come from its edge: without space a tenth is put in.",
    };
    static constexpr std::array spaces{
        Space{"planar", "a long slit, from its middle to its edge", SpaceShape::strip, 1, "wound radius", 800},
        Space{"radial", "a round wound, from its middle to its edge", SpaceShape::disc, 1, "wound radius", 800},
    };
    static constexpr Front front{"cells", 0.8, "every place holds 0.8 of the cells of intact skin"};
    static constexpr std::array variants{
        Variant{"activator", "the chemical activates mitosis", sherratt_murray::activator},
        Variant{"inhibitor", "the chemical inhibits mitosis", sherratt_murray::inhibitor},
    };

    static constexpr Values<states, double> home(const auto&) {
        return collect_values<states, "cells", "chemical">(0.1, 0.1);
    }
    static constexpr Values<states, double> wound(const auto&) {
        return collect_values<states, "cells", "chemical">(0.0, 0.0);
    }
    /// Intact skin.
    static constexpr auto border(const auto&) { return named<"cells", "chemical">(1.0, 1.0); }

    CICATRIX_INLINE static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        const auto [n, c] = pick<"cells", "chemical">(y);
        const auto [inhibits, lambda, h, alpha, cm] = pick<"chemical_inhibits", "chemical_decay", "largest_mitosis",
                                                           "activator_cell_half", "activator_at_largest_mitosis">(k);
        const auto b = (1.0 + square(cm) - 2.0 * h * cm) / square(1.0 - cm);
        const auto activated = 2.0 * cm * (h - b) * c / (square(cm) + square(c)) + b;
        const auto inhibited = ((h - 1.0) * c + h) / (2.0 * (h - 1.0) * c + 1.0);
        const auto activator_made = n * (1.0 + square(alpha)) / (square(n) + square(alpha));
        const auto mitosis = select(inhibits > 0.5, inhibited, activated);
        const auto made = select(inhibits > 0.5, n, activator_made);
        return collect<states>(named<"cells", "chemical">(mitosis * n * (2.0 - n) - n, lambda * (made - c)));
    }

    /// In wound radii squared per cell cycle.
    static constexpr auto diffusivity(const auto& k) {
        const auto [D, Dc] = pick<"cell_diffusivity", "chemical_diffusivity">(k);
        return named<"cells", "chemical">(D, Dc);
    }
};

}  // namespace cicatrix
