// What a scenario's words become in the plan of its course: each value in its place and in the model's unit.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "cicatrix/course/parameters.hpp"
#include "cicatrix/scenario/run.hpp"
#include "cicatrix/scenario/sweep.hpp"
#include "scenario_texts.hpp"

using namespace cicatrix;
using namespace cicatrix::test;

namespace {

Scenario complete(const std::string& text) { return parse_scenario(text, "x.toml", parameter_rows()); }

Plan plan_from(const std::string& text) { return plan_of(complete(text)); }

/// Four sessions of a roller at the temple, with lines added to [simulation], the last section.
Plan plan_adding(const std::string& lines) { return plan_from(good_text + lines); }

double parameter(const Plan& plan, std::string_view name) {
    for (std::size_t i = 0; i < plan.parameters.size(); ++i)
        if (CourseModel::parameters[i].name == name) return plan.parameters[i];
    throw std::invalid_argument(std::string(name));
}

const std::string pen = R"([patient]
age = "52 years"
site = "periorbital"
[device]
kind = "pen"
needle_length = "0.5 mm"
channel_density = "120 /cm2"
penetration_ratio = 0.8
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
)";

const std::string prescribed = R"([patient]
age = "25 years"
[device]
kind = "prescribed"
injured_fraction = 0.05
[protocol]
sessions = ["0 days", { at = "30 days", injured_fraction = 0.2 }]
)";

}  // namespace

TEST_CASE("a scenario that says only what it must has the defaults of a plan", "[plan]") {
    const Plan plan = plan_from("[patient]\nage = \"25 years\"\n[protocol]\nsessions = \"none\"\n");
    const Plan fresh;
    CHECK(plan.parameters == fresh.parameters);
    CHECK(plan.skin.age == Approx(fresh.skin.age).epsilon(1e-15));
    CHECK(plan.injury == fresh.injury);
    CHECK(plan.readouts == fresh.readouts);
    CHECK(plan.absorption == fresh.absorption);
    CHECK(plan.skin.site->name == fresh.skin.site->name);
    CHECK(plan.skin.dermis == Approx(fresh.skin.dermis * thinning_by_age(25)).epsilon(1e-14));
    CHECK(plan.ageing == fresh.ageing);
    CHECK(plan.care.uv == fresh.care.uv);
    CHECK(plan.duration == fresh.duration);
    CHECK(plan.relative == fresh.relative);
    CHECK(plan.absolute == fresh.absolute);
    CHECK(plan.method == fresh.method);
    CHECK(plan.sessions.empty());
}

TEST_CASE("the age of a plan is in years and its times in days", "[plan]") {
    CHECK(plan_from(good_text).skin.age == Approx(52).epsilon(1e-15));
    CHECK(plan_from(with(good_text, "52 years", "600 months")).skin.age == Approx(50).epsilon(1e-15));
    CHECK(plan_from(with(good_text, "24 months", "18 weeks")).duration == Approx(126).epsilon(1e-15));
    CHECK(plan_from(with(good_text, "24 months", "2 years")).duration == Approx(730.5).epsilon(1e-15));
    const Plan listed = plan_adding("outputs = [\"12 h\", \"1 day\", \"2 weeks\"]\n");
    CHECK(listed.outputs == std::vector<double>{0.5, 1, 14});
}

TEST_CASE("a plan's outputs rise from the first day to the last", "[plan]") {
    const Plan plan = plan_from(good_text);
    CHECK(plan.outputs.front() == 0);
    CHECK(plan.outputs.back() == plan.duration);
    CHECK(std::ranges::adjacent_find(plan.outputs, std::greater_equal<>()) == plan.outputs.end());
}

TEST_CASE("how to integrate arrives in the plan", "[plan]") {
    const Plan plan = plan_adding("rtol = 1e-9\natol = 1e-13\nmethod = \"rodas4\"\nageing = \"drift\"\n");
    CHECK(plan.relative == 1e-9);
    CHECK(plan.absolute == 1e-13);
    CHECK(plan.method == Method::rodas4);
    CHECK(plan.ageing == Ageing::drift);
}

TEST_CASE("ultraviolet light arrives in the plan", "[plan]") {
    CHECK(plan_adding("[care]\nuv = 0.25\n").care.uv == 0.25);
}

TEST_CASE("a parameter that a scenario sets arrives in the model's unit, the others keep their defaults", "[plan]") {
    const Plan plan = plan_adding("[parameters]\nclot_decay = \"0.01 /h\"\nageing_onset = \"360 months\"\n");
    CHECK(parameter(plan, "clot_decay") == Approx(0.24).epsilon(1e-12));
    CHECK(parameter(plan, "ageing_onset") == Approx(30).epsilon(1e-12));
    const Plan fresh;
    std::size_t changed = 0;
    for (std::size_t i = 0; i < fresh.parameters.size(); ++i) changed += plan.parameters[i] != fresh.parameters[i];
    CHECK(changed == 2);
}

TEST_CASE("the rows that a scenario may set are the parameters of a course, of a known model only", "[plan]") {
    CHECK(parameter_rows().size() == course_parameters.size());
    CHECK_THROWS_AS(parameter_rows("no such model"), std::invalid_argument);
}

TEST_CASE("sessions arrive on their days", "[plan]") {
    const Plan plan = plan_from(good_text);
    REQUIRE(plan.sessions.size() == 4);
    for (std::size_t i = 0; i < 4; ++i) CHECK(plan.sessions[i].at == 28.0 * static_cast<double>(i));
}

