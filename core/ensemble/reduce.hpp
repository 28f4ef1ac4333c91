// Makes one number of a course that has been read out.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "cicatrix/course/series.hpp"
#include "cicatrix/ensemble/reduction.hpp"

namespace cicatrix {

/// What must be read out of a course for some reductions.
Wanted wanted_for(std::span<const Reduction> reductions);

/// The days within a course on which they look at it, ascending, d.
std::vector<double> days_for(std::span<const Reduction> reductions, double duration);

/// Where the times of each leg of the treated skin lie among the steps of the twin. Courses of one protocol share them.
class TwinPlaces {
  public:
    /// Finds them anew where the legs are not those of the course before.
    void look_at(const Legs& legs);
    const StepPlace& at(std::size_t leg, std::size_t slot) const { return legs_[leg].places[slot]; }

  private:
    struct Known {
        std::vector<double> steps, outputs;
        std::vector<StepPlace> places;
    };
    std::vector<double> twin_;
    std::vector<Known> legs_;
};

/// `treated` and `twin` hold what `wanted_for` names, and have the outputs of `days_for`. Between the stages of the
/// steps along which read-outs are followed a quantity is the polynomial through them. Empty when the quantity was no number
/// where it is looked at; NaN when it was one, but a level was never crossed.
std::optional<double> reduced(const Reduction& reduction, const ReadoutSeries& treated, const ReadoutSeries& twin,
                              const TwinPlaces& places);

}  // namespace cicatrix
