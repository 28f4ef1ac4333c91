// The crow's feet course: 52 years, four monthly sessions with a roller of 1.5 mm, and what its lines do.
#pragma once
#include <algorithm>
#include <array>
#include <stdexcept>

#include "cicatrix/course/course.hpp"
#include "cicatrix/injury/device.hpp"
#include "microneedling_run.hpp"

namespace cicatrix::tests {

inline Plan crows_feet(const ReadoutParameters& readouts, bool moisturiser) {
    Plan plan;
    plan.readouts = readouts;
    plan.skin.site = &*std::ranges::find(sites, "periorbital", &Site::name);
    plan.skin.dermis = dermis_thickness(*plan.skin.site, Sex::unknown);
    plan.skin.age = 52;
    plan.care.moisturiser = moisturiser;
    const Channels channels = channels_of(Roller{}, 15, Needle{.length = 1.5}, give_of(*plan.skin.site), plan.injury);
    for (const double day : {0, 28, 56, 84}) {
        PlannedSession session;
        session.at = day;
        session.channels = channels;
        plan.sessions.push_back(session);
    }
    plan.outputs = days(0.125, 27, 0.125);
    plan.outputs.insert(plan.outputs.end(), {98, 182, 365});
    plan.duration = 365;
    return plan;
}

/// What the lines of the treated skin do against those of its untreated twin, um.
struct Lines {
    double twin = 0;                ///< depth of the twin's on the first day
    double peak = 0, peak_at = 0;   ///< highest excess over the twin in the first two weeks, and its day
    double on_day_14 = 0;           ///< excess
    std::array<double, 4> gains{};  ///< twin minus treated on days 27, 98, 182, 365

    bool peaks_early() const { return peak > 0 && peak_at >= 0.5 && peak_at <= 5; }
    bool settles() const { return on_day_14 < 0.1 * peak; }
    bool improves_all_year() const {
        return gains[0] > 0 && gains[0] < gains[1] && gains[1] < gains[2] && gains[2] < gains[3];
    }
};

/// Throws std::runtime_error when the course fails.
inline Lines lines_of(const Course& course) {
    if (course.treated.outcome.status != Status::done) throw std::runtime_error("the course failed");
    constexpr std::size_t depth = index_of(readouts, "wrinkle_depth");
    const auto excess = [&](std::size_t i) {
        return course.treated.appearance[i][depth] - course.untreated.appearance[i][depth];
    };
    Lines lines{.twin = course.untreated.appearance.front()[depth], .peak = -1e300};
    const auto& times = course.plan.outputs;
    for (std::size_t i = 0; i < times.size(); ++i) {
        if (times[i] <= 14 && excess(i) > lines.peak) lines.peak = excess(i), lines.peak_at = times[i];
        if (times[i] == 14) lines.on_day_14 = excess(i);
    }
    for (std::size_t i = 0; i < 4; ++i) lines.gains[i] = -excess(times.size() - 4 + i);
    return lines;
}

inline Lines crows_feet_lines(const ReadoutParameters& readouts = default_readout_parameters,
                              bool moisturiser = false) {
    return lines_of(run_course(crows_feet(readouts, moisturiser)));
}

}  // namespace cicatrix::tests
