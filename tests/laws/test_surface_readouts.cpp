// Laws of what is seen and felt in the first days: water loss, dryness, redness, swelling, pain, blood and downtime.
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "one_session.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

constexpr std::array first_days{
    "tewl",     "hydration",           "erythema",       "oedema", "pain", "pinpoint_bleeding",
    "downtime", "epidermal_thickness", "treatment_time", "cost"};

}  // namespace

TEST_CASE("skin without a session stays as it was in every read-out of the first days", "[surface]") {
    Plan plan = plan_of({.channels = {}, .age = 52});
    plan.sessions.clear();
    const Course course = run_course(plan);
    for (const auto* name : first_days) {
        INFO(name);
        const Line line = line_of(course, name);
        for (const double value : line.values) CHECK(value == Approx(line.values.front()).epsilon(1e-3).margin(1e-12));
    }
    for (const auto* name : {"erythema", "oedema", "pain", "pinpoint_bleeding", "downtime", "treatment_time", "cost"})
        CHECK(line_of(course, name).largest() == 0);
    CHECK(line_of(course, "hydration").values.front() == Approx(1));
}

TEST_CASE("a session that opens nothing shows nothing", "[surface]") {
    Plan plan = plan_of({});
    plan.sessions.front().prescribed = Injury{0, 0};
    const Course course = run_course(plan);
    for (const auto* name : {"tewl", "hydration", "erythema", "oedema", "pain", "pinpoint_bleeding", "downtime"}) {
        INFO(name);
        const Line effect = effect_of(course, name);
        for (const double value : effect.values) CHECK(value == Approx(0).margin(1e-12));
    }
}

TEST_CASE("open skin at first loses water as a bare wound does, the rest as before", "[tewl]") {
    const double bare_wound = 124;  // g m-2 h-1, evaporation of blister wounds
    for (const double length : {0.25, 0.5, 1.5, 2.5}) {
        const Course course = run_course(plan_of({.channels = rolled(length)}));
        const double open = course.injuries.front().whole.open_area;
        const double healthy = course.untreated.appearance.front()[place_of("tewl")];
        CHECK(effect_of(course, "tewl").values.front() == Approx(open * (bare_wound - healthy)).epsilon(1e-3));
    }
}

TEST_CASE("with one to twelve per cent of the area open, water loss jumps by one to fifteen g/m2/h", "[tewl]") {
    for (const double open : {0.01, 0.05, 0.12}) {
        Plan plan = plan_of({});
        plan.sessions.front().prescribed = Injury{open, 0.05};
        const double jump = effect_of(run_course(plan), "tewl").values.front();
        CHECK(jump > 1);
        CHECK(jump < 15);
    }
}

TEST_CASE("longer needles leak more and for longer", "[tewl]") {
    for (const auto& device : {StrikePattern(Roller{}), StrikePattern(Pen{.glide_speed = 45})}) {
        const double passes = 2.3 / density_per_pass(device);
        Line shorter{{first, 3.0}, {0, 0}};
        double hours = 0;
        for (const double length : {0.25, 0.5, 1.5}) {
            const Treatment treatment{.channels = made_by(device, length, passes)};
            const Line rise = effect_of(treatment, "tewl");
            for (const double t : {first, 2 * hour, 8 * hour, 1.0, 2.0, 3.0}) CHECK(rise.at(t) > shorter.at(t));
            CHECK(hours_to_recover(treatment) > hours);
            hours = hours_to_recover(treatment);
            shorter = rise;
        }
    }
}

TEST_CASE("more channels leak more water", "[tewl]") {
    double before = 0;
    for (const double passes : {1, 5, 15}) {
        const double jump = effect_of({.channels = rolled(1.5, passes)}, "tewl").values.front();
        CHECK(jump > before);
        before = jump;
    }
}

TEST_CASE("the water barrier is back within a day after short needles, by the third after long ones", "[tewl]") {
    for (const double age : {25.0, 52.0}) {
        for (const auto& channels : {rolled(0.25), rolled(0.5), by_pen(0.5), pressed_array(0.5)}) {
            const double hours = hours_to_recover({.channels = channels, .age = age});
            CHECK(hours >= 2);
            CHECK(hours <= 24);
        }
        for (const auto& channels : {rolled(1.5), by_pen(1.5)})
            CHECK(hours_to_recover({.channels = channels, .age = age}) <= 72);
    }
}

