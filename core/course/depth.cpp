// Follows skin resolved in depth: from session to session the tissue that the sessions reached travels as one or two
// dermises of varying width beside the untouched twin; at each session the zones are mixed, depth by depth.
#include <algorithm>

#include "cicatrix/course/depth_zones.hpp"
#include "cicatrix/course/dermis_run.hpp"

namespace cicatrix {
namespace {

constexpr std::size_t state_count = CourseModel::states.size();

/// Weighted mean of the zones.
double mixed(const ZoneShares& w, double untouched, double fresh, double earlier) {
    const double total = w.untouched + w.fresh + w.earlier;
    return total > 0 ? (w.untouched * untouched + w.fresh * fresh + w.earlier * earlier) / total : untouched;
}

/// The weights of one zone at all depths from a session on; those of all zones add up to one.
Weights weights_of(const DepthZones::Session& session, double ZoneShares::*zone) {
    const auto part = [zone](const ZoneShares& w) { return w.*zone / (w.untouched + w.fresh + w.earlier); };
    Weights out(session.cells.size(), 0.0);
    for (std::size_t j = 0; j < session.cells.size(); ++j) out.cells[j] = part(session.cells[j].shift.after);
    out.sheet = part(session.sheet.shift.after);
    return out;
}

class DepthRun {
  public:
    DepthRun(Course& course, Legs& legs, const Progress& progress, const PartListener* listener)
        : run_(course, legs, progress, listener) {
        DepthZones zones(run_.dermis.grid.centres);
        for (const auto& session : run_.plan.sessions)
            sessions_.push_back(session.prescribed ? zones.injure_all(*session.prescribed)
                                                   : zones.open(session.channels, get<"reach">(run_.plan.injury)));
    }

    void follow() {
        DermisStates start = home_of(run_.dermis);
        std::vector<Weights> untouched{Weights(run_.cells(), 1.0)};
        for (const auto& session : sessions_) untouched.push_back(weights_of(session, &ZoneShares::untouched));
        if (!run_.grow_old(start) || !run_.follow_twin(start, untouched)) return;
        fresh_ = earlier_ = start;
        for (std::size_t s = 0; s < run_.legs.treated.size(); ++s)
            if (!follow_leg(s)) return;
    }

  private:
    bool follow_leg(std::size_t s) {
        const Sums sums = run_.sums_of(s);
        const double from = sums.leg.from, to = sums.leg.to, duration = run_.plan.duration;
        if (s > 0) apply_session(s - 1);
        run_.goal = 0.2 + 0.8 * (s > 1 ? 0.5 * (from + to) : to) / duration;
        if (s > 0 && !follow_zone(&ZoneShares::fresh, fresh_, s)) return false;
        run_.goal = 0.2 + 0.8 * to / duration;
        if (s > 1 && !follow_zone(&ZoneShares::earlier, earlier_, s)) return false;
        run_.course.treated.outcome.time = to;
        return true;
    }

    bool follow_zone(double ZoneShares::*zone, DermisStates& y, std::size_t s) {
        const Weights weights = weights_of(sessions_[s - 1], zone);
        const bool in_dermis = std::ranges::any_of(weights.cells, [](double weight) { return weight > 0; });
        if (!in_dermis && !(weights.sheet > 0)) return true;
        const auto width = in_dermis ? weights.cells : run_.whole_plane();  // the sheet over whole dermis
        const Sums sums = run_.sums_of(s);
        const double share = share_of(weights);
        const auto output = [&](std::size_t wanted, const DermisStates& now) {
            run_.add(now, weights, sums, wanted);
            if (zone != &ZoneShares::fresh || !in_dermis) return;
            inflamed_ = inflammation_of(run_.mean_of(now, weights)) / share;
            peak_ = std::max(peak_, inflamed_);
        };
        return run_.succeeded(
            run_.travel(run_.dermis, width, y, sums.leg.from, sums.leg.to, sums.leg.wanted.all, output));
    }

    /// Of the dermis.
    double share_of(const Weights& weights) const {
        double share = 0, whole = 0;
        for (std::size_t j = 0; j < run_.cells(); ++j) {
            share += run_.dermis.grid.volumes[j] * weights.cells[j];
            whole += run_.dermis.grid.volumes[j];
        }
        return share / whole;
    }

    /// Mixes the zones of each cell and of the sheet, and injures what the session reaches.
    void apply_session(std::size_t s) {
        const auto& injury = sessions_[s];
        const DermisStates &untouched = run_.untouched_at_session[s], fresh = fresh_, earlier = earlier_;
        run_.course.inflammation_left.push_back(inflammation_left(s > 0 ? peak_ : 0.0, inflamed_));
        peak_ = 0;
        for (std::size_t j = 0; j < run_.cells(); ++j) {
            const auto state = [j](const DermisStates& y, std::size_t i) { return y.cells(i, j); };
            const auto [hit, left] = mixed_states(injury.cells[j].shift, untouched, fresh, earlier, state);
            const auto& k = run_.dermis.kinds[run_.dermis.layer[j]];
            const auto injured = CourseModel::injure(hit, k, injury.cells[j].injury);
            for (std::size_t i = 0; i < state_count; ++i)
                fresh_.cells(i, j) = injured[i], earlier_.cells(i, j) = left[i];
        }
        const auto state = [](const DermisStates& y, std::size_t i) { return y.sheet[i]; };
        const auto [hit, left] = mixed_states(injury.sheet.shift, untouched, fresh, earlier, state);
        fresh_.sheet = CourseModel::injure(hit, run_.dermis.kinds.front(), injury.sheet.injury);
        earlier_.sheet = left;
    }

    /// Of what the session reaches, and of what was reached before but not now.
    static std::pair<CourseStates, CourseStates> mixed_states(const Shift& shift, const DermisStates& untouched,
                                                              const DermisStates& fresh, const DermisStates& earlier,
                                                              auto state) {
        const ZoneShares left{0, shift.before.fresh - shift.reached.fresh,
                              shift.before.earlier - shift.reached.earlier};
        std::pair<CourseStates, CourseStates> out;
        for (std::size_t i = 0; i < state_count; ++i) {
            const double u = state(untouched, i), f = state(fresh, i), e = state(earlier, i);
            out.first[i] = mixed(shift.reached, u, f, e);
            out.second[i] = mixed(left, u, f, e);
        }
        return out;
    }

    DermisRun run_;
    std::vector<DepthZones::Session> sessions_;  ///< what each session does
    DermisStates fresh_, earlier_;
    double peak_ = 0, inflamed_ = 0;  ///< in the fresh zone since the last session: at most, and last
};

}  // namespace

void follow_depth(Course& course, Legs& legs, const Progress& progress) {
    follow_depth(course, legs, progress, nullptr);
}

void follow_depth(Course& course, Legs& legs, const Progress& progress, const PartListener* listener) {
    DepthRun(course, legs, progress, listener).follow();
}

}  // namespace cicatrix
