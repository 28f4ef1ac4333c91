// Runs a course stretch by stretch: from session to session the zones of the dermis travel in lanes of one integration,
// at each session they are mixed as the books of the zones say.
#include "cicatrix/course/course.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "cicatrix/base/error.hpp"
#include "cicatrix/course/travel.hpp"
#include "cicatrix/readout/own_states.hpp"

namespace cicatrix {
namespace {

constexpr double days_per_year = 365.25;
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

CourseCoefficients coefficients_of(const Plan& plan, double age, Ageing ageing) {
    auto parameters = plan.parameters;  // a baseline with less collagen is at rest with less
    parameters[index_of(CourseModel::parameters, "mature_collagen_home")] *= plan.skin.baseline->mature_collagen;
    auto k = coefficients_from<CourseModel>(parameters);
    set_coefficient<"age", CourseModel>(k, age);
    set_coefficient<"ageing_rate", CourseModel>(k, ageing == Ageing::drift ? 1.0 : 0.0);
    const double passed = plan.care.sunscreen ? 1.0 - get<"sunscreen_protection">(plan.readouts) : 1.0;
    set_coefficient<"uv", CourseModel>(k, passed * plan.care.uv);
    return k;
}

/// Age of the tissue: light may have aged it beyond its years.
double tissue_age(const Plan& plan) { return plan.skin.age + plan.skin.baseline->extra_age; }

/// The wanted times of a stretch, ascending, and which of them are stages of steps and which outputs.
struct WantedTimes {
    std::vector<double> all;
    std::vector<std::size_t> stages, outputs;
};

/// From a session to the next: what is wanted, and what the skin and its untouched parts do.
struct Leg {
    double from = 0, to = 0;  ///< d
    WantedTimes wanted;
    std::vector<CourseStates> twin;  ///< at the wanted times
    Stretch stretch;
};

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

/// Follows one course.
class CourseRun {
  public:
    CourseRun(Course& course, const Progress& progress)
        : course_(course), plan_(course.plan), travel_(settings_of(course.plan), course.plan.method, progress) {}

    void run() {
        CourseStates start;
        if (!begin(start)) return;
        patient_.skin = plan_.skin, patient_.care = plan_.care, patient_.k = course_.coefficients;
        patient_.p = plan_.readouts, patient_.injury = plan_.injury, patient_.start = start;
        patient_.ageing_rate = plan_.ageing == Ageing::drift ? 1.0 : 0.0;
        plan_legs();
        if (!follow_twin()) return;
        read_out(course_.untreated, {&twin_, 1}, {});
        for (std::size_t s = 0; s < legs_.size(); ++s)
            if (!follow_treated(s)) return;
        read_out(course_.treated, legs_, past_);
    }

  private:
    static Settings<CourseModel> settings_of(const Plan& plan) {
        Settings<CourseModel> settings;
        settings.relative = plan.relative;
        settings.absolute = Settings<CourseModel>::every(plan.absolute);
        return settings;
    }

    /// The state at day 0: home skin, aged, changed by its baseline.
    bool begin(CourseStates& start) {
        start = CourseModel::home(course_.coefficients);
        const double onset = get<"ageing_onset">(course_.coefficients), years = tissue_age(plan_) - onset;
        if (years > 0) {
            const auto k = coefficients_of(plan_, onset, Ageing::drift);
            const std::array<Voyager, 1> skin{{{start, k, 0, years * days_per_year, {}}}};
            const auto aged = travel_.go(skin);
            if (aged.front().outcome.status != Status::done) {
                course_.treated.outcome = course_.untreated.outcome = aged.front().outcome;
                course_.treated.outcome.time = course_.untreated.outcome.time = 0;  // the course itself never began
                fill_missing();
                return false;
            }
            start = aged.front().last;
        }
        start[index_of(CourseModel::states, "elastin")] *= plan_.skin.baseline->elastin;
        return true;
    }

    void plan_legs() {
        std::size_t next_output = 0;
        for (std::size_t s = 0; s <= plan_.sessions.size(); ++s) {
            Leg& leg = legs_.emplace_back();
            leg.from = s > 0 ? plan_.sessions[s - 1].at : 0.0;
            leg.to = s < plan_.sessions.size() ? plan_.sessions[s].at : plan_.duration;
            std::vector<double> breaks;
            if (s > 0) breaks.push_back(leg.from + plan_.care.occlusion);
            leg.stretch.steps = graded_steps(leg.from, leg.to, breaks);
            leg.wanted = wanted_in(leg, next_output);
        }
        twin_.to = plan_.duration;
        twin_.stretch.steps = graded_steps(0, plan_.duration, {});
        next_output = 0;
        twin_.wanted = wanted_in(twin_, next_output);
    }