TEST_CASE("the channels of a session are those of all its passes, as deep as the needle's length lets them", "[plan]") {
    const auto session = plan_from(pen).sessions.front();  // 120 a cm2 and pass, 15 passes, 0.8 of 0.5 mm
    CHECK(session.channels.strikes == Approx(18).epsilon(1e-12));
    CHECK(session.channels.density < session.channels.strikes);
    CHECK(session.channels.depth == Approx(0.4).epsilon(1e-12));
    const auto roller = plan_from(good_text).sessions.front();
    CHECK(100 * roller.channels.strikes / 15 == Approx(15.3).margin(0.05));
    CHECK(roller.channels.depth / 1.5 == Approx(0.6).margin(0.1));
}

TEST_CASE("passes act as density does", "[plan]") {
    const auto strikes = [](const std::string& text) { return plan_from(text).sessions.front().channels.strikes; };
    CHECK(strikes(with(pen, "passes = 15", "passes = 30")) == Approx(2 * strikes(pen)).epsilon(1e-12));
    CHECK(strikes(with(pen, "120 /cm2", "240 /cm2")) == Approx(2 * strikes(pen)).epsilon(1e-12));
}

TEST_CASE("the thinner the dermis of sex and site, the larger the share of it that the same channels injure",
          "[plan]") {
    const auto of = [](const std::string& patient) {
        return injuries_of(plan_from(with(with(pen, "0.5 mm", "1 mm"), "site = \"periorbital\"", patient)))
            .front()
            .whole;
    };
    const Injury male = of("sex = \"male\"\nsite = \"periorbital\""), any = of("site = \"periorbital\""),
                 female = of("sex = \"female\"\nsite = \"periorbital\"");
    CHECK(female.injured_volume > any.injured_volume);
    CHECK(any.injured_volume > male.injured_volume);
    CHECK(female.open_area == male.open_area);
    CHECK(of("site = \"abdomen\"").injured_volume < any.injured_volume);
}

TEST_CASE("a session with values of its own differs from the others in just these", "[plan]") {
    const Plan plan = plan_from(with(pen, "\"every 4 weeks x 4\"", R"([
  "0 days", { at = "30 days", needle_length = "0.25 mm" }, { at = "60 days", passes = 5 }])"));
    REQUIRE(plan.sessions.size() == 3);
    CHECK(plan.sessions[1].channels.depth == Approx(0.5 * plan.sessions[0].channels.depth));
    CHECK(plan.sessions[1].channels.density == plan.sessions[0].channels.density);
    CHECK(plan.sessions[2].channels.depth == plan.sessions[0].channels.depth);
    CHECK(3 * plan.sessions[2].channels.strikes == Approx(plan.sessions[0].channels.strikes));
}

TEST_CASE("a prescribed injury sets both fractions and has no channels", "[plan]") {
    const Plan plan = plan_from(prescribed);
    REQUIRE(plan.sessions.size() == 2);
    for (const auto& [session, fraction] : {std::pair{plan.sessions[0], 0.05}, std::pair{plan.sessions[1], 0.2}}) {
        REQUIRE(session.prescribed.has_value());
        CHECK(session.prescribed->open_area == fraction);
        CHECK(session.prescribed->injured_volume == fraction);
        CHECK(session.channels.density == 0);
    }
    CHECK(injuries_of(plan).front().volume.after.fresh == 1);  // all tissue alike
}

TEST_CASE("the resolved form of a scenario makes the same plan", "[plan]") {
    for (const std::string& text : {good_text, pen, prescribed}) {
        const Scenario scenario = complete(text);
        const Plan plan = plan_of(scenario), again = plan_from(scenario.resolved());
        CHECK(again.parameters == plan.parameters);
        CHECK(again.outputs == plan.outputs);
        CHECK(again.skin.age == plan.skin.age);
        REQUIRE(again.sessions.size() == plan.sessions.size());
        for (std::size_t i = 0; i < plan.sessions.size(); ++i) {
            CHECK(again.sessions[i].at == plan.sessions[i].at);
            CHECK(again.sessions[i].channels.density == plan.sessions[i].channels.density);
            CHECK(again.sessions[i].channels.depth == plan.sessions[i].channels.depth);
            CHECK(again.sessions[i].prescribed.has_value() == plan.sessions[i].prescribed.has_value());
        }
    }
}

TEST_CASE("every scenario that is shipped becomes a plan whose injuries are shares", "[plan]") {
    std::size_t found = 0;
    for (const auto& entry : std::filesystem::directory_iterator(CICATRIX_SCENARIOS)) {
        if (entry.path().extension() != ".toml") continue;
        ++found;
        INFO(entry.path().filename().string());
        std::ifstream file(entry.path());
        const std::string text(std::istreambuf_iterator<char>(file), {});
        const Plan plan = plan_of(describes_sweep(text) ? parse_sweep(text, "sweep.toml").scenario()
                                                        : parse_scenario(text, "scenario.toml", parameter_rows()));
        CHECK(plan.outputs.back() <= plan.duration);
        for (const auto& injury : injuries_of(plan))
            for (const double share : {injury.whole.open_area, injury.whole.injured_volume}) {
                CHECK(share > 0);
                CHECK(share < 1);
            }
    }
    CHECK(found >= 6);
}
