// The dermis in depth by CVODE with an exact Jacobian, banded or sparse, which the project's own solver is measured by.
#pragma once
#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_band.h>
#include <sunlinsol/sunlinsol_klu.h>
#include <sunmatrix/sunmatrix_band.h>
#include <sunmatrix/sunmatrix_sparse.h>

#include <map>
#include <stdexcept>

#include "bench/dermis_problem.hpp"
#include "cicatrix/solver/derivatives.hpp"

namespace cicatrix::bench {

enum class Algebra { band, klu };

class CvodeDermis {
    static constexpr std::size_t inside = state_count - static_cast<std::size_t>(std::popcount(depth::layout.sheet));

  public:
    CvodeDermis(const DermisProblem& problem, Algebra algebra)
        : problem_(problem),
          dermis_(problem.dermis()),
          algebra_(algebra),
          cell_states_(states_in(in_cells)),
          sheet_states_(states_in(depth::layout.sheet)),
          size_(dermis_.cells * inside + sheet_states_.size()) {
        place_.assign(state_count, 0);
        for (std::size_t i = 0; i < inside; ++i) place_[cell_states_[i]] = i;
        SUNContext_Create(nullptr, &context_);
        y_ = N_VNew_Serial(static_cast<sunindextype>(size_), context_);
        if (algebra == Algebra::band) {
            matrix_ = SUNBandMatrix(static_cast<sunindextype>(size_), inside, inside, context_);
            solver_ = SUNLinSol_Band(y_, matrix_, context_);
        } else {
            find_pattern();
            matrix_ = SUNSparseMatrix(static_cast<sunindextype>(size_), static_cast<sunindextype>(size_),
                                      static_cast<sunindextype>(entries_), CSC_MAT, context_);
            solver_ = SUNLinSol_KLU(y_, matrix_, context_);
        }
    }
    CvodeDermis(const CvodeDermis&) = delete;
    CvodeDermis& operator=(const CvodeDermis&) = delete;
    ~CvodeDermis() {
        CVodeFree(&memory_);
        SUNLinSolFree(solver_);
        SUNMatDestroy(matrix_);
        N_VDestroy(y_);
        SUNContext_Free(&context_);
    }

    /// Fills the rows of `found`, one for each output.
    void solve(double relative, Table& found, unsigned long long& steps) {
        std::size_t next = 0;
        DermisStates y = home_of(problem_.laid_out);
        double t = 0;
        start(y, relative);
        steps = 0;
        for (std::size_t s = 0; s <= problem_.sessions.size(); ++s) {
            const double stop = s < problem_.sessions.size() ? problem_.sessions[s] : 730.0;
            if (stop > t) {
                check(CVodeSetStopTime(memory_, stop));
                for (; next < problem_.outputs.size() && problem_.outputs[next] < stop; ++next)
                    advance(problem_.outputs[next]), copy_to(found[next]);
                advance(stop);
                for (; next < problem_.outputs.size() && problem_.outputs[next] <= stop; ++next) copy_to(found[next]);
                long taken = 0;
                CVodeGetNumSteps(memory_, &taken);
                steps += static_cast<unsigned long long>(taken);
                t = stop;
            }
            if (s == problem_.sessions.size()) break;
            y = problem_.unflat(N_VGetArrayPointer(y_));
            problem_.injure(y);
            const auto numbers = problem_.flat(y);
            std::ranges::copy(numbers, N_VGetArrayPointer(y_));
            check(CVodeReInit(memory_, t, y_));
        }
    }

  private:
    static void check(int flag) {
        if (flag < 0) throw std::runtime_error("CVODE failed with " + std::to_string(flag));
    }
    void copy_to(std::vector<double>& row) const {
        const double* numbers = N_VGetArrayPointer(y_);
        row.assign(numbers, numbers + size_);
    }
    void advance(double to) {
        double reached;
        check(CVode(memory_, to, y_, &reached, CV_NORMAL));
    }

    void start(const DermisStates& y, double relative) {
        CVodeFree(&memory_);
        std::ranges::copy(problem_.flat(y), N_VGetArrayPointer(y_));
        memory_ = CVodeCreate(CV_BDF, context_);
        check(CVodeInit(memory_, rates, 0, y_));
        check(CVodeSStolerances(memory_, relative, 1e-3 * relative));
        check(CVodeSetUserData(memory_, this));
        check(CVodeSetLinearSolver(memory_, solver_, matrix_));
        check(CVodeSetJacFn(memory_, jacobian));
        check(CVodeSetMaxNumSteps(memory_, 2'000'000));
    }

    /// A cell as its rates read it, the sheet weakened by depth.
    CourseStates cell(const double* y, std::size_t j) const {
        CourseStates out;
        for (std::size_t i = 0; i < inside; ++i) out[cell_states_[i]] = y[j * inside + i];
        for (std::size_t i = 0; i < sheet_states_.size(); ++i) {
            const double home = dermis_.sheet_home[sheet_states_[i]];
            out[sheet_states_[i]] = home + (y[dermis_.cells * inside + i] - home) * dermis_.heard[j];
        }
        return out;
    }
    CourseStates sheet(const double* y) const {
        CourseStates out = dermis_.sheet_home;
        for (std::size_t i = 0; i < inside; ++i) out[cell_states_[i]] = 0;
        for (std::size_t j = 0; j < dermis_.cells; ++j)
            for (std::size_t i = 0; i < inside; ++i) out[cell_states_[i]] += dermis_.told[j] * y[j * inside + i];
        for (std::size_t i = 0; i < sheet_states_.size(); ++i) out[sheet_states_[i]] = y[dermis_.cells * inside + i];
        return out;
    }

