// What the dermis in depth costs, beside CVODE with a banded and a sparse matrix at the same achieved error. Prints
// tables; nothing is asserted. SUNDIALS as Debian builds it is not optimised, so it is built from its source package:
//     apt-get source sundials && cmake -S sundials-6.4.1* -B sun-build -DCMAKE_BUILD_TYPE=Release
//         -DCMAKE_C_FLAGS_RELEASE="-O3 -march=native -DNDEBUG" -DBUILD_SHARED_LIBS=OFF -DENABLE_KLU=ON
//         -DKLU_INCLUDE_DIR=/usr/include/suitesparse -DKLU_LIBRARY_DIR=/usr/lib/x86_64-linux-gnu
//         -DCMAKE_INSTALL_PREFIX=$PWD/sun && cmake --build sun-build --target install
// Then this file and core/course/{dermis,depth_kernel_*}.cpp with -O3 -march=native -ffp-contract=off, linked with
// sun/lib/libsundials_*.a and -lklu.
#include <cstdio>
#include <initializer_list>

#include "bench/dermis_cvode.hpp"

namespace {

using namespace cicatrix;
using namespace cicatrix::bench;

std::vector<DermisStates> solve(const DermisProblem& problem, Method method, double relative, Outcome& outcome) {
    std::vector<DermisStates> found;
    found.reserve(problem.outputs.size());
    Dermis dermis = problem.dermis();
    Settings<CourseModel> settings;
    settings.relative = relative;
    settings.absolute = Settings<CourseModel>::every(1e-3 * relative);
    DermisVoyage voyage;
    voyage.end = 730, voyage.events = problem.sessions, voyage.outputs = problem.outputs;
    voyage.output = [&](std::size_t, const DermisStates& y) { found.push_back(y); };
    voyage.event = [&](std::size_t, DermisStates& y, Dermis&) { problem.injure(y); };
    DermisStates y = home_of(problem.laid_out);
    outcome = dermis_solver(dermis, settings, method)->travel(y, voyage);
    if (outcome.status != Status::done)
        std::printf("  ended as %d at %g\n", static_cast<int>(outcome.status), outcome.time);
    return found;
}

Table table_of(const DermisProblem& problem, const std::vector<DermisStates>& states) {
    Table out;
    for (const auto& y : states) out.push_back(problem.flat(y));
    return out;
}

std::vector<Measured> measure(const DermisProblem& problem, Method method, const Table& reference,
                              std::initializer_list<double> tolerances) {
    std::vector<Measured> out;
    for (const double relative : tolerances) {
        std::vector<double> seconds;  // laying out the tissue and taking the states at the outputs included
        Outcome outcome;
        std::vector<DermisStates> found;
        for (int run = 0; run < 5; ++run) {
            const double begin = thread_seconds();
            found = solve(problem, method, relative, outcome);
            seconds.push_back(thread_seconds() - begin);
        }
        std::ranges::sort(seconds);
        out.push_back({relative, error_of(table_of(problem, found), reference), seconds[2], outcome.steps});
        std::printf("  rtol %.0e: error %.2e, %7.1f ms, %llu steps, %llu rejected\n", relative, out.back().error,
                    1e3 * out.back().seconds, static_cast<unsigned long long>(outcome.steps),
                    static_cast<unsigned long long>(outcome.rejected));
    }
    return out;
}

std::vector<Measured> measure(const DermisProblem& problem, Algebra algebra, const Table& reference,
                              std::initializer_list<double> tolerances) {
    std::vector<Measured> out;
    CvodeDermis cvode(problem, algebra);
    for (const double relative : tolerances) {
        unsigned long long steps = 0;
        const double begin = thread_seconds();
        const Table found = cvode.solve(relative, steps);
        out.push_back({relative, error_of(found, reference), thread_seconds() - begin, steps});
        std::printf("  rtol %.0e: error %.2e, %7.1f ms, %llu steps\n", relative, out.back().error,
                    1e3 * out.back().seconds, steps);
    }
    return out;
}

}  // namespace

int main() {
    const DermisProblem problem(256);
    Outcome outcome;
    const Table reference = table_of(problem, solve(problem, Method::rodas5p, 1e-10, outcome));
    std::printf("256 cells, 24 months, 4 sessions, %zu outputs\nRodas5P\n", problem.outputs.size());
    const auto own = measure(problem, Method::rodas5p, reference, {1e-2, 3e-3, 1e-3, 1e-4, 1e-5, 1e-6});
    std::puts("Rodas4");
    const auto loose = measure(problem, Method::rodas4, reference, {1e-2, 3e-3, 1e-3, 1e-4, 1e-5});
    std::puts("CVODE, banded");
    const auto band = measure(problem, Algebra::band, reference, {1e-3, 1e-4, 1e-5, 1e-6});
    std::puts("CVODE, KLU");
    const auto klu = measure(problem, Algebra::klu, reference, {1e-3, 1e-4, 1e-5, 1e-6});
    for (const double error : {1e-3, 1e-4, 1e-5, 1e-6}) {
        const double best = std::fmin(seconds_at(error, own), seconds_at(error, loose));
        std::printf("error %.0e: own %.1f ms (Rodas4 %.1f), CVODE banded %.1f ms (%.1fx), KLU %.1f ms (%.1fx)\n", error,
                    1e3 * seconds_at(error, own), 1e3 * seconds_at(error, loose), 1e3 * seconds_at(error, band),
                    seconds_at(error, band) / best, 1e3 * seconds_at(error, klu), seconds_at(error, klu) / best);
    }
    std::puts("Growth with the number of cells, Rodas5P at rtol 1e-3");
    for (const std::size_t cells : {64u, 128u, 256u, 512u, 1024u}) {
        const DermisProblem finer(cells);
        const Table exact = table_of(finer, solve(finer, Method::rodas5p, 1e-7, outcome));
        std::printf("%zu cells\n", cells);
        measure(finer, Method::rodas5p, exact, {1e-3});
    }
}
