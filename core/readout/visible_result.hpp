// What a person sees of a treatment, in one number that is our own composite of lines, spring and tone.
#pragma once
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
    static auto change_of_tone(const auto& now) {
        const auto [neutrophils, macrophages, perfusion, melanin] =
            pick<"neutrophils", "macrophages_m1", "perfusion", "melanin">(now.y);
        return neutrophils + macrophages + magnitude(perfusion - get<"perfusion">(now.start)) +
               magnitude(melanin - get<"melanin">(now.start));
    }

    /// Of day 0.
    static auto fixed(const auto& now) {
        return named<"elasticity", "wrinkle_depth">(Elasticity::of(now.start, now.k, now.p),
                                                    WrinkleDepth::at_start(now));
    }
    static auto value(const auto& now) { return value(now, fixed(now)); }
    static auto value(const auto& now, const auto& at_start) {
        const auto [lines, tone] = pick<"visible_weight_of_wrinkles", "visible_weight_of_tone">(now.p);
        const auto [elastic, depth] = pick<"elasticity", "wrinkle_depth">(at_start);
        const auto gain = lines * (1.0 - WrinkleDepth::value(now) / depth) +
                          (1.0 - lines) * (Elasticity::value(now) - elastic) / (1.0 - elastic);
        const auto seen = gain - tone * change_of_tone(now);
        return select(seen < 0.0, 0.0, select(seen > 1.0, 1.0, seen));
    }
};

}  // namespace cicatrix::readout
