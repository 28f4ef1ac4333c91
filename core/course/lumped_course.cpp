// From session to session the zones of the dermis travel by themselves; at each session they are mixed as the books of
// the zones say.
#include "cicatrix/course/lumped_course.hpp"

#include <algorithm>
#include <bit>

namespace cicatrix {
namespace {

constexpr double days_per_year = 365.25;

/// Whether each state is one of the epidermal sheet.
constexpr auto epidermal = [] {
    std::array<bool, CourseModel::states.size()> out{};
    for (const auto name : CourseModel::epidermal)
        out[static_cast<std::size_t>(std::ranges::find(CourseModel::states, name, &State::name) -
                                     CourseModel::states.begin())] = true;
    return out;
}();

/// Mean of the zones weighted by their shares of the volume or, of epidermal states, of the area.
class Mixture {
  public:
    Mixture(const ZoneShares& volume, const ZoneShares& area) : of_volume_(volume), of_area_(area) {}

    CourseStates operator()(const CourseStates& untouched, const CourseStates& fresh,
                            const CourseStates& earlier) const {
        CourseStates out = untouched;
        for (std::size_t i = 0; i < out.size(); ++i) mix(i, &out[i], &fresh[i], &earlier[i], 1);
        return out;
    }
    /// Of state i at many times; `mean` holds the untouched tissue before and the mean afterwards.
    void mix(std::size_t i, double* mean, const double* fresh, const double* earlier, std::size_t count) const {
        const ZoneShares& w = epidermal[i] ? of_area_ : of_volume_;
        const double total = w.untouched + w.fresh + w.earlier;
        if (!(total > 0)) return;
        for (std::size_t t = 0; t < count; ++t)
            mean[t] = (w.untouched * mean[t] + w.fresh * fresh[t] + w.earlier * earlier[t]) / total;
    }

