// Laws of ensembles: a member's numbers are its own, whatever lanes, threads, neighbours and order.
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <vector>

#include "catch.hpp"
#include "cicatrix/base/error.hpp"
#include "cicatrix/ensemble/ensemble.hpp"
#include "cicatrix/numeric/instruction_set.hpp"
#include "cicatrix/numeric/random.hpp"
#include "needled_plans.hpp"
#include "recording_queue.hpp"

namespace {

using namespace cicatrix;
using namespace cicatrix::tests;

std::vector<Reduction> reductions(std::initializer_list<const char*> texts) {
    std::vector<Reduction> out;
    for (const char* text : texts) out.push_back(parse_reduction(text));
    return out;
}

const auto several =
    reductions({"wrinkle_depth effect final", "erythema auc", "collagen_total effect peak", "tewl time of peak",
                "neutrophils peak", "collagen_iii at 90 days", "tewl time to 15", "hydration untreated final"});

/// Patients between 20 and 70 years whose kinetic parameters vary, with two sessions that vary in depth.
void patient(std::uint64_t member, Plan& plan) {
    RandomStream random(7, member);
    plan = needled(rolled(random.uniform(0.5, 2.0), 1 + static_cast<double>(member % 12)), 2, 28, 300);
    plan.skin.age = random.uniform(20, 70);
    plan.relative = 1e-4;
    for (double& value : plan.parameters) value *= random.uniform(0.9, 1.1);
}

const std::function<PlanMaker()> patients = [] { return PlanMaker(patient); };

/// Patients of whom one in nine has a parameter that is no number.
const std::function<PlanMaker()> some_poisoned = [] {
    return PlanMaker([](std::uint64_t member, Plan& plan) {
        patient(member, plan);
        if (member % 9 == 4) plan.parameters.front() = std::numeric_limits<double>::quiet_NaN();
    });
};

std::vector<double> values_of(const EnsembleResult& result, std::size_t member, std::size_t count) {
    const auto first = result.values.begin() + static_cast<std::ptrdiff_t>(member * count);
    return {first, first + static_cast<std::ptrdiff_t>(count)};
}

bool is_missing(const std::vector<double>& values) {
    return std::ranges::all_of(values, [](double value) { return std::isnan(value); });
}

}  // namespace

TEST_CASE("an ensemble has the same bits in any lanes, on any instruction set and number of threads", "[ensemble]") {
    constexpr std::size_t count = 40;
    const auto expected = run_ensemble(0, count, patients, several, {.threads = 1, .lanes = 1});
    REQUIRE(std::ranges::count(expected.status, Status::done) == count);
    for (const auto set : available_instruction_sets()) {
        const auto before = instruction_set();
        REQUIRE(use_instruction_set(set));
        for (const int lanes : {0, 1, 2, 4, 8})
            for (const unsigned threads : {1u, 2u, 7u}) {
                INFO(name_of(set) << ", " << lanes << " lanes, " << threads << " threads");
                const auto result = run_ensemble(0, count, patients, several, {.threads = threads, .lanes = lanes});
                CHECK(equal_bits(result.values, expected.values));
                CHECK(result.steps == expected.steps);
            }
        use_instruction_set(before);
    }
}

TEST_CASE("a member has the same bits alone, in a batch and in one that begins elsewhere", "[ensemble]") {
    const auto whole = run_ensemble(0, 30, patients, several, {});
    const auto later = run_ensemble(11, 13, patients, several, {});
    for (std::size_t i = 0; i < 13; ++i)
        CHECK(equal_bits(values_of(later, i, several.size()), values_of(whole, 11 + i, several.size())));
    const auto alone = run_ensemble(17, 1, patients, several, {});
    CHECK(equal_bits(alone.values, values_of(whole, 17, several.size())));
}

TEST_CASE("members of an ensemble differ from each other", "[ensemble]") {
    const auto result = run_ensemble(0, 30, patients, reductions({"wrinkle_depth effect final"}), {});
    CHECK(std::set(result.values.begin(), result.values.end()).size() == 30);
}

