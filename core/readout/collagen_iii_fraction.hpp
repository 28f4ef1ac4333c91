// The type III share of collagen, high in young wounds and in new matrix.
#pragma once
#include "cicatrix/readout/readout.hpp"

namespace cicatrix::readout {

struct CollagenIiiFraction {
    static constexpr Readout row{
        .name = "collagen_iii_fraction",
        .unit = "1",
        .meaning = "type III share of all collagen of the dermis",
        .formula = "collagen_iii / (collagen_iii + collagen_i_immature + collagen_i_mature)",
        .grade = Grade::assumed,
        .source = "definition; the home share of about 15 per cent is commonly quoted, no measurement was confirmed",
    };
    static auto value(const auto& now) {
        const auto [iii, immature, mature] = pick<"collagen_iii", "collagen_i_immature", "collagen_i_mature">(now.y);
        return iii / (iii + immature + mature);
    }
};

}  // namespace cicatrix::readout
