// Density of the dermis as an ultrasound image suggests it: collagen, diluted by water.
#pragma once
#include "cicatrix/readout/collagen_total.hpp"
#include "cicatrix/readout/oedema.hpp"

namespace cicatrix::readout {

struct DermalDensity {
    static constexpr Readout row{
        .name = "dermal_density",
        .unit = "1",
        .meaning =
            "proxy: collagen per volume of the dermis, relative to uninjured skin at 25 years; echo density of "
            "ultrasound moves the same way, not by the same amount",
        .formula = "collagen_total / (1 + oedema)",
        .grade = Grade::assumed,
        .source = {"own choice", "echogenicity cannot be read as mass of collagen"},
    };
    static auto value(const auto& now) { return CollagenTotal::value(now) / (1.0 + Oedema::value(now)); }
};

}  // namespace cicatrix::readout
