// Follows the tissue round one channel, in depth and distance from its axis. Channels of the next session open
// elsewhere: there the rings are averaged at each depth before the next channel is cut.
#include <algorithm>

#include "cicatrix/base/error.hpp"
#include "cicatrix/course/channel_kernel.hpp"
#include "cicatrix/course/dermis_run.hpp"
#include "cicatrix/course/unit_cell.hpp"

namespace cicatrix {
namespace {

constexpr std::size_t state_count = CourseModel::states.size();

/// Substances that leave through an open pore; cells and what is bound to the matrix stay.
constexpr Pattern soluble =
    states_named<CourseModel>({"il10", "tgf_beta1_active", "tgf_beta3", "pdgf", "vegf", "mmp", "timp"});

class ChannelRun {
  public:
    ChannelRun(Course& course, Legs& legs, const Progress& progress, const PartListener* listener)
        : run_(course, legs, progress, listener), listener_(listener) {
        const auto& channels = run_.plan.sessions.front().channels;
        course.rings = ring_grid(channels, run_.plan.grid.rings);
        for (const double z : course.depths.centres)
            course.channel_radius.push_back(channels.radius_at(z, channels.depth));
        course.treated.fields.resize(run_.plan.outputs.size());
        course.treated.sheet_rings.resize(run_.plan.outputs.size());
    }

    void follow() {
        DermisStates start = home_of(run_.dermis);
        std::vector<Weights> untouched(run_.legs.treated.size(), Weights(run_.cells(), 0.0));
        untouched.front() = Weights(run_.cells(), 1.0);
        if (!run_.grow_old(start) || !run_.follow_twin(start, untouched)) return;
        record_unharmed();
        for (std::size_t s = 1; s < run_.legs.treated.size(); ++s)
            if (!follow_leg(s)) return;
        run_.course.treated.outcome.time = run_.plan.duration;
    }

  private:
    /// The unit cell of a session; skin in rings is otherwise the same dermis.
    UnitCell tissue_for(const CellGrid& rings) const {
        UnitCell tissue;
        tissue.column = dermis_of(run_.dermis, run_.whole_plane());
        tissue.grid = rings;
        constexpr auto mobile = depth::layout.mobile;
        for (std::size_t i = 0, parameter = 0; i < state_count; ++i)
            if (mobile >> i & 1) tissue.radial[i] = run_.plan.depth[parameter++];
        let_edge_move(tissue);
        tissue.gate = index_of(CourseModel::states, "barrier");
        const double thickness = run_.dermis.grid.volumes.front();
        for (std::size_t i = 0; i < state_count; ++i)
            if (soluble >> i & 1) tissue.leak[i] = get<"pore_permeability">(run_.plan.channel) / thickness;
        return tissue;
    }

    /// The edge moves by spreading and growth of the cover; the growth that stands for a moving edge where there is no
    /// space would count it twice.
    void let_edge_move(UnitCell& tissue) const {
        const double speed = get<"epidermal_edge_speed">(run_.plan.channel);
        const double growth = get<"epidermal_sheet_growth">(run_.plan.parameters);
        tissue.radial[index_of(CourseModel::states, "epidermal_cover")] = speed * speed / (4.0 * growth);
        set_coefficient<"epidermal_edge_growth", CourseModel>(tissue.column.sheet_kind, 0.0);
    }

    /// The state of every ring just after a session that finds the same state in all of them.
    UnitCellStates injured(const DermisStates& before, const Channels& channels, const CellGrid& rings) const {
        const auto injury = unit_cell_injury(channels, rings, run_.dermis.grid);
        UnitCellStates out(rings.cells(), run_.cells());
        for (std::size_t r = 0; r < rings.cells(); ++r) {
            out[r] = before;
            for (std::size_t j = 0; j < run_.cells(); ++j) {
                CourseStates cell;
                for (std::size_t i = 0; i < state_count; ++i) cell[i] = before.cells(i, j);
                cell = CourseModel::injure(cell, run_.dermis.kinds[run_.dermis.layer[j]], injury.cells[r][j]);
                for (std::size_t i = 0; i < state_count; ++i) out[r].cells(i, j) = cell[i];
            }
            out[r].sheet = CourseModel::injure(before.sheet, run_.dermis.kinds.front(), injury.sheet[r]);
        }
        return out;
    }

