// How deep needles go. Skin dents before it is pierced, and how far depends on how the needles are driven: a drum that
// rolls presses slowly and aslant, a motor stabs. So depth is not needle length.
#pragma once
#include <algorithm>
#include <cmath>
#include <limits>

#include "cicatrix/injury/parameters.hpp"
#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/skin/site.hpp"

namespace cicatrix {

/// How needles are driven in.
enum class Drive { rolled, pressed, motorised };

/// One needle and how it is used.
struct Needle {
    double length = 0;                                        ///< mm
    double diameter = 0.25;                                   ///< at its base, mm
    double force = 0.1;                                       ///< that presses it in, N
    double ratio = std::numeric_limits<double>::quiet_NaN();  ///< depth over length where prescribed; NaN: the law
};

/// How far skin gives way, relative to a cheek held taut: 1. `softness` is that of older or looser skin (1: as the
/// site's), `support` that of the hand that stretches it (1: held taut, less: loose). All positive.
inline double give_of(const Site& site, double softness = 1, double support = 1) {
    return site.give * softness / support;
}

/// How far the skin of the cheek dents before such needles enter, mm.
inline double dent_of(Drive drive, const InjuryParameters& p) {
    const auto [rolled, pressed, motorised] = pick<"roller_dent", "stamp_dent", "pen_dent">(p);
    return drive == Drive::rolled ? rolled : drive == Drive::pressed ? pressed : motorised;
}

/// Share of its depth that a needle reaches under `force` N: one half at the threshold, almost all at three times it.
inline double pressed_share(double force, const InjuryParameters& p) {
    const double relative = power<4>(force / get<"insertion_threshold">(p));
    return relative / (1.0 + relative);
}

/// Mean depth below the surface, mm, in skin that gives way by `give`: the length less the dent, but at least
/// `shallow_ratio` of a short needle, and never more than the length. Zero without force.
inline double mean_depth(Drive drive, const Needle& needle, double give, const InjuryParameters& p) {
    if (needle.length <= 0) return 0.0;
    if (!std::isnan(needle.ratio)) return needle.ratio * needle.length;
    const auto [shallow, rounding] = pick<"shallow_ratio", "dent_rounding">(p);
    const double pierced = needle.length - dent_of(drive, p) * give, least = shallow * needle.length;
    const double half_gap = 0.5 * (pierced - least);
    const double depth = 0.5 * (pierced + least) + std::sqrt(half_gap * half_gap + rounding * rounding);
    return std::min(depth, needle.length) * (needle.force > 0 ? pressed_share(needle.force, p) : 0.0);
}

}  // namespace cicatrix
