// Laws of ensembles in single precision: a member's bits are its own there, too, its error is that of its tolerance, and
// what cannot be computed so is refused.
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "catch.hpp"
#include "cicatrix/base/error.hpp"
#include "cicatrix/ensemble/ensemble.hpp"
#include "cicatrix/numeric/instruction_set.hpp"
#include "cicatrix/numeric/random.hpp"
#include "cicatrix/solver/member.hpp"
#include "needled_plans.hpp"
#include "recording_queue.hpp"

namespace {

using namespace cicatrix;
using namespace cicatrix::tests;

std::vector<Reduction> asked() {
    std::vector<Reduction> out;
    for (const char* text : {"collagen_total final", "collagen_iii at 90 days", "wrinkle_depth final", "erythema auc",
                             "tewl peak", "neutrophils peak", "hydration untreated final",
                             "collagen_total untreated final", "damage_signals auc", "platelets at 29 days"})
        out.push_back(parse_reduction(text));
    return out;
}

/// Patients whose kinetic parameters vary, with up to three sessions whose needles vary.
void patient(std::uint64_t member, Plan& plan) {
    RandomStream random(31, member);
    plan = needled(rolled(random.uniform(0.5, 2.0), 1 + static_cast<double>(member % 15)),
                   1 + static_cast<int>(member % 3), member % 2 == 0 ? 28 : 56, 200);
    plan.skin.age = random.uniform(20, 70);
    plan.relative = 1e-4;
    plan.absolute = least_absolute_single;
    for (double& value : plan.parameters) value *= random.uniform(0.9, 1.1);
}

std::function<PlanMaker()> patients_with(std::function<void(std::uint64_t, Plan&)> change) {
    return [change] {
        return PlanMaker([change](std::uint64_t member, Plan& plan) {
            patient(member, plan);
            change(member, plan);
        });
    };
}

const auto patients = patients_with([](std::uint64_t, Plan&) {});

EnsembleResult in_single(std::size_t count, const std::function<PlanMaker()>& maker, int lanes = 0,
                         unsigned threads = 1) {
    return run_ensemble(0, count, maker, asked(), {.threads = threads, .lanes = lanes, .single_precision = true});
}

/// Of each reduction the root mean square over members of the difference, as a share of that of the values.
std::vector<double> errors(const EnsembleResult& found, const EnsembleResult& exact) {
    const std::size_t columns = asked().size();
    std::vector<double> out;
    for (std::size_t c = 0; c < columns; ++c) {
        double differences = 0, values = 0;
        for (std::size_t i = c; i < exact.values.size(); i += columns) {
            differences += std::pow(found.values[i] - exact.values[i], 2);
            values += std::pow(exact.values[i], 2);
        }
        out.push_back(std::sqrt(differences / values));
    }
    return out;
}

Problem refusal_of(const std::function<PlanMaker()>& maker) {
    try {
        in_single(5, maker);
    } catch (const InputError& error) {
        REQUIRE(error.problems().size() == 1);
        return error.problems().front();
    }
    return {};
}

}  // namespace

TEST_CASE("in single precision, too, a member has the same bits in any lanes, on any instruction set and threads",
          "[ensemble][single]") {
    constexpr std::size_t count = 40;
    const auto expected = in_single(count, patients, 1);
    REQUIRE(std::ranges::count(expected.status, Status::done) == count);
    for (const auto set : available_instruction_sets()) {
        const auto before = instruction_set();
        REQUIRE(use_instruction_set(set));
        for (const int lanes : {0, 1, 8})
            for (const unsigned threads : {1u, 3u}) {
                INFO(name_of(set) << ", " << lanes << " lanes, " << threads << " threads");
                const auto result = in_single(count, patients, lanes, threads);
                CHECK(equal_bits(result.values, expected.values));
                CHECK(result.steps == expected.steps);
            }
        use_instruction_set(before);
    }
}

TEST_CASE("single precision computes other bits than double precision, and nearly as many steps",
          "[ensemble][single]") {
    const auto single = in_single(20, patients), full = run_ensemble(0, 20, patients, asked(), {});
    CHECK_FALSE(equal_bits(single.values, full.values));
    for (std::size_t member = 0; member < 20; ++member)
        CHECK(single.steps[member] == Approx(full.steps[member]).epsilon(0.05));
}

// Rounding adds some millionths; at rtol 1e-4 the tolerance has the larger share, by either method.
TEST_CASE("single precision adds some millionths to the error that the tolerance allows", "[ensemble][single]") {
    constexpr std::size_t count = 30;
    const auto exact = run_ensemble(
        0, count, patients_with([](std::uint64_t, Plan& plan) { plan.relative = 1e-9, plan.absolute = 1e-12; }),
        asked(), {});
    for (const Method method : {Method::rodas5p, Method::rodas4})
        for (const double relative : {1e-4, least_relative_single}) {
            const auto maker =
                patients_with([&](std::uint64_t, Plan& plan) { plan.relative = relative, plan.method = method; });
            const auto single = in_single(count, maker), full = run_ensemble(0, count, maker, asked(), {});
            const auto of_single = errors(single, exact), of_full = errors(full, exact);
            for (std::size_t c = 0; c < of_single.size(); ++c) {
                INFO(text_of(asked()[c]) << " at rtol " << relative << ": " << of_single[c] << ", " << of_full[c]);
                CHECK(of_single[c] < of_full[c] + 1e-5);
            }
        }
}

TEST_CASE("a smaller absolute tolerance than single precision resolves is taken for the least that it does",
          "[ensemble][single]") {
    const auto finer = patients_with([](std::uint64_t, Plan& plan) { plan.absolute = 1e-12; });
    CHECK(equal_bits(in_single(10, finer).values, in_single(10, patients).values));
    const auto coarser = patients_with([](std::uint64_t, Plan& plan) { plan.absolute = 1e-6; });
    CHECK_FALSE(equal_bits(in_single(10, coarser).values, in_single(10, patients).values));
}

TEST_CASE("courses in space and tolerances that rounding spoils are refused in single precision",
          "[ensemble][single]") {
    const auto deep = patients_with([](std::uint64_t member, Plan& plan) {
        if (member == 3) plan.fidelity = Fidelity::depth;
    });
    CHECK(refusal_of(deep).where.path == "simulation.fidelity");
    CHECK(refusal_of(deep).allowed.find("lumped") != std::string::npos);
    const auto exact = patients_with([](std::uint64_t member, Plan& plan) {
        if (member == 4) plan.relative = 2.9e-6;
    });
    const auto problem = refusal_of(exact);
    CHECK(problem.where.path == "simulation.rtol");
    CHECK(problem.what.find("2.9e-06") != std::string::npos);
    CHECK(problem.allowed.find("3e-06") != std::string::npos);
}

TEST_CASE("in single precision one poisoned member fails alone", "[ensemble][single]") {
    const auto healthy = in_single(40, patients);
    const auto result = in_single(40, patients_with([](std::uint64_t member, Plan& plan) {
                                      if (member == 17)
                                          plan.parameters.front() = std::numeric_limits<double>::quiet_NaN();
                                  }));
    const std::size_t columns = asked().size();
    for (std::size_t member = 0; member < 40; ++member) {
        INFO("member " << member);
        CHECK((result.status[member] == Status::done) == (member != 17));
        if (member == 17) continue;
        for (std::size_t c = member * columns; c < (member + 1) * columns; ++c)
            CHECK(result.values[c] == healthy.values[c]);
    }
}