    static int rates(double t, N_Vector y_vector, N_Vector f_vector, void* self) {
        const auto& me = *static_cast<const CvodeDermis*>(self);
        const double* y = N_VGetArrayPointer(y_vector);
        double* f = N_VGetArrayPointer(f_vector);
        const Dermis& d = me.dermis_;
        CourseStates out;
        for (std::size_t j = 0; j < d.cells; ++j) {
            Linearisation<CourseModel, double>::rates(t, me.cell(y, j), d.kinds[d.kind[j]], out);
            for (std::size_t i = 0; i < inside; ++i) {
                const std::size_t at = j * inside + i, s = me.cell_states_[i];
                f[at] = out[s];
                if (j > 0) f[at] += d.low(s, j) * (y[at - inside] - y[at]);
                if (j + 1 < d.cells) f[at] += d.high(s, j) * (y[at + inside] - y[at]);
            }
        }
        Linearisation<CourseModel, double>::rates(t, me.sheet(y), d.sheet_kind, out);
        for (std::size_t i = 0; i < me.sheet_states_.size(); ++i) f[d.cells * inside + i] = out[me.sheet_states_[i]];
        return 0;
    }

    /// Calls `entry(row, column, value)` for everything that the Jacobian may hold; an entry may come more than once.
    void visit(double t, const double* y, auto entry) const {
        const Dermis& d = dermis_;
        const auto sheet_at = [&](std::size_t state) {
            return d.cells * inside +
                   static_cast<std::size_t>(std::ranges::find(sheet_states_, state) - sheet_states_.begin());
        };
        const auto in_sheet = [](std::size_t state) { return (depth::layout.sheet >> state & 1) != 0; };
        for (std::size_t j = 0; j < d.cells; ++j) {
            for_each_derivative<CourseModel>(t, cell(y, j), d.kinds[d.kind[j]],
                                             [&](std::size_t i, std::size_t c, double value) {
                                                 if (in_sheet(i) || c >= state_count) return;
                                                 const std::size_t row = j * inside + place_[i];
                                                 if (in_sheet(c)) entry(row, sheet_at(c), value * d.heard[j]);
                                                 else entry(row, j * inside + place_[c], value);
                                             });
            for (std::size_t i = 0; i < inside; ++i) {
                const std::size_t at = j * inside + i, s = cell_states_[i];
                const double low = j > 0 ? d.low(s, j) : 0, high = j + 1 < d.cells ? d.high(s, j) : 0;
                if (low != 0) entry(at, at - inside, low);
                if (high != 0) entry(at, at + inside, high);
                entry(at, at, -low - high);
            }
        }
        for_each_derivative<CourseModel>(t, sheet(y), d.sheet_kind, [&](std::size_t i, std::size_t c, double value) {
            if (!in_sheet(i) || c >= state_count) return;
            if (in_sheet(c)) return entry(sheet_at(i), sheet_at(c), value);
            for (std::size_t j = 0; j < d.cells; ++j) entry(sheet_at(i), j * inside + place_[c], value * d.told[j]);
        });
    }

    void find_pattern() {
        std::vector<std::map<std::size_t, std::size_t>> columns(size_);
        std::vector<std::pair<std::size_t, std::size_t>> visited;
        const auto y = problem_.flat(home_of(problem_.laid_out));
        visit(0, y.data(), [&](std::size_t row, std::size_t column, double) {
            columns[column].emplace(row, 0);
            visited.emplace_back(row, column);
        });
        for (auto& column : columns) {
            starts_.push_back(entries_);
            for (auto& [row, number] : column) number = entries_++, rows_.push_back(row);
        }
        starts_.push_back(entries_);
        for (const auto& [row, column] : visited) order_.push_back(columns[column][row]);
    }

    static int jacobian(double t, N_Vector y_vector, N_Vector, SUNMatrix out, void* self, N_Vector, N_Vector,
                        N_Vector) {
        const auto& me = *static_cast<const CvodeDermis*>(self);
        SUNMatZero(out);
        const double* y = N_VGetArrayPointer(y_vector);
        if (me.algebra_ == Algebra::band) {  // what couples sheet and cells lies outside the band
            me.visit(t, y, [&](std::size_t row, std::size_t column, double value) {
                const auto apart = row > column ? row - column : column - row;
                if (apart <= inside)
                    SM_ELEMENT_B(out, static_cast<sunindextype>(row), static_cast<sunindextype>(column)) += value;
            });
            return 0;
        }
        std::ranges::copy(me.starts_, SM_INDEXPTRS_S(out));
        std::ranges::copy(me.rows_, SM_INDEXVALS_S(out));
        std::size_t next = 0;
        me.visit(t, y, [&](std::size_t, std::size_t, double value) { SM_DATA_S(out)[me.order_[next++]] += value; });
        return 0;
    }

    const DermisProblem& problem_;
    Dermis dermis_;
    Algebra algebra_;
    std::vector<std::size_t> cell_states_, sheet_states_, place_;
    std::size_t size_, entries_ = 0;
    std::vector<std::size_t> starts_, rows_, order_;  // of the sparse matrix; where each visit goes
    SUNContext context_ = nullptr;
    N_Vector y_ = nullptr;
    SUNMatrix matrix_ = nullptr;
    SUNLinearSolver solver_ = nullptr;
    void* memory_ = nullptr;
};

}  // namespace cicatrix::bench
