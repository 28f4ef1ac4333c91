// Means of the terms of the rates over skin that is resolved in space.
#pragma once
#include <deque>
#include <vector>

#include "cicatrix/course/dermis_run.hpp"
#include "cicatrix/io/budgets.hpp"

namespace cicatrix {

class TissueTerms {
  public:
    /// Adds what a part of the skin does at a wanted time to the terms of its leg: the terms of the rates, as RateTerms
    /// lists them, then for each state what the part gets from other depths, then what an open pore lets out.
    void add(const SkinPart& part, const Leg& leg, std::size_t wanted, LegTerms& out);

  private:
    struct Kind {
        CourseCoefficients coefficients;
        RateTerms terms;
    };
    RateTerms& terms_with(const CourseCoefficients& k);
    void add_cell(const SkinPart& part, std::size_t cell, double weight, double* row);
    void add_sheet(const SkinPart& part, double* row);
    void add_terms(RateTerms& terms, bool of_sheet, double weight, double* row);

    std::deque<Kind> kinds_;
    std::vector<double> volumes_;  ///< of the cells, over that of the whole dermis
    double time_ = 0;
    CourseStates states_{};  ///< as the rates read them
};

}  // namespace cicatrix
