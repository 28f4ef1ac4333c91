// Laws of creams through whole courses: what intact skin takes up, what open channels add, and what closes the way.
#include <algorithm>
#include <string>
#include <vector>

#include "cicatrix/skin/compounds.hpp"
#include "crows_feet.hpp"
#include "needled_plans.hpp"
#include "physical_ranges.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

constexpr double ug_per_cm2 = 1e-8;  // in g/mm2

Compound known(std::string_view name) { return compound_of(*find_compound(name)); }

Application once(const Compound& compound, double dose, double at = 0) { return {compound, dose * ug_per_cm2, {at}}; }

/// What the blood has taken up in the end, as shares of the dose.
struct Uptake {
    double treated, untreated;
    double gain() const { return treated / untreated; }
};

Uptake uptake_of(Plan plan, const Application& application) {
    plan.care.topicals = {application};
    const Course course = run_course(plan);
    INFO(application.compound.name);
    REQUIRE(readings_outside(course) == "");
    return {course.treated.absorbed[0].absorbed_fraction.back(), course.untreated.absorbed[0].absorbed_fraction.back()};
}

/// One session with a roller; followed until nothing is left on the skin.
Plan one_session(double length = 1.5, double passes = 15) {
    Plan plan = needled(rolled(length, passes), 1);
    plan.duration = 40;
    plan.outputs = days(0, 40, 0.5);
    return plan;
}

/// The roller of the crow's feet, for as long as its first cream is of interest.
Plan first_of_crows_feet() {
    Plan plan = crows_feet(default_readout_parameters, false);
    plan.sessions.resize(1);
    plan.duration = 40;
    plan.outputs = days(0, 40, 0.5);
    return plan;
}

Application own(double permeability, double solubility = 1e-4) {
    return once({"own", 300, permeability, solubility}, 20);
}

Uptake with_parameter(Plan plan, const Application& application, std::string_view name, double value) {
    const auto row = std::ranges::find(absorption::parameters, name, &Parameter::name);
    REQUIRE(row != absorption::parameters.end());
    plan.absorption[static_cast<std::size_t>(row - absorption::parameters.begin())] = value;
    return uptake_of(plan, application);
}

}  // namespace

TEST_CASE("intact skin takes up what was measured, and a roller adds much to little and little to much",
          "[topicals][evidence]") {
    for (const double dose : {4.0, 40.0}) {
        const Uptake steroid = uptake_of(first_of_crows_feet(), once(known("hydrocortisone"), dose));
        CHECK(steroid.untreated > 0.004);
        CHECK(steroid.untreated < 0.02);
        CHECK(steroid.gain() > 2);
        CHECK(steroid.gain() < 25);
    }
    for (const double dose : {3.0, 40.0, 2000.0}) {
        const Uptake acid = uptake_of(first_of_crows_feet(), once(known("benzoic acid"), dose));
        CHECK(acid.untreated > 0.14);
        CHECK(acid.untreated < 0.37);
        CHECK(acid.gain() > 1);
        CHECK(acid.gain() < 1.5);
    }
}

TEST_CASE("needling never lowers the uptake, on any day, of any compound, with any device", "[topicals]") {
    const Channels beam = channels_of(FractionalLaser{}, 1, {}, 1.0, default_injury_parameters);
    const Channels pen = channels_of(Pen{}, 1, Needle{.length = 1.5}, 1.0, default_injury_parameters);
    for (const auto& channels : {rolled(0.25, 10), rolled(1.5, 15), rolled(2.5, 15), pen, beam}) {
        Plan plan = needled(channels, 3);
        for (const auto& compound : known_compounds)
            plan.care.topicals.push_back({compound_of(compound), 20 * ug_per_cm2, days(0, 80, 1)});
        plan.duration = 110;
        plan.outputs = days(0, 110, 2.5);
        const Course course = run_course(plan);
        REQUIRE(readings_outside(course) == "");
        for (std::size_t i = 0; i < known_compounds.size(); ++i) {
            INFO(known_compounds[i].name);
            const auto &treated = course.treated.absorbed[i].absorbed, &twin = course.untreated.absorbed[i].absorbed;
            for (std::size_t row = 0; row < treated.size(); ++row)
                REQUIRE(treated[row] >= twin[row] * (1 - 1e-6) - 1e-15);
            CHECK(treated.back() > twin.back());
        }
    }
}

TEST_CASE("the less of a compound passes by itself, the more a session multiplies it", "[topicals]") {
    double gain = 1e9, share = 0;
    for (const double permeability : {0.003, 0.03, 0.3, 3.0}) {
        const Uptake uptake = uptake_of(one_session(), own(permeability));
        CHECK(uptake.untreated > share);
        CHECK(uptake.gain() < gain);
        CHECK(uptake.gain() > 1);
        share = uptake.untreated, gain = uptake.gain();
    }
}

