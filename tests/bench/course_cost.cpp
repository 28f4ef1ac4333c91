// What one course costs: the shipped crow's feet scenario on one thread, core only. Prints milliseconds; nothing is
// asserted.
//     cmake --build build --target course_cost && build/tests/course_cost
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

#include "cicatrix/course/course.hpp"
#include "cicatrix/scenario/read.hpp"
#include "cicatrix/scenario/run.hpp"

namespace {

double thread_milliseconds() {
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

double median_cost(const cicatrix::Plan& plan, cicatrix::Course& last) {
    std::vector<double> costs;
    for (int run = 0; run < 101; ++run) {
        const double begin = thread_milliseconds();
        last = cicatrix::run_course(plan);
        costs.push_back(thread_milliseconds() - begin);
    }
    std::ranges::nth_element(costs, costs.begin() + 50);
    return costs[50];
}

}  // namespace

int main() {
    auto plan =
        cicatrix::plan_of(cicatrix::read_scenario(CICATRIX_SCENARIOS "/crows_feet.toml", cicatrix::parameter_rows()));
    std::printf("crow's feet, 24 months, %zu sessions, %zu outputs, with its untreated twin\n", plan.sessions.size(),
                plan.outputs.size());
    for (const double rtol : {1e-4, 1e-6, 1e-8}) {
        plan.relative = rtol;
        cicatrix::Course course;
        const double cost = median_cost(plan, course);
        std::printf("rtol %.0e: %.3f ms of one thread (median of 101), %llu steps treated, %llu untreated\n", rtol,
                    cost, static_cast<unsigned long long>(course.treated.outcome.steps),
                    static_cast<unsigned long long>(course.untreated.outcome.steps));
    }
}
