// From session to session the zones of the dermis travel by themselves; at each session they are mixed as the books of
// the zones say.
#include "cicatrix/course/lumped_course.hpp"

#include <algorithm>
#include <bit>
#include <iterator>

namespace cicatrix {
namespace {

/// Whether each state is one of the epidermal sheet.
constexpr auto epidermal = [] {
    std::array<bool, CourseModel::states.size()> out{};
    for (const auto name : CourseModel::epidermal)
        out[static_cast<std::size_t>(std::ranges::find(CourseModel::states, name, &State::name) -
                                     CourseModel::states.begin())] = true;
    return out;
}();

/// Shares of their sum; nothing at all counts as untouched.
ZoneShares normalised(const ZoneShares& shares) {
    const double total = shares.untouched + shares.fresh + shares.earlier;
    if (!(total > 0)) return {1, 0, 0};
    return {shares.untouched / total, shares.fresh / total, shares.earlier / total};
}

}  // namespace

/// Mean of the zones weighted by their shares of the volume or, of epidermal states, of the area.
class LumpedCourse::Mixture {
  public:
    Mixture(const ZoneShares& volume, const ZoneShares& area)
        : of_volume_(normalised(volume)), of_area_(normalised(area)) {}

    const ZoneShares& weights(std::size_t i) const { return epidermal[i] ? of_area_ : of_volume_; }

    CourseStates operator()(const CourseStates& untouched, const CourseStates& fresh,
                            const CourseStates& earlier) const {
        CourseStates out;
        for (std::size_t i = 0; i < out.size(); ++i) {
            const ZoneShares& w = weights(i);
            out[i] = w.untouched * untouched[i] + w.fresh * fresh[i] + w.earlier * earlier[i];
        }
        return out;
    }

  private:
    ZoneShares of_volume_, of_area_;
};

void LumpedCourse::begin(Course& course, Legs& legs, std::span<const std::size_t> watched,
                         const ZoneListener* listener) {
    course_ = &course, legs_ = &legs, watched_ = watched, listener_ = listener;
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
    Voyage& voyage = voyages_[zone];
    member.initial = voyage.start;
    member.coefficients = zone == ageing ? ageing_coefficients_ : course_->coefficients;
    member.begin = voyage.from;
    member.end = voyage.to;
    member.outputs = voyage.times;
    member.watched = zone == at_sessions ? std::span<const std::size_t>(all_states<CourseModel>) : watched_;
    const std::size_t needed = voyage.times.size() * record_length(member.watched.size());
    if (voyage.record.size() < needed) voyage.record = AlignedNumbers(needed);
    member.record = voyage.record.data();
    return true;
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
        lay_out_twins();
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
}

/// Before the first session the skin is the untouched tissue alone.
void LumpedCourse::lay_out_twins() {
    const Mixture whole({1, 0, 0}, {1, 0, 0});
    const auto lay_out_alone = [&](const Voyage& voyage, Leg& leg) {
        const double* rows = voyage.record.data();
        lay_out(records_of({rows, rows, rows}, whole), leg);
    };
    lay_out_alone(voyages_[twin], legs_->twin);
    lay_out_alone(voyages_[untouched], legs_->treated.front());
}

void LumpedCourse::lay_out(const ZoneRecords& records, Leg& leg) const {
    lay_out_means(records, watched_, leg);
    if (listener_ != nullptr) (*listener_)(records, leg);
}

ZoneRecords LumpedCourse::records_of(std::array<const double*, ZoneRecords::zones> first_rows,
                                     const Mixture& mixture) const {
    ZoneRecords out{first_rows, {}};
    for (std::size_t j = 0; j < watched_.size(); ++j) {
        const ZoneShares& w = mixture.weights(watched_[j]);
        out.weights[0][j] = w.untouched, out.weights[1][j] = w.fresh, out.weights[2][j] = w.earlier;
    }
    return out;
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
    }
}

/// Leaves where the zones start from in their `last`.
void LumpedCourse::apply_session(std::size_t i) {
    const auto& injury = course_->injuries[i];
    const auto left = [](const Shift& shift) {
        return ZoneShares{0, shift.before.fresh - shift.reached.fresh, shift.before.earlier - shift.reached.earlier};
    };
    constexpr std::size_t count = CourseModel::states.size();
    CourseStates whole;
    std::copy_n(voyages_[at_sessions].record.data() + i * record_length(count), count, whole.begin());
    CourseStates &now_fresh = voyages_[fresh].last, &now_earlier = voyages_[earlier].last;
    const auto reached = Mixture(injury.volume.reached, injury.area.reached)(whole, now_fresh, now_earlier);
    course_->inflammation_left.push_back(inflammation_left(i > 0 ? peak_ : 0.0, inflammation_of(now_fresh)));
    now_earlier = Mixture(left(injury.volume), left(injury.area))(whole, now_fresh, now_earlier);
    now_fresh = CourseModel::injure(reached, course_->coefficients, injury.local);
    peak_ = 0;
}

void LumpedCourse::finish_leg() {
    Leg& leg = legs_->treated[leg_];
    const auto& injury = course_->injuries[leg_ - 1];
    const std::size_t length = record_length(watched_.size());
    const double* const of_fresh = voyages_[fresh].record.data();
    const double* const of_earlier = leg_ > 1 ? voyages_[earlier].record.data() : of_fresh;
    const double* const of_untouched = voyages_[untouched].record.data() + first_row_[leg_] * length;
    lay_out(records_of({of_untouched, of_fresh, of_earlier}, {injury.volume.after, injury.area.after}), leg);
    const auto place = [&](std::size_t state) { return std::ranges::find(watched_, state) - watched_.begin(); };
    const auto neutrophils = place(index_of(CourseModel::states, "neutrophils")),
               macrophages = place(index_of(CourseModel::states, "macrophages_m1")), count = std::ssize(watched_);
    if (neutrophils < count && macrophages < count)
        for (const double* row = of_fresh; row < of_fresh + leg.wanted.all.size() * length; row += length)
            peak_ = std::max(peak_, inflammation_of(row[neutrophils], row[macrophages]));
    course_->treated.outcome.time = leg.to;
    ++leg_;
    begin_leg();
}

}  // namespace cicatrix