    WantedTimes wanted_in(const Leg& leg, std::size_t& next_output) const {
        const auto& steps = leg.stretch.steps;
        std::vector<std::pair<double, bool>> marked{{leg.from, false}};  // time, whether it is an output
        for (std::size_t n = 0; n + 1 < steps.size(); ++n)
            for (const double c : stage_times)
                marked.emplace_back(c < 1 ? steps[n] + c * (steps[n + 1] - steps[n]) : steps[n + 1], false);
        for (; next_output < plan_.outputs.size() && plan_.outputs[next_output] <= leg.to; ++next_output)
            marked.emplace_back(plan_.outputs[next_output], true);
        std::ranges::stable_sort(marked, {}, &std::pair<double, bool>::first);
        WantedTimes out;
        for (const auto& [time, is_output] : marked) {
            (is_output ? out.outputs : out.stages).push_back(out.all.size());
            out.all.push_back(time);
        }
        return out;
    }

    /// The twin knows no session: it goes from day 0 to the end without a stop, once at its own times, which no session
    /// and no film sets, and once at those of the legs, for the tissue that no channel has reached.
    bool follow_twin() {
        std::vector<double> times;
        for (const Leg& leg : legs_) times.insert(times.end(), leg.wanted.all.begin(), leg.wanted.all.end());
        const Voyager by_itself{patient_.start, course_.coefficients, 0, plan_.duration, twin_.wanted.all};
        const std::array<Voyager, 2> twins{
            {by_itself, {patient_.start, course_.coefficients, 0, plan_.duration, times}}};
        const auto journeys = travel_.go(twins);
        course_.untreated.outcome = journeys[0].outcome;
        if (journeys[0].outcome.status != Status::done) {
            course_.treated.outcome = journeys[0].outcome;  // what has no twin cannot be mixed from its zones
            fill_missing();
            return false;
        }
        for (const std::size_t i : twin_.wanted.stages) twin_.stretch.states.push_back(journeys[0].rows[i]);
        for (const std::size_t i : twin_.wanted.outputs) course_.untreated.rows.push_back(journeys[0].rows[i]);
        auto row = journeys[1].rows.begin();
        for (Leg& leg : legs_) {
            const auto first = row;
            row += static_cast<std::ptrdiff_t>(leg.wanted.all.size());
            leg.twin.assign(first, row);
        }
        return true;
    }

    /// Mixes the zones as the session that begins the leg demands.
    void apply_session(std::size_t i, const CourseStates& untouched) {
        const auto& session = plan_.sessions[i];
        const auto& injury = course_.injuries[i];
        const auto left = [](const Shift& shift) {
            return ZoneShares{0, shift.before.fresh - shift.reached.fresh,
                              shift.before.earlier - shift.reached.earlier};
        };
        const auto reached = mean_of(injury.volume.reached, injury.area.reached, untouched, fresh_, earlier_);
        course_.inflammation_left.push_back(i > 0 && peak_ > 1.0 ? inflammation_of(fresh_) / peak_ : missing);
        earlier_ = mean_of(left(injury.volume), left(injury.area), untouched, fresh_, earlier_);
        fresh_ = CourseModel::injure(reached, course_.coefficients, injury.local);
        peak_ = 0;
        past_.push_back({session.at, session.channels, injury.whole.open_area, injury.whole.injured_volume,
                         session.minutes, session.price});
    }

    bool follow_treated(std::size_t s) {
        Leg& leg = legs_[s];
        std::vector<CourseStates> mixed;
        if (s == 0) {
            mixed = leg.twin;  // before the first session they are one
        } else {
            apply_session(s - 1, leg.twin.front());
            if (!follow_zones(s, mixed)) return false;
        }
        for (const std::size_t i : leg.wanted.stages) leg.stretch.states.push_back(mixed[i]);
        for (const std::size_t i : leg.wanted.outputs) course_.treated.rows.push_back(mixed[i]);
        course_.treated.outcome.time = leg.to;
        return true;
    }

