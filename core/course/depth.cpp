// Runs a course in depth: from session to session the tissue that the sessions reached travels as one or two dermises
// of varying width beside the untouched twin; at each session the zones are mixed, depth by depth.
#include "cicatrix/course/depth.hpp"

#include <algorithm>
#include <limits>

#include "cicatrix/base/error.hpp"
#include "cicatrix/course/depth_zones.hpp"
#include "cicatrix/course/dermis.hpp"

namespace cicatrix {
namespace {

constexpr double days_per_year = 365.25;
constexpr std::size_t state_count = CourseModel::states.size();
constexpr Pattern sheet = depth::layout.sheet;

constexpr bool of_sheet(std::size_t i) { return (sheet >> i & 1) != 0; }

/// Weighted mean of the zones.
double mixed(const ZoneShares& w, double untouched, double fresh, double earlier) {
    const double total = w.untouched + w.fresh + w.earlier;
    return total > 0 ? (w.untouched * untouched + w.fresh * fresh + w.earlier * earlier) / total : untouched;
}

class DepthRun {
  public:
    DepthRun(DepthCourse& course, const Progress& progress)
        : course_(course),
          plan_(course.plan),
          progress_(progress),
          dermis_(dermis_plan(plan_, course.settings, tissue_age(), plan_.ageing)),
          zones_(dermis_.grid.centres) {
        course_.grid = dermis_.grid;
        course_.layer = dermis_.layer;
    }

    void run() {
        DermisStates start = home_of(dermis_);
        if (!grow_old(start) || !follow_twin(start)) return fill_missing();
        fresh_ = earlier_ = start;
        for (std::size_t s = 0; s <= plan_.sessions.size(); ++s)
            if (!follow_leg(s)) return fill_missing();
    }

  private:
    double tissue_age() const { return plan_.skin.age + plan_.skin.baseline->extra_age; }
    std::size_t cells() const { return dermis_.grid.cells(); }

    struct Journey {
        std::vector<DermisStates> rows;
        Outcome outcome;
    };

    /// Takes a dermis of some width from `from` to `to`; `y` is the state before and after.
    Journey travel(const DermisPlan& dermis, const std::vector<double>& width, DermisStates& y, double from, double to,
                   const std::vector<double>& times) {
        Journey journey;
        Dermis tissue = dermis_of(dermis, width);
        Settings<CourseModel> settings;
        settings.relative = plan_.relative;
        settings.absolute = Settings<CourseModel>::every(plan_.absolute);
        DermisVoyage voyage;
        voyage.begin = from, voyage.end = to, voyage.outputs = times;
        voyage.output = [&](std::size_t, const DermisStates& now) { journey.rows.push_back(now); };
        if (progress_)
            voyage.stop_requested = [&, done = done_](double time) {
                return !progress_(done + (goal_ - done) * (time - from) / (to - from));
            };
        journey.outcome = dermis_solver(tissue, settings, plan_.method)->travel(y, voyage);
        if (journey.outcome.status == Status::interrupted) throw Interrupted();
        done_ = goal_;
        return journey;
    }

    /// Home skin ages until the course begins, then takes on its baseline.
    bool grow_old(DermisStates& y) {
        const double onset = get<"ageing_onset">(plan_.parameters), years = tissue_age() - onset;
        if (years > 0) {
            goal_ = 0.1;
            const auto young = dermis_plan(plan_, course_.settings, onset, Ageing::drift);
            const auto aged = travel(young, whole_plane(), y, 0, years * days_per_year, {});
            course_.untreated.outcome = course_.treated.outcome = aged.outcome;
            if (aged.outcome.status != Status::done) return false;
        }
        course_.untreated.outcome = course_.treated.outcome = {};
        for (std::size_t j = 0; j < cells(); ++j) {
            y.cells(index_of(CourseModel::states, "collagen_i_mature"), j) *= plan_.skin.baseline->mature_collagen;
            y.cells(index_of(CourseModel::states, "elastin"), j) *= plan_.skin.baseline->elastin;
        }
        return true;
    }

    std::vector<double> whole_plane() const { return std::vector<double>(cells(), 1.0); }

    /// The twin goes from day 0 to the end without a stop; its states are kept at outputs and sessions.
    bool follow_twin(DermisStates y) {
        std::vector<double> times = plan_.outputs;
        for (const auto& session : plan_.sessions) times.push_back(session.at);
        std::ranges::sort(times);
        goal_ = 0.2;
        auto journey = travel(dermis_, whole_plane(), y, 0, plan_.duration, times);
        course_.untreated.outcome = journey.outcome;
        if (journey.outcome.status != Status::done) {
            course_.treated.outcome = journey.outcome;
            return false;
        }
        for (const double at : plan_.outputs) twin_.push_back(at_time(journey, times, at));
        for (const auto& session : plan_.sessions) twin_at_session_.push_back(at_time(journey, times, session.at));
        for (const auto& row : twin_) record(course_.untreated, row, row, row);
        return true;
    }

    static const DermisStates& at_time(const Journey& journey, const std::vector<double>& times, double at) {
        return journey.rows[static_cast<std::size_t>(std::ranges::lower_bound(times, at) - times.begin())];
    }

