// MN-26, the microneedling model: haemostasis, inflammation, growth factors, fibroplasia, matrix, epidermis, vessels
// and pigment of needled skin. Our own synthesis: forms of published models, most amplitudes assumed; see the sources
// of each parameter. States are scaled to their home value (uninjured skin at 25 years); rates are in 1/d.
#pragma once
#include <array>
#include <limits>
#include <string_view>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/models/microneedling/parameters.hpp"
#include "cicatrix/models/microneedling/processes.hpp"

namespace cicatrix {

/// What a session does to the tissue: the open share of its area and the injured share of its volume, both 0-1.
struct Injury {
    double open_area = 0, injured_volume = 0;
    /// Share of the injured matrix that is lost; NaN: `matrix_loss_by_needling`. 1 for what a beam has ablated.
    double matrix_loss = std::numeric_limits<double>::quiet_NaN();
};

struct Microneedling {
    static constexpr std::string_view id = "microneedling";
    static constexpr std::string_view title = "MN-26, healing and collagen remodelling of needled skin";

    // clang-format off
    static constexpr std::array states{
        State{"platelets", "1", "platelets and clot in the channels, as a share of the tissue"},
        State{"damage_signals", "1", "damage-associated signals and debris, as a share of the tissue"},
        State{"neutrophils", "1", "neutrophils, relative to 1000 cells/mm3"},
        State{"macrophages_m1", "1", "inflammatory macrophages (M1), relative to 500 cells/mm3"},
        State{"macrophages_m2", "1", "repair macrophages (M2), relative to 500 cells/mm3"},
        State{"il10", "1", "anti-inflammatory mediator of the IL-10 kind, relative to home"},
        State{"tgf_beta1_latent", "1", "latent TGF-beta1, relative to home"},
        State{"tgf_beta1_active", "1", "active TGF-beta1, relative to home"},
        State{"tgf_beta3", "1", "TGF-beta3, relative to home"},
        State{"pdgf", "1", "PDGF and FGF, relative to home"},
        State{"vegf", "1", "VEGF, relative to home"},
        State{"fibroblasts", "1", "fibroblasts, relative to 3000 cells/mm3"},
        State{"myofibroblasts", "1", "myofibroblasts, relative to 3000 cells/mm3"},
        State{"collagen_iii", "1", "collagen type III, relative to all collagen of the dermis at 25 years"},
        State{"collagen_i_immature", "1",
              "collagen type I not yet cross-linked, relative to all collagen of the dermis at 25 years"},
        State{"collagen_i_mature", "1",
              "cross-linked collagen type I, relative to all collagen of the dermis at 25 years"},
        State{"collagen_fragments", "1", "fragments of collagen, relative to all collagen of the dermis at 25 years"},
        State{"tropoelastin", "1", "tropoelastin, in units of home elastin"},
        State{"elastin", "1", "cross-linked elastin, relative to home"},
        State{"mmp", "1", "active matrix metalloproteinases, relative to home"},
        State{"timp", "1", "tissue inhibitors of metalloproteinases, relative to home"},
        State{"hyaluronan", "1", "hyaluronan, relative to home"},
        State{"epidermal_cover", "1", "share of the area that living epidermis covers"},
        State{"barrier", "1", "share of the area with an intact horny layer"},
        State{"perfusion", "1", "blood flow of the dermis, relative to home"},
        State{"melanin", "1", "melanin, relative to home"},
    };
    // clang-format on

    static constexpr auto parameters = microneedling::parameters;

    /// States of the epidermal sheet: shares of an area, where the others are contents of the dermis.
    static constexpr std::array<std::string_view, 3> epidermal{"epidermal_cover", "barrier", "melanin"};

    /// Numbers that the uninjured equilibrium fixes.
    static constexpr std::array constants{
        Constant{"fibroblast_home_growth", "1/d", "growth that balances fibroblast death at home"},
        Constant{"immature_collagen_home", "1",
                 "immature collagen I at home, where cross-linking balances the loss of mature collagen"},
        Constant{"collagen_total_home", "1", "all collagen at home"},
        Constant{"collagen_iii_fraction_home", "1", "type III share of all collagen at home"},
        Constant{"collagen_synthesis", "1/d", "synthesis per fibroblast that balances the losses at home"},
        Constant{"collagen_iii_of_synthesis", "1", "type III share of synthesis at home"},
        Constant{"fragment_clearance", "1/d", "clearance of fragments that balances their source at home"},
        Constant{"tropoelastin_home", "1", "tropoelastin whose assembly balances the loss of elastin at home"},
        Constant{"tropoelastin_synthesis", "1/d", "synthesis of tropoelastin that balances assembly and loss at home"},
    };

    /// What a course sets.
    static constexpr std::array conditions{
        ModelCondition{"age", 25.0, "year", "age at time zero"},
        ModelCondition{"ageing_rate", 0.0, "1", "years of age per year of time: 0 with frozen age, 1 with drift"},
        ModelCondition{"uv", 0.0, "1", "extra melanin production by ultraviolet light, relative to home"},
    };

