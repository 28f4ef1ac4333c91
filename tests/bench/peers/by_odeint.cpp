// Boost.Odeint's rosenbrock4 as an engine, with the exact Jacobian and the dense algebra of uBLAS.
//     by_odeint PROBLEM
#include "bench/peers/worker.hpp"
#include "cicatrix/solver/odeint_solution.hpp"

using namespace cicatrix;
using namespace cicatrix::peers;

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    return with_problem(argv[1], []<class Problem>(Problem) {
        serve<Problem>([](const Cohort<Problem>& cohort, const Request& request, std::vector<double>& results) {
            const auto settings = settings_for<Problem>(request.relative);
            return one_by_one(cohort, results, [&](const auto& member, double* row) {
                const auto found = odeint_solution<OdeintRosenbrock4>(
                    member, settings, [&](std::size_t, auto& y) { Problem::event(member.coefficients, y); });
                if (found.outcome.status != Status::done) throw std::runtime_error("odeint failed");
                for (const auto& y : found.states) row = std::ranges::copy(y, row).out;
                return found.outcome.steps;
            });
        });
    });
}
