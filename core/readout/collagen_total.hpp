// All collagen of the dermis, fragments left out.
#pragma once
#include "cicatrix/readout/readout.hpp"

namespace cicatrix::readout {

struct CollagenTotal {
    static constexpr Readout row{
        .name = "collagen_total",
        .unit = "1",
        .meaning = "collagen of the dermis of all types, relative to uninjured skin of the same baseline at 25 years",
        .formula = "(collagen_iii + collagen_i_immature + collagen_i_mature) / collagen_total_home",
        .grade = Grade::assumed,
        .source = "definition; its amplitude after needling rests on synthesis_gain_by_tgf, which nobody measured",
    };
    static auto value(const auto& now) {
        const auto [iii, immature, mature] = pick<"collagen_iii", "collagen_i_immature", "collagen_i_mature">(now.y);
        return (iii + immature + mature) / get<"collagen_total_home">(now.k);
    }
};

}  // namespace cicatrix::readout