    bool follow_zones(std::size_t s, std::vector<CourseStates>& mixed) {
        const Leg& leg = legs_[s];
        const auto& [k, times] = std::tie(course_.coefficients, leg.wanted.all);
        std::vector<Voyager> zones{{fresh_, k, leg.from, leg.to, times}};
        if (s > 1) zones.push_back({earlier_, k, leg.from, leg.to, times});
        const auto journeys = travel_.go(zones, leg.to / plan_.duration);
        for (const Journey& journey : journeys)
            if (!add_outcome(journey.outcome)) return false;
        const Journey &fresh = journeys.front(), &earlier = journeys.back();
        const auto& injury = course_.injuries[s - 1];
        for (std::size_t i = 0; i < times.size(); ++i) {
            mixed.push_back(
                mean_of(injury.volume.after, injury.area.after, leg.twin[i], fresh.rows[i], earlier.rows[i]));
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
        fill_missing(course_.treated);
        return false;
    }

    /// Read-outs at the output times, own states followed from stretch to stretch.
    void read_out(Trajectory& trajectory, std::span<const Leg> legs, std::span<const PastSession> past) {
        OwnValues x = own_start(patient_);
        std::vector<double> open;  // share of the area with a hole in the horny layer
        std::size_t row = 0;
        for (std::size_t s = 0; s < legs.size(); ++s) {
            const Stretch& stretch = legs[s].stretch;
            const auto sessions = past.first(s);
            if (s > 0) x = own_after_session(patient_, stretch.states.front(), x, sessions);
            const OwnHistory history(patient_, stretch, sessions, x);
            for (; row < trajectory.rows.size() && plan_.outputs[row] <= legs[s].to; ++row) {
                const OwnValues own = history.at(plan_.outputs[row]);
                const Moment now(patient_, plan_.outputs[row], trajectory.rows[row], own, sessions);
                auto& values = trajectory.appearance.emplace_back();
                for (std::size_t i = 0; i < values.size(); ++i) values[i] = readout_value(i, now);
            }
            x = history.last();
            for (const OwnValues& own : history.values()) open.push_back(get<"open_channels">(own));
        }
        absorb_topicals(trajectory, legs, open);
        require_numbers(trajectory);
    }

    /// Each compound through the horny layer and, where there were sessions, through the channels that are still open.
    void absorb_topicals(Trajectory& trajectory, std::span<const Leg> legs, std::span<const double> open) {
        const bool treated = &trajectory == &course_.treated;
        if (plan_.care.topicals.empty()) return;
        std::vector<double> times;
        std::vector<Covered> covers;
        double depth = 0;
        for (const Leg& leg : legs)
            for (const std::size_t i : leg.wanted.stages) times.push_back(leg.wanted.all[i]);
        for (const auto& session : plan_.sessions) {
            if (treated && plan_.care.occlusion > 0)  // the film belongs to the session, the twin has none
                covers.push_back({session.at, session.at + plan_.care.occlusion});
            depth = std::max(depth, session.prescribed ? plan_.skin.dermis : session.channels.depth);
        }
        for (const auto& topical : plan_.care.topicals)
            trajectory.absorbed.push_back(
                absorb(topical, plan_.skin, plan_.absorption, {times, open, depth}, covers, plan_.outputs));
    }

    /// A read-out that is no number, as where an injury leaves no collagen, is a failure and not a result.
    void require_numbers(Trajectory& trajectory) {
        for (std::size_t row = 0; row < trajectory.appearance.size(); ++row)
            for (const double value : trajectory.appearance[row])
                if (!std::isfinite(value)) {
                    trajectory.outcome.status = Status::not_finite;
                    trajectory.outcome.time = plan_.outputs[row];
                    return fill_missing(trajectory);
                }
    }

    void fill_missing(Trajectory& trajectory) {
        trajectory.rows.assign(plan_.outputs.size(), Settings<CourseModel>::every(missing));
        trajectory.appearance.resize(plan_.outputs.size());
        for (auto& values : trajectory.appearance) values.fill(missing);
        AbsorptionResult none;
        for (auto* values : {&none.absorbed, &none.absorbed_fraction, &none.flux})
            values->assign(plan_.outputs.size(), missing);
        trajectory.absorbed.assign(plan_.care.topicals.size(), none);
    }

    void fill_missing() {
        fill_missing(course_.treated);
        fill_missing(course_.untreated);
    }

    static double inflammation_of(const CourseStates& y) {
        return 1000.0 * get<"neutrophils">(y) + 500.0 * get<"macrophages_m1">(y);
    }

    Course& course_;
    const Plan& plan_;
    Travel travel_;
    Patient patient_;
    CourseStates fresh_{}, earlier_{};
    std::vector<PastSession> past_;
    std::vector<Leg> legs_;  ///< of the treated skin
    Leg twin_;               ///< the whole course of the untreated one
    double peak_ = 0;        ///< of inflammation in the fresh zone since the last session
};

}  // namespace

std::vector<ZonedInjury> injuries_of(const Plan& plan) {
    Zones zones(plan.skin.horny_layer() + plan.skin.epidermis(), plan.skin.dermis);
    std::vector<ZonedInjury> out;
    for (const auto& session : plan.sessions)
        out.push_back(session.prescribed ? zones.injure_all(*session.prescribed)
                                         : zones.open(session.channels, get<"reach">(plan.injury)));
    return out;
}

Course run_course(const Plan& plan, const Progress& progress) {
    Course course;
    course.plan = plan;
    course.injuries = injuries_of(plan);
    course.coefficients = coefficients_of(plan, tissue_age(plan), plan.ageing);
    CourseRun(course, progress).run();
    if (course.treated.outcome.status == Status::interrupted || course.untreated.outcome.status == Status::interrupted)
        throw Interrupted();
    return course;
}

}  // namespace cicatrix
