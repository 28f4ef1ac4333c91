// Downtime: the days on which a session can be seen, in redness, swelling or flakes.
#pragma once
#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/readout/erythema.hpp"
#include "cicatrix/readout/hydration.hpp"
#include "cicatrix/readout/oedema.hpp"

namespace cicatrix::readout {

struct VisibleDays {
    static constexpr State row{"visible_days", "d", "time so far in which redness, swelling or flakes could be seen"};
    static double start(const auto&) { return 0.0; }
    static auto flow(const auto& now) {
        const auto [redness, swelling, flaking] = pick<"visible_erythema", "visible_oedema", "visible_flaking">(now.p);
        const auto hidden = (1.0 - seen(Erythema::value(now), redness)) * (1.0 - seen(Oedema::value(now), swelling)) *
                            (1.0 - seen(get<"flaking">(now.x), flaking));
        return FlowOf{1.0 - hidden, 0.0};
    }

  private:
    /// A smooth step from 0 to 1 at `threshold`.
    static auto seen(const auto& sign, const auto& threshold) {
        const auto s = power<8>(sign / threshold);
        return s / (1.0 + s);
    }
};

struct Downtime {
    static constexpr Readout row{
        .name = "downtime",
        .unit = "d",
        .meaning =
            "days so far on which redness, swelling or flakes could be seen; its rise over a session is the session's",
        .formula =
            "visible_days, the time in which erythema > visible_erythema or oedema > visible_oedema or flaking > "
            "visible_flaking, with smooth steps",
        .grade = Grade::assumed,
        .source = {"definition with thresholds of our own choice",
                   "to compare: 3.0 d, SE 0.37 (Am J Clin Dermatol 2019, doi:10.1007/s40257-018-0415-0), at most 7 d "
                   "(Chu et al. 2021, doi:10.1097/01.dss.0000790428.70373.f6)"},
    };
    // clang-format off
    static constexpr std::array parameters{
        Parameter{"visible_erythema", 0.1, "1", {0.03, 0.3}, Grade::assumed,
                  {redness::own_choice, "a tenth of the strongest flare; darker skin hides more"},
                  "redness that is just seen"},
        Parameter{"visible_oedema", 0.02, "1", {0.005, 0.1}, Grade::assumed,
                  {redness::own_choice, "a fiftieth of the dermis"},
                  "swelling that is just seen"},
        Parameter{"visible_flaking", 0.1, "1", {0.02, 0.5}, Grade::assumed,
                  {redness::own_choice, "a tenth of the surface"},
                  "flaking that is just seen"},
    };
    // clang-format on
    using states = std::tuple<VisibleDays>;

    static auto value(const auto& now) { return get<"visible_days">(now.x); }
};

}  // namespace cicatrix::readout