TEST_CASE("the slow clock of the leak is the model's barrier, with a half-life of 20 to 26 h", "[tewl]") {
    Plan plan = plan_of({.channels = rolled(1.5), .age = 25});
    plan.readouts[index_of(readout_parameters, "anatomical_share_of_leak")] = 1;
    const Course course = run_course(plan);
    const Line rise = effect_of(course, "tewl");
    CHECK(rise.last_above(0.5 * rise.values.front()) / hour > 20 - 0.5);
    CHECK(rise.last_above(0.5 * rise.values.front()) / hour < 26);
    for (std::size_t i = 0; i < rise.values.size(); ++i) {
        const double open = 1.0 - get<"barrier">(course.treated.rows[i]);
        const double open_at_first = 1.0 - get<"barrier">(course.treated.rows[0]);
        CHECK(rise.values[i] / rise.values[0] == Approx(open / open_at_first).margin(0.02));
    }
}

TEST_CASE("a film keeps water in while it lies, and delays the closing of channels", "[tewl][hydration]") {
    double leak_before = 0, dryness_before = 2;
    for (const double film : {0.0, 0.25, 0.5, 1.0}) {
        const Treatment treatment{.channels = rolled(1.5), .care = with_film(film)};
        const Course course = run_course(plan_of(treatment));
        const Line tewl = line_of(course, "tewl"), healthy = line_of(course, course.untreated, "tewl");
        if (film > 0) CHECK(tewl.at(0.5 * film) < 0.5 * healthy.at(0.5 * film));
        CHECK(tewl.at(1.0 + hour) - healthy.at(1.0 + hour) > leak_before);
        leak_before = tewl.at(1.0 + hour) - healthy.at(1.0 + hour);
        const double dryness = -effect_of(course, "hydration").at(0.2);
        CHECK(dryness < dryness_before);
        dryness_before = film > 0 ? 0 : dryness;
    }
}

TEST_CASE("both clocks run slower in older skin, and after a film", "[tewl]") {
    const auto left = [](double age, double film, double slow_share) {  // of the first leak, after a day
        Plan plan = plan_of({.channels = rolled(1.5), .age = age, .care = with_film(film)});
        plan.readouts[index_of(readout_parameters, "anatomical_share_of_leak")] = slow_share;
        return effect_of(run_course(plan), "tewl").at(1 + hour);
    };
    for (const double slow_share : {0.0, 1.0}) {
        CHECK(left(50, 0, slow_share) > 1.02 * left(25, 0, slow_share));
        CHECK(left(75, 0, slow_share) > 1.02 * left(50, 0, slow_share));
        CHECK(left(30, 0.5, slow_share) > 1.02 * left(30, 0.1, slow_share));
    }
}

TEST_CASE("skin is driest between 12 h and day 5, dry on day 3, and back by two weeks", "[hydration]") {
    for (const auto& channels : {rolled(1.5), rolled(2.5), by_pen(1.5)}) {
        Line dryness = effect_of({.channels = channels}, "hydration");
        for (double& value : dryness.values) value = -value;
        CHECK(dryness.time_of_largest() > 0.5);
        CHECK(dryness.time_of_largest() < 5);
        CHECK(dryness.largest() > 0.05);
        CHECK(dryness.at(3) > 0.02);
        CHECK(dryness.last_above(0.1 * dryness.largest()) > 7 - 3);
        CHECK(dryness.last_above(0.1 * dryness.largest()) < 14);
    }
}

TEST_CASE("a moisturiser at least halves the dryness that a session brings, and lowers water loss", "[hydration]") {
    for (const double length : {0.5, 1.5, 2.5}) {
        const Course dry = run_course(plan_of({.channels = rolled(length)}));
        const Course moist = run_course(plan_of({.channels = rolled(length), .care = with_moisturiser()}));
        const Line without = effect_of(dry, "hydration"), with = effect_of(moist, "hydration");
        CHECK(*std::ranges::min_element(with.values) > 0.5 * *std::ranges::min_element(without.values));
        CHECK(*std::ranges::min_element(with.values) < 0);
        CHECK(std::ranges::equal(line_of(moist, "tewl").values, line_of(dry, "tewl").values, std::less()));
    }
}