TEST_CASE("a member ends where its course by itself ends, to the bit", "[ensemble]") {
    const auto last = reductions({"collagen_total final", "collagen_total untreated final", "tewl effect final",
                                  "collagen_iii at 90 days", "wrinkle_depth final", "downtime final"});
    const auto result = run_ensemble(0, 5, patients, last, {});
    for (std::uint64_t member = 0; member < 5; ++member) {
        Plan plan;
        patient(member, plan);
        plan.outputs = {90, plan.duration};
        const Course course = run_course(plan);
        const auto& end = course.treated.appearance.back();
        const auto& twin = course.untreated.appearance.back();
        const auto of = [](const auto& row, std::string_view name) {
            return row[static_cast<std::size_t>(std::ranges::find(readouts, name, &Readout::name) - readouts.begin())];
        };
        const std::vector<double> expected{
            of(end, "collagen_total"),          of(twin, "collagen_total"),
            of(end, "tewl") - of(twin, "tewl"), get<"collagen_iii">(course.treated.rows.front()),
            of(end, "wrinkle_depth"),           of(end, "downtime")};
        CHECK(equal_bits(values_of(result, member, last.size()), expected));
    }
}

TEST_CASE("peak, area and time to a level agree with a finely sampled course", "[ensemble]") {
    Plan plan;
    patient(3, plan);
    plan.relative = 1e-8;
    plan.outputs = days(0, plan.duration, 0.01);
    for (const auto& session : plan.sessions) plan.outputs.push_back(session.at + 1e-9);  // what follows the jump
    std::ranges::sort(plan.outputs);
    const Course course = run_course(plan);
    const auto sampled = [&](auto value) {
        std::vector<double> out;
        for (std::size_t i = 0; i < plan.outputs.size(); ++i)
            out.push_back(value(course.treated, i) - value(course.untreated, i));
        return out;
    };
    const auto area = [&](const std::vector<double>& values) {
        double sum = 0;
        for (std::size_t i = 1; i < values.size(); ++i)
            sum += 0.5 * (values[i] + values[i - 1]) * (plan.outputs[i] - plan.outputs[i - 1]);
        return sum;
    };
    const auto cells = sampled([](const auto& skin, std::size_t i) { return get<"neutrophils">(skin.rows[i]); });
    const auto redness =
        sampled([](const auto& skin, std::size_t i) { return skin.appearance[i][index_of(readouts, "erythema")]; });
    const auto young = sampled([](const auto& skin, std::size_t i) { return get<"collagen_iii">(skin.rows[i]); });
    const auto most_cells = std::ranges::max_element(cells);
    const double level = 0.5 * *std::ranges::max_element(young);
    const auto crossed = std::ranges::find_if(young, [&](double value) { return value > level; });

    auto asked = reductions({"erythema effect auc", "neutrophils effect peak", "neutrophils effect time of peak",
                             "collagen_iii effect auc", "collagen_iii effect time to 1"});
    asked.back().argument = level;
    const auto result =
        run_ensemble(0, 1, [&] { return PlanMaker([&](std::uint64_t, Plan& out) { out = plan; }); }, asked, {});
    CHECK(result.values[0] == Approx(area(redness)).epsilon(2e-3));
    CHECK(result.values[1] == Approx(*most_cells).epsilon(1e-3));
    CHECK(result.values[2] == Approx(plan.outputs[static_cast<std::size_t>(most_cells - cells.begin())]).margin(0.05));
    CHECK(result.values[3] == Approx(area(young)).epsilon(1e-3));
    REQUIRE(crossed != young.begin());
    CHECK(result.values[4] == Approx(plan.outputs[static_cast<std::size_t>(crossed - young.begin())]).margin(0.02));
}

TEST_CASE("members that fail say so and leave all others as they are", "[ensemble]") {
    const auto healthy = run_ensemble(0, 60, patients, several, {});
    const auto result = run_ensemble(0, 60, some_poisoned, several, {.threads = 2});
    for (std::size_t member = 0; member < 60; ++member) {
        INFO("member " << member);
        const auto values = values_of(result, member, several.size());
        if (member % 9 == 4) {
            CHECK(result.status[member] != Status::done);
            CHECK(is_missing(values));
        } else CHECK(equal_bits(values, values_of(healthy, member, several.size())));
    }
}

