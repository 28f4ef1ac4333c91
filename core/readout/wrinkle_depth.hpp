// How deep the lines of the skin are: a film, the epidermis with its horny layer, wrinkles on the upper dermis.
#pragma once
#include "cicatrix/readout/bilayer.hpp"
#include "cicatrix/readout/dermal_modulus.hpp"
#include "cicatrix/readout/hydration.hpp"
#include "cicatrix/readout/oedema.hpp"

namespace cicatrix::readout {

/// The folding layers at one moment.
template <class T> struct FoldsOf {
    FilmOf<T> film;
    T foundation;  ///< modulus of the upper dermis, MPa
    T strain;      ///< compression of the film, 1; below zero it is stretched
    T crease;      ///< amplitude of the permanent crease, mm

    T critical() const { return critical_strain(film, foundation); }
    T length() const { return wavelength(film, foundation); }
    T amplitude() const { return wrinkle_amplitude(film, strain / critical(), crease); }
    /// From peak to valley, um.
    T depth() const { return 2000.0 * amplitude(); }
};
using Folds = FoldsOf<double>;

struct WrinkleDepth {
    static constexpr Readout row{
        .name = "wrinkle_depth",
        .unit = "um",
        .meaning = "depth of the lines that a resting face shows, from peak to valley",
        .formula =
            "2 A, A^3 + (1 - e / ec) h^2 A - A0^2 A = A0 h^2: h and modulus of epidermis and horny layer bonded, ec of "
            "bilayer wrinkling on dermal_modulus, e = resting strain - drying shrinkage - swelling by oedema, "
            "A0 = permanent_crease",
        .grade = Grade::assumed,
        .source = {"own derivation",
                   "plate on a half-space; skin as stratum corneum on softer layers that wrinkles earlier as it dries: "
                   "Limbert and Kuhl 2018, doi:10.1039/c7sm01969f; Kruglikov and Scherer 2018, doi:10.3233/nha-170037"},
    };

    // clang-format off
    static constexpr std::array parameters{
        Parameter{"epidermis_modulus", 1.5, "MPa", {0.5, 3}, Grade::indirect,
                  {"Geerligs et al. 2011, J Biomech, doi:10.1016/j.jbiomech.2011.01.015",
                   "1 to 2 MPa, indentation of human epidermis in vitro"},
                  "modulus of the living epidermis"},
        Parameter{"horny_layer_modulus", 10.0, "MPa", {2, 100}, Grade::assumed,
                  {"own choice", "stiffer in its plane than under a sphere, 1 to 2 MPa (Geerligs et al. 2011)"},
                  "modulus of the horny layer at normal hydration, in its plane"},
        Parameter{"horny_layer_stiffening", 2.3, "1", {1, 4}, Grade::analogue,
                  {"Yuan and Verma 2006, Colloids Surf B 48:6",
                   "dry and hydrated horny layer differ by an order of magnitude: ln 10"},
                  "logarithm of the factor by which the horny layer stiffens when it loses all its water"},
        Parameter{"horny_layer_thinning", 0.3, "1", {0, 0.6}, Grade::assumed,
                  {"own choice", "water swells the horny layer in thickness above all"},
                  "share of its thickness that the horny layer loses with all its water"},
        Parameter{"horny_layer_shrinkage", 0.05, "1", {0.01, 0.11}, Grade::indirect,
                  {"J Soc Cosmet Chem 1983;34(1):24",
                   "human epidermal membrane is 11 per cent longer in saturated than in dry air; that about "
                   "half of it lies below normal hydration is ours"},
                  "strain by which the horny layer shrinks in its plane when it loses all its water"},
        Parameter{"oedema_stretch", 0.2, "1", {0.02, 0.5}, Grade::assumed,
                  {"own choice", "tissue 1 to 15 mm thick that swells alike, over the radius of a face of some 30 mm"},
                  "stretch of the surface per relative swelling of the dermis"},
        Parameter{"resting_strain_ageing", 1.0, "1", {0, 2}, Grade::assumed,
                  {"own choice",
                   "lines at the eye corners of 101 women deepened fast from 40 years on (Age-related changes in "
                   "skin wrinkles assessed by a novel three-dimensional morphometric analysis)"},
                  "power of age with which the resting compression grows"},
        Parameter{"permanent_crease", 0.003, "mm", {0.0005, 0.02}, Grade::assumed,
                  {"own choice", "etched by years of folding, constant over a course: nobody measured how it fades"},
                  "amplitude of the permanent crease at 50 years"},
    };
    // clang-format on

    /// The folding layers of the states `y` at a hydration (1: healthy), a swelling of the dermis (0: none) and an age.
    static auto folds(const auto& now, const auto& y, const auto& hydration, const auto& swelling, const auto& age) {
        const auto [epidermis, horny, stiffening, thinning, shrinkage] =
            pick<"epidermis_modulus", "horny_layer_modulus", "horny_layer_stiffening", "horny_layer_thinning",
                 "horny_layer_shrinkage">(now.p);
        const auto [stretch, growth, crease] =
            pick<"oedema_stretch", "resting_strain_ageing", "permanent_crease">(now.p);
        const auto foundation = get<"dermal_modulus_home">(now.p) * DermalModulus::relative(y, now.k, now.p);
        const auto dryness = 1.0 - hydration;
        using T = decltype(foundation * dryness * swelling * age);
        const FilmOf<T> living{now.skin.epidermis(), epidermis};
        const FilmOf<T> dead{now.skin.horny_layer() * (1.0 - thinning * dryness), horny * exp(stiffening * dryness)};
        const T dead_force = dead.modulus * dead.thickness, living_force = living.modulus * living.thickness;
        // The living epidermis resists the shrinkage; both are bonded, so the film shortens by the stiffness-weighted
        // mean.
        const T shrunk = shrinkage * dryness * dead_force / (dead_force + living_force);
        const auto aged = pow((age + now.skin.baseline->extra_age) / 50.0, growth);
        return FoldsOf<T>{.film = bonded(living, dead),
                          .foundation = foundation,
                          .strain = now.skin.site->resting_strain * aged - shrunk - stretch * swelling,
                          .crease = crease * aged};
    }

    /// The folding layers now.
    static auto folds(const auto& now) { return folds(now, now.y, Hydration::value(now), Oedema::value(now), now.age); }

    /// Depth at day 0 of skin that is neither dry nor swollen, um.
    static auto at_start(const auto& now) { return folds(now, now.start, 1.0, 0.0, now.skin.age).depth(); }

    static auto value(const auto& now) { return folds(now).depth(); }
};

}  // namespace cicatrix::readout
