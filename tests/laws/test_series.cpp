// Laws of read-outs over time: what is needed for them is found, lanes say what single moments say, curves are exact
// for polynomials, and steps are as fine as the tolerance demands.
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "cicatrix/course/follow.hpp"
#include "cicatrix/course/series.hpp"
#include "cicatrix/readout/own_states.hpp"
#include "needled_plans.hpp"
#include "recording_queue.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

/// A course that has been followed, and where its read-outs can be asked for.
struct Followed {
    Course course;
    Legs legs;

    Followed(const Plan& plan, Legs steps) : legs(std::move(steps)) {
        course.plan = plan;
        course.injuries = injuries_of(plan);
        course.coefficients = skin_coefficients(plan, skin_parameters(plan), tissue_age(plan), plan.ageing);
        follow_lumped(course, legs, {});
        REQUIRE(course.treated.outcome.status == Status::done);
    }
    explicit Followed(const Plan& plan) : Followed(plan, legs_of(plan)) {}

    CourseStates start() const { return legs.twin.means.at<CourseStates>(legs.twin.slots().begin()); }
    CourseReader reader(const ReadoutSet& wanted, const Needs& needs) const {
        return CourseReader(course.plan, course.coefficients, course.injuries, start(), {wanted, {}}, needs);
    }
    ReadoutSeries everything() const {
        ReadoutSeries series;
        reader(ReadoutSet().set(), {StateSet().set(), OwnSet().set()}).read(legs.treated, series);
        return series;
    }
};

/// Everything that a read-out may depend on is there: a film, cream, lotion, drifting age, a scar.
Plan eventful() {
    Plan plan = needled(rolled(1.5, 15), 3, 21, 60);
    plan.outputs = days(0.3, plan.duration, 7);
    plan.skin.age = 60;
    plan.skin.baseline = std::ranges::find(baselines, "atrophic scar", &Baseline::name);
    plan.ageing = Ageing::drift;
    plan.care.occlusion = 0.5;
    plan.care.moisturiser = true;
    plan.care.uv = 0.2;
    plan.care.topicals.push_back({{.name = "minoxidil"}, 1e-5, days(5, 30, 0.5)});
    return plan;
}

Plan on_scalp(Plan plan) {
    plan.skin.site = std::ranges::find(sites, "scalp", &Site::name);
    return plan;
}

std::vector<double> row_of(const Curve& curve) {
    return std::vector<double>(curve.values, curve.values + curve.slots.size());
}

/// The worst error of each read-out at the outputs, relative to its range over the course.
std::vector<double> errors_of(const Followed& course, const Followed& exact) {
    const auto given = course.everything(), wanted = exact.everything();
    std::vector<double> out;
    for (std::size_t r = 0; r < readouts.size(); ++r) {
        double low = 1e300, high = -1e300, error = 0;
        for (std::size_t leg = 0; leg < wanted.legs(); ++leg)
            for (std::size_t o = 0; o < wanted.leg(leg).outputs.size(); ++o) {
                const double right = wanted.readout(leg, r).output(o);
                low = std::min(low, right), high = std::max(high, right);
                error = std::max(error, std::fabs(given.readout(leg, r).output(o) - right));
            }
        out.push_back(high - low > 1e-9 * std::fabs(high) ? error / (high - low) : 0.0);
    }
    return out;
}

}  // namespace

TEST_CASE("what is needed is enough: nothing else changes a bit of a read-out", "[series]") {
    const Plan plan = GENERATE(eventful(), on_scalp(eventful()));
    Followed course(plan);
    const ReadoutSeries all = course.everything();
    std::vector<std::vector<std::vector<double>>> expected(readouts.size());
    for (std::size_t r = 0; r < readouts.size(); ++r)
        for (std::size_t leg = 0; leg < all.legs(); ++leg) expected[r].push_back(row_of(all.readout(leg, r)));
    for (std::size_t r = 0; r < readouts.size(); ++r) {
        INFO(readouts[r].name);
        const auto wanted = ReadoutSet().set(r);
        const Needs needs = needs_of(plan, {wanted, {}});
        Followed partial = course;
        for (Leg& leg : partial.legs.treated)
            for (std::size_t i = 0; i < needs.states.size(); ++i)
                if (!needs.states[i])
                    std::fill_n(leg.means.row(i), leg.means.length(), std::numeric_limits<double>::quiet_NaN());
        ReadoutSeries series;
        partial.reader(wanted, needs).read(partial.legs.treated, series);
        for (std::size_t leg = 0; leg < series.legs(); ++leg)
            CHECK(equal_bits(row_of(series.readout(leg, r)), expected[r][leg]));
    }
}

