// What a unit cell round a channel costs at which achieved error. Prints tables; nothing is asserted.
#include <cstdio>
#include <initializer_list>

#include "bench/channel_problem.hpp"

namespace {

using namespace cicatrix;
using namespace cicatrix::bench;

struct Solved {
    Table table;
    Outcome outcome;
    double applications, seconds;
};

Solved solve(const ChannelProblem& problem, Method method, double relative) {
    Solved out;
    UnitCell cell = problem.cell();
    Settings<CourseModel> settings;
    settings.relative = relative;
    settings.absolute = Settings<CourseModel>::every(1e-3 * relative);
    UnitCellVoyage voyage;
    voyage.end = 730, voyage.events = problem.dermis.sessions, voyage.outputs = problem.dermis.outputs;
    voyage.output = [&](std::size_t, const UnitCellStates& y) { out.table.push_back(problem.flat(y)); };
    voyage.event = [&](std::size_t, UnitCellStates& y, UnitCell& now) { problem.injure(y, now); };
    UnitCellStates y = problem.home(cell);
    const double begin = thread_seconds();
    const auto solver = channel_solver(cell, settings, method);
    out.outcome = solver->travel(y, voyage);
    out.seconds = thread_seconds() - begin;
    out.applications = solver->work().per_system();
    if (out.outcome.status != Status::done)
        std::printf("  ended as %d at %g\n", static_cast<int>(out.outcome.status), out.outcome.time);
    return out;
}

void measure(const ChannelProblem& problem, Method method, const Table& reference,
             std::initializer_list<double> tolerances) {
    std::vector<Measured> measured;
    for (const double relative : tolerances) {
        const auto found = solve(problem, method, relative);
        if (found.outcome.status != Status::done) continue;
        measured.push_back({relative, error_of(found.table, reference), found.seconds, found.outcome.steps});
        std::printf("  rtol %.0e: error %.2e, %6.3f s, %llu steps, %llu rejected, %.2f applications a stage\n",
                    relative, measured.back().error, found.seconds,
                    static_cast<unsigned long long>(found.outcome.steps),
                    static_cast<unsigned long long>(found.outcome.rejected), found.applications);
    }
    std::printf("  error 1e-4 in %.3f s\n", seconds_at(1e-4, measured));
}

}  // namespace

int main() {
    for (const auto& [rings, cells] : {std::pair{16u, 64u}, std::pair{32u, 128u}}) {
        const ChannelProblem problem(rings, cells);
        const auto reference = solve(problem, Method::rodas5p, 1e-8).table;
        std::printf("%u x %u cells, 24 months, 4 sessions, %zu outputs\nRodas5P\n", rings, cells,
                    problem.dermis.outputs.size());
        measure(problem, Method::rodas5p, reference, {1e-2, 3e-3, 1e-3, 1e-4, 1e-5});
        std::puts("Rodas4");
        measure(problem, Method::rodas4, reference, {1e-2, 3e-3, 1e-3, 1e-4, 1e-5});
    }
}
