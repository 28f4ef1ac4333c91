// Derivatives of the outcomes of a sweep by its factors, at one of its rows.
#pragma once
#include <cstddef>
#include <span>

#include "cicatrix/ensemble/gradient.hpp"
#include "cicatrix/scenario/sweep.hpp"

namespace cicatrix {

/// At a row in one arm: the values of all outcomes and their slopes by all factors, each in the factor's unit. Choices
/// and whole numbers have no derivatives. Throws InputError when no scenario allows the row, std::invalid_argument when
/// it does not fit the sweep or its course is resolved in space.
Gradient gradient_of(const Sweep& sweep, std::span<const double> row, std::size_t arm = 0, unsigned threads = 1);

}  // namespace cicatrix