TEST_CASE("longer needles and more passes let more in", "[topicals]") {
    const Application steroid = once(known("hydrocortisone"), 4);
    double gain = 1;
    for (const double length : {0.5, 1.5, 2.5}) {
        const double longer = uptake_of(one_session(length), steroid).gain();
        CHECK(longer > gain);
        gain = longer;
    }
    CHECK(uptake_of(one_session(1.5, 3), steroid).gain() < uptake_of(one_session(1.5, 15), steroid).gain());
}

TEST_CASE("a cream put on later finds narrower channels; before the session it finds none", "[topicals]") {
    double gain = 1e9;
    for (const double day : {0.0, 1.0, 3.0, 14.0}) {
        const double later = uptake_of(one_session(), once(known("hydrocortisone"), 4, day)).gain();
        CHECK(later < gain);
        gain = later;
    }
    CHECK(gain == Approx(1).margin(0.02));
    Plan plan = one_session();
    plan.sessions[0].at = 30;
    CHECK(uptake_of(plan, once(known("caffeine"), 4)).gain() == Approx(1).margin(1e-3));
}

TEST_CASE("a film after the session lets more in, the longer the more, and leaves the twin alone", "[topicals]") {
    for (const auto name : {"hydrocortisone", "caffeine", "tretinoin"}) {
        INFO(name);
        const Uptake bare = uptake_of(one_session(), once(known(name), 4));
        double before = bare.treated;
        for (const double hours : {4.0, 12.0, 24.0}) {
            Plan plan = one_session();
            plan.care.occlusion = hours / 24;
            const Uptake covered = uptake_of(plan, once(known(name), 4));
            CHECK(covered.treated > before);
            CHECK(covered.untreated == bare.untreated);
            before = covered.treated;
        }
    }
}

TEST_CASE("under a film the horny layer lets more through, without one that does not matter", "[topicals]") {
    const Application cream = once(known("benzoic acid"), 40);
    Plan bare = one_session(), covered = one_session();
    covered.care.occlusion = 0.5;
    const auto with_gain = [&](const Plan& plan, double gain) {
        return with_parameter(plan, cream, "occlusion_gain", gain);
    };
    CHECK(with_gain(covered, 5).treated > 1.1 * with_gain(covered, 1).treated);
    CHECK(with_gain(covered, 5).untreated == with_gain(covered, 1).untreated);
    CHECK(with_gain(bare, 5).treated == with_gain(bare, 1).treated);
}

TEST_CASE("nobody washes a cream off under its film", "[topicals]") {
    Plan plan = one_session();
    plan.care.occlusion = 2;
    plan.care.topicals = {once(known("caffeine"), 100)};
    plan.outputs = {1.9, 2.1};
    const Course course = run_course(plan);
    CHECK(course.treated.absorbed[0].washed_off[0] == 0);
    CHECK(course.treated.absorbed[0].washed_off[1] > 0);
    CHECK(course.untreated.absorbed[0].washed_off[0] > 0);
}

TEST_CASE("what is washed off sooner, or more of it, is not taken up", "[topicals]") {
    const Application cream = once(known("caffeine"), 100);
    double treated = 0, untreated = 0;
    for (const double after : {0.1, 0.3, 1.0, 3.0}) {
        const Uptake uptake = with_parameter(one_session(), cream, "washed_after", after);
        CHECK(uptake.treated > treated);
        CHECK(uptake.untreated > untreated);
        treated = uptake.treated, untreated = uptake.untreated;
    }
    const Uptake unwashed = with_parameter(one_session(), cream, "washed_share", 0.0);
    const Uptake washed = with_parameter(one_session(), cream, "washed_share", 1.0);
    CHECK(washed.treated < unwashed.treated);
    CHECK(washed.untreated < unwashed.untreated);
}

TEST_CASE("below its solubility twice the dose is twice the uptake, beyond it a smaller share", "[topicals]") {
    const auto share = [](double dose) { return uptake_of(one_session(), once(known("hydrocortisone"), dose)); };
    const Uptake little = share(0.5), twice = share(1), excess = share(400);
    CHECK(twice.treated == Approx(little.treated).epsilon(1e-3));
    CHECK(twice.untreated == Approx(little.untreated).epsilon(1e-3));
    CHECK(excess.treated < 0.5 * twice.treated);
    CHECK(excess.untreated < 0.5 * twice.untreated);
    CHECK(400 * excess.treated > twice.treated);  // the amount grows all the same
}

TEST_CASE("compounds do not know of each other", "[topicals]") {
    Plan plan = one_session();
    const auto caffeine = once(known("caffeine"), 10), steroid = once(known("hydrocortisone"), 4, 2);
    plan.care.topicals = {caffeine, steroid};
    const Course both = run_course(plan);
    plan.care.topicals = {steroid};
    CHECK(run_course(plan).treated.absorbed[0].absorbed == both.treated.absorbed[1].absorbed);
    plan.care.topicals = {};
    const Course none = run_course(plan);
    CHECK(none.treated.rows == both.treated.rows);
    CHECK(none.treated.absorbed.empty());
}
