// Expressions taken apart into the terms that they are sums of, and computed many times.
#pragma once
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "cicatrix/numeric/symbol.hpp"

namespace cicatrix {

/// Whether a name stands for something that changes with time.
using IsVariable = std::function<bool(std::string_view)>;

/// The terms of a sum, in the order of their text: sums within sums are taken apart, and products of a sum with what
/// never changes; products of several sums that change stay whole. Their sum is the expression.
std::vector<Symbol> additive_terms(const Symbol& x, const IsVariable& is_variable);

/// Several expressions as one list of steps, each computed once, for many evaluations. Both sides of a `select` are
/// computed.
class SymbolProgram {
  public:
    /// `place_of` says where the value of a name stands among the inputs.
    SymbolProgram(std::span<const Symbol> outputs, const std::function<std::size_t(std::string_view)>& place_of);

    /// The values of the outputs, in their order, valid until the next call.
    std::span<const double> operator()(std::span<const double> inputs, double time);

  private:
    struct Step {
        Operation operation;
        std::size_t a, b, c;  ///< places of the operands among the values; of a name a is its place among the inputs
        double value;         ///< of a number
    };

    std::vector<Step> steps_;
    std::vector<std::size_t> outputs_;
    std::vector<double> values_, results_;
};

}  // namespace cicatrix