TEST_CASE("what is needed differs: redness needs cells, hair needs nothing but on the scalp", "[series]") {
    const auto states_for = [](std::string_view name, const Plan& plan) {
        ReadoutSet wanted;
        for (std::size_t r = 0; r < readouts.size(); ++r)
            if (readouts[r].name == name) wanted.set(r);
        return needs_of(plan, {wanted, {}}).states;
    };
    const Plan face = eventful(), scalp = on_scalp(eventful());
    constexpr std::size_t neutrophils = index_of(CourseModel::states, "neutrophils");
    constexpr std::size_t vegf = index_of(CourseModel::states, "vegf");
    CHECK(states_for("erythema", face)[neutrophils]);
    CHECK_FALSE(states_for("collagen_total", face)[neutrophils]);
    CHECK(states_for("hair_density", face).none());
    CHECK(states_for("hair_density", scalp)[vegf]);
    CHECK(states_for("cost", face).none());
}

TEST_CASE("lanes of time have the bits of single moments", "[series]") {
    const Plan plan = eventful();
    const Followed course(plan);
    const ReadoutSeries series = course.everything();
    std::vector<PastSession> sessions;
    for (std::size_t i = 0; i < plan.sessions.size(); ++i) {
        const Injury& whole = course.course.injuries[i].whole;
        sessions.push_back({plan.sessions[i].at, plan.sessions[i].channels, whole.open_area, whole.injured_volume});
    }
    const Patient patient{.skin = plan.skin,
                          .care = plan.care,
                          .k = course.course.coefficients,
                          .start = course.start(),
                          .ageing_rate = 1};
    for (std::size_t leg = 0; leg < series.legs(); ++leg)
        for (std::size_t o = 0; o < series.leg(leg).outputs.size(); ++o) {
            OwnValues x;
            for (std::size_t i = 0; i < x.size(); ++i) x[i] = series.own(leg, i).output(o);
            const auto y = series.leg(leg).means.at<CourseStates>(series.leg(leg).slots().output(o));
            const double time = series.leg(leg).outputs[o];
            const Moment now(patient, time, y, x, std::span(sessions).first(leg));
            for (std::size_t r = 0; r < readouts.size(); ++r) {
                INFO(readouts[r].name << " on day " << time);
                CHECK(equal_bits(series.readout(leg, r).output(o), readout_value(r, now)));
            }
        }
}

TEST_CASE("a curve is exact for polynomials up to the number of stages, its integral for far more", "[series]") {
    const std::vector<double> steps{1, 1.5, 4}, outputs{};
    const Slots slots{2, 0};
    const auto curve_of = [&](std::vector<double>& values, int degree) {
        values.assign(slots.padded(), 0.0);
        values[slots.begin()] = 1;
        for (std::size_t n = 0; n < slots.steps; ++n)
            for (std::size_t s = 0; s < stage_count; ++s)
                values[slots.stage(s, n)] = std::pow(time_of_stage(steps, s, n), degree);
        return Curve{steps, outputs, slots, values.data()};
    };
    std::vector<double> values;
    for (int degree = 0; degree <= static_cast<int>(stage_count); ++degree)
        for (const double time : {1.0, 1.2, 1.5, 2.0, 3.9, 4.0})
            CHECK(curve_of(values, degree).at(time) == Approx(std::pow(time, degree)).epsilon(1e-13));
    for (int degree = 0; degree <= static_cast<int>(2 * stage_count - 2); ++degree)
        CHECK(curve_of(values, degree).integral() ==
              Approx((std::pow(4.0, degree + 1) - 1) / (degree + 1)).epsilon(1e-13));
}

TEST_CASE("the twin at the slots of a leg is the twin followed there", "[series]") {
    Plan plan = eventful();
    plan.sessions.clear();  // then the treated skin is its twin
    const Followed twin(plan);
    Plan split = plan;
    split.sessions.push_back({20, {}, Injury{}});
    const Legs legs = legs_of(split);
    const ReadoutSeries series = twin.everything();
    for (const Leg& leg : legs.treated) {
        const auto places = places_on(twin.legs.twin, leg);
        for (std::size_t i = 0; i < leg.wanted.all.size(); ++i)
            for (std::size_t r = 0; r < readouts.size(); ++r) {
                const Curve curve = series.readout(0, r);
                CHECK(curve.at(places[leg.wanted.slots[i]]) == curve.at(leg.wanted.all[i]));
            }
    }
}

TEST_CASE("steps are so fine that read-outs err by less than the tolerance, time that is counted by ten times it",
          "[series]") {
    Plan plan = eventful();
    plan.relative = 1e-9;
    for (const double after : {0.01, 0.05, 0.2, 0.6, 2.0, 3.5, 5.0}) plan.outputs.push_back(21 + after);
    std::ranges::sort(plan.outputs);
    const Grading fine{.first = 2e-4, .growth = 1.2, .longest_restart = 0.01};
    const Followed exact(plan, legs_of(plan, fine, fine));
    for (const double relative : {1e-4, 1e-6}) {
        CAPTURE(relative);
        const auto errors =
            errors_of(Followed(plan, legs_of(plan, grading_after_session(relative), grading_at_rest(relative))), exact);
        for (std::size_t r = 0; r < readouts.size(); ++r) {
            INFO(readouts[r].name);
            // A threshold that redness passes is steeper than redness.
            CHECK(errors[r] < (readouts[r].name == "downtime" ? 30 * relative : relative));
        }
    }
}
