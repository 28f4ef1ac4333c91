// The same bits from every instruction set that kernels are compiled for.
#include <algorithm>
#include <vector>

#include "catch.hpp"
#include "cicatrix/course/course.hpp"
#include "cicatrix/numeric/instruction_set.hpp"
#include "course_plans.hpp"
#include "recording_queue.hpp"

namespace {

using namespace cicatrix;
using namespace cicatrix::tests;

/// Uses an instruction set, and again what was in use before when it goes.
class Using {
  public:
    explicit Using(InstructionSet set) { REQUIRE(use_instruction_set(set)); }
    Using(const Using&) = delete;
    Using& operator=(const Using&) = delete;
    ~Using() { use_instruction_set(before_); }

  private:
    InstructionSet before_ = instruction_set();
};

/// Two sessions, by one method.
Plan needled(Method method) {
    Plan plan = year_with({0, 28});
    plan.method = method;
    plan.relative = method == Method::rodas4 ? 1e-3 : 1e-5;
    return plan;
}

/// All profiles of both trajectories, one after the other.
std::vector<double> numbers_of(const Course& course) {
    std::vector<double> out;
    for (const auto* trajectory : {&course.treated, &course.untreated})
        for (const auto& profile : trajectory->profiles)
            out.insert(out.end(), profile.data(), profile.data() + profile.size());
    return out;
}

/// All read-outs of both trajectories, one after the other.
std::vector<double> appearance_of(const Course& course) {
    std::vector<double> out;
    for (const auto* trajectory : {&course.treated, &course.untreated})
        for (const auto& row : trajectory->appearance) out.insert(out.end(), row.begin(), row.end());
    return out;
}

}  // namespace

TEST_CASE("the processor's highest instruction set is in use until another is asked for", "[instruction sets]") {
    const auto available = available_instruction_sets();
    REQUIRE(available.front() == InstructionSet::baseline);
    CHECK(std::ranges::is_sorted(available));
    CHECK(instruction_set() == available.back());
    for (const auto set : available) {
        const Using forced(set);
        CHECK(instruction_set() == set);
    }
    CHECK(instruction_set() == available.back());
}

TEST_CASE("an instruction set that is not available is refused", "[instruction sets]") {
    const auto available = available_instruction_sets();
    for (const auto set : {InstructionSet::x86_64_v3, InstructionSet::x86_64_v4})
        if (std::ranges::count(available, set) == 0) CHECK_FALSE(use_instruction_set(set));
    CHECK(instruction_set() == available.back());
}

TEST_CASE("a course has the same bits on every instruction set", "[instruction sets]") {
    const auto method = GENERATE(Method::rodas5p, Method::rodas4);
    std::vector<Course> courses;
    for (const auto set : available_instruction_sets()) {
        INFO(name_of(set));
        const Using forced(set);
        courses.push_back(run_course(needled(method)));
        CHECK(equal_bits(courses.back().treated.rows, courses.front().treated.rows));
        CHECK(equal_bits(courses.back().untreated.rows, courses.front().untreated.rows));
        CHECK(equal_bits(appearance_of(courses.back()), appearance_of(courses.front())));
    }
    CHECK_FALSE(equal_bits(courses.front().treated.rows, courses.front().untreated.rows));
}

TEST_CASE("a course in space has the same bits on every instruction set", "[instruction sets]") {
    const auto method = GENERATE(Method::rodas5p, Method::rodas4);
    Plan plan = needled(method);
    plan.fidelity = GENERATE(Fidelity::depth, Fidelity::channel);
    plan.grid = {.cells = 37, .rings = 5, .estimate_error = false};  // lanes without a cell included
    for (auto& session : plan.sessions) {
        session.prescribed.reset();
        session.channels.density = 3, session.channels.depth = 0.6, session.channels.depth_spread = 0.1;
        session.channels.radius = 0.05, session.channels.mouth_radius = 0.03;
    }
    std::vector<double> first;
    for (const auto set : available_instruction_sets()) {
        INFO(name_of(set));
        const Using forced(set);
        const auto course = run_course(plan);
        REQUIRE(course.treated.outcome.status == Status::done);
        const auto numbers = numbers_of(course);
        if (first.empty()) first = numbers;
        CHECK(equal_bits(numbers, first));
    }
}
