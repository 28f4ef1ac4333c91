// Inflammatory cells: what makes skin red and warm for days.
#pragma once
#include "cicatrix/readout/readout.hpp"

namespace cicatrix::readout {

struct Inflammation {
    static constexpr Readout row{
        .name = "inflammation",
        .unit = "mm-3",
        .meaning = "density of neutrophils and inflammatory macrophages in the dermis",
        .formula = "1000 neutrophils + 500 macrophages_m1",
        .grade = Grade::assumed,
        .source =
            "definition by the scales of the two states; the scales are own choices of the order of Waugh and "
            "Sherratt 2006",
    };
    static auto value(const auto& now) {
        const auto [neutrophils, macrophages] = pick<"neutrophils", "macrophages_m1">(now.y);
        return 1000.0 * neutrophils + 500.0 * macrophages;
    }
};

}  // namespace cicatrix::readout
