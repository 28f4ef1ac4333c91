// Follows the untreated twin through all depths.
#include "cicatrix/course/dermis_run.hpp"

#include <algorithm>

#include "cicatrix/base/error.hpp"

namespace cicatrix {
namespace {

constexpr std::size_t state_count = CourseModel::states.size();

constexpr bool of_sheet(std::size_t i) { return (depth::layout.sheet >> i & 1) != 0; }

/// The order in which times ascend; those that are equal keep theirs.
std::vector<std::size_t> ascending(const std::vector<double>& times) {
    std::vector<std::size_t> order(times.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return times[i]; });
    return order;
}

}  // namespace

std::optional<std::size_t> Sums::output_at(std::size_t wanted) const {
    const auto& outputs = leg.wanted.outputs;
    const auto found = std::ranges::lower_bound(outputs, wanted);
    if (found == outputs.end() || *found != wanted) return std::nullopt;
    return first_output + static_cast<std::size_t>(found - outputs.begin());
}

DermisRun::DermisRun(Course& c, Legs& l, const Progress& p, const PartListener* listener)
    : course(c),
      plan(c.plan),
      legs(l),
      progress(p),
      dermis(dermis_plan(plan, tissue_age(plan), plan.ageing)),
      listener_(listener) {
    course.depths = dermis.grid;
    course.layers = dermis.layer;
    for (const double volume : dermis.grid.volumes) thickness_ += volume;
    for (Leg& leg : legs.treated) leg.means.fill(0.0);
    legs.twin.means.fill(0.0);
    for (auto* trajectory : {&course.treated, &course.untreated})
        trajectory->profiles.assign(plan.outputs.size(), DepthProfile(cells()));
}

CourseStates DermisRun::mean_of(const DermisStates& y, const Weights& weights) const {
    CourseStates out{};
    for (std::size_t i = 0; i < state_count; ++i) {
        double sum = 0;
        for (std::size_t j = 0; j < cells() && !of_sheet(i); ++j)
            sum += dermis.grid.volumes[j] * weights.cells[j] * y.cells(i, j);
        out[i] = of_sheet(i) ? weights.sheet * y.sheet[i] : sum / thickness_;
    }
    return out;
}

void DermisRun::add(const DermisStates& y, const Weights& weights, const Sums& sums, std::size_t wanted) const {
    const CourseStates part = mean_of(y, weights);
    for (std::size_t i = 0; i < state_count; ++i) sums.leg.means(i, sums.leg.wanted.slots[wanted]) += part[i];
    if (listener_ != nullptr && body_ != nullptr) (*listener_)({y, *body_, weights}, sums.leg, wanted);
    const auto output = sums.output_at(wanted);
    if (!output) return;
    auto& profile = sums.trajectory.profiles[*output];
    for (std::size_t i = 0; i < state_count; ++i)
        for (std::size_t j = 0; j < cells() && !of_sheet(i); ++j) profile(i, j) += weights.cells[j] * y.cells(i, j);
}

std::function<bool(double)> DermisRun::stop_between(double from, double to) const {
    if (!progress) return {};
    return [this, from, to](double time) { return !progress(done_ + (goal - done_) * (time - from) / (to - from)); };
}

Outcome DermisRun::travel(const DermisPlan& tissue, const std::vector<double>& width, DermisStates& y, double from,
                          double to, const std::vector<double>& times, const Output& output) {
    Dermis body = dermis_of(tissue, width);
    body_ = &body;
    Settings<CourseModel> settings;
    settings.relative = plan.relative;
    settings.absolute = Settings<CourseModel>::every(plan.absolute);
    DermisVoyage voyage;
    voyage.begin = from, voyage.end = to, voyage.outputs = times, voyage.output = output;
    voyage.stop_requested = stop_between(from, to);
    const Outcome outcome = dermis_solver(body, settings, plan.method)->travel(y, voyage);
    body_ = nullptr;
    if (outcome.status == Status::interrupted) throw Interrupted();
    arrive();
    return outcome;
}

bool DermisRun::grow_old(DermisStates& y) {
    if (const double years = years_of_ageing(plan); years > 0) {
        goal = 0.1;
        const auto young = dermis_plan(plan, age_of_onset(plan), Ageing::drift);
        const Outcome aged = travel(young, whole_plane(), y, 0, years * days_per_year, {}, {});
        if (aged.status != Status::done) {
            course.untreated.outcome = course.treated.outcome = aged;
            course.untreated.outcome.time = course.treated.outcome.time = 0;  // the course itself never began
            return false;
        }
    }
    for (std::size_t j = 0; j < cells(); ++j)
        y.cells(index_of(CourseModel::states, "elastin"), j) *= plan.skin.baseline->elastin;
    return true;
}

bool DermisRun::follow_twin(DermisStates y, const std::vector<Weights>& untouched) {
    std::vector<double> times = legs.twin.wanted.all, sorted;
    for (const Leg& leg : legs.treated) times.insert(times.end(), leg.wanted.all.begin(), leg.wanted.all.end());
    const auto order = ascending(times);
    for (const std::size_t i : order) sorted.push_back(times[i]);
    goal = 0.2;
    course.untreated.outcome =
        travel(dermis, whole_plane(), y, 0, plan.duration, sorted,
               [&](std::size_t i, const DermisStates& now) { add_untouched(order[i], now, untouched); });
    if (course.untreated.outcome.status == Status::done) return true;
    course.treated.outcome = course.untreated.outcome;  // what has no twin cannot be made up from its parts
    return false;
}

/// `place` counts the wanted times of the twin, then those of all legs.
void DermisRun::add_untouched(std::size_t place, const DermisStates& now, const std::vector<Weights>& untouched) {
    if (place < legs.twin.wanted.all.size())
        return add(now, Weights(cells(), 1.0), {legs.twin, course.untreated, 0}, place);
    place -= legs.twin.wanted.all.size();
    for (std::size_t s = 0; s < legs.treated.size(); ++s) {
        const Sums sums = sums_of(s);
        const std::size_t count = sums.leg.wanted.all.size();
        if (place < count) {
            if (place == 0 && s > 0) untouched_at_session.push_back(now);
            return add(now, untouched[s], sums, place);
        }
        place -= count;
    }
}

bool DermisRun::succeeded(const Outcome& part) {
    auto& outcome = course.treated.outcome;
    outcome.steps += part.steps, outcome.rejected += part.rejected;
    if (part.status == Status::done) return true;
    outcome.status = part.status, outcome.time = part.time, outcome.limiting_state = part.limiting_state;
    return false;
}

Sums DermisRun::sums_of(std::size_t leg) {
    std::size_t first_output = 0;
    for (std::size_t s = 0; s < leg; ++s) first_output += legs.treated[s].wanted.outputs.size();
    return {legs.treated[leg], course.treated, first_output};
}

}  // namespace cicatrix
