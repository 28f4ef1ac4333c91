// What a session opens: channels at random places, each of its own depth. One description for every kind of device.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <numbers>

#include "cicatrix/numeric/functions.hpp"

namespace cicatrix {

/// Depths that stand for all channels, each for the same share of them, ascending, mm. Sums over a range of them are
/// known beforehand, since layer after layer asks for them.
class DepthSample {
  public:
    static constexpr std::size_t count = 32;
    using Depths = std::array<double, count>;

    explicit DepthSample(const Depths& depths) : depths_(depths) {
        for (std::size_t i = 0; i < count; ++i) {
            sums_[i + 1] = sums_[i] + depths[i];
            squares_[i + 1] = squares_[i] + depths[i] * depths[i];
        }
    }
    Depths::const_iterator begin() const { return depths_.begin(); }
    Depths::const_iterator end() const { return depths_.end(); }

    /// How many are not deeper than `z`.
    std::size_t up_to(double z) const {
        return static_cast<std::size_t>(std::upper_bound(begin(), end(), z) - begin());
    }

    /// Of those from `first` to before `last`: their number, and the sums of their distances from `z` and of the squares.
    struct Moments {
        double number, distance, square;
    };
    Moments about(double z, std::size_t first, std::size_t last) const {
        const double number = static_cast<double>(last - first), sum = sums_[last] - sums_[first];
        const double square = squares_[last] - squares_[first] - 2.0 * z * sum + number * z * z;
        return {number, sum - number * z, larger(square, 0.0)};
    }

  private:
    Depths depths_;
    std::array<double, count + 1> sums_{}, squares_{};
};

/// The channels of all passes of a session. Depths are distributed by the logistic law, for which share and quantile
/// have closed forms.
struct Channels {
    double density = 0;       ///< distinct channels, 1/mm2
    double strikes = 0;       ///< needles that struck, those that re-entered a hole included, 1/mm2
    double depth = 0;         ///< mean depth below the surface of the skin, mm
    double depth_spread = 0;  ///< standard deviation of the depth from channel to channel, mm
    double radius = 0;        ///< of the tissue that the widest part injures, mm
    double taper = 0;         ///< length over which the radius falls to nothing at the tip, mm; 0: a cylinder
    double mouth_radius = 0;  ///< of the hole that stays open in the surface, mm
    bool thermal = false;     ///< a beam's column, closed by heat
    /// Share of the matrix of the injured tissue that is lost; NaN: as with needles, which displace it.
    double matrix_loss = std::numeric_limits<double>::quiet_NaN();

    /// Channels per area that reach below `z` mm, 1/mm2.
    double density_reaching(double z) const {
        if (depth_spread <= 0) return z < depth ? density : 0.0;
        return density / (1.0 + exp((z - depth) / scale()));
    }

    /// Depth that the share `q` (0-1, both excluded) of the channels does not reach, mm; never above the surface.
    double depth_quantile(double q) const {
        const double z = depth_spread <= 0 ? depth : depth + scale() * log(q / (1.0 - q));
        return z > 0 ? z : 0.0;
    }

    /// Radius at `z` mm of a channel that is `reached` mm deep, mm.
    double radius_at(double z, double reached) const {
        const double above_tip = reached - z;
        if (above_tip <= 0) return 0.0;
        return taper > 0 && above_tip < taper ? radius * above_tip / taper : radius;
    }

    DepthSample depth_sample() const {
        DepthSample::Depths out;
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = depth_quantile((static_cast<double>(i) + 0.5) / static_cast<double>(out.size()));
        return DepthSample(out);
    }

    /// Injured share of the plane `z` mm below the surface, where channels overlap counted once.
    double injured_share(double z) const { return injured_share(z, depth_sample()); }
    /// The same, when the sample is known.
    double injured_share(double z, const DepthSample& depths) const {
        if (taper <= 0) return 1.0 - exp(-density_reaching(z) * std::numbers::pi * radius * radius);
        const std::size_t through = depths.up_to(z), whole = depths.up_to(z + taper);
        const double slope = radius / taper;
        const double squares = slope * slope * depths.about(z, through, whole).square +
                               radius * radius * static_cast<double>(DepthSample::count - whole);
        return 1.0 - exp(-density * std::numbers::pi * squares / static_cast<double>(DepthSample::count));
    }

    /// Open share of the surface.
    double open_area() const { return 1.0 - exp(-density * std::numbers::pi * mouth_radius * mouth_radius); }

  private:
    double scale() const { return depth_spread * std::numbers::sqrt3 / std::numbers::pi; }
};

}  // namespace cicatrix
