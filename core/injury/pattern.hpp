// The kinds of device behind one question: where do they strike?
#pragma once
#include <variant>

#include "cicatrix/injury/fractional_laser.hpp"
#include "cicatrix/injury/pen.hpp"
#include "cicatrix/injury/roller.hpp"
#include "cicatrix/injury/scattered.hpp"
#include "cicatrix/injury/stamp.hpp"

namespace cicatrix {

/// What a kind of device answers: how many strikes a pass has on each area, and where those of one pass are. On average
/// over the random numbers, every place of the patch is struck alike.
template <class P>
concept StrikesSkin = requires(const P& pattern, RandomStream& random, const Patch& patch, const Pass& pass,
                               std::vector<Point>& points) {
    { pattern.density_per_pass() } -> std::same_as<double>;
    pattern.place_pass(random, patch, pass, points);
};

static_assert(StrikesSkin<Roller> && StrikesSkin<Pen> && StrikesSkin<Stamp> && StrikesSkin<FractionalLaser> &&
              StrikesSkin<Scattered>);

using StrikePattern = std::variant<Roller, Pen, Stamp, FractionalLaser, Scattered>;

/// Strikes of one pass, 1/mm2.
inline double density_per_pass(const StrikePattern& pattern) {
    return std::visit([](const auto& kind) { return kind.density_per_pass(); }, pattern);
}

/// Adds the strikes of one pass that fall on the patch.
inline void place_pass(const StrikePattern& pattern, RandomStream& random, const Patch& patch, const Pass& pass,
                       std::vector<Point>& points) {
    std::visit([&](const auto& kind) { kind.place_pass(random, patch, pass, points); }, pattern);
}

/// Whether the strikes of one pass keep the lattice of the device, no two of them within each other's reach.
inline bool prints_lattice(const StrikePattern& pattern) {
    return std::holds_alternative<Roller>(pattern) || std::holds_alternative<Stamp>(pattern);
}

/// Whether a strike near an older hole enters it: needles slide in, beams do not.
inline bool reenters_holes(const StrikePattern& pattern) { return !std::holds_alternative<FractionalLaser>(pattern); }

}  // namespace cicatrix
