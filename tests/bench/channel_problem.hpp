// The problem that the solver of a unit cell round a channel is measured by: 24 months, four sessions, after each of
// which the mean skin is pierced again in the middle; the pore leaks until it has closed.
#pragma once
#include <cstddef>
#include <utility>
#include <vector>

#include "bench/dermis_problem.hpp"
#include "cicatrix/course/channel_kernel.hpp"

namespace cicatrix::bench {

class ChannelProblem {
  public:
    static constexpr double channel_radius = 0.06, cell_radius = 0.25, channel_depth = 0.6;  // mm

    ChannelProblem(std::size_t rings, std::size_t cells)
        : dermis(cells), grid(radial_grid(stretched_faces(0, cell_radius, rings, 3))) {
        for (std::size_t r = 0; r < rings; ++r) {
            const double inner = grid.faces[r], outer = grid.faces[r + 1];
            const double reached = std::min(std::max(channel_radius, inner), outer);
            pierced.push_back((reached * reached - inner * inner) / (outer * outer - inner * inner));
        }
    }

    UnitCell cell() const {
        UnitCell out;
        out.column = dermis.dermis();
        out.grid = grid;
        std::size_t parameter = 0;
        for (const auto i : states_in(depth::layout.mobile)) out.radial[i] = dermis.laid_out.parameters[parameter++];
        out.radial[index_of(CourseModel::states, "epidermal_cover")] =
            0.02;  // with its growth the edge runs some tenths of a mm in a day
        out.gate = index_of(CourseModel::states, "barrier");
        const double top = dermis.laid_out.grid.volumes.front();
        constexpr Pattern soluble =
            states_named<CourseModel>({"damage_signals", "il10", "tgf_beta1_latent", "tgf_beta1_active", "tgf_beta3",
                                       "pdgf", "vegf", "mmp", "timp"});
        for (const auto i : states_in(soluble)) out.leak[i] = 1.0 / top;  // 1 mm/d through an open pore
        return out;
    }

    UnitCellStates home(const UnitCell& cell) const {
        auto out = cell.blank();
        for (auto& ring : out.rings) ring = home_of(dermis.laid_out);
        return out;
    }

    /// A session: what the rings were is forgotten, but for their mean.
    void injure(UnitCellStates& y, const UnitCell& cell) const {
        const DermisStates mean = cell.mean(y);
        const auto& laid_out = dermis.laid_out;
        for (std::size_t r = 0; r < y.count(); ++r) {
            for (std::size_t j = 0; j < dermis.cells(); ++j) {
                CourseStates inside;
                for (std::size_t i = 0; i < state_count; ++i) inside[i] = mean.cells(i, j);
                const double below = laid_out.grid.centres[j] - laid_out.grid.faces.front();
                const double share = pierced[r] / (1 + std::exp((below - channel_depth) / 0.05));
                inside = CourseModel::injure(inside, laid_out.kinds[laid_out.layer[j]], {0.0, share});
                for (std::size_t i = 0; i < state_count; ++i) y[r].cells(i, j) = inside[i];
            }
            y[r].sheet = CourseModel::injure(mean.sheet, laid_out.kinds.front(), {pierced[r], 0.0});
        }
    }

    std::vector<double> flat(const UnitCellStates& y) const {
        std::vector<double> out;
        for (const auto& ring : y.rings) {
            const auto values = dermis.flat(ring);
            out.insert(out.end(), values.begin(), values.end());
        }
        return out;
    }

    DermisProblem dermis;
    CellGrid grid;
    std::vector<double> pierced;  ///< share of each ring
};

}  // namespace cicatrix::bench
