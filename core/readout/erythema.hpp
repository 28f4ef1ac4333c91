// Redness: a flare of the vessels that fades within hours, and the redness of debris, cells and new vessels for days.
#pragma once
#include <array>
#include <numbers>

#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/readout/readout.hpp"

namespace cicatrix::readout {

namespace redness {
inline constexpr std::string_view own_choice = "own choice";

// clang-format off
inline constexpr std::array parameters{
    Parameter{"flare_half_length", 0.3, "1/mm", {0.1, 1}, Grade::assumed,
              {own_choice, "redness rises with needle length (0.4 against 0.2 mm, Bal et al. 2008, "
                           "doi:10.1016/j.ejps.2008.06.016; direction)"},
              "length of channels per area that brings half of the strongest flare"},
    Parameter{"flare_fading_time", 0.8, "h", {0.3, 1.5}, Grade::indirect,
              {"Bal et al. 2008, Eur J Pharm Sci, doi:10.1016/j.ejps.2008.06.016",
               "redness and blood flow normal within 2 h, arrays up to the 0.55 mm class"},
              "time in which the flare falls to 1/e"},
    Parameter{"erythema_by_damage", 4.0, "1", {0, 12}, Grade::assumed,
              {own_choice, "mediators from cut tissue keep vessels wide for some hours (3 to 6 h in a series with "
                           "rollers, Hong Kong J Dermatol Venereol 2018;26:52)"},
              "redness per damage signals"},
    Parameter{"erythema_by_cells", 1.0, "mm3", {0.3, 3}, Grade::assumed,
              {own_choice, "days of redness follow the inflammatory cells; the scale is ours"},
              "redness per 1000 inflammatory cells in a mm3"},
    Parameter{"erythema_by_perfusion", 0.3, "1", {0, 1}, Grade::assumed,
              {own_choice, "new vessels tint skin faintly"},
              "redness per blood flow above that of the start"},
};
// clang-format on

/// Neutrophils and inflammatory macrophages above those of the start, 1000/mm3; scales as in the model's table.
auto cells(const auto& now) {
    const auto [neutrophils, macrophages] = pick<"neutrophils", "macrophages_m1">(now.y);
    const auto [few_neutrophils, few_macrophages] = pick<"neutrophils", "macrophages_m1">(now.start);
    return positive_part(neutrophils - few_neutrophils + 0.5 * (macrophages - few_macrophages));
}

/// Length of the latest session's channels per area, 1/mm. A prescribed injury counts as holes of needles 0.25 mm wide.
auto channel_length(const auto& now) {
    constexpr double needle_radius = 0.125;
    const auto& session = now.sessions.back();
    if (session.channels.density > 0) return session.channels.density * session.channels.depth;
    return session.injured_volume * now.skin.dermis / (std::numbers::pi * needle_radius * needle_radius);
}
}  // namespace redness

struct Flare {
    static constexpr State row{"flare", "1", "reflex widening of the vessels round fresh channels, 1 at its strongest"};
    static double start(const auto&) { return 0.0; }
    static auto after_session(const auto& x, const auto& now) {
        const auto length = redness::channel_length(now);
        return x + (1.0 - x) * length / (length + get<"flare_half_length">(now.p));
    }
    static auto flow(const auto& now) {
        constexpr double hours = 24;  // per day
        return FlowOf{0.0, hours / get<"flare_fading_time">(now.p)};
    }
};

struct Erythema {
    static constexpr Readout row{
        .name = "erythema",
        .unit = "1",
        .meaning =
            "redness above that of the start; 1 is the strongest flare of vessels, visible_erythema is just seen",
        .formula =
            "flare + erythema_by_damage damage_signals + erythema_by_cells (neutrophils + macrophages_m1 / 2) + "
            "erythema_by_perfusion perfusion, the last three above their start",
        .grade = Grade::assumed,
        .source = {"own composite",
                   "measured are durations: under 2 h (Bal et al. 2008), 3 to 6 h (Hong Kong J Dermatol Venereol "
                   "2018;26:52), up to 24 h (Hackethal et al. 2021, doi:10.1111/srt.12918), 3 d (Am J Clin Dermatol "
                   "2019, doi:10.1007/s40257-018-0415-0)"},
    };
    static constexpr auto parameters = redness::parameters;
    using states = std::tuple<Flare>;

    static auto value(const auto& now) {
        const auto [by_damage, by_cells, by_perfusion] =
            pick<"erythema_by_damage", "erythema_by_cells", "erythema_by_perfusion">(now.p);
        const auto damage = get<"damage_signals">(now.y) - get<"damage_signals">(now.start);
        const auto perfusion = get<"perfusion">(now.y) - get<"perfusion">(now.start);
        return positive_part(get<"flare">(now.x)) + by_damage * positive_part(damage) + by_cells * redness::cells(now) +
               by_perfusion * positive_part(perfusion);
    }
};

}  // namespace cicatrix::readout
