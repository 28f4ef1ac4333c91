// Laws of every kind of device through whole courses: more of what is usual never does less, nothing leaves its range.
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "cicatrix/course/parameters.hpp"
#include "cicatrix/skin/compounds.hpp"
#include "needled_plans.hpp"
#include "physical_ranges.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

constexpr double most_usual = 3;  // distinct channels per mm2 of a session
const std::vector<double> lengths{0.5, 1.0, 1.5, 2.0, 2.5};

/// A kind of device, how often it usually goes over the skin, ascending, and how often in a session of twelve.
struct Kind {
    std::string name;
    StrikePattern device;
    std::vector<double> passes;
    double usual_passes;
};

const std::vector<Kind> kinds{
    {"roller", Roller{}, {1, 2, 5, 10, 15}, 15},
    {"stamp", Stamp{}, {1, 2, 3, 4}, 3},
    {"pen", Pen{}, {1}, 1},
    {"slow pen, few needles", Pen{.needles = 3}, {1, 2, 3, 4}, 4},
    {"given density", Scattered{0.15, Drive::pressed}, {1, 2, 5, 10, 15}, 15},
    {"fractional laser", FractionalLaser{.density = 0.5}, {1, 2, 4}, 4},
};

/// For a laser the length is the depth of its columns.
Channels opened_by(StrikePattern device, double length, double passes) {
    if (auto* laser = std::get_if<FractionalLaser>(&device)) laser->column_depth = length;
    return channels_of(device, passes, Needle{.length = length}, 1.0, default_injury_parameters);
}

/// Of a face of 52 years with lines.
Plan with_lines(const Channels& channels, int sessions = 1) {
    Plan plan = needled(channels, sessions);
    plan.skin.site = &sites[1];
    plan.skin.dermis = dermis_thickness(*plan.skin.site, Sex::unknown);
    plan.skin.age = 52;
    plan.outputs = {1e-3, 0.1, 1, 3, 7, 14, 28, 90, plan.duration};
    return plan;
}

/// A scar in the sun, or a thinning scalp with minoxidil: whatever a parameter may act on.
void wear(Plan& plan, bool on_scalp) {
    plan.care.uv = 1;
    plan.skin.phototype = 5;
    plan.care.occlusion = 0.25;
    plan.skin.baseline = std::ranges::find(baselines, on_scalp ? "photo-aged" : "atrophic scar", &Baseline::name);
    if (on_scalp) plan.skin.site = std::ranges::find(sites, "scalp", &Site::name);
    plan.care.topicals = {{compound_of(*find_compound("minoxidil")), 1e-5, days(0, 60, 6)}};
}

struct Result {
    double collagen, lines;
    std::string faults;
};

Result a_year_after(const Channels& channels) {
    const Course course = run_course(with_lines(channels));
    return {last_effect<"collagen_total">(course), last_effect<"wrinkle_depth">(course), readings_outside(course)};
}

/// A thousandth is left to columns that go through the whole dermis already.
void check_no_less(const Result& more, const Result& less) {
    CHECK(more.collagen >= 0.999 * less.collagen);
    CHECK(more.lines <= 0.999 * less.lines);
}

}  // namespace

TEST_CASE("within usual practice a longer needle or another pass never does less, with any device", "[devices][dose]") {
    for (const auto& kind : kinds) {
        std::vector<Result> shorter(kind.passes.size(), {0, 0, ""});
        for (const double length : lengths) {
            Result fewer{0, 0, ""};
            for (std::size_t i = 0; i < kind.passes.size(); ++i) {
                const Channels channels = opened_by(kind.device, length, kind.passes[i]);
                REQUIRE(channels.density <= most_usual);
                const Result result = a_year_after(channels);
                INFO(kind.name << ", " << length << " mm, " << kind.passes[i] << " passes");
                CHECK(result.faults == "");
                check_no_less(result, fewer);
                check_no_less(result, shorter[i]);
                fewer = shorter[i] = result;
            }
            CHECK(fewer.collagen > 0);
            CHECK(fewer.lines < 0);
        }
    }
}