TEST_CASE("redness lasts under two hours after short arrays and two to seven days after 2.5 mm", "[erythema]") {
    for (const double length : {0.2, 0.3, 0.4, 0.5}) {
        CHECK(hours_of_redness({.channels = pressed_array(length)}) < 2);
        CHECK(hours_of_redness({.channels = rolled(length)}) < 2);
    }
    const double days = hours_of_redness({.channels = rolled(2.5)}) * hour;
    CHECK(days >= 2);
    CHECK(days <= 7);
}

TEST_CASE("redness, swelling, pain and downtime do not fall with length or density", "[surface]") {
    const auto check = [](const std::vector<Channels>& ascending) {
        double redness = 0, swelling = 0, pain = 0, downtime = 0, days = 0;
        for (const auto& channels : ascending) {
            const Course course = run_course(plan_of({.channels = channels}));
            const Line erythema = effect_of(course, "erythema");
            CHECK(erythema.largest() > redness);
            CHECK(erythema.last_above(default_of("visible_erythema")) >= days);
            CHECK(effect_of(course, "oedema").largest() > swelling);
            CHECK(effect_of(course, "pain").largest() >= pain);
            CHECK(effect_of(course, "downtime").values.back() > downtime);
            redness = erythema.largest();
            days = erythema.last_above(default_of("visible_erythema"));
            swelling = effect_of(course, "oedema").largest();
            pain = effect_of(course, "pain").largest();
            downtime = effect_of(course, "downtime").values.back();
        }
    };
    check({rolled(0.25), rolled(0.5), rolled(1.0), rolled(1.5), rolled(2.5)});
    check({rolled(1.5, 1), rolled(1.5, 5), rolled(1.5, 15)});
}

TEST_CASE("swelling outlasts the flare and is gone within two weeks", "[oedema]") {
    const Line swelling = effect_of({.channels = rolled(1.5)}, "oedema");
    CHECK(swelling.values.front() == Approx(0).margin(1e-4));
    CHECK(swelling.last_above(0.5 * swelling.largest()) > 1);
    CHECK(swelling.at(14) < 0.05 * swelling.largest());
}

TEST_CASE("three times the depth hurts seven times as much, ten times the needles twice as much", "[pain]") {
    const auto pain_of = [](double depth, double strikes) {
        const Channels channels{
            .density = strikes, .strikes = strikes, .depth = depth, .radius = 0.1, .mouth_radius = 0.03};
        return effect_of({.channels = channels, .phase = 1}, "pain").values.front();
    };
    CHECK(pain_of(0.75, 1) / pain_of(0.25, 1) == Approx(7).epsilon(0.02));
    CHECK(pain_of(0.3, 5) / pain_of(0.3, 0.5) == Approx(2).epsilon(0.02));
    CHECK(pain_of(5, 20) == Approx(10).epsilon(1e-3));  // the end of the scale
}

TEST_CASE("an anaesthetic leaves part of the pain, and pain is gone the next day", "[pain]") {
    const Line plain = effect_of({.channels = rolled(1.5)}, "pain");
    const Line numbed = effect_of({.channels = rolled(1.5), .care = with_anaesthetic()}, "pain");
    CHECK(numbed.largest() < 0.5 * plain.largest());
    CHECK(numbed.largest() > 0);
    CHECK(plain.at(6 * hour) < 1);
    CHECK(plain.at(1) < 1e-3);
}

TEST_CASE("only channels that reach the capillaries bleed, for minutes; heat seals", "[bleeding]") {
    const auto bleeding = [](const Channels& channels) {
        return effect_of({.channels = channels, .phase = 1}, "pinpoint_bleeding");
    };
    Channels shallow = rolled(0.25), sealed = rolled(1.5);
    sealed.thermal = true;
    CHECK(bleeding(shallow).largest() < 0.01 * bleeding(rolled(1.5)).largest());
    CHECK(bleeding(sealed).largest() == 0);
    CHECK(bleeding(rolled(1.5)).largest() > bleeding(rolled(0.5)).largest());
    CHECK(bleeding(rolled(1.5)).largest() <= 100 * rolled(1.5).density);  // per cm2, of the channels per mm2
    CHECK(bleeding(rolled(1.5)).at(1 * hour) < 0.01 * bleeding(rolled(1.5)).largest());
}

