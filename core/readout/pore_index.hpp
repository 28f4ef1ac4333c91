// How wide pores look, from the collagen that holds them.
#pragma once
#include "cicatrix/readout/readout.hpp"

namespace cicatrix::readout {

struct PoreIndex {
    static constexpr Readout row{
        .name = "pore_index",
        .unit = "1",
        .meaning = "apparent width of pores relative to day 0; unvalidated: no trial of plain needling measured it",
        .formula =
            "(collagen / collagen at day 0)^-pore_slackness with collagen = collagen_iii + collagen_i_immature + "
            "collagen_i_mature",
        .grade = Grade::assumed,
        .source = {"own choice",
                   "pores are said to widen where the collagen round them slackens, and the dermis stands for that "
                   "collagen; the one trial found had radio-frequency needles and graded by eye"},
    };
    // clang-format off
    static constexpr std::array parameters{
        Parameter{"pore_slackness", 0.5, "1", {0, 1.5}, Grade::assumed,
                  {"own choice", "half a per cent narrower for each per cent of collagen; 0: collagen does nothing "
                                 "for pores"},
                  "power with which pores narrow as collagen grows"},
    };
    // clang-format on

    static auto value(const auto& now) {
        return pow(collagen(now.y) / collagen(now.start), -get<"pore_slackness">(now.p));
    }

  private:
    static auto collagen(const auto& y) {
        const auto [iii, immature, mature] = pick<"collagen_iii", "collagen_i_immature", "collagen_i_mature">(y);
        return iii + immature + mature;
    }
};

}  // namespace cicatrix::readout
