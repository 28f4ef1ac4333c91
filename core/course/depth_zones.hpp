// Where a session is felt, depth by depth: the same three zones as in `injury/zones.hpp`, kept for each cell of a grid
// by itself, and for the epidermal sheet.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "cicatrix/injury/zones.hpp"

namespace cicatrix {

/// What a session does to one cell, or to the sheet.
struct LocalInjury {
    Shift shift;
    Injury injury;  ///< inside the fresh zone
};

class DepthZones {
  public:
    /// Cells with their centres at these depths below the surface of the skin, mm.
    explicit DepthZones(std::span<const double> centres)
        : centres_(centres.begin(), centres.end()), shares_(centres.size()) {}

    struct Session {
        std::vector<LocalInjury> cells;
        LocalInjury sheet;
    };

    Session open(const Channels& channels, double reach) {
        const auto depths = channels.depth_sample();
        Session out;
        for (std::size_t j = 0; j < centres_.size(); ++j) {
            const double z = centres_[j];
            auto& cell =
                out.cells.emplace_back(reach_one(shares_[j], detail::reached_share(channels, depths, z, reach)));
            const double fresh = cell.shift.after.fresh;
            cell.injury = {0.0, fresh > 0 ? smaller(channels.injured_share(z, depths) / fresh, 1.0) : 0.0,
                           channels.matrix_loss};
        }
        out.sheet = reach_one(sheet_, detail::reached_share_of_surface(channels, depths, reach));
        const double fresh = out.sheet.shift.after.fresh;
        out.sheet.injury = {fresh > 0 ? smaller(channels.open_area() / fresh, 1.0) : 0.0, 0.0, channels.matrix_loss};
        return out;
    }

    /// A prescribed injury reaches all tissue alike.
    Session injure_all(const Injury& injury) {
        Session out;
        for (auto& shares : shares_) out.cells.push_back(reach_one(shares, 1.0)), out.cells.back().injury = injury;
        out.sheet = reach_one(sheet_, 1.0);
        out.sheet.injury = injury;
        return out;
    }

  private:
    static LocalInjury reach_one(ZoneShares& shares, double p) {
        const ZoneShares before = shares, reached{p * before.untouched, p * before.fresh, p * before.earlier};
        const Shift shift = detail::shifted(before, reached);
        shares = shift.after;
        return {shift, {}};
    }

    std::vector<double> centres_;
    std::vector<ZoneShares> shares_;
    ZoneShares sheet_{};
};

}  // namespace cicatrix
