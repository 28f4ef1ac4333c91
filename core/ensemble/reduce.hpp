// Makes one number of a course that has been read out.
#pragma once
#include <optional>
#include <span>

#include "cicatrix/course/series.hpp"
#include "cicatrix/ensemble/reduction.hpp"

namespace cicatrix {

/// What must be read out of a course for some reductions.
Wanted wanted_for(std::span<const Reduction> reductions);

/// The days within a course on which they look at it, ascending, d.
std::vector<double> days_for(std::span<const Reduction> reductions, double duration);

/// `treated` and `twin` hold what `wanted_for` names, and have the outputs of `days_for`. Between the stages of the
/// steps along which read-outs are followed a quantity is the polynomial through them. Empty when the quantity was no number
/// somewhere; NaN when it was one, but a level was never crossed.
std::optional<double> reduced(const Reduction& reduction, const ReadoutSeries& treated, const ReadoutSeries& twin);

}  // namespace cicatrix
