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
#include <numbers>
#include <type_traits>

#include "cicatrix/numeric/functions.hpp"

namespace cicatrix {

/// Young's moduli may stand for plane-strain ones: film and foundation are both nearly incompressible, so the factor
/// 1 / (1 - nu^2) cancels in every ratio.
template <class T> struct FilmOf {
    T thickness;  ///< mm
    T modulus;    ///< MPa
};
using Film = FilmOf<double>;

/// The homogeneous film with the same stiffness against stretching and bending as two layers bonded to each other.
template <class T> FilmOf<T> bonded(const FilmOf<T>& lower, const FilmOf<T>& upper) {
    const T force_lower = lower.modulus * lower.thickness, force_upper = upper.modulus * upper.thickness;
    const T stretching = force_lower + force_upper;
    const T apart = 0.5 * (lower.thickness + upper.thickness);
    const T bending = (force_lower * power<2>(lower.thickness) + force_upper * power<2>(upper.thickness)) / 12.0 +
                      force_lower * force_upper / stretching * power<2>(apart);
    const T thickness = sqrt(12.0 * bending / stretching);
    return {thickness, stretching / thickness};
}

inline Film bonded(const Film& lower, const Film& upper) { return bonded<double>(lower, upper); }

/// Compression at which a flat film begins to wrinkle, 1; `foundation` is its modulus in MPa.
template <class T> T critical_strain(const FilmOf<T>& film, const T& foundation) {
    const T root = cube_root(3.0 * foundation / film.modulus);
    return 0.25 * root * root;
}

/// Of the wrinkles, mm.
template <class T> T wavelength(const FilmOf<T>& film, const T& foundation) {
    return 2.0 * std::numbers::pi * film.thickness * cube_root(film.modulus / (3.0 * foundation));
}

/// Amplitude in mm under a strain given relative to the critical one (below zero: tension), where a crease of amplitude
/// `crease` mm is etched into the unstrained film: the root of A^3 + (1 - relative_strain) h^2 A - crease^2 A = crease
/// h^2, in which the film that bears no strain shows just its crease. With a crease there is one positive root, without
/// one it is 0 up to the critical strain and h sqrt(relative_strain - 1) beyond. A crease smooths the threshold: at the
/// critical strain A is near (crease h^2)^(1/3).
template <class T>
T wrinkle_amplitude(const FilmOf<T>& film, const std::type_identity_t<T>& relative_strain,
                    const std::type_identity_t<T>& crease) {
    const T etched = crease / film.thickness, pull = 1.0 - relative_strain - etched * etched;
    // The cubic is convex and this start lies at its root or above, so Halley's iterates fall to it. Four of them reach
    // rounding wherever the start is: it is off most, by 0.6, where the strain is a little beyond the critical one.
    const T root = cube_root(etched), floor = select(etched > 0.0, etched / larger(pull, root * root), 0.0);
    T a = sqrt(positive_part(-pull)) + floor;
    for (int iteration = 0; iteration < 4; ++iteration) {
        const T excess = (a * a + pull) * a - etched, slope = 3.0 * a * a + pull;
        const T next = a - 2.0 * excess * slope / (2.0 * slope * slope - 6.0 * a * excess);
        a = select(a > 0.0, next, a);
    }
    return a * film.thickness;
}
inline double wrinkle_amplitude(const Film& film, double relative_strain, double crease) {
    return wrinkle_amplitude<double>(film, relative_strain, crease);
}

}  // namespace cicatrix