TEST_CASE("twelve monthly sessions of any device stay below +80 % of collagen and inside every range",
          "[devices][dose]") {
    for (const auto& kind : kinds)
        for (const double length : {1.5, 2.5}) {
            INFO(kind.name << ", " << length << " mm");
            const Channels channels = opened_by(kind.device, length, kind.usual_passes);
            const Course course = run_course(needled(channels, 12));
            CHECK(readings_outside(course) == "");
            constexpr auto collagen = index_of(readouts, "collagen_total");
            for (std::size_t row = 0; row < course.treated.appearance.size(); ++row)
                REQUIRE(relative_effect(course, collagen, row) < 0.8);
        }
}

TEST_CASE("the more of a column a beam vaporises, the more matrix is gone at once; heat alone keeps some",
          "[devices]") {
    const auto lost = [](double ablation) {
        Plan plan =
            needled(channels_of(FractionalLaser{.ablation = ablation}, 1, {}, 1.0, default_injury_parameters), 1);
        plan.outputs = {1.0 / 24};
        const Course course = run_course(plan);
        return (collagen_total(course.untreated.rows[0]) - collagen_total(course.treated.rows[0])) /
               (collagen_total(course.untreated.rows[0]) * course.injuries[0].whole.injured_volume);
    };
    double before = lost(0);
    CHECK(before > 0);
    CHECK(before < 0.95);
    for (const double ablation : {0.25, 0.5, 0.75, 1.0}) {
        CHECK(lost(ablation) > before);
        before = lost(ablation);
    }
    CHECK(before == Approx(1).epsilon(0.02));  // a column that is vaporised whole keeps nothing
}

TEST_CASE("at an hour a needle has lost less of the matrix it went through than a beam that vaporises", "[devices]") {
    const auto lost = [](const Channels& channels) {
        Plan plan = needled(channels, 1);
        plan.outputs = {1.0 / 24};
        const Course course = run_course(plan);
        return (1 - collagen_total(course.treated.rows[0]) / collagen_total(course.untreated.rows[0])) /
               course.injuries[0].whole.injured_volume;
    };
    const Channels beams = opened_by(FractionalLaser{.ablation = 1}, 1.0, 1);
    CHECK(lost(rolled(1.5, 15)) < lost(beams));
}

TEST_CASE("at the ends of the range of each parameter a roller and a pen still give a course in every range",
          "[devices][corners]") {
    for (std::size_t i = 0; i < course_parameters.size(); ++i)
        for (const double value : {course_parameters[i].range.low, course_parameters[i].range.high})
            for (const bool is_pen : {false, true}) {
                INFO(course_parameters[i].name << " = " << value << (is_pen ? ", pen" : ", roller"));
                Plan plan = with_lines({}, 2);
                wear(plan, is_pen);
                plan.duration = 120;
                plan.outputs = {1e-3, 0.1, 1, 3, 7, 14, 27, 28.001, 29, 35, 60, 120};
                course_parameter(plan, i) = value;
                const StrikePattern device = is_pen ? StrikePattern(Pen{}) : StrikePattern(Roller{});
                for (auto& session : plan.sessions)
                    session.channels = channels_of(device, is_pen ? 1 : 15, Needle{1.5}, 1.0, plan.injury);
                CHECK(readings_outside(run_course(plan)) == "");
            }
}

TEST_CASE("the widest needles and columns leave no less than nothing, even where tissue answers least far",
          "[devices][corners]") {
    const std::vector<StrikePattern> devices{Roller{}, Pen{}, FractionalLaser{16, 0.5, 1, 1},
                                             FractionalLaser{4, 1, 2, 0}};
    for (const auto& device : devices)
        for (const double mouth : {0.01, 0.2}) {
            INFO("device " << device.index() << ", mouth " << mouth);
            Plan plan = with_lines({}, 3);
            plan.injury[index_of(injury::parameters, "reach")] = 0.1;
            plan.injury[index_of(injury::parameters, "mouth_radius")] = mouth;
            for (auto& session : plan.sessions)
                session.channels = channels_of(device, 2, Needle{.length = 2.5, .diameter = 1}, 1.0, plan.injury);
            CHECK(readings_outside(run_course(plan)) == "");
        }
}
