// From a device and its use to the channels that a session opens.
#pragma once
#include "cicatrix/injury/channels.hpp"
#include "cicatrix/injury/parameters.hpp"
#include "cicatrix/injury/pattern.hpp"
#include "cicatrix/injury/penetration.hpp"

namespace cicatrix {

/// Expected number of distinct channels, 1/mm2, of `passes` passes with `per_pass` strikes a mm2 each, when a needle
/// that strikes within `radius` mm of an older strike re-enters its hole. Strikes at random find no older one near with
/// the chance exp(-strikes so far x disc). A lattice finds none in its own pass, and each older pass has a point near
/// with the chance per_pass x disc, wherever its lattice happens to lie. A part of a pass counts as in a power law.
inline double distinct_density(double per_pass, double passes, double radius, bool lattice) {
    const double disc = std::numbers::pi * radius * radius, strikes = per_pass * passes;
    if (strikes * disc < 1e-9) return strikes;
    const double crowded = per_pass * disc;
    if (lattice && crowded < 1) return (1.0 - pow(1.0 - crowded, passes)) / disc;
    return (1.0 - exp(-strikes * disc)) / disc;
}

namespace detail {
/// Heated columns: all alike in width from top to bottom. A beam does not slide into a hole, so every strike counts.
inline Channels columns_of(const FractionalLaser& laser, double strikes, const InjuryParameters& p) {
    const double radius = 0.5 * laser.column_diameter;
    return {.density = strikes,
            .strikes = strikes,
            .depth = laser.column_depth,
            .depth_spread = get<"depth_variation">(p) * laser.column_depth,
            .radius = radius,
            .taper = 0,
            .mouth_radius = radius * std::sqrt(laser.ablation),
            .thermal = true,
            .matrix_loss = laser.ablation + (1.0 - laser.ablation) * get<"matrix_loss_by_heat">(p)};
}

inline double mouth_of(const Needle& needle, double depth, const InjuryParameters& p) {
    constexpr double depth_measured = 0.15;  // mm, of the channels whose mouths were measured
    const auto [mouth, growth] = pick<"mouth_radius", "mouth_growth">(p);
    return depth > 0 ? std::min(mouth * pow(depth / depth_measured, growth), 0.5 * needle.diameter) : 0.0;
}
}  // namespace detail

/// The channels of a session: `passes` with a device whose needles are `needle`, in skin that gives way by `give`
/// (see give_of). A laser has no needles and asks for neither.
inline Channels channels_of(const StrikePattern& pattern, double passes, const Needle& needle, double give,
                            const InjuryParameters& p) {
    const double per_pass = density_per_pass(pattern), strikes = per_pass * passes;
    return std::visit(
        [&](const auto& kind) {
            if constexpr (std::is_same_v<decltype(kind), const FractionalLaser&>) {
                return detail::columns_of(kind, strikes, p);
            } else {
                const double depth = mean_depth(kind.drive, needle, give, p), radius = 0.5 * needle.diameter;
                return Channels{
                    .density = distinct_density(per_pass, passes, get<"reentry_radius">(p), prints_lattice(pattern)),
                    .strikes = strikes,
                    .depth = depth,
                    .depth_spread = get<"depth_variation">(p) * depth,
                    .radius = get<"injured_width">(p) * radius,
                    .taper = radius / get<"needle_slope">(p),
                    .mouth_radius = detail::mouth_of(needle, depth, p)};
            }
        },
        pattern);
}

}  // namespace cicatrix
