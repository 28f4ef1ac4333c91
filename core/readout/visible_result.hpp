// What a person sees of a treatment, in one number that is our own composite of lines, spring and tone.
#pragma once
#include <cmath>

#include "cicatrix/readout/elasticity.hpp"
#include "cicatrix/readout/wrinkle_depth.hpp"

namespace cicatrix::readout {

struct VisibleResult {
    static constexpr Readout row{
        .name = "visible_result",
        .unit = "1",
        .meaning =
            "own composite, no clinical scale: 0 is the bare skin of day 0 or worse, 1 is without lines, fully elastic "
            "and of even tone",
        .formula =
            "weighted mean of 1 - wrinkle_depth / its start and (elasticity - its start) / (1 - its start), less "
            "visible_weight_of_tone (neutrophils + macrophages_m1 + changes of perfusion and melanin); cut to "
            "0-1",
        .grade = Grade::assumed,
        .source = {"own choice", "no trial reports such a number"},
    };

    // clang-format off
    static constexpr std::array parameters{
        Parameter{"visible_weight_of_wrinkles", 0.7, "1", {0, 1}, Grade::assumed,
                  {"own choice", "lines are what people look for"},
                  "weight of shallower lines in the visible result; the rest is elasticity's"},
        Parameter{"visible_weight_of_tone", 0.2, "1", {0, 1}, Grade::assumed,
                  {"own choice", "a red or spotted face hides a part of what the lines gain"},
                  "what a change of tone by all of its home value takes from the visible result"},
    };
    // clang-format on

    /// Redness and pigment against day 0; 0 is unchanged.
    static double change_of_tone(const auto& now) {
        const auto [neutrophils, macrophages, perfusion, melanin] =
            pick<"neutrophils", "macrophages_m1", "perfusion", "melanin">(now.y);
        return neutrophils + macrophages + std::abs(perfusion - get<"perfusion">(now.start)) +
               std::abs(melanin - get<"melanin">(now.start));
    }

    static double value(const auto& now) {
        const auto [lines, tone] = pick<"visible_weight_of_wrinkles", "visible_weight_of_tone">(now.p);
        const double elastic = Elasticity::of(now.start, now.k, now.p);
        const double gain = lines * (1.0 - WrinkleDepth::value(now) / WrinkleDepth::at_start(now)) +
                            (1.0 - lines) * (Elasticity::value(now) - elastic) / (1.0 - elastic);
        const double seen = gain - tone * change_of_tone(now);
        return seen < 0 ? 0.0 : seen > 1 ? 1.0 : seen;
    }
};

}  // namespace cicatrix::readout