    bool follow_leg(std::size_t s) {
        const auto& channels = run_.plan.sessions[s - 1].channels;
        const Sums sums = run_.sums_of(s);
        UnitCell tissue = tissue_for(ring_grid(channels, run_.plan.grid.rings));
        const DermisStates before = s == 1 ? run_.untouched_at_session.front() : mean_;
        run_.course.inflammation_left.push_back(inflammation_left(s > 1 ? peak_ : 0.0, inflamed_));
        peak_ = 0;
        UnitCellStates y = injured(before, channels, tissue.grid);
        run_.goal = 0.2 + 0.8 * sums.leg.to / run_.plan.duration;
        const Outcome outcome = travel(tissue, y, sums);
        mean_ = tissue.mean(y);
        run_.course.treated.outcome.time = sums.leg.to;
        return run_.succeeded(outcome);
    }

    Outcome travel(UnitCell& tissue, UnitCellStates& y, const Sums& sums) {
        Settings<CourseModel> settings;
        settings.relative = run_.plan.relative;
        settings.absolute = Settings<CourseModel>::every(run_.plan.absolute);
        const Weights whole(run_.cells(), 1.0);
        UnitCellVoyage voyage;
        voyage.begin = sums.leg.from, voyage.end = sums.leg.to, voyage.outputs = sums.leg.wanted.all;
        voyage.output = [&](std::size_t wanted, const UnitCellStates& now) {
            const DermisStates mean = tissue.mean(now);
            run_.add(mean, whole, sums, wanted);
            show_rings(tissue, now, sums.leg, wanted);
            inflamed_ = inflammation_of(run_.mean_of(mean, whole));
            peak_ = std::max(peak_, inflamed_);
            if (const auto output = sums.output_at(wanted)) record(*output, now);
        };
        voyage.stop_requested = run_.stop_between(sums.leg.from, sums.leg.to);
        const Outcome outcome = channel_solver(tissue, settings, run_.plan.method)->travel(y, voyage);
        if (outcome.status == Status::interrupted) throw Interrupted();
        run_.arrive();
        return outcome;
    }

    void show_rings(const UnitCell& tissue, const UnitCellStates& now, const Leg& leg, std::size_t wanted) const {
        if (listener_ == nullptr) return;
        double whole = 0;
        for (const double volume : tissue.grid.volumes) whole += volume;
        for (std::size_t r = 0; r < tissue.rings(); ++r)
            (*listener_)({now[r], tissue.column, Weights(run_.cells(), tissue.grid.volumes[r] / whole), &tissue}, leg,
                         wanted);
    }

    void record(std::size_t output, const UnitCellStates& now) {
        auto& field = run_.course.treated.fields[output];
        for (const std::size_t i : run_.plan.grid.fields)
            for (std::size_t j = 0; j < run_.cells(); ++j)
                for (const auto& ring : now.rings) field.push_back(ring.cells(i, j));
        auto& sheet = run_.course.treated.sheet_rings[output];
        for_each_state<depth::layout.sheet>([&]<std::size_t i>() {
            for (const auto& ring : now.rings) sheet.push_back(ring.sheet[i]);
        });
    }

    /// Before the first session every ring is like the whole.
    void record_unharmed() {
        const Sums sums = run_.sums_of(0);
        for (const std::size_t wanted : sums.leg.wanted.outputs) {
            const std::size_t output = *sums.output_at(wanted);
            DermisStates skin(run_.cells());
            skin.cells = run_.course.treated.profiles[output];
            skin.sheet = sums.leg.mean(wanted);
            UnitCellStates rings(run_.plan.grid.rings, run_.cells());
            for (auto& ring : rings.rings) ring = skin;
            record(output, rings);
        }
    }

    DermisRun run_;
    const PartListener* listener_;
    DermisStates mean_;               ///< over the rings, at the end of the last leg
    double peak_ = 0, inflamed_ = 0;  ///< since the last session: at most, and last
};

}  // namespace

void follow_channel(Course& course, Legs& legs, const Progress& progress) {
    follow_channel(course, legs, progress, nullptr);
}

void follow_channel(Course& course, Legs& legs, const Progress& progress, const PartListener* listener) {
    ChannelRun(course, legs, progress, listener).follow();
}

}  // namespace cicatrix