    static constexpr auto coefficients = names_of<parameters, constants, conditions>;

    template <class T> static constexpr Values<constants, T> derive(const Values<parameters, T>& p) {
        const auto [dF, Fmax] = pick<"fibroblast_death", "fibroblast_capacity">(p);
        const auto [dm, dn, kx, d3] =
            pick<"mature_collagen_loss", "immature_collagen_loss", "cross_linking", "collagen_iii_loss">(p);
        const auto [Cm0, C30, Cf0, chi] =
            pick<"mature_collagen_home", "collagen_iii_home", "fragments_home", "fragments_of_lost_collagen">(p);
        const auto [ka, dt, dE] = pick<"elastin_assembly", "tropoelastin_loss", "elastin_loss">(p);
        const T Cn0 = dm * Cm0 / kx, Ct0 = C30 + Cn0 + Cm0;
        const T pc = (kx + dn) * Cn0 + d3 * C30;
        const T Et0 = dE / ka;
        return collect_values<constants, "fibroblast_home_growth", "immature_collagen_home", "collagen_total_home",
                              "collagen_iii_fraction_home", "collagen_synthesis", "collagen_iii_of_synthesis",
                              "fragment_clearance", "tropoelastin_home", "tropoelastin_synthesis">(
            dF / (1.0 - 1.0 / Fmax), Cn0, Ct0, C30 / Ct0, pc, d3 * C30 / pc, chi * dm * Cm0 / Cf0, Et0,
            (ka + dt) * Et0);
    }

    /// Uninjured skin at 25 years, an exact equilibrium.
    template <class T> static constexpr Values<states, T> home(const Values<coefficients, T>& k) {
        Values<states, T> y{};
        y.fill(1.0);
        for (const auto zero : {"platelets", "damage_signals", "neutrophils", "macrophages_m1", "myofibroblasts"})
            for (std::size_t i = 0; i < states.size(); ++i)
                if (states[i].name == zero) y[i] = 0.0;
        y[index_of(states, "macrophages_m2")] = get<"resident_macrophages">(k);
        y[index_of(states, "collagen_iii")] = get<"collagen_iii_home">(k);
        y[index_of(states, "collagen_i_immature")] = get<"immature_collagen_home">(k);
        y[index_of(states, "collagen_i_mature")] = get<"mature_collagen_home">(k);
        y[index_of(states, "collagen_fragments")] = get<"fragments_home">(k);
        y[index_of(states, "tropoelastin")] = get<"tropoelastin_home">(k);
        return y;
    }

    CICATRIX_INLINE static constexpr auto drive(const auto& t, const auto& k) { return microneedling::ageing(t, k); }
    CICATRIX_INLINE static constexpr auto rates(const auto& t, const auto& y, const auto& k) {
        return driven_rates(drive(t, k), y, k);
    }
    CICATRIX_INLINE static constexpr auto driven_rates(const auto& ages, const auto& y, const auto& k) {
        using namespace microneedling;
        const auto s = signals(ages, y, k);
        return collect<states>(haemostasis(y, k), inflammation(y, k, s), growth_factors(y, k, s), fibroplasia(y, k, s),
                               collagens(y, k, s), elastic_fibres(y, k, s), proteases(y, k, s), epidermis(y, k, s),
                               vessels(y, k, s), pigment(y, k));
    }

    /// The state just after a session: a clot and debris appear, cover and barrier lose the open area, cells and matrix
    /// lose a part of the injured volume, and part of the cut collagen stays as fragments.
    template <class T>
    static constexpr Values<states, T> injure(const Values<states, T>& before, const Values<coefficients, T>& k,
                                              const Injury& injury) {
        const double A = injury.open_area, V = injury.injured_volume;
        const bool displaces = !(injury.matrix_loss == injury.matrix_loss);
        const T cells = 1.0 - (displaces ? get<"cell_loss_by_needling">(k) : T(1.0)) * V,
                matrix = 1.0 - (displaces ? get<"matrix_loss_by_needling">(k) : T(injury.matrix_loss)) * V;
        auto y = before;
        const auto scale = [&y]<Name... names>(const T& factor, Names<names...>) {
            ((y[index_of(states, names)] *= factor), ...);
        };
        scale(1.0 - A, Names<"epidermal_cover", "barrier">{});
        scale(cells, Names<"fibroblasts", "myofibroblasts", "perfusion">{});
        scale(matrix, Names<"collagen_iii", "collagen_i_immature", "collagen_i_mature", "collagen_fragments",
                            "tropoelastin", "elastin", "hyaluronan">{});
        y[index_of(states, "platelets")] += V;
        y[index_of(states, "damage_signals")] += V;
        const auto [C3, Cn, Cm] = pick<"collagen_iii", "collagen_i_immature", "collagen_i_mature">(before);
        y[index_of(states, "collagen_fragments")] +=
            get<"fragments_of_cut_collagen">(k) * (1.0 - matrix) * (C3 + Cn + Cm);
        return y;
    }
};

}  // namespace cicatrix
