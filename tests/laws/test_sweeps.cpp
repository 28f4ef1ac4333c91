// Laws of the members of sweeps: a member is a scenario by itself, whatever came before it; persons vary as declared.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "cicatrix/course/parameters.hpp"
#include "cicatrix/scenario/read.hpp"
#include "cicatrix/scenario/run.hpp"
#include "cicatrix/units/quantity.hpp"
#include "sweep_texts.hpp"

using namespace cicatrix;
using namespace cicatrix::test;

namespace {

bool same(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

bool same_session(const PlannedSession& a, const PlannedSession& b) {
    const Channels &c = a.channels, &d = b.channels;
    return same(a.at, b.at) && same(a.minutes, b.minutes) && same(a.price, b.price) && same(c.strikes, d.strikes) &&
           same(c.density, d.density) && same(c.depth, d.depth) && same(c.radius, d.radius) &&
           same(c.mouth_radius, d.mouth_radius) && a.prescribed.has_value() == b.prescribed.has_value();
}

bool same_care(const Care& a, const Care& b) {
    const auto same_application = [](const Application& x, const Application& y) {
        return x.compound.name == y.compound.name && same(x.dose, y.dose) && x.times == y.times;
    };
    return a.moisturiser == b.moisturiser && a.sunscreen == b.sunscreen && a.anaesthetic == b.anaesthetic &&
           same(a.occlusion, b.occlusion) && same(a.uv, b.uv) &&
           std::ranges::equal(a.topicals, b.topicals, same_application);
}

/// Whether two plans are the same to the last bit.
bool same_plan(const Plan& a, const Plan& b) {
    return a.parameters == b.parameters && a.injury == b.injury && a.readouts == b.readouts &&
           a.absorption == b.absorption && a.depth == b.depth && a.channel == b.channel && a.fidelity == b.fidelity &&
           a.grid.cells == b.grid.cells && a.skin.site == b.skin.site && a.skin.sex == b.skin.sex &&
           same(a.skin.age, b.skin.age) && a.skin.phototype == b.skin.phototype && a.skin.baseline == b.skin.baseline &&
           same(a.skin.dermis, b.skin.dermis) && same_care(a.care, b.care) && a.ageing == b.ageing &&
           std::ranges::equal(a.sessions, b.sessions, same_session) && a.outputs == b.outputs &&
           same(a.duration, b.duration) && same(a.relative, b.relative) && same(a.absolute, b.absolute) &&
           a.method == b.method;
}

Plan plan_of_course(const Sweep& sweep, std::uint64_t course) {
    Plan plan;
    sweep.maker()()(course, plan);
    return plan;
}

Plan replayed(const Sweep& sweep, std::uint64_t course) {
    const std::size_t arms = sweep.courses_of_a_row();
    return plan_of(parse_scenario(sweep.member_text(course / arms, course % arms), "member.toml", parameter_rows()));
}

/// Sweeps that vary something of every kind.
std::vector<std::string> all_kinds() {
    return {
        "design = \"grid\"\n[sweep.vary]\ndevice.needle_length = [\"0.5 mm\", \"700 um\"]\nprotocol.passes = [5, 15]\n"
        "protocol.sessions = [\"once\", \"every 4 weeks x 3\", [\"0 days\", \"33 days\"]]\npatient.conditions = "
        "[[], [\"keloid tendency\"]]\npatient.acknowledge_warnings = [true]\n",
        "design = \"sobol\"\nsamples = 64\n[sweep.vary]\npatient.age = \"normal 45 years sd 12 years\"\n"
        "patient.site = [\"neck\", \"cheek\"]\npatient.baseline = [\"healthy\", \"photo-aged\"]\nparameters.clot_decay "
        "= "
        "\"range\"\nparameters.cross_linking = \"cv 0.3\"\ndevice.insertion_force = \"uniform 0.05 N to 0.2 N\"\n"
        "device.drum_diameter = \"uniform 10 mm to 30 mm\"\nprotocol.area = \"uniform 10 cm2 to 100 cm2\"\n"
        "care.occlusion = \"uniform 0 h to 20 h\"\ncare.uv = \"uniform 0 to 1\"\ncare.moisturiser = [true, false]\n"
        "simulation.duration = \"uniform 100 days to 300 days\"\nsimulation.ageing = [\"frozen\", \"drift\"]\n"
        "simulation.rtol = \"loguniform 1e-6 to 1e-3\"\n",
        "design = \"latin hypercube\"\nsamples = 64\n[sweep.vary]\ndevice.kind = [\"roller\", \"stamp\", \"pen\"]\n"
        "device.penetration_ratio = \"uniform 0.4 to 1\"\n",
        "design = \"cohort\"\nsamples = 64\n[sweep.cohort]\nage = \"normal 45 years sd 10 years\"\nsex = { female = "
        "0.5, "
        "male = 0.5 }\nphototype = { 1 = 0.5, 4 = 0.5 }\nvariability = 0.3\nadherence = { sunscreen = 0.5, sessions = "
        "0.6 }\n[sweep.arms.A]\ncare.sunscreen = true\n[sweep.arms.B]\nprotocol.sessions = [{ at = \"0 days\" }, { at "
        "= "
        "\"20 days\", passes = 3 }, { at = \"50 days\" }]\ncare.topicals = [{ compound = \"minoxidil\", dose = \"1 "
        "mg/cm2\", when = \"after each session for 3 days\" }]\npatient.conditions = [\"anticoagulants\"]\n",
        "design = \"cohort\"\nsamples = 40\ncohort = { adherence = { sessions = 0.5, moisturiser = 0.5 } "
        "}\n[sweep.vary]\n"
        "protocol.sessions = [\"once\", \"every 3 weeks x 5\", [\"0 days\", \"10 days\", \"40 days\"]]\n"
        "[sweep.arms.A]\ncare.moisturiser = true\n[sweep.arms.B]\nprotocol.passes = 3\n",
        "design = \"list\"\nrows = [{ \"device.needle_length\" = \"1 mm\", \"protocol.sessions\" = [{ at = \"0 days\", "
        "needle_length = \"2 mm\" }, { at = \"9 days\" }] }, { \"device.needle_length\" = \"2.5 mm\", "
        "\"protocol.sessions\" = \"once\" }]\n",
    };
}

std::uint64_t courses_in(const Sweep& sweep) { return sweep.members() * sweep.courses_of_a_row(); }

/// What a key may vary over: two fifths of its limits, or all its choices. Empty for keys of other kinds.
std::string levels_of(const Key& key) {
    const auto at = [&](double share) {
        const double number = key.limits.low + share * (key.limits.high - key.limits.low);
        return quantity_text(parse_unit(key.unit).to_base(key.kind == ValueKind::integer ? std::floor(number) : number),
                             key.unit);
    };
    if (key.kind == ValueKind::number || key.kind == ValueKind::quantity || key.kind == ValueKind::integer)
        return "\"uniform " + at(0.2) + " to " + at(0.6) + "\"";
    if (key.kind == ValueKind::boolean) return "{ true = 0.5, false = 0.5 }";
    std::string shares;
    for (const auto name : key.choices)
        shares += (shares.empty() ? "" : ", ") + toml_string(name) + " = " +
                  shortest_text(1.0 / static_cast<double>(key.choices.size()));
    return key.kind == ValueKind::choice ? "{ " + shares + " }" : "";
}

}  // namespace

TEST_CASE("the text of a member is a scenario with the very plan of the member", "[sweeps]") {
    for (const auto& lines : all_kinds()) {
        const Sweep sweep = sweep_of(lines);
        for (std::uint64_t course = 0; course < courses_in(sweep); ++course) {
            INFO(lines << "course " << course << "\n" << sweep.member_text(course / sweep.arms().size(), 0));
            REQUIRE(same_plan(plan_of_course(sweep, course), replayed(sweep, course)));
        }
    }
}

TEST_CASE("a member's plan does not depend on the members that were made before it", "[sweeps]") {
    for (const auto& lines : all_kinds()) {
        const Sweep sweep = sweep_of(lines);
        const PlanMaker shared = sweep.maker()();
        Plan plan;
        for (std::uint64_t turn = 0; turn < 3 * courses_in(sweep); ++turn) {
            const std::uint64_t course = turn * 7 % courses_in(sweep);
            shared(course, plan);
            INFO(lines << "course " << course);
            REQUIRE(same_plan(plan, plan_of_course(sweep, course)));
        }
    }
}

TEST_CASE("every key that may vary changes a member as it changes a scenario", "[sweeps]") {
    std::size_t varied = 0;
    for (const auto& key : keys) {
        const std::string lines =
            "design = \"sobol\"\nsamples = 16\nvary = { \"" + std::string(key.name) + "\" = " + levels_of(key) + " }\n";
        if (levels_of(key).empty() || !problems_of_sweep(swept(lines)).empty()) continue;  // of another device, say
        INFO(lines);
        const Sweep sweep = sweep_of(lines);
        std::size_t changed = 0;
        for (std::uint64_t course = 0; course < courses_in(sweep); ++course) {
            REQUIRE(same_plan(plan_of_course(sweep, course), replayed(sweep, course)));
            changed += !same_plan(plan_of_course(sweep, course), plan_of_course(sweep, 0));
        }
        CHECK((changed > 0 || key.effect == Effect::stored || key.name == "patient.acknowledge_warnings"));
        ++varied;
    }
    CHECK(varied > 25);
}

TEST_CASE("every parameter may vary, and changes a member as it changes a scenario", "[sweeps]") {
    const Sweep sweep = sweep_of("design = \"sobol\"\nsamples = 4\nvary = { parameters = \"all\" }\n");
    for (std::uint64_t course = 0; course < 4; ++course)
        REQUIRE(same_plan(plan_of_course(sweep, course), replayed(sweep, course)));
    const Plan plan = plan_of_course(sweep, 1);
    const auto row = sweep.rows(1, 1);
    for (std::size_t f = 0; f < row.size(); ++f) {
        INFO(sweep.factors()[f].name);
        CHECK(course_parameter(plan, sweep.factors()[f].index) == row[f]);
    }
}

TEST_CASE("rows that are given make the plans of the design's own rows", "[sweeps]") {
    const Sweep sweep = sweep_of(all_kinds()[3]);
    const auto rows = sweep.rows(3, 5);
    const PlanMaker given = sweep.maker(rows)();
    Plan plan;
    for (std::uint64_t course = 0; course < 10; ++course) {
        given(course, plan);
        CHECK(same_plan(plan, plan_of_course(sweep, 3 * sweep.courses_of_a_row() + course)));
    }
}

TEST_CASE("a row that no scenario allows is refused alone", "[sweeps]") {
    const Sweep sweep = sweep_of(
        "design = \"grid\"\n[sweep.vary]\ndevice.needle_length = [\"1 mm\"]\nprotocol.passes = "
        "[5]\nprotocol.sessions = [\"once\", \"every 8 weeks x 3\"]\n");
    const std::vector<double> rows{1, 5, 0, 9, 5, 0, 1, 5.5, 0, 1, 5, 2, NAN, 5, 0, 1.25, 6, 1};
    const auto result = run_ensemble(0, 6, sweep.maker(rows), sweep.reductions(), {});
    for (const std::size_t i : {1u, 2u, 3u, 4u}) {
        CHECK(result.status[i] == Status::refused);
        CHECK(std::isnan(result.values[i]));
    }
    const std::vector<double> good{1, 5, 0, 1.25, 6, 1};
    const auto alone = run_ensemble(0, 2, sweep.maker(good), sweep.reductions(), {});
    CHECK(same(result.values[0], alone.values[0]));
    CHECK(same(result.values[5], alone.values[1]));
    CHECK(alone.status[1] == Status::done);
    CHECK_THROWS_AS(sweep.text_of(std::span(rows).subspan(3, 3), 0, "x"), InputError);
}

TEST_CASE("two values that are allowed by themselves may not go together, and fail alone", "[sweeps]") {
    const Sweep sweep = sweep_of(
        "design = \"grid\"\n[sweep.vary]\nsimulation.duration = [\"200 days\", \"100 days\"]\n"
        "protocol.sessions = [\"once\", \"every 4 weeks x 4\"]\n");
    const auto result = run_ensemble(0, 4, sweep.maker(), sweep.reductions(), {});
    CHECK(result.status == std::vector<Status>{Status::done, Status::done, Status::done, Status::done});
    const Sweep tight = sweep_of(
        "design = \"grid\"\n[sweep.vary]\nsimulation.duration = [\"300 days\", \"100 days\"]\n"
        "protocol.sessions = [\"once\", \"every 8 weeks x 3\"]\n");
    const auto mixed = run_ensemble(0, 4, tight.maker(), tight.reductions(), {});
    CHECK(mixed.status == std::vector<Status>{Status::done, Status::done, Status::done, Status::refused});
}

TEST_CASE("the numbers of a member are those of its scenario run by itself", "[sweeps]") {
    for (const auto& lines : {all_kinds()[0], all_kinds()[3]}) {
        const Sweep sweep = sweep_of(lines);
        const auto together = run_ensemble(0, 6, sweep.maker(), sweep.reductions(), {.threads = 2});
        const std::size_t outcome = sweep.reductions()[0].quantity;
        for (std::uint64_t course = 0; course < 6; ++course) {
            const Course alone = run_course(replayed(sweep, course));
            const double effect = alone.treated.rows.back()[outcome < CourseModel::states.size() ? outcome : 0];
            if (outcome < CourseModel::states.size())
                CHECK(same(together.values[course], effect - alone.untreated.rows.back()[outcome]));
            else
                CHECK(same(together.values[course],
                           alone.treated.appearance.back()[outcome - CourseModel::states.size()] -
                               alone.untreated.appearance.back()[outcome - CourseModel::states.size()]));
        }
    }
}

TEST_CASE("arms of a row are the same person who misses the same sessions", "[cohort]") {
    const Sweep sweep = sweep_of(
        "design = \"cohort\"\nsamples = 200\ncohort = { variability = 0.2, age = \"uniform 30 years to 60 years\", "
        "adherence = { sessions = 0.7 } }\n[sweep.arms.A]\nprotocol.passes = 5\n[sweep.arms.B]\nprotocol.passes = "
        "20\n");
    std::size_t kept = 0, all = 0;
    for (std::uint64_t row = 0; row < 200; ++row) {
        const Plan a = plan_of_course(sweep, 2 * row), b = plan_of_course(sweep, 2 * row + 1);
        CHECK(a.parameters == b.parameters);
        CHECK(same(a.skin.age, b.skin.age));
        REQUIRE(a.sessions.size() == b.sessions.size());
        CHECK(a.sessions.front().at == 0);
        CHECK(a.sessions.front().channels.strikes < b.sessions.front().channels.strikes);
        for (std::size_t i = 0; i < a.sessions.size(); ++i) CHECK(a.sessions[i].at == b.sessions[i].at);
        kept += a.sessions.size() - 1;
        all += 3;
    }
    const double share = static_cast<double>(kept) / static_cast<double>(all);
    CHECK(share == Approx(0.7).margin(4 * std::sqrt(0.21 / static_cast<double>(all))));
}

TEST_CASE("those who do not follow advice go without, and none goes beyond it", "[cohort]") {
    const Sweep sweep = sweep_of(
        "design = \"cohort\"\nsamples = 400\ncohort = { adherence = { sunscreen = 0.25 } }\n"
        "[sweep.arms.A]\ncare.sunscreen = true\n[sweep.arms.B]\ncare.sunscreen = false\n");
    int users = 0;
    for (std::uint64_t row = 0; row < 400; ++row) {
        users += plan_of_course(sweep, 2 * row).care.sunscreen;
        CHECK_FALSE(plan_of_course(sweep, 2 * row + 1).care.sunscreen);
    }
    CHECK(users == Approx(100).margin(4 * std::sqrt(400 * 0.25 * 0.75)));
}

TEST_CASE("persons vary log-normally, together within a process and less so between processes", "[cohort]") {
    constexpr std::size_t persons = 4000;
    constexpr double variability = 0.2, within = 0.5;
    const Biology biology(variability, within, 3);
    const auto process = process_of_parameters();
    std::vector<std::vector<double>> scores(process.size(), std::vector<double>(persons));
    std::vector<double> factors(process.size());
    for (std::uint64_t person = 0; person < persons; ++person) {
        biology.write_factors(person, factors);
        for (std::size_t p = 0; p < factors.size(); ++p) scores[p][person] = std::log(factors[p]);
    }
    const auto product = [&](std::size_t p, std::size_t q) {
        double sum = 0;
        for (std::size_t i = 0; i < persons; ++i) sum += scores[p][i] * scores[q][i];
        return sum / persons;
    };
    const double variance = std::log(1 + variability * variability), scatter = 5 / std::sqrt(double(persons));
    for (std::size_t p = 0; p < process.size(); p += 5) {
        for (std::size_t q = p; q < process.size(); q += 7) {
            INFO(CourseModel::parameters[p].name << " and " << CourseModel::parameters[q].name);
            const double wanted = process[p] < 0 || process[q] < 0 ? 0
                                  : p == q                         ? 1
                                  : process[p] == process[q]       ? within
                                                                   : within * Biology::between_processes;
            CHECK(product(p, q) / variance == Approx(wanted).margin(1.5 * scatter));
        }
    }
    CHECK(std::ranges::count(process, -1) < 12);  // hardly anything is left out
    for (int i = 0; i < static_cast<int>(processes.size()); ++i) CHECK(std::ranges::count(process, i) > 0);
}

TEST_CASE("a person is the same in every cohort of a seed", "[cohort]") {
    std::vector<double> alone(CourseModel::parameters.size()), later(alone), other(alone);
    const Biology biology(0.2, 0.5, 3);
    biology.write_factors(17, alone);
    biology.write_factors(4, later);
    biology.write_factors(17, later);
    CHECK(alone == later);
    Biology(0.2, 0.5, 4).write_factors(17, other);
    CHECK(alone != other);
    Biology(0, 0.5, 3).write_factors(17, other);
    CHECK(std::ranges::all_of(other, [](double factor) { return factor == 1; }));
}

TEST_CASE("a person's biology multiplies what a condition makes of it, within declared ranges", "[cohort]") {
    const std::string cohort = "design = \"cohort\"\nsamples = 20\ncohort = { variability = 0.2 }\n";
    std::string text = swept(cohort);
    text.insert(text.find("[device]"), "conditions = [\"anticoagulants\"]\n");
    const Sweep healthy = sweep_of(cohort), bleeding = parse_sweep(text, "x.toml");
    for (std::uint64_t person = 0; person < 20; ++person) {
        const double usual = plan_of_course(healthy, person).parameters[0];
        const auto& clot = CourseModel::parameters[0];
        const double slowed = plan_of_course(bleeding, person).parameters[0];
        CHECK(slowed == Approx(std::max(0.6 * usual, clot.range.low)).epsilon(1e-12));
        for (std::size_t p = 0; p < CourseModel::parameters.size(); ++p) {
            const auto& [low, high] = CourseModel::parameters[p].range;
            const double value = plan_of_course(bleeding, person).parameters[p];
            CHECK((value >= low && value <= high));
        }
    }
}
