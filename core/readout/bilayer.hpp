// Wrinkling of a thin stiff film on a soft deep foundation under compression: when, how long, how deep.
//
// A plate of bending stiffness D on an elastic half-space of plane-strain modulus E buckles into waves of wave number k
// under the force D k^2 + E / (2 k) per width. Its minimum over k gives the critical strain and the wavelength; beyond
// it the waves take up the strain that exceeds the critical one, (k A / 2)^2 = e - ec. For a homogeneous film of
// thickness h these are the classical results ec = (3 Ed / Ef)^(2/3) / 4, wavelength 2 pi h (Ef / (3 Ed))^(1/3) and
// A = h sqrt(e / ec - 1). They hold for Ef >> Ed, small slopes and a foundation deeper than a wavelength. Under large
// compression real films double their period, fold or form ridges, which this theory does not know; far above ec it
// gives the amplitude at which an inextensible film keeps its length, (wavelength / pi) sqrt(e).
#pragma once
#include <cmath>
#include <numbers>

#include "cicatrix/numeric/functions.hpp"

namespace cicatrix {

/// Young's moduli may stand for plane-strain ones: film and foundation are both nearly incompressible, so the factor
/// 1 / (1 - nu^2) cancels in every ratio.
struct Film {
    double thickness;  ///< mm
    double modulus;    ///< MPa
};

/// The homogeneous film with the same stiffness against stretching and bending as two layers bonded to each other.
inline Film bonded(const Film& lower, const Film& upper) {
    const double force_lower = lower.modulus * lower.thickness, force_upper = upper.modulus * upper.thickness;
    const double stretching = force_lower + force_upper;
    const double apart = 0.5 * (lower.thickness + upper.thickness);
    const double bending = (force_lower * power<2>(lower.thickness) + force_upper * power<2>(upper.thickness)) / 12.0 +
                           force_lower * force_upper / stretching * power<2>(apart);
    const double thickness = std::sqrt(12.0 * bending / stretching);
    return {thickness, stretching / thickness};
}

/// Compression at which a flat film begins to wrinkle, 1; `foundation` is its modulus in MPa.
inline double critical_strain(const Film& film, double foundation) {
    return 0.25 * pow(3.0 * foundation / film.modulus, 2.0 / 3.0);
}

/// Of the wrinkles, mm.
inline double wavelength(const Film& film, double foundation) {
    return 2.0 * std::numbers::pi * film.thickness * pow(film.modulus / (3.0 * foundation), 1.0 / 3.0);
}

/// Amplitude in mm under a strain given relative to the critical one (below zero: tension), where a crease of amplitude
/// `crease` mm is etched into the unstrained film: the root of A^3 + (1 - relative_strain) h^2 A - crease^2 A = crease
/// h^2, in which the film that bears no strain shows just its crease. With a crease there is one positive root, without
/// one it is 0 up to the critical strain and h sqrt(relative_strain - 1) beyond. A crease smooths the threshold: at the
/// critical strain A is near (crease h^2)^(1/3).
inline double wrinkle_amplitude(const Film& film, double relative_strain, double crease) {
    const double etched = crease / film.thickness, pull = 1.0 - relative_strain - etched * etched;
    double a = (pull < 0 ? std::sqrt(-pull) : 0.0) + (etched > 0 ? pow(etched, 1.0 / 3.0) : 0.0);
    // The cubic is convex and this start lies above its root, so Newton's iterates fall until rounding stops them.
    for (int iteration = 0; a > 0 && iteration < 100; ++iteration) {
        const double slope = 3.0 * a * a + pull;
        const double next = a - ((a * a + pull) * a - etched) / slope;
        if (next >= a) break;
        a = next;
    }
    return a * film.thickness;
}

}  // namespace cicatrix
