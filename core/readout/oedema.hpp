// Swelling of the dermis: vessels leak while they are wide and while cells pass, and lymph drains what leaked.
#pragma once
#include "cicatrix/readout/erythema.hpp"

namespace cicatrix::readout {

struct Swelling {
    static constexpr State row{"swelling", "1", "fluid in the dermis above home, relative to the dermis"};
    static double start(const auto&) { return 0.0; }
    static auto flow(const auto& now) {
        const auto [by_flare, by_cells, drainage] =
            pick<"oedema_by_flare", "oedema_by_cells", "oedema_drainage">(now.p);
        return FlowOf{by_flare * get<"flare">(now.x) + by_cells * redness::cells(now), drainage};
    }
};

struct Oedema {
    static constexpr Readout row{
        .name = "oedema",
        .unit = "1",
        .meaning = "swelling of the dermis, relative to its thickness",
        .formula =
            "swelling, which gains oedema_by_flare flare + oedema_by_cells (neutrophils + macrophages_m1 / 2 above "
            "their start) and loses oedema_drainage swelling",
        .grade = Grade::assumed,
        .source = {"own balance of leak and drainage",
                   "3 to 6 h in a series with rollers (Hong Kong J Dermatol Venereol 2018;26:52), listed for days in a "
                   "trial's diary (SkinPen, NCT02646917); its size was not measured"},
    };
    // clang-format off
    static constexpr std::array parameters{
        Parameter{"oedema_by_flare", 1.0, "1/d", {0, 4}, Grade::assumed,
                  {redness::own_choice, "a flare of an hour swells the dermis by some per cent"},
                  "leak of vessels at the strongest flare"},
        Parameter{"oedema_by_cells", 0.1, "mm3/d", {0.02, 0.4}, Grade::assumed,
                  {redness::own_choice, "some per cent of swelling on day 1"},
                  "leak of vessels per 1000 inflammatory cells in a mm3"},
        Parameter{"oedema_drainage", 1.0, "1/d", {0.4, 4}, Grade::assumed,
                  {redness::own_choice, "swelling outlasts its cause by about a day"},
                  "drainage of the fluid by lymph"},
    };
    // clang-format on
    using states = std::tuple<Swelling>;

    static auto value(const auto& now) { return get<"swelling">(now.x); }
};

}  // namespace cicatrix::readout