    /// From a session (or day 0) to the next (or the end).
    bool follow_leg(std::size_t s) {
        const double from = s > 0 ? plan_.sessions[s - 1].at : 0.0;
        const double to = s < plan_.sessions.size() ? plan_.sessions[s].at : plan_.duration;
        if (s > 0) apply_session(s - 1);
        const std::size_t first = next_output_;
        std::vector<double> times;
        while (next_output_ < plan_.outputs.size() && plan_.outputs[next_output_] <= to)
            times.push_back(plan_.outputs[next_output_++]);
        Journey fresh, earlier;
        goal_ = 0.2 + 0.8 * (s > 1 ? 0.5 * (from + to) : to) / plan_.duration;
        if (s > 0 && !follow_zone(&ZoneShares::fresh, fresh_, from, to, times, fresh)) return false;
        goal_ = 0.2 + 0.8 * to / plan_.duration;
        if (s > 1 && !follow_zone(&ZoneShares::earlier, earlier_, from, to, times, earlier)) return false;
        for (std::size_t i = 0; i < times.size(); ++i) {
            const DermisStates& untouched = twin_[first + i];
            record(course_.treated, untouched, fresh.rows.empty() ? untouched : fresh.rows[i],
                   earlier.rows.empty() ? untouched : earlier.rows[i]);
        }
        course_.treated.outcome.time = to;
        return true;
    }

    bool follow_zone(double ZoneShares::*share, DermisStates& y, double from, double to,
                     const std::vector<double>& times, Journey& journey) {
        std::vector<double> width;
        double widest = 0;
        for (const auto& shares : shares_) width.push_back(shares.*share), widest = std::max(widest, shares.*share);
        if (!(widest > 0)) return true;
        journey = travel(dermis_, width, y, from, to, times);
        auto& outcome = course_.treated.outcome;
        outcome.steps += journey.outcome.steps, outcome.rejected += journey.outcome.rejected;
        if (journey.outcome.status == Status::done) return true;
        const auto steps = outcome;
        outcome = journey.outcome;
        outcome.steps = steps.steps, outcome.rejected = steps.rejected;
        return false;
    }

    /// Mixes the zones of each cell and of the sheet, and injures what the session reaches.
    void apply_session(std::size_t s) {
        const auto& session = plan_.sessions[s];
        const auto injury = session.prescribed ? zones_.injure_all(*session.prescribed)
                                               : zones_.open(session.channels, get<"reach">(plan_.injury));
        const DermisStates &untouched = twin_at_session_[s], fresh = fresh_, earlier = earlier_;
        shares_.clear();
        for (std::size_t j = 0; j < cells(); ++j) {
            shares_.push_back(injury.cells[j].shift.after);
            const auto state = [j](const DermisStates& y, std::size_t i) { return y.cells(i, j); };
            const auto [hit, left] = mixed_states(injury.cells[j].shift, untouched, fresh, earlier, state);
            const auto injured = CourseModel::injure(hit, dermis_.kinds[dermis_.layer[j]], injury.cells[j].injury);
            for (std::size_t i = 0; i < state_count; ++i)
                fresh_.cells(i, j) = injured[i], earlier_.cells(i, j) = left[i];
        }
        sheet_shares_ = injury.sheet.shift.after;
        const auto state = [](const DermisStates& y, std::size_t i) { return y.sheet[i]; };
        const auto [hit, left] = mixed_states(injury.sheet.shift, untouched, fresh, earlier, state);
        fresh_.sheet = CourseModel::injure(hit, dermis_.kinds.front(), injury.sheet.injury);
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

    void record(DepthTrajectory& trajectory, const DermisStates& untouched, const DermisStates& fresh,
                const DermisStates& earlier) {
        DepthProfile profile(cells());
        CourseStates mean{};
        double whole = 0;
        for (const double volume : dermis_.grid.volumes) whole += volume;
        for (std::size_t i = 0; i < state_count; ++i) {
            for (std::size_t j = 0; j < cells() && !of_sheet(i); ++j) {
                const ZoneShares shares = shares_.empty() ? ZoneShares{} : shares_[j];
                profile(i, j) = mixed(shares, untouched.cells(i, j), fresh.cells(i, j), earlier.cells(i, j));
                mean[i] += dermis_.grid.volumes[j] / whole * profile(i, j);
            }
            if (of_sheet(i)) mean[i] = mixed(sheet_shares_, untouched.sheet[i], fresh.sheet[i], earlier.sheet[i]);
        }
        trajectory.profiles.push_back(std::move(profile));
        trajectory.means.push_back(mean);
    }

    /// What was not reached is NaN.
    void fill_missing() {
        constexpr double missing = std::numeric_limits<double>::quiet_NaN();
        for (auto* trajectory : {&course_.treated, &course_.untreated})
            while (trajectory->means.size() < plan_.outputs.size()) {
                trajectory->means.push_back(Settings<CourseModel>::every(missing));
                auto& profile = trajectory->profiles.emplace_back(cells());
                std::fill_n(profile.data(), profile.size(), missing);
            }
    }

    DepthCourse& course_;
    const Plan& plan_;
    const Progress& progress_;
    DermisPlan dermis_;
    DepthZones zones_;
    std::vector<DermisStates> twin_, twin_at_session_;
    DermisStates fresh_, earlier_;
    std::vector<ZoneShares> shares_;  ///< of each cell since the last session
    ZoneShares sheet_shares_{};
    std::size_t next_output_ = 0;
    double done_ = 0, goal_ = 0;  ///< share of the whole that is done now, and after the present journey
};

}  // namespace

DepthCourse run_depth(const Plan& plan, const DepthSettings& settings, const Progress& progress) {
    DepthCourse course;
    course.plan = plan;
    course.settings = settings;
    DepthRun(course, progress).run();
    return course;
}

}  // namespace cicatrix
