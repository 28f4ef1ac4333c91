// The project's own solver as an engine, compiled once for each width of lanes, instruction set and precision.
//     own_WIDTH PROBLEM rodas5p|rodas4
#include <atomic>
#include <thread>

#include "bench/peers/worker.hpp"
#include "cicatrix/solver/integrate.hpp"
#include "cicatrix/solver/rodas4.hpp"
#include "cicatrix/solver/rodas5p.hpp"

namespace {

using namespace cicatrix;
using namespace cicatrix::peers;
using V = LanesOf<CICATRIX_BENCH_LANES, CICATRIX_BENCH_NUMBER>;

/// Threads share the counter of members; each member writes rows of its own.
template <class Problem> class Queue {
    using M = typename Problem::Model;
    using States = StatesOf<M, double>;

  public:
    Queue(const Cohort<Problem>& cohort, std::atomic<std::size_t>& given, std::vector<double>& results)
        : cohort_(cohort), given_(given), results_(results) {}

    bool next(Member<M>& member) {
        const std::size_t i = given_++;
        if (i >= cohort_.members().size()) return false;
        member = cohort_.members()[i];
        return true;
    }
    void output(const Member<M>& member, std::size_t i, std::span<const double> y) {
        std::ranges::copy(y, results_.data() + member.id * cohort_.numbers_each() + i * y.size());
    }
    void event(const Member<M>& member, std::size_t, States& y) { Problem::event(member.coefficients, y); }
    void finish(const Member<M>&, const Outcome& outcome, const States&) {
        effort.steps += outcome.steps + outcome.rejected;
        effort.failed += outcome.status != Status::done;
    }
    Effort effort;

  private:
    const Cohort<Problem>& cohort_;
    std::atomic<std::size_t>& given_;
    std::vector<double>& results_;
};

template <class Problem, class Method>
Effort solve(const Cohort<Problem>& cohort, const Request& request, std::vector<double>& results) {
    const auto settings = settings_for<Problem>(request.relative);
    std::atomic<std::size_t> given = 0;
    std::vector<Effort> efforts(request.threads);
    const auto work = [&](std::size_t thread) {
        const double begin = thread_seconds();
        Queue<Problem> queue(cohort, given, results);
        integrate<Method, typename Problem::Model, V>(queue, settings);
        efforts[thread] = queue.effort;
        efforts[thread].cpu = thread_seconds() - begin;
    };
    {
        std::vector<std::jthread> others;
        for (std::size_t thread = 1; thread < request.threads; ++thread) others.emplace_back(work, thread);
        work(0);
    }
    Effort sum;
    for (const Effort& one : efforts) sum.steps += one.steps, sum.failed += one.failed, sum.cpu += one.cpu;
    return sum;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    const bool by_rodas4 = std::string_view(argv[2]) == "rodas4";
    return with_problem(argv[1], [&]<class Problem>(Problem) {
        by_rodas4 ? serve<Problem>(solve<Problem, Rodas4>) : serve<Problem>(solve<Problem, Rodas5P>);
    });
}