  private:
    ZoneShares of_volume_, of_area_;
};

}  // namespace

void LumpedCourse::begin(Course& course, Legs& legs, std::span<const std::size_t> watched) {
    course_ = &course, legs_ = &legs, watched_ = watched;
    stretch_ = waiting_ = 0, under_way_ = 0, leg_ = 0, peak_ = 0;
    voyages_[fresh].last = voyages_[earlier].last = {};
    const Plan& plan = course.plan;
    const auto home = CourseModel::home(course.coefficients);
    const double years = years_of_ageing(plan);
    if (years <= 0) return begin_twins(home);
    ageing_coefficients_ = skin_coefficients(plan, skin_parameters(plan), age_of_onset(plan), Ageing::drift);
    set_out(ageing, home, 0, years * days_per_year);
}

bool LumpedCourse::next(Member<CourseModel>& member, std::uint32_t& zone) {
    if (waiting_ == 0) return false;
    zone = static_cast<std::uint32_t>(std::countr_zero(waiting_));
    waiting_ &= waiting_ - 1;
    ++under_way_;
    const Voyage& voyage = voyages_[zone];
    member.initial = voyage.start;
    member.coefficients = zone == ageing ? ageing_coefficients_ : course_->coefficients;
    member.begin = voyage.from;
    member.end = voyage.to;
    member.outputs = voyage.times;
    member.watched = zone == at_sessions ? std::span<const std::size_t>(all_states<CourseModel>) : watched_;
    return true;
}

void LumpedCourse::output(std::uint32_t zone, std::size_t i, const CourseStates& y) {
    const auto slot_of = [](const Leg& leg, std::size_t time) { return leg.wanted.slots[time]; };
    switch (zone) {
        case twin:
            return keep(legs_->twin.means, slot_of(legs_->twin, i), y);
        case untouched: {  // before the first session the skin is this tissue alone
            std::size_t leg = legs_->treated.size() - 1;
            while (first_row_[leg] > i) --leg;
            return keep(legs_->treated[leg].means, slot_of(legs_->treated[leg], i - first_row_[leg]), y);
        }
        case at_sessions:
            whole_at_session_[i] = y;
            return;
        case fresh:
        case earlier:
            return keep(zone_rows_[zone - fresh], slot_of(legs_->treated[leg_], i), y);
        default:
            return;
    }
}

void LumpedCourse::keep(SeriesRows& rows, std::size_t slot, const CourseStates& y) const {
    for (const std::size_t i : watched_) rows(i, slot) = y[i];
}

void LumpedCourse::arrive(std::uint32_t zone, const Outcome& outcome, const CourseStates& last) {
    voyages_[zone].outcome = outcome, voyages_[zone].last = last;
    --under_way_;
    if (waiting_ == 0 && under_way_ == 0) finish_stretch();
}

double LumpedCourse::share_done(double time) const {
    if (leg_ == 0) return 0;
    const Leg& leg = legs_->treated[std::min(leg_, legs_->treated.size() - 1)];
    return std::clamp(time, leg.from, leg.to) / course_->plan.duration;
}

LumpedCourse::Voyage& LumpedCourse::set_out(Zone zone, const CourseStates& start, double from, double to) {
    Voyage& voyage = voyages_[zone];
    voyage.start = start, voyage.from = from, voyage.to = to;
    voyage.times.clear();
    waiting_ |= 1u << zone, stretch_ |= 1u << zone;
    return voyage;
}

/// All zones that set out together have arrived: those that did not reach the end, in the order of setting out, decide.
void LumpedCourse::finish_stretch() {
    const auto travelled = [&](Zone zone) { return (stretch_ >> zone & 1) != 0; };
    for (std::uint32_t zone = 0; zone < zones; ++zone)
        if (travelled(Zone(zone)) && !add_outcome(Zone(zone))) return;
    const bool aged = travelled(ageing), twins = travelled(twin);
    stretch_ = 0;
    if (aged) begin_twins(voyages_[ageing].last);
    else if (twins) {
        course_->treated.outcome.time = legs_->treated.front().to;
        leg_ = 1;
        begin_leg();
    } else finish_leg();
}

/// Counts the steps of a zone; false when it failed, and with it the course.
bool LumpedCourse::add_outcome(Zone zone) {
    const Outcome& outcome = voyages_[zone].outcome;
    auto &treated = course_->treated.outcome, &untreated = course_->untreated.outcome;
    if (zone == twin) untreated = outcome;
    if (zone == fresh || zone == earlier)
        treated.steps += outcome.steps, treated.rejected += outcome.rejected, treated.pivoted += outcome.pivoted;
    if (outcome.status == Status::done) return true;
    if (zone == fresh || zone == earlier)
        treated.status = outcome.status, treated.time = outcome.time, treated.limiting_state = outcome.limiting_state;
    else treated = outcome;  // what has no twin cannot be mixed from its zones
    if (zone == ageing) {    // the course itself never began
        untreated = outcome;
        treated.time = untreated.time = 0;
    }
    return false;
}

/// The twin goes from day 0 to the end without a stop; its states at the times of the legs are those of the tissue that
/// no channel has reached.
void LumpedCourse::begin_twins(const CourseStates& home) {
    CourseStates start = home;
    start[index_of(CourseModel::states, "elastin")] *= course_->plan.skin.baseline->elastin;
    const double end = course_->plan.duration;
    set_out(twin, start, 0, end).times = legs_->twin.wanted.all;
    auto& times = set_out(untouched, start, 0, end).times;
    first_row_.clear();
    for (const Leg& leg : legs_->treated) {
        first_row_.push_back(times.size());
        times.insert(times.end(), leg.wanted.all.begin(), leg.wanted.all.end());
    }
    auto& sessions = set_out(at_sessions, start, 0, end).times;
    for (const auto& session : course_->plan.sessions) sessions.push_back(session.at);
    whole_at_session_.resize(sessions.size());
}

/// Zones set out from a session, after it has mixed them.
void LumpedCourse::begin_leg() {
    if (leg_ >= legs_->treated.size()) return;
    const Leg& leg = legs_->treated[leg_];
    apply_session(leg_ - 1);
    for (const Zone zone : {fresh, earlier}) {
        if (zone == earlier && leg_ == 1) continue;
        Voyage& voyage = set_out(zone, voyages_[zone].last, leg.from, leg.to);
        voyage.times = leg.wanted.all;
        zone_rows_[zone - fresh].resize(CourseModel::states.size(), leg.slots());
    }
}

/// Leaves where the zones start from in their `last`.
void LumpedCourse::apply_session(std::size_t i) {
    const auto& injury = course_->injuries[i];
    const auto left = [](const Shift& shift) {
        return ZoneShares{0, shift.before.fresh - shift.reached.fresh, shift.before.earlier - shift.reached.earlier};
    };
    const CourseStates& whole = whole_at_session_[i];
    CourseStates &now_fresh = voyages_[fresh].last, &now_earlier = voyages_[earlier].last;
    const auto reached = Mixture(injury.volume.reached, injury.area.reached)(whole, now_fresh, now_earlier);
    course_->inflammation_left.push_back(inflammation_left(i > 0 ? peak_ : 0.0, inflammation_of(now_fresh)));
    now_earlier = Mixture(left(injury.volume), left(injury.area))(whole, now_fresh, now_earlier);
    now_fresh = CourseModel::injure(reached, course_->coefficients, injury.local);
    peak_ = 0;
}

void LumpedCourse::finish_leg() {
    Leg& leg = legs_->treated[leg_];
    const SeriesRows &of_fresh = zone_rows_[0], &of_earlier = zone_rows_[leg_ > 1 ? 1 : 0];
    const auto& injury = course_->injuries[leg_ - 1];
    const Mixture mixture(injury.volume.after, injury.area.after);
    for (const std::size_t i : watched_)
        mixture.mix(i, leg.means.row(i), of_fresh.row(i), of_earlier.row(i), leg.slots().size());
    const double *neutrophils = of_fresh.row(index_of(CourseModel::states, "neutrophils")),
                 *macrophages = of_fresh.row(index_of(CourseModel::states, "macrophages_m1"));
    for (std::size_t slot = 0; slot < leg.slots().size(); ++slot)
        peak_ = std::max(peak_, inflammation_of(neutrophils[slot], macrophages[slot]));
    course_->treated.outcome.time = leg.to;
    ++leg_;
    begin_leg();
}

}  // namespace cicatrix
