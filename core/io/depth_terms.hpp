// Means of the terms of the rates over skin that is resolved in depth.
#pragma once
#include <vector>

#include "cicatrix/course/dermis_run.hpp"
#include "cicatrix/io/budgets.hpp"

namespace cicatrix {

class DepthTerms {
  public:
    /// Adds what a part of the tissue does at a wanted time to the terms of its leg: the terms of the rates, as RateTerms
    /// lists them, then for each state what a part gets from the rest of its depths.
    void add(const DermisStates& y, const Dermis& tissue, const Weights& weights, const Leg& leg, std::size_t wanted,
             LegTerms& out);

  private:
    void adopt(const Dermis& tissue);
    void add_cell(const DermisStates& y, const Dermis& tissue, std::size_t cell, double weight, double* row);
    void add_sheet(const DermisStates& y, const Dermis& tissue, double weight, double* row);
    void add_terms(RateTerms& terms, bool of_sheet, double weight, double* row);

    std::vector<RateTerms> kinds_;  ///< with the coefficients of each kind of cell, then of the sheet
    std::vector<double> volumes_;   ///< of the cells, over that of the whole dermis
    double time_ = 0;
    CourseStates states_{};  ///< as the rates read them
};

}  // namespace cicatrix
