// The oracle: any model solved by CVODE's BDF of variable order, with the exact Jacobian and a dense direct solver.
#pragma once
#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "cicatrix/solver/derivatives.hpp"

namespace cicatrix::reference {

namespace detail {

struct FreeContext {
    void operator()(_SUNContext* context) const { SUNContext_Free(&context); }
};
struct FreeVector {
    void operator()(_generic_N_Vector* vector) const { N_VDestroy(vector); }
};
struct FreeMatrix {
    void operator()(_generic_SUNMatrix* matrix) const { SUNMatDestroy(matrix); }
};
struct FreeSolver {
    void operator()(_generic_SUNLinearSolver* solver) const { SUNLinSolFree(solver); }
};
struct FreeMemory {
    void operator()(void* memory) const { CVodeFree(&memory); }
};

inline _SUNContext* new_context() {
    SUNContext context = nullptr;
    if (SUNContext_Create(nullptr, &context) != 0) throw std::runtime_error("SUNDIALS has no context to give");
    return context;
}

/// Holds all that CVODE allocates for one model, and steps over one smooth stretch after another.
template <Model M> class Cvode {
    static constexpr std::size_t n = M::states.size();
    using States = StatesOf<M, double>;
    using Coefficients = CoefficientsOf<M, double>;

  public:
    Cvode(const Coefficients& k, const States& y, double t, double relative, const States& absolute) : k_(k) {
        std::copy(y.begin(), y.end(), data(y_.get()));
        std::copy(absolute.begin(), absolute.end(), data(absolute_.get()));
        check(CVodeInit(memory_.get(), rates, t, y_.get()), "CVodeInit");
        check(CVodeSVtolerances(memory_.get(), relative, absolute_.get()), "CVodeSVtolerances");
        check(CVodeSetUserData(memory_.get(), this), "CVodeSetUserData");
        check(CVodeSetLinearSolver(memory_.get(), solver_.get(), matrix_.get()), "CVodeSetLinearSolver");
        check(CVodeSetJacFn(memory_.get(), jacobian), "CVodeSetJacFn");
        check(CVodeSetMaxNumSteps(memory_.get(), 2'000'000), "CVodeSetMaxNumSteps");
        check(CVodeSetMaxErrTestFails(memory_.get(), 50), "CVodeSetMaxErrTestFails");
        check(CVodeSetMaxConvFails(memory_.get(), 50), "CVodeSetMaxConvFails");
    }
    Cvode(const Cvode&) = delete;
    Cvode& operator=(const Cvode&) = delete;

    /// Starts afresh at t: what went before is forgotten.
    void restart(double t, const States& y) {
        std::copy(y.begin(), y.end(), data(y_.get()));
        check(CVodeReInit(memory_.get(), t, y_.get()), "CVodeReInit");
    }
    /// No rate is evaluated beyond this time.
    void stop_at(double t) { check(CVodeSetStopTime(memory_.get(), t), "CVodeSetStopTime"); }

    States advance_to(double t) {
        double reached = t;
        check(CVode(memory_.get(), t, y_.get(), &reached, CV_NORMAL), "CVode");
        return copy_of(y_.get());
    }

  private:
    static double* data(N_Vector vector) { return N_VGetArrayPointer(vector); }
    static States copy_of(N_Vector vector) {
        States y;
        std::copy_n(data(vector), n, y.begin());
        return y;
    }
    static void check(int flag, const char* call) {
        if (flag < 0) throw std::runtime_error(std::string(call) + " failed with " + std::to_string(flag));
    }

    static int rates(double t, N_Vector y, N_Vector out, void* self) {
        States f;
        Linearisation<M, double>::rates(t, copy_of(y), static_cast<Cvode*>(self)->k_, f);
        std::copy(f.begin(), f.end(), data(out));
        return 0;
    }
    static int jacobian(double t, N_Vector y, N_Vector, SUNMatrix out, void* self, N_Vector, N_Vector, N_Vector) {
        SUNMatZero(out);
        for_each_derivative<M>(
            t, copy_of(y), static_cast<Cvode*>(self)->k_, [out](std::size_t i, std::size_t j, double value) {
                if (j < n) SM_ELEMENT_D(out, static_cast<sunindextype>(i), static_cast<sunindextype>(j)) = value;
            });
        return 0;
    }

    Coefficients k_;
    std::unique_ptr<_SUNContext, FreeContext> context_{new_context()};
    std::unique_ptr<_generic_N_Vector, FreeVector> y_{N_VNew_Serial(n, context_.get())};
    std::unique_ptr<_generic_N_Vector, FreeVector> absolute_{N_VNew_Serial(n, context_.get())};
    std::unique_ptr<_generic_SUNMatrix, FreeMatrix> matrix_{SUNDenseMatrix(n, n, context_.get())};
    std::unique_ptr<_generic_SUNLinearSolver, FreeSolver> solver_{
        SUNLinSol_Dense(y_.get(), matrix_.get(), context_.get())};
    std::unique_ptr<void, FreeMemory> memory_{CVodeCreate(CV_BDF, context_.get())};
};

}  // namespace detail

/// The states at `outputs` (ascending, in [begin, end]). Each of `events` (ascending, in [begin, end)) is landed on,
/// changes the state by `apply_event(i, y)` and starts the method afresh; an output on an event's time is the state
/// before it.
template <Model M, class ApplyEvent>
std::vector<std::vector<double>> cvode_solution(const CoefficientsOf<M, double>& coefficients,
                                                const StatesOf<M, double>& initial, double begin, double end,
                                                std::span<const double> events, ApplyEvent apply_event,
                                                std::span<const double> outputs, double relative,
                                                const StatesOf<M, double>& absolute) {
    std::vector<std::vector<double>> found;
    auto y = initial;
    double t = begin;
    const auto keep = [&](const StatesOf<M, double>& state) { found.emplace_back(state.begin(), state.end()); };
    detail::Cvode<M> cvode(coefficients, initial, begin, relative, absolute);
    while (found.size() < outputs.size() && outputs[found.size()] <= begin) keep(initial);
    for (std::size_t next = 0; next <= events.size(); ++next) {
        const double stop = next < events.size() ? events[next] : end;
        if (stop > t) {
            cvode.restart(t, y);
            cvode.stop_at(stop);
            for (; found.size() < outputs.size() && outputs[found.size()] < stop; keep(y))
                y = cvode.advance_to(outputs[found.size()]);
            y = cvode.advance_to(t = stop);
            while (found.size() < outputs.size() && outputs[found.size()] <= stop) keep(y);
        }
        if (next < events.size()) apply_event(next, y);
    }
    return found;
}

/// The same with one absolute tolerance for every state.
template <Model M, class ApplyEvent>
std::vector<std::vector<double>> cvode_solution(const CoefficientsOf<M, double>& coefficients,
                                                const StatesOf<M, double>& initial, double begin, double end,
                                                std::span<const double> events, ApplyEvent apply_event,
                                                std::span<const double> outputs, double relative, double absolute) {
    StatesOf<M, double> every;
    every.fill(absolute);
    return cvode_solution<M>(coefficients, initial, begin, end, events, apply_event, outputs, relative, every);
}

}  // namespace cicatrix::reference
