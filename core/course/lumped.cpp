// Follows skin without space: from session to session the zones of the dermis travel in lanes of one integration, at
// each session they are mixed as the books of the zones say.
#include <algorithm>
#include <tuple>

#include "cicatrix/course/follow.hpp"
#include "cicatrix/course/travel.hpp"

namespace cicatrix {
namespace {

constexpr double days_per_year = 365.25;

/// Weighted mean of the zones, epidermal states by area, the others by volume.
CourseStates mean_of(const ZoneShares& volume, const ZoneShares& area, const CourseStates& untouched,
                     const CourseStates& fresh, const CourseStates& earlier) {
    CourseStates out;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const ZoneShares& w = epidermal[i] ? area : volume;
        const double total = w.untouched + w.fresh + w.earlier;
        out[i] = total > 0 ? (w.untouched * untouched[i] + w.fresh * fresh[i] + w.earlier * earlier[i]) / total
                           : untouched[i];
    }
    return out;
}

class LumpedRun {
  public:
    LumpedRun(Course& course, Legs& legs, const Progress& progress)
        : course_(course), plan_(course.plan), legs_(legs), travel_(settings_of(plan_), plan_.method, progress) {}

    void run() {
        CourseStates start;
        if (!grow_old(start) || !follow_twin(start)) return;
        for (std::size_t s = 0; s < legs_.treated.size(); ++s)
            if (!follow_treated(s)) return;
    }

  private:
    static Settings<CourseModel> settings_of(const Plan& plan) {
        Settings<CourseModel> settings;
        settings.relative = plan.relative;
        settings.absolute = Settings<CourseModel>::every(plan.absolute);
        return settings;
    }

    /// The state at day 0: home skin, aged, changed by its baseline.
    bool grow_old(CourseStates& start) {
        start = CourseModel::home(course_.coefficients);
        if (const double years = years_of_ageing(plan_); years > 0) {
            const auto k = skin_coefficients(plan_, skin_parameters(plan_), age_of_onset(plan_), Ageing::drift);
            const std::array<Voyager, 1> skin{{{start, k, 0, years * days_per_year, {}}}};
            const auto aged = travel_.go(skin);
            if (aged.front().outcome.status != Status::done) {
                course_.treated.outcome = course_.untreated.outcome = aged.front().outcome;
                course_.treated.outcome.time = course_.untreated.outcome.time = 0;  // the course itself never began
                return false;
            }
            start = aged.front().last;
        }
        start[index_of(CourseModel::states, "elastin")] *= plan_.skin.baseline->elastin;
        return true;
    }

    /// The twin goes from day 0 to the end without a stop, once at its own times and once at those of the legs, for the
    /// tissue that no channel has reached.
    bool follow_twin(const CourseStates& start) {
        std::vector<double> times;
        for (const Leg& leg : legs_.treated) times.insert(times.end(), leg.wanted.all.begin(), leg.wanted.all.end());
        const Voyager by_itself{start, course_.coefficients, 0, plan_.duration, legs_.twin.wanted.all};
        const std::array<Voyager, 2> twins{{by_itself, {start, course_.coefficients, 0, plan_.duration, times}}};
        const auto journeys = travel_.go(twins);
        course_.untreated.outcome = journeys[0].outcome;
        if (journeys[0].outcome.status != Status::done) {
            course_.treated.outcome = journeys[0].outcome;  // what has no twin cannot be mixed from its zones
            return false;
        }
        legs_.twin.means = journeys[0].rows;
        auto row = journeys[1].rows.begin();
        for (Leg& leg : legs_.treated) {
            const auto first = row;
            row += static_cast<std::ptrdiff_t>(leg.wanted.all.size());
            leg.means.assign(first, row);  // before the first session the two are one
        }
        return true;
    }

    /// Mixes the zones as session i demands.
    void apply_session(std::size_t i, const CourseStates& untouched) {
        const auto& injury = course_.injuries[i];
        const auto left = [](const Shift& shift) {
            return ZoneShares{0, shift.before.fresh - shift.reached.fresh,
                              shift.before.earlier - shift.reached.earlier};
        };
        const auto reached = mean_of(injury.volume.reached, injury.area.reached, untouched, fresh_, earlier_);
        course_.inflammation_left.push_back(inflammation_left(i > 0 ? peak_ : 0.0, inflammation_of(fresh_)));
        earlier_ = mean_of(left(injury.volume), left(injury.area), untouched, fresh_, earlier_);
        fresh_ = CourseModel::injure(reached, course_.coefficients, injury.local);
        peak_ = 0;
    }

    bool follow_treated(std::size_t s) {
        Leg& leg = legs_.treated[s];
        if (s > 0) {
            apply_session(s - 1, leg.means.front());
            if (!follow_zones(s)) return false;
        }
        course_.treated.outcome.time = leg.to;
        return true;
    }

    bool follow_zones(std::size_t s) {
        Leg& leg = legs_.treated[s];
        const auto& [k, times] = std::tie(course_.coefficients, leg.wanted.all);
        std::vector<Voyager> zones{{fresh_, k, leg.from, leg.to, times}};
        if (s > 1) zones.push_back({earlier_, k, leg.from, leg.to, times});
        const auto journeys = travel_.go(zones, leg.to / plan_.duration);
        for (const Journey& journey : journeys)
            if (!add_outcome(journey.outcome)) return false;
        const Journey &fresh = journeys.front(), &earlier = journeys.back();
        const auto& injury = course_.injuries[s - 1];
        for (std::size_t i = 0; i < times.size(); ++i) {
            leg.means[i] =
                mean_of(injury.volume.after, injury.area.after, leg.means[i], fresh.rows[i], earlier.rows[i]);
            peak_ = std::max(peak_, inflammation_of(fresh.rows[i]));
        }
        fresh_ = fresh.last, earlier_ = earlier.last;
        return true;
    }

    /// Counts the steps of a zone; false when it failed, and with it the treated skin.
    bool add_outcome(const Outcome& zone) {
        auto& outcome = course_.treated.outcome;
        outcome.steps += zone.steps, outcome.rejected += zone.rejected, outcome.pivoted += zone.pivoted;
        if (zone.status == Status::done) return true;
        outcome.status = zone.status, outcome.time = zone.time, outcome.limiting_state = zone.limiting_state;
        return false;
    }

    Course& course_;
    const Plan& plan_;
    Legs& legs_;
    Travel travel_;
    CourseStates fresh_{}, earlier_{};
    double peak_ = 0;  ///< of inflammation in the fresh zone since the last session
};

}  // namespace

void follow_lumped(Course& course, Legs& legs, const Progress& progress) { LumpedRun(course, legs, progress).run(); }

}  // namespace cicatrix
