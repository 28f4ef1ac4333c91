// Courses of one session on a cheek, and their read-outs as lines against time.
#pragma once
#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "cicatrix/course/course.hpp"
#include "cicatrix/injury/device.hpp"

namespace cicatrix::tests {

inline constexpr double hour = 1.0 / 24;
inline constexpr double first = 1e-6;  // d, just after a session on day 0

inline std::size_t place_of(std::string_view name) {
    const auto row = std::ranges::find(readouts, name, &Readout::name);
    if (row == readouts.end()) throw std::invalid_argument(std::string(name));
    return static_cast<std::size_t>(row - readouts.begin());
}

/// What a test varies; one session on day 0.
struct Treatment {
    Channels channels{};
    double age = 30;
    Care care{};
    double phase = 21;  ///< how long to follow, d
};

/// Channels of `passes` with a device of this kind on a cheek.
inline Channels made_by(const StrikePattern& device, double length, double passes) {
    return channels_of(device, passes, Needle{.length = length}, 1.0, default_injury_parameters);
}
inline Channels rolled(double length, double passes = 15) { return made_by(Roller{}, length, passes); }
inline Channels by_pen(double length) { return made_by(Pen{.glide_speed = 45}, length, 1); }

/// A dense array pressed once, as in the studies of irritation.
inline Channels pressed_array(double length) { return made_by(Stamp{}, length, 1); }

inline PlannedSession session_of(const Channels& channels, double at) {
    PlannedSession session;
    session.at = at;
    session.channels = channels;
    session.minutes = 20;
    session.price = 150;
    return session;
}

inline Care with_film(double duration) {
    Care care;
    care.occlusion = duration;
    return care;
}
inline Care with_moisturiser() {
    Care care;
    care.moisturiser = true;
    return care;
}
inline Care with_anaesthetic() {
    Care care;
    care.anaesthetic = true;
    return care;
}

inline Plan plan_of(const Treatment& treatment) {
    Plan plan;
    plan.skin.age = treatment.age;
    plan.care = treatment.care;
    plan.sessions = {session_of(treatment.channels, 0)};
    plan.duration = treatment.phase;
    plan.outputs = {first};
    for (double t = 0.5 * hour; t < 4; t += 0.5 * hour) plan.outputs.push_back(t);
    for (double t = 4; t <= treatment.phase; t += 0.25) plan.outputs.push_back(t);
    return plan;
}

/// One read-out of a course against time.
struct Line {
    std::vector<double> times, values;

    double at(double time) const {
        const auto after = std::ranges::lower_bound(times, time);
        const auto i = static_cast<std::size_t>(after - times.begin());
        if (i == 0) return values.front();
        const double share = (time - times[i - 1]) / (times[i] - times[i - 1]);
        return values[i - 1] + share * (values[i] - values[i - 1]);
    }
    double largest() const { return *std::ranges::max_element(values); }
    double time_of_largest() const {
        return times[static_cast<std::size_t>(std::ranges::max_element(values) - values.begin())];
    }
    /// The last time at which the line lies above `level`; 0 when it never does.
    double last_above(double level) const {
        for (std::size_t i = values.size(); i-- > 0;)
            if (values[i] > level) return times[i];
        return 0;
    }
};

inline Line line_of(const Course& course, const Trajectory& trajectory, std::string_view name) {
    Line line{course.plan.outputs, {}};
    for (const auto& row : trajectory.appearance) line.values.push_back(row[place_of(name)]);
    return line;
}
inline Line line_of(const Course& course, std::string_view name) { return line_of(course, course.treated, name); }

/// Treated less untreated.
inline Line effect_of(const Course& course, std::string_view name) {
    Line line = line_of(course, name);
    const Line twin = line_of(course, course.untreated, name);
    for (std::size_t i = 0; i < line.values.size(); ++i) line.values[i] -= twin.values[i];
    return line;
}
inline Line effect_of(const Treatment& treatment, std::string_view name) {
    return effect_of(run_course(plan_of(treatment)), name);
}

inline double default_of(std::string_view name) {
    return std::ranges::find(readout_parameters, name, &Parameter::name)->value;
}

/// Hours until the rise of water loss has fallen below a tenth of its first value.
inline double hours_to_recover(const Treatment& treatment) {
    const Line rise = effect_of(treatment, "tewl");
    return rise.last_above(0.1 * rise.values.front()) / hour;
}

inline double hours_of_redness(const Treatment& treatment) {
    return effect_of(treatment, "erythema").last_above(default_of("visible_erythema")) / hour;
}

inline double downtime_of(const Treatment& treatment) { return effect_of(treatment, "downtime").values.back(); }

}  // namespace cicatrix::tests
