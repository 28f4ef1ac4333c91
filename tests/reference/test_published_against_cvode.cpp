// Every published model as it is by default, integrated here and by CVODE from jump to jump.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "catch.hpp"
#include "published_runs.hpp"
#include "reference/cvode.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

using Published = std::tuple<Adler2020, Baker2017, Bianchi2015, BuganzaTepole, Cooper2015, Dankwa, Dunster2014,
                             FelixGarza2017, Krishna2015, LazebnikFriedman, Reynolds2006, SherrattMurray, Trejo2019,
                             WaughSherratt2006, WaughSherratt2007, Zlobina2022>;

/// Long enough for a model to do what it is known for.
template <class M> double duration_of() {
    if constexpr (std::same_as<M, Dankwa>) return 8;
    else if constexpr (std::same_as<M, SherrattMurray>) return 12;
    else if constexpr (std::same_as<M, BuganzaTepole>) return 24 * 365;
    else return M::time_unit == "h" ? 400 : 60;
}

/// Starts that set a model moving whose own start is at rest.
template <class M> SimulationPlan plan_from_anywhere() {
    auto plan = plan_of<M>("", times_every(duration_of<M>() / 10, duration_of<M>()));
    plan.relative = 1e-11, plan.absolute = 1e-22;
    if constexpr (std::same_as<M, FelixGarza2017>) plan.initial = {2000, 8000, 9000, 30000, 20000, 20000};
    if constexpr (std::same_as<M, LazebnikFriedman>) plan.initial = {5e-3, 4e-3, 2e-8, 0.3};
    return plan;
}

template <class M> struct Course {
    CoefficientsOf<M, double> coefficients{};
    StatesOf<M, double> now{};
    StatesOf<M, double> absolute{};
    std::vector<std::vector<double>> rows{};

    /// From one jump to the next, with the rows that lie in between; a row on a jump is the state before it.
    void follow(double begin, double end, std::span<const double> all, double until) {
        std::vector<double> times;
        for (const double time : all)
            if ((time > begin || (time == begin && rows.empty())) && time <= until) times.push_back(time);
        const std::size_t kept = times.size();
        times.push_back(end);
        auto found = reference::cvode_solution<M>(
            coefficients, now, begin, end, {}, [](std::size_t, auto&) {}, times, 1e-11, absolute);
        for (std::size_t row = 0; row < kept; ++row) rows.push_back(found[row]);
        std::ranges::copy(found.back(), now.begin());
    }
};

/// The jump that an event of our own run stands for, made to another state.
template <class M>
void jump(const SimulationEvent& event, std::size_t& stops, StatesOf<M, double>& y, CoefficientsOf<M, double>& k) {
    if (event.located) {
        if constexpr (requires { M::cross(event.time, y, k); }) M::cross(event.time, y, k);
    } else if constexpr (requires { M::stop(stops, y, k); }) M::stop(stops++, y, k);
}

/// The largest size of each state in a finely sampled run.
template <class M> StatesOf<M, double> largest_of(SimulationPlan plan) {
    plan.outputs = times_every(plan.duration / 500, plan.duration);
    const Followed<M> run(plan);
    StatesOf<M, double> largest{};
    for (const auto& row : run.rows())
        for (std::size_t i = 0; i < row.size(); ++i) largest[i] = std::max(largest[i], std::abs(row[i]));
    return largest;
}

template <class M>
std::vector<std::vector<double>> by_cvode(const Followed<M>& ours, const SimulationPlan& plan,
                                          const StatesOf<M, double>& largest) {
    Course<M> course;
    course.coefficients = coefficients_of<M>(plan);
    if constexpr (requires { M::home(course.coefficients); }) course.now = M::home(course.coefficients);
    for (std::size_t i = 0; i < plan.initial.size(); ++i)
        if (plan.initial[i] == plan.initial[i]) course.now[i] = plan.initial[i];
    for (std::size_t i = 0; i < largest.size(); ++i) course.absolute[i] = std::max(1e-15 * largest[i], 1e-30);
    double begin = 0;
    std::size_t stops = 0;
    for (const SimulationEvent& event : ours.events()) {
        if (event.time > begin) course.follow(begin, event.time, plan.outputs, event.time);
        else if (course.rows.empty()) course.rows.emplace_back(course.now.begin(), course.now.end());
        jump<M>(event, stops, course.now, course.coefficients);
        begin = event.time;
    }
    course.follow(begin, plan.duration, plan.outputs, plan.duration);
    return course.rows;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("a published model agrees with CVODE at ten times in every state", "[reference]", Published) {
    using M = TestType;
    const auto plan = plan_from_anywhere<M>();
    const auto largest = largest_of<M>(plan);
    const Followed<M> ours(plan);
    const auto exact = by_cvode<M>(ours, plan, largest);
    REQUIRE(exact.size() == ours.rows().size());
    for (std::size_t row = 0; row < exact.size(); ++row)
        for (std::size_t i = 0; i < M::states.size(); ++i) {
            const double size = std::max({std::abs(exact[row][i]), 1e-7 * largest[i], 1e-300});
            INFO(M::id << ", " << M::states[i].name << " at " << plan.outputs[row] << ": " << exact[row][i]);
            CHECK(std::abs(ours.rows()[row][i] - exact[row][i]) / size < 1e-6);
        }
}

TEMPLATE_LIST_TEST_CASE("a published model that runs at its usual tolerance stays near CVODE", "[reference]",
                        Published) {
    using M = TestType;
    auto plan = plan_from_anywhere<M>();
    const auto largest = largest_of<M>(plan);
    const auto exact = by_cvode<M>(Followed<M>(plan), plan, largest);
    plan.relative = 1e-6, plan.absolute = 1e-15;
    const Followed<M> usual(plan);
    for (std::size_t row = 0; row < exact.size(); ++row)
        for (std::size_t i = 0; i < M::states.size(); ++i) {
            const double size = std::max({std::abs(exact[row][i]), 1e-4 * largest[i], 1e-300});
            INFO(M::id << ", " << M::states[i].name << " at " << plan.outputs[row]);
            CHECK(std::abs(usual.rows()[row][i] - exact[row][i]) / size < 5e-3);  // injuries grow e-fold within hours
        }
}
