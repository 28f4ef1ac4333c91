// Takes the rates apart and gives each term the name of its row.
#include "cicatrix/io/rate_terms.hpp"

#include <algorithm>
#include <stdexcept>

#include "cicatrix/io/symbolic_model.hpp"
#include "cicatrix/models/microneedling/term_names.hpp"

namespace cicatrix {
namespace {

constexpr auto& names = microneedling::term_names;

/// The rates of all states, in their order.
std::vector<Symbol> rates_as_symbols() {
    const auto rates = CourseModel::rates(Symbol::time(), detail::symbols_of<CourseModel::states>(),
                                          detail::symbols_of<CourseModel::coefficients>());
    std::vector<Symbol> out;
    [&]<std::size_t... I>(std::index_sequence<I...>) { (out.push_back(Symbol(get<I>(rates.values))), ...); }
    (std::make_index_sequence<CourseModel::states.size()>{});
    return out;
}

std::size_t place_in_inputs(std::string_view name) {
    const auto state = std::ranges::find(CourseModel::states, name, &State::name);
    if (state != CourseModel::states.end()) return static_cast<std::size_t>(state - CourseModel::states.begin());
    const auto& all = detail::names_in_order<CourseModel::coefficients>;
    return CourseModel::states.size() + static_cast<std::size_t>(std::ranges::find(all, name) - all.begin());
}

}  // namespace

RateTerms::RateTerms(const CourseCoefficients& k) {
    const auto rates = rates_as_symbols();
    std::vector<Symbol> all;
    auto row = names.begin();
    for (std::size_t i = 0; i < rates.size(); ++i) {
        const auto terms = additive_terms(
            rates[i], [](std::string_view name) { return place_in_inputs(name) < CourseModel::states.size(); });
        for (const auto& term : terms) {
            if (row == names.end() || row->state != CourseModel::states[i].name)
                throw std::logic_error("the rate of '" + std::string(CourseModel::states[i].name) + "' has " +
                                       std::to_string(terms.size()) + " terms, more than term_names.hpp names");
            states_.push_back(i), processes_.push_back(row++->process), all.push_back(term);
        }
    }
    if (row != names.end())
        throw std::logic_error("term_names.hpp names more terms of '" + std::string(row->state) + "' than it has");
    inputs_.resize(CourseModel::states.size());
    inputs_.insert(inputs_.end(), k.begin(), k.end());
    program_.emplace(all, place_in_inputs);
}

std::span<const double> RateTerms::operator()(double time, std::span<const double> y) {
    std::ranges::copy(y, inputs_.begin());
    return (*program_)(inputs_, time);
}

}  // namespace cicatrix