TEST_CASE("a member that no scenario allows is refused, and the others run", "[ensemble]") {
    const auto maker = [] {
        return PlanMaker([](std::uint64_t member, Plan& plan) {
            if (member == 2) throw InputError({Problem{{}, "no such patient", "", "", "E-RANGE"}});
            patient(member, plan);
        });
    };
    const auto result = run_ensemble(0, 5, maker, several, {});
    CHECK(result.status[2] == Status::refused);
    CHECK(is_missing(values_of(result, 2, several.size())));
    CHECK(std::ranges::count(result.status, Status::done) == 4);
}

TEST_CASE("an ensemble mixes fidelities and tolerances, each member as if alone", "[ensemble]") {
    const auto mixed = [](std::uint64_t member, Plan& plan) {
        patient(member, plan);
        if (member % 3 == 1) plan.relative = 1e-6;
        if (member == 2) plan.fidelity = Fidelity::depth, plan.grid.cells = 16, plan.relative = 1e-3;
        if (member == 4) plan.method = Method::rodas4;
    };
    const auto maker = [&] { return PlanMaker(mixed); };
    const auto result = run_ensemble(0, 6, maker, several, {});
    REQUIRE(std::ranges::count(result.status, Status::done) == 6);
    for (std::uint64_t member = 0; member < 6; ++member) {
        const auto alone = run_ensemble(member, 1, maker, several, {.lanes = 1});
        CHECK(equal_bits(alone.values, values_of(result, member, several.size())));
    }
}

TEST_CASE("an ensemble stops when it is told to", "[ensemble]") {
    const auto stop = [](std::size_t, std::size_t) { return false; };
    CHECK_THROWS_AS(run_ensemble(0, 100'000, patients, several, {}, stop), Interrupted);
}

TEST_CASE("what a maker of plans throws ends the ensemble and reaches the caller", "[ensemble]") {
    const auto broken = []() -> PlanMaker { throw std::runtime_error("no plans today"); };
    CHECK_THROWS_WITH(run_ensemble(0, 3, broken, several, {.threads = 2}), "no plans today");
}

TEST_CASE("reductions are read from words, and written as the same words", "[ensemble]") {
    for (const char* text : {"wrinkle_depth effect final", "erythema auc", "tewl untreated time of peak",
                             "tewl time to 15.5", "collagen_iii at 90 d", "neutrophils peak"}) {
        CHECK(text_of(parse_reduction(text)) == text);
        CHECK(parse_reduction(text_of(parse_reduction(text))) == parse_reduction(text));
    }
    CHECK(parse_reduction("tewl  at 2 weeks").argument == 14);
    CHECK(name_of(parse_reduction("tewl time to -0.5")) == "tewl_time_to_m0_5");
    CHECK(unit_of(parse_reduction("wrinkle_depth auc")) == "um d");
    CHECK(unit_of(parse_reduction("wrinkle_depth time of peak")) == "d");
}

TEST_CASE("a misspelt reduction is refused with the nearest word", "[ensemble]") {
    const auto problem = [](const char* text) {
        try {
            parse_reduction(text);
        } catch (const InputError& error) {
            return error.problems().front();
        }
        return Problem{};
    };
    CHECK(problem("wrinkle_dept final").suggestion == "wrinkle_depth");
    CHECK(problem("wrinkle_depth efect final").suggestion == "effect");
    CHECK(problem("wrinkle_depth finall").suggestion == "final");
    for (const char* text : {"", "tewl", "tewl effect", "tewl at 3", "tewl time to", "tewl at 3 mm", "tewl final peak"})
        CHECK_FALSE(problem(text).what.empty());
}

TEST_CASE("settings that there are not are refused before any member runs", "[ensemble]") {
    const auto never = []() -> PlanMaker { throw std::logic_error("no plan should be asked for"); };
    for (const EnsembleSettings& settings :
         {EnsembleSettings{.threads = 0}, {.lanes = 3}, {.lanes = -1}, {.lanes = 16}})
        CHECK_THROWS_AS(run_ensemble(0, 3, never, several, settings), std::invalid_argument);
}
