// Where in the dermis a session is felt. Healing is local: tissue answers within `reach` of a channel and stays as it
// was beyond. The dermis is a mixture of three zones, untouched, fresh (reached by the latest session) and earlier
// (reached before, but not by the latest), whose shares follow from where the channels of each session go.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <vector>

#include "cicatrix/injury/channels.hpp"
#include "cicatrix/models/microneedling.hpp"

namespace cicatrix {

/// How much of the tissue is in each zone; they add up to one.
struct ZoneShares {
    double untouched = 1, fresh = 0, earlier = 0;
};

/// What a session does to the shares.
struct Shift {
    ZoneShares before;   ///< zones at the time of the session
    ZoneShares reached;  ///< what the session reaches of each; they add up to `after.fresh`
    ZoneShares after;    ///< zones from then on: the rest of fresh and earlier becomes earlier
};

/// A session as the zones feel it.
struct ZonedInjury {
    Shift volume, area;  ///< of the dermis; of the epidermis
    Injury whole;        ///< averaged over all tissue
    Injury local;        ///< inside the fresh zone
};

namespace detail {
inline Shift shifted(const ZoneShares& before, const ZoneShares& reached) {
    const double fresh = reached.untouched + reached.fresh + reached.earlier;
    const double earlier = before.fresh - reached.fresh + before.earlier - reached.earlier;
    return {before, reached, {before.untouched - reached.untouched, fresh, earlier > 0 ? earlier : 0.0}};
}

/// The share of a plane that squares of radii cover, channels by channels, where they overlap counted once.
inline double covered_share(const Channels& channels, double squares) {
    const double mean = larger(squares, 0.0) / static_cast<double>(DepthSample::count);
    return 1.0 - exp(-channels.density * std::numbers::pi * mean);
}

/// Share of the plane at `z` mm, below the surface, that lies within `reach` of a channel's wall; below its tip a channel
/// reaches a half-ball.
inline double reached_share(const Channels& channels, const DepthSample& depths, double z, double reach) {
    const std::size_t near = depths.up_to(z - reach), through = depths.up_to(z),
                      whole = depths.up_to(z + channels.taper);
    const double slope = channels.taper > 0 ? channels.radius / channels.taper : 0.0, wide = reach + channels.radius;
    const auto below_tip = depths.about(z, near, through), in_taper = depths.about(z, through, whole);
    return covered_share(channels, below_tip.number * reach * reach - below_tip.square +
                                       in_taper.number * reach * reach + 2.0 * reach * slope * in_taper.distance +
                                       slope * slope * in_taper.square +
                                       wide * wide * static_cast<double>(DepthSample::count - whole));
}

/// The same of the surface, where the open mouth may be wider than the channel below it.
inline double reached_share_of_surface(const Channels& channels, const DepthSample& depths, double reach) {
    double squares = 0;
    for (const double depth : depths) {
        const double aside = reach + std::max(channels.radius_at(0.0, depth), channels.mouth_radius);
        squares += aside * aside;
    }
    return covered_share(channels, squares);
}
}  // namespace detail

/// Keeps the books of the zones, layer by layer: shallow tissue is reached again and again, deep tissue never.
class Zones {
  public:
    /// The dermis lies from `top` to `top + dermis` mm below the surface.
    Zones(double top, double dermis) : top_(top), thickness_(dermis / layers) {}

    /// A session opens `channels`, round which the tissue answers within `reach` mm of their walls.
    ZonedInjury open(const Channels& channels, double reach) {
        look_at(channels, reach);
        ZoneShares before{0, 0, 0}, reached{0, 0, 0};
        for (std::size_t i = 0; i < layers; ++i) {
            add(before, layers_[i]);
            add(reached, reach_layer(layers_[i], seen_.reached[i]));
        }
        const double injured = seen_.injured;
        const ZoneShares sheet = sheet_;
        const ZoneShares sheet_reached = reach_layer(sheet_, seen_.reached_sheet);
        ZonedInjury out{detail::shifted(before, reached),
                        detail::shifted(sheet, sheet_reached),
                        {channels.open_area(), injured, channels.matrix_loss},
                        {}};
        const double volume = out.volume.after.fresh, area = out.area.after.fresh;
        out.local = {area > 0 ? out.whole.open_area / area : 0.0, volume > 0 ? injured / volume : 0.0,
                     channels.matrix_loss};
        return out;
    }

    /// A prescribed injury reaches all tissue alike.
    ZonedInjury injure_all(const Injury& injury) {
        ZoneShares before{0, 0, 0};
        for (const auto& layer : layers_) add(before, layer);
        const ZoneShares sheet = sheet_, everything{0, 1, 0};
        layers_.fill(everything);
        sheet_ = everything;
        return {detail::shifted(before, before), detail::shifted(sheet, sheet), injury, injury};
    }

  private:
    static constexpr std::size_t layers = 64;

    /// What a session does to each layer before anyone asks what others did before it; equal sessions share it.
    struct Seen {
        Channels channels;
        double reach = -1;
        std::array<double, layers> reached{};  ///< share of each layer
        double reached_sheet = 0, injured = 0;
    };

    void look_at(const Channels& channels, double reach) {
        const auto shape = [](const Channels& c) {
            return std::array{c.density, c.depth, c.depth_spread, c.radius, c.taper, c.mouth_radius};
        };
        if (reach == seen_.reach && shape(channels) == shape(seen_.channels)) return;
        seen_ = {.channels = channels, .reach = reach};
        const auto depths = channels.depth_sample();
        for (std::size_t i = 0; i < layers; ++i) {
            const double z = top_ + (static_cast<double>(i) + 0.5) * thickness_;
            seen_.reached[i] = detail::reached_share(channels, depths, z, reach);
            seen_.injured += channels.injured_share(z, depths) / layers;
        }
        seen_.reached_sheet = detail::reached_share_of_surface(channels, depths, reach);
    }

    static void add(ZoneShares& sum, const ZoneShares& layer) {
        sum.untouched += layer.untouched / layers;
        sum.fresh += layer.fresh / layers;
        sum.earlier += layer.earlier / layers;
    }

    /// Moves the share `p` of every zone of a layer into its fresh zone; returns what moved.
    static ZoneShares reach_layer(ZoneShares& layer, double p) {
        const ZoneShares reached{p * layer.untouched, p * layer.fresh, p * layer.earlier};
        layer = {(1.0 - p) * layer.untouched, p, (1.0 - p) * (layer.fresh + layer.earlier)};
        return reached;
    }

    double top_, thickness_;
    std::array<ZoneShares, layers> layers_{};
    ZoneShares sheet_{};
    Seen seen_{};
};

}  // namespace cicatrix
