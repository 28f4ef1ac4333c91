// The grade that a rater gives to atrophic scars or striae, with the drift of graded scars that nobody treated.
#pragma once
#include "cicatrix/readout/scar_depth.hpp"

namespace cicatrix::readout {

/// Points follow the depth; the drift is a share of the points of day 0 and the same for treated skin and its twin. It
/// rises and fades as (t/peak) exp(1 - t/peak), whose two numbers follow from two gradings of untreated sides.
struct ScarGrade {
    static constexpr Readout row{
        .name = "scar_grade",
        .unit = "1",
        .meaning =
            "points of a rater, of the kind of Goodman and Baron's quantitative scale: 12 for scars 0.35 mm deep",
        .formula =
            "scar_points (scar_depth - depth at day 0 rater_drift (t / rater_drift_peak) exp(1 - t / "
            "rater_drift_peak)), not below 0; the drift is built-in evidence and no effect of needling",
        .grade = Grade::assumed,
        .source = {"Goodman and Baron 2006, J Cosmet Dermatol, doi:10.1111/j.1473-2165.2006.00222.x",
                   "the scale counts scars by kind; raters agreed within four points on 19 of 21 patients. That points "
                   "follow the depth is our own choice"},
    };
    // clang-format off
    static constexpr std::array parameters{
        Parameter{"scar_points", 0.0335, "1/um", {0.01, 0.1}, Grade::assumed,
                  {"own choice", "11.73 points before treatment (Dogra, Yadav, Sarangal 2014, J Cosmet Dermatol) at "
                                 "350 um"},
                  "points of the grade per depth of the scars"},
        Parameter{"rater_drift", 0.095, "1", {-0.2, 0.4}, Grade::indirect,
                  {"Alam et al. 2014, JAMA Dermatol, doi:10.1001/jamadermatol.2013.8687",
                   "control sides, 15 patients, blinded raters: 1.0 (-1.4 to 3.4) points better at 3 months, 0.4 "
                   "(-2.3 to 3.5) at 6, of about 12; both intervals hold 0"},
                  "largest improvement that raters see without any treatment, share of the grade at day 0; 0 switches "
                  "it off"},
        Parameter{"rater_drift_peak", 56, "d", {20, 180}, Grade::indirect,
                  {"Alam et al. 2014, JAMA Dermatol, doi:10.1001/jamadermatol.2013.8687",
                   "from 1.0 points at 3 months and 0.4 at 6; gradings counted from day 0"},
                  "time at which raters see most improvement without any treatment"},
    };
    // clang-format on

    static auto value(const auto& now) {
        const auto [points, drift, peak] = pick<"scar_points", "rater_drift", "rater_drift_peak">(now.p);
        const auto since = positive_part(now.time / peak);
        const auto seen = drift * since * exp(1.0 - since) * 1000.0 * now.skin.baseline->scar_depth;
        return positive_part(points * (ScarDepth::value(now) - seen));
    }
};

}  // namespace cicatrix::readout
