// CVODE as an engine: BDF with the exact Jacobian, dense or sparse by KLU. One solver for all members, so that nothing
// is allocated between them.
//     by_cvode PROBLEM dense|klu
#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunlinsol/sunlinsol_klu.h>
#include <sunmatrix/sunmatrix_dense.h>
#include <sunmatrix/sunmatrix_sparse.h>

#include "bench/peers/worker.hpp"
#include "cicatrix/solver/derivatives.hpp"

namespace {

using namespace cicatrix;
using namespace cicatrix::peers;

enum class Algebra { dense, klu };

template <class Problem> class Cvode {
    using M = typename Problem::Model;
    using States = StatesOf<M, double>;
    static constexpr std::size_t n = M::states.size();
    static constexpr auto size = static_cast<sunindextype>(n);

  public:
    explicit Cvode(Algebra algebra) : algebra_(algebra) {
        SUNContext_Create(nullptr, &context_);
        y_ = N_VNew_Serial(size, context_);
        if (algebra == Algebra::dense) {
            matrix_ = SUNDenseMatrix(size, size, context_);
            solver_ = SUNLinSol_Dense(y_, matrix_, context_);
        } else {
            find_pattern();
            matrix_ = SUNSparseMatrix(size, size, static_cast<sunindextype>(rows_.size()), CSC_MAT, context_);
            solver_ = SUNLinSol_KLU(y_, matrix_, context_);
        }
        memory_ = CVodeCreate(CV_BDF, context_);
        check(CVodeInit(memory_, rates, 0, y_));
        check(CVodeSStolerances(memory_, 1e-6, 1e-9));
        check(CVodeSetUserData(memory_, this));
        check(CVodeSetLinearSolver(memory_, solver_, matrix_));
        check(CVodeSetJacFn(memory_, jacobian));
        check(CVodeSetMaxNumSteps(memory_, 10'000'000));
    }
    Cvode(const Cvode&) = delete;
    Cvode& operator=(const Cvode&) = delete;
    ~Cvode() {
        CVodeFree(&memory_);
        SUNLinSolFree(solver_);
        SUNMatDestroy(matrix_);
        N_VDestroy(y_);
        SUNContext_Free(&context_);
    }

    void set_tolerance(double relative) {
        check(CVodeSStolerances(memory_, relative, Problem::absolute_share * relative));
    }

    /// Fills a row for each output and returns the steps.
    unsigned long long solve(const Member<M>& member, double* row) {
        k_ = &member.coefficients;
        std::ranges::copy(member.initial, data());
        double t = member.begin;
        unsigned long long steps = 0;
        auto output = member.outputs.begin();
        for (std::size_t next = 0; next <= member.events.size(); ++next) {
            const double stop = next < member.events.size() ? member.events[next] : member.end;
            if (stop > t) {
                check(CVodeReInit(memory_, t, y_));
                check(CVodeSetStopTime(memory_, stop));
                for (; output != member.outputs.end() && *output <= stop; ++output, row += n) {
                    t = advance(t, *output);
                    std::copy_n(data(), n, row);
                }
                t = advance(t, stop);
                steps += steps_taken();
            }
            if (next < member.events.size()) apply_event(member);
        }
        return steps;
    }

  private:
    static void check(int flag) {
        if (flag < 0) throw std::runtime_error("CVODE failed with " + std::to_string(flag));
    }
    double* data() { return N_VGetArrayPointer(y_); }

    double advance(double from, double to) {
        if (to <= from) return from;
        double reached = to;
        check(CVode(memory_, to, y_, &reached, CV_NORMAL));
        return to;
    }
    unsigned long long steps_taken() {
        long taken = 0;
        CVodeGetNumSteps(memory_, &taken);
        return static_cast<unsigned long long>(taken);
    }
    void apply_event(const Member<M>& member) {
        States y;
        std::copy_n(data(), n, y.begin());
        Problem::event(member.coefficients, y);
        std::ranges::copy(y, data());
    }

    static const States& states_in(N_Vector y) {
        return *reinterpret_cast<const States*>(N_VGetArrayPointer(y));  // no more than an array of numbers
    }
    static int rates(double t, N_Vector y, N_Vector out, void* self) {
        Linearisation<M, double>::rates(t, states_in(y), *static_cast<Cvode*>(self)->k_,
                                        *reinterpret_cast<States*>(N_VGetArrayPointer(out)));
        return 0;
    }

    static int jacobian(double t, N_Vector y, N_Vector, SUNMatrix out, void* self, N_Vector, N_Vector, N_Vector) {
        const auto& me = *static_cast<const Cvode*>(self);
        SUNMatZero(out);
        if (me.algebra_ == Algebra::dense) {
            for_each_derivative<M>(t, states_in(y), *me.k_, [out](std::size_t i, std::size_t j, double value) {
                if (j < n) SM_ELEMENT_D(out, static_cast<sunindextype>(i), static_cast<sunindextype>(j)) = value;
            });
            return 0;
        }
        std::ranges::copy(me.starts_, SM_INDEXPTRS_S(out));
        std::ranges::copy(me.rows_, SM_INDEXVALS_S(out));
        for_each_derivative<M>(t, states_in(y), *me.k_, [&](std::size_t i, std::size_t j, double value) {
            if (j < n) SM_DATA_S(out)[me.place_[i][j]] = value;
        });
        return 0;
    }

    /// The places of a matrix kept by columns, its diagonal among them, since the Newton matrix has one.
    void find_pattern() {
        for (std::size_t j = 0; j < n; ++j) {
            starts_.push_back(static_cast<sunindextype>(rows_.size()));
            for (std::size_t i = 0; i < n; ++i)
                if (i == j || (Linearisation<M, double>::rows[i] >> j & 1) != 0) {
                    place_[i][j] = rows_.size();
                    rows_.push_back(static_cast<sunindextype>(i));
                }
        }
        starts_.push_back(static_cast<sunindextype>(rows_.size()));
    }

    Algebra algebra_;
    const CoefficientsOf<M, double>* k_ = nullptr;
    std::array<std::array<std::size_t, n>, n> place_{};
    std::vector<sunindextype> starts_, rows_;
    SUNContext context_ = nullptr;
    N_Vector y_ = nullptr;
    SUNMatrix matrix_ = nullptr;
    SUNLinearSolver solver_ = nullptr;
    void* memory_ = nullptr;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    const auto algebra = std::string_view(argv[2]) == "klu" ? Algebra::klu : Algebra::dense;
    return with_problem(argv[1], [&]<class Problem>(Problem) {
        Cvode<Problem> cvode(algebra);
        serve<Problem>([&](const Cohort<Problem>& cohort, const Request& request, std::vector<double>& results) {
            cvode.set_tolerance(request.relative);
            return one_by_one(cohort, results,
                              [&](const auto& member, double* rows) { return cvode.solve(member, rows); });
        });
    });
}
