// What the dermis in depth costs, beside CVODE with a banded and a sparse matrix at the same achieved error: medians of
// interleaved runs in one program. Prints the tables of README.md; nothing is asserted.
//     tests/bench/sundials.sh && cmake build && cmake --build build --target depth_cost && build/tests/depth_cost
#include <cstdio>
#include <initializer_list>
#include <memory>
#include <string>

#include <sundials/sundials_version.h>

#include "bench/dermis_cvode.hpp"

namespace {

using namespace cicatrix;
using namespace cicatrix::bench;

/// One solver of one problem; the rows for its outputs are there before the clock starts.
class Contestant {
  public:
    Contestant(std::string name, std::vector<double> tolerances)
        : tolerances(std::move(tolerances)), name_(std::move(name)) {}
    virtual ~Contestant() = default;
    virtual unsigned long long solve(double relative) = 0;
    virtual Table table() const = 0;

    const std::string& name() const { return name_; }
    const std::vector<double> tolerances;
    std::vector<Measured> measured;

  private:
    std::string name_;
};

/// The project's own, on one instruction set.
class Own final : public Contestant {
  public:
    Own(const DermisProblem& problem, Method method, InstructionSet set, std::vector<double> tolerances)
        : Contestant((method == Method::rodas5p ? "Rodas5P, " : "Rodas4, ") + std::string(name_of(set)),
                     std::move(tolerances)),
          problem_(problem),
          method_(method),
          set_(set),
          found_(problem.outputs.size(), home_of(problem.laid_out)) {}

    unsigned long long solve(double relative) override {
        use_instruction_set(set_);
        Dermis dermis = problem_.dermis();
        Settings<CourseModel> settings;
        settings.relative = relative;
        settings.absolute = Settings<CourseModel>::every(1e-3 * relative);
        DermisVoyage voyage;
        voyage.end = 730, voyage.events = problem_.sessions, voyage.outputs = problem_.outputs;
        voyage.output = [&](std::size_t i, const DermisStates& y) { found_[i] = y; };
        voyage.event = [&](std::size_t, DermisStates& y, Dermis&) { problem_.injure(y); };
        DermisStates y = home_of(problem_.laid_out);
        const Outcome outcome = dermis_solver(dermis, settings, method_)->travel(y, voyage);
        if (outcome.status != Status::done) throw std::runtime_error("our own solver failed");
        return outcome.steps;
    }
    Table table() const override {
        Table out;
        for (const auto& y : found_) out.push_back(problem_.flat(y));
        return out;
    }

  private:
    const DermisProblem& problem_;
    Method method_;
    InstructionSet set_;
    std::vector<DermisStates> found_;
};

class Cvode final : public Contestant {
  public:
    Cvode(const DermisProblem& problem, Algebra algebra, std::vector<double> tolerances)
        : Contestant(algebra == Algebra::band ? "CVODE, band" : "CVODE, KLU", std::move(tolerances)),
          solver_(problem, algebra),
          found_(problem.outputs.size()) {}

    unsigned long long solve(double relative) override {
        unsigned long long steps = 0;
        solver_.solve(relative, found_, steps);
        return steps;
    }
    Table table() const override { return found_; }

  private:
    CvodeDermis solver_;
    Table found_;
};

Table reference_for(const DermisProblem& problem) {
    Own own(problem, Method::rodas5p, available_instruction_sets().back(), {});
    own.solve(1e-9);
    return own.table();
}

using Contestants = std::vector<std::unique_ptr<Contestant>>;

/// Runs all contestants at all tolerances in turn, several times over.
void measure(Contestants& contestants, const Table& reference) {
    constexpr int rounds = 5;
    std::map<std::pair<const Contestant*, double>, std::vector<double>> seconds;
    for (int round = 0; round < rounds; ++round)
        for (const auto& contestant : contestants)
            for (const double relative : contestant->tolerances) {
                const double begin = thread_seconds();
                const auto steps = contestant->solve(relative);
                seconds[{contestant.get(), relative}].push_back(thread_seconds() - begin);
                if (round == 0)
                    contestant->measured.push_back({relative, error_of(contestant->table(), reference), 0, steps});
            }
    for (const auto& contestant : contestants)
        for (auto& one : contestant->measured) {
            auto& all = seconds[{contestant.get(), one.tolerance}];
            std::ranges::sort(all);
            one.seconds = all[rounds / 2];
        }
}

void print_runs(const Contestants& contestants) {
    std::puts("| solver | rtol | error | ms | steps |\n|---|---|---|---|---|");
    for (const auto& contestant : contestants)
        for (const auto& one : contestant->measured)
            std::printf("| %s | %.0e | %.1e | %.1f | %llu |\n", contestant->name().c_str(), one.tolerance, one.error,
                        1e3 * one.seconds, one.steps);
}

/// What each takes at an error, and how many times what the first takes.
void print_at_equal_error(const Contestants& contestants) {
    std::puts("\n| solver | ms at error 1e-4 | ratio | ms at error 1e-6 | ratio |\n|---|---|---|---|---|");
    for (const auto& contestant : contestants) {
        std::printf("| %s |", contestant->name().c_str());
        for (const double error : {1e-4, 1e-6}) {
            const double own = seconds_at(error, contestants.front()->measured);
            const double one = seconds_at(error, contestant->measured);
            std::printf(" %.1f | %.1f |", 1e3 * one, one / own);
        }
        std::puts("");
    }
}

void compare() {
    const DermisProblem problem(256);
    Contestants contestants;
    const auto sets = available_instruction_sets();
    const std::vector<double> own{3e-3, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7}, others{1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8};
    for (std::size_t i = sets.size(); i-- > 0;)
        contestants.push_back(std::make_unique<Own>(problem, Method::rodas5p, sets[i], own));
    contestants.push_back(std::make_unique<Own>(problem, Method::rodas4, sets.back(), own));
    contestants.push_back(std::make_unique<Cvode>(problem, Algebra::band, others));
    contestants.push_back(std::make_unique<Cvode>(problem, Algebra::klu, others));
    measure(contestants, reference_for(problem));
    print_runs(contestants);
    print_at_equal_error(contestants);
}

/// At tolerances that give errors near 1e-4.
void print_growth() {
    std::puts("\n| cells | Rodas5P: ms | error | CVODE, band: ms | error | CVODE, KLU: ms | error |");
    std::puts("|---|---|---|---|---|---|---|");
    for (const std::size_t cells : {64u, 128u, 256u, 512u, 1024u}) {
        const DermisProblem problem(cells);
        Contestants contestants;
        const auto set = available_instruction_sets().back();
        contestants.push_back(std::make_unique<Own>(problem, Method::rodas5p, set, std::vector{1e-3}));
        contestants.push_back(std::make_unique<Cvode>(problem, Algebra::band, std::vector{1e-4}));
        contestants.push_back(std::make_unique<Cvode>(problem, Algebra::klu, std::vector{1e-4}));
        measure(contestants, reference_for(problem));
        std::printf("| %zu |", cells);
        for (const auto& contestant : contestants)
            std::printf(" %.1f | %.1e |", 1e3 * contestant->measured[0].seconds, contestant->measured[0].error);
        std::puts("");
    }
}

}  // namespace

int main() {
    char version[32] = "";
    SUNDIALSGetVersion(version, sizeof version);
    std::printf("SUNDIALS %s, %s; compiled by %s\n", version, CICATRIX_SUNDIALS_BUILD, __VERSION__);
    std::puts("256 cells, 24 months, four sessions, 100 outputs of all states; thread time, medians of five\n");
    compare();
    print_growth();
}
