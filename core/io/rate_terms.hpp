// The rates of the microneedling model term by term, from the one text of the model, with the name of each.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cicatrix/course/course.hpp"
#include "cicatrix/numeric/symbol_terms.hpp"

namespace cicatrix {

class RateTerms {
  public:
    /// With the coefficients of a course. Throws std::logic_error where the table of names and the text of the rates
    /// disagree.
    explicit RateTerms(const CourseCoefficients& k);

    std::size_t size() const { return states_.size(); }
    /// The state whose rate a term belongs to, by its place.
    std::size_t state(std::size_t term) const { return states_[term]; }
    std::string_view process(std::size_t term) const { return processes_[term]; }
    /// All terms of one place and time, 1/d, valid until the next call.
    std::span<const double> operator()(double time, std::span<const double> y);

  private:
    std::vector<std::size_t> states_;
    std::vector<std::string_view> processes_;
    std::vector<double> inputs_;  ///< states, then coefficients
    std::optional<SymbolProgram> program_;
};

}  // namespace cicatrix
