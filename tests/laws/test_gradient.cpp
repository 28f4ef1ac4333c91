// Laws of gradients: they are what difference quotients of whole courses go to, for every kind of parameter.
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "catch.hpp"
#include "cicatrix/course/parameters.hpp"
#include "cicatrix/ensemble/ensemble.hpp"
#include "cicatrix/ensemble/gradient.hpp"
#include "cicatrix/numeric/instruction_set.hpp"
#include "needled_plans.hpp"

namespace {

using namespace cicatrix;
using namespace cicatrix::tests;

std::vector<Reduction> reductions(const std::vector<std::string>& texts) {
    std::vector<Reduction> out;
    for (const auto& text : texts) out.push_back(parse_reduction(text));
    return out;
}

std::size_t parameter(std::string_view name) {
    const auto at = std::ranges::find(course_parameters, name, &Parameter::name);
    REQUIRE(at != course_parameters.end());
    return static_cast<std::size_t>(at - course_parameters.begin());
}

Plan old_cheek() {
    Plan plan = needled(rolled(1.5, 10), 3, 28, 200);
    plan.skin.age = 48;
    plan.care.uv = 0.2;
    plan.relative = 1e-10;
    plan.absolute = 1e-14;
    return plan;
}

/// A number of a plan and how to get at it.
struct Number {
    std::string name;
    std::function<double&(Plan&)> in;
};

std::vector<Number> numbers() {
    std::vector<Number> out;
    for (const char* name : {"clot_decay",
                             "damage_clearance_by_m1",
                             "neutrophil_death",
                             "macrophage_switch",
                             "il10_from_m2",
                             "latent_tgf_decay",
                             "fibroblast_growth_by_pdgf",
                             "fibroblast_capacity",
                             "synthesis_gain_by_tgf",
                             "cross_linking",
                             "mature_collagen_home",
                             "fragments_home",
                             "mmp_turnover",
                             "elastin_loss",
                             "barrier_closure",
                             "cell_loss_by_needling",
                             "ageing_of_synthesis",
                             "ageing_onset",
                             "melanin_turnover",
                             "reach",
                             "capillary_depth",
                             "pain_power_of_length",
                             "pain_fading_time",
                             "visible_erythema",
                             "horny_layer_modulus",
                             "permanent_crease",
                             "hyperpigmentation_hazard"})
        out.push_back({name, [i = parameter(name)](Plan& plan) -> double& { return course_parameter(plan, i); }});
    out.push_back({"age", [](Plan& plan) -> double& { return plan.skin.age; }});
    out.push_back({"thickness of the dermis", [](Plan& plan) -> double& { return plan.skin.dermis; }});
    out.push_back({"light", [](Plan& plan) -> double& { return plan.care.uv; }});
    out.push_back(
        {"depth of the second session", [](Plan& plan) -> double& { return plan.sessions[1].channels.depth; }});
    out.push_back(
        {"density of the last session", [](Plan& plan) -> double& { return plan.sessions[2].channels.density; }});
    return out;
}

Plan changed(const Plan& plan, const Number& number, double change) {
    Plan out = plan;
    number.in(out) += change;
    return out;
}

std::vector<Direction> directions(const Plan& plan, const std::vector<Number>& numbers) {
    std::vector<Direction> out;
    for (const auto& number : numbers) {
        Plan copy = plan;
        const double step = 1e-4 * number.in(copy);
        out.push_back({changed(plan, number, -step), changed(plan, number, step), step, step});
    }
    return out;
}

/// By whole courses on both sides; in the order of Gradient::slopes.
std::vector<double> quotients(const Plan& plan, const std::vector<Number>& numbers, std::span<const Reduction> asked) {
    const auto moved = directions(plan, numbers);
    const auto maker = [&] {
        return [&](std::uint64_t member, Plan& out) {
            out = member % 2 == 0 ? moved[member / 2].low : moved[member / 2].high;
        };
    };
    const auto result = run_ensemble(0, 2 * moved.size(), maker, asked, {});
    std::vector<double> out(asked.size() * moved.size());
    for (std::size_t d = 0; d < moved.size(); ++d)
        for (std::size_t r = 0; r < asked.size(); ++r)
            out[r * moved.size() + d] =
                (result.values[(2 * d + 1) * asked.size() + r] - result.values[2 * d * asked.size() + r]) /
                (moved[d].below + moved[d].above);
    return out;
}

}  // namespace

TEST_CASE("Gradients of every read-out are difference quotients of whole courses, for every kind of number") {
    std::vector<std::string> texts;
    for (const auto& readout : readouts) texts.push_back(std::string(readout.name) + " final");
    for (const char* text : {"wrinkle_depth effect final", "erythema auc", "erythema peak", "erythema at 30 days",
                             "collagen_total effect at 120 days", "melanin_index peak", "pain at 0.1 days",
                             "collagen_total time to 0.93", "elastin untreated final", "pain auc"})
        texts.emplace_back(text);
    const auto asked = reductions(texts);
    const Plan plan = old_cheek();
    const auto moved = numbers();
    const Gradient gradient = gradient_of(plan, directions(plan, moved), asked);
    const auto expected = quotients(plan, moved, asked);
    REQUIRE(gradient.outcome.status == Status::done);
    Plan copy = plan;
    for (std::size_t d = 0; d < moved.size(); ++d) {
        CHECK(gradient.obstacle[d].empty());
        for (std::size_t r = 0; r < asked.size(); ++r) {
            CAPTURE(moved[d].name, texts[r], gradient.values[r]);
            const double size = std::abs(gradient.values[r] / moved[d].in(copy));  // of an elasticity of 1
            CHECK(gradient.slopes[r * moved.size() + d] ==
                  Approx(expected[r * moved.size() + d]).epsilon(1e-4).margin(1e-6 * size + 1e-12));
        }
    }
}