TEST_CASE("slow clots bleed for longer", "[bleeding]") {
    Plan plan = plan_of({.channels = rolled(1.5), .phase = 1});
    const double usual = effect_of(run_course(plan), "pinpoint_bleeding").at(0.5 * hour);
    plan.parameters[index_of(Microneedling::parameters, "clot_decay")] *= 0.5;
    CHECK(effect_of(run_course(plan), "pinpoint_bleeding").at(0.5 * hour) > 2 * usual);
}

TEST_CASE("downtime only grows, at most a day a day, and stops once nothing is seen", "[downtime]") {
    const Line days = effect_of({.channels = rolled(2.5)}, "downtime");
    for (std::size_t i = 1; i < days.values.size(); ++i) {
        const double step = days.times[i] - days.times[i - 1];
        CHECK(days.values[i] >= days.values[i - 1] - 1e-9);
        CHECK(days.values[i] - days.values[i - 1] <= step + 1e-6);
    }
    CHECK(days.at(21) == Approx(days.at(14)).margin(0.02));
    CHECK(days.values.back() >= 2);
    CHECK(days.values.back() <= 8);  // reports end at seven days
    CHECK(downtime_of({.channels = rolled(0.25)}) < 0.5);
}

TEST_CASE("the epidermis has the thickness of its site and thickens after sessions", "[epidermis]") {
    for (const auto& site : sites) {
        Plan plan = plan_of({.channels = rolled(1.5)});
        plan.skin.site = &site;
        const Course course = run_course(plan);
        const double um = 1000 * (site.epidermis + site.horny_layer);
        CHECK(line_of(course, course.untreated, "epidermal_thickness").values.front() == Approx(um).epsilon(1e-3));
        CHECK(line_of(course, "epidermal_thickness").at(14) > um);
    }
}

TEST_CASE("time and money of sessions add up, and the twin spends none", "[surface]") {
    Plan plan = plan_of({.channels = rolled(0.5)});
    plan.sessions.push_back(session_of(rolled(0.5), 7));
    plan.sessions.back().minutes = 25;
    plan.sessions.back().price = 90;
    const Course course = run_course(plan);
    CHECK(line_of(course, "treatment_time").at(6) == 20);
    CHECK(line_of(course, "treatment_time").values.back() == 20 + 25);
    CHECK(line_of(course, "cost").at(6) == 150);
    CHECK(line_of(course, "cost").values.back() == 150 + 90);
    CHECK(line_of(course, course.untreated, "treatment_time").largest() == 0);
    CHECK(line_of(course, course.untreated, "cost").largest() == 0);
}

TEST_CASE("read-outs of the first days are finite and none but water turns negative", "[surface]") {
    Channels laser{.density = 1,
                   .strikes = 1,
                   .depth = 0.8,
                   .depth_spread = 0.1,
                   .radius = 0.1,
                   .mouth_radius = 0.1,
                   .thermal = true};
    for (const auto& channels : {rolled(0.25), rolled(2.5), by_pen(1.5), laser}) {
        const Course course = run_course(plan_of({.channels = channels, .age = 70, .care = with_film(0.3)}));
        for (const auto* name : first_days)
            for (const double value : line_of(course, name).values) {
                INFO(name);
                CHECK(std::isfinite(value));
                CHECK(value >= 0);
            }
    }
}

TEST_CASE("read-outs of the first days have the units of the result file", "[surface]") {
    const auto unit_of = [](std::string_view name) { return readouts[place_of(name)].unit; };
    CHECK(unit_of("tewl") == "g m-2 h-1");
    CHECK(unit_of("epidermal_thickness") == "um");
    CHECK(unit_of("downtime") == "d");
    CHECK(unit_of("treatment_time") == "min");
    CHECK(unit_of("cost") == "USD");
    CHECK(unit_of("pinpoint_bleeding") == "cm-2");
    for (const auto* name : {"hydration", "erythema", "oedema", "pain"}) CHECK(unit_of(name) == "1");
}