TEST_CASE("Gradients at an everyday tolerance are as exact as its courses") {
    const auto asked = reductions({"wrinkle_depth effect final", "erythema auc", "collagen_total effect at 120 days"});
    Plan plan = old_cheek();
    const auto moved = numbers();
    const Gradient exact = gradient_of(plan, directions(plan, moved), asked);
    plan.relative = 1e-4, plan.absolute = 1e-10;
    const Gradient rough = gradient_of(plan, directions(plan, moved), asked);
    for (std::size_t i = 0; i < exact.slopes.size(); ++i) {
        const std::size_t d = i % moved.size(), r = i / moved.size();
        CAPTURE(moved[d].name, r);
        const double size = std::abs(exact.values[r] / moved[d].in(plan));
        CHECK(rough.slopes[i] == Approx(exact.slopes[i]).epsilon(2e-3).margin(1e-3 * size));
    }
}

TEST_CASE("The time of a peak moves as whole courses say, as far as its place is sharp") {
    const auto asked = reductions({"neutrophils time of peak"});
    Plan plan = needled(rolled(1.5, 10), 1, 28, 60);
    plan.relative = 1e-10, plan.absolute = 1e-14;
    const auto all = numbers();
    const std::vector<Number> some{all[0], all[1], all[2], all[3], all[19]};
    const Gradient gradient = gradient_of(plan, directions(plan, some), asked);
    const auto expected = quotients(plan, some, asked);
    for (std::size_t d = 0; d < some.size(); ++d) {
        CAPTURE(some[d].name);
        CHECK(gradient.slopes[d] == Approx(expected[d]).epsilon(3e-3).margin(3e-3));
    }
}

TEST_CASE("The values beside a gradient are those of a plain course to the last bit") {
    const auto asked = reductions({"wrinkle_depth effect final", "tewl auc", "downtime final"});
    const Plan plan = old_cheek();
    const auto maker = [&] { return [&](std::uint64_t, Plan& out) { out = plan; }; };
    const auto moved = numbers();
    CHECK(gradient_of(plan, directions(plan, moved), asked).values == run_ensemble(0, 1, maker, asked, {}).values);
}

TEST_CASE("A gradient does not depend on threads, on neighbours or on what it is asked beside") {
    const auto asked = reductions({"wrinkle_depth effect final", "erythema auc"});
    const Plan plan = old_cheek();
    const auto all = numbers();
    const Gradient whole = gradient_of(plan, directions(plan, all), asked);
    CHECK(gradient_of(plan, directions(plan, all), asked, 3).slopes == whole.slopes);
    for (const std::size_t d : {std::size_t{0}, std::size_t{9}, all.size() - 1}) {
        const Gradient one = gradient_of(plan, directions(plan, {all[d]}), asked);
        CHECK(one.slopes[0] == whole.slopes[d]);
        CHECK(one.slopes[1] == whole.slopes[all.size() + d]);
    }
}

TEST_CASE("Every instruction set gives the same gradient") {
    const auto asked = reductions({"wrinkle_depth effect final", "erythema auc"});
    const Plan plan = old_cheek();
    const auto moved = directions(plan, numbers());
    const InstructionSet before = instruction_set();
    const auto slopes = gradient_of(plan, moved, asked).slopes;
    for (const InstructionSet set : available_instruction_sets()) {
        use_instruction_set(set);
        CHECK(gradient_of(plan, moved, asked).slopes == slopes);
    }
    use_instruction_set(before);
}

TEST_CASE("What moves the times of a course, or nothing at all, has no derivative and says so") {
    const auto asked = reductions({"wrinkle_depth effect final", "erythema auc"});
    const Plan plan = old_cheek();
    const Number interval{"second session", [](Plan& out) -> double& { return out.sessions[1].at; }};
    const Number fine{"light", [](Plan& out) -> double& { return out.care.uv; }};
    auto moved = directions(plan, {interval, fine});
    moved.push_back({plan, plan, 0, 0});
    const Gradient gradient = gradient_of(plan, moved, asked);
    CHECK(gradient.obstacle[0].find("times") != std::string::npos);
    CHECK(gradient.obstacle[1].empty());
    CHECK(gradient.obstacle[2].find("not move") != std::string::npos);
    CHECK(std::isnan(gradient.slopes[0]));
    CHECK(std::isnan(gradient.slopes[2]));
    CHECK(std::isfinite(gradient.slopes[1]));
}

TEST_CASE("Ageing that sets in at the very age of the skin is a corner and has no derivative") {
    Plan plan = old_cheek();
    plan.skin.age = 25;
    const Number onset{"onset", [](Plan& out) -> double& { return course_parameter(out, parameter("ageing_onset")); }};
    const auto asked = reductions({"wrinkle_depth final"});
    CHECK_FALSE(gradient_of(plan, directions(plan, {onset}), asked).obstacle[0].empty());
}

TEST_CASE("A course that fails has no gradient, and one in space none yet") {
    const auto asked = reductions({"wrinkle_depth final"});
    Plan poisoned = old_cheek();
    poisoned.parameters[0] = std::nan("");
    const Gradient gradient = gradient_of(poisoned, directions(old_cheek(), numbers()), asked);
    CHECK(gradient.outcome.status != Status::done);
    CHECK(std::isnan(gradient.slopes[0]));
    Plan in_space = old_cheek();
    in_space.fidelity = Fidelity::depth;
    CHECK_THROWS_AS(gradient_of(in_space, directions(in_space, numbers()), asked), std::invalid_argument);
    CHECK_THROWS_AS(gradient_of(old_cheek(), {}, asked, 0), std::invalid_argument);
}
