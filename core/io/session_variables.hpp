// What a result says of each session: one table of names, units, meanings and values.
#pragma once
#include <array>
#include <cstddef>
#include <limits>
#include <string_view>

#include "cicatrix/course/course.hpp"

namespace cicatrix {

/// A number for each session. `value` gives it for session i, NaN where it is no matter of the session.
struct SessionVariable {
    std::string_view name, unit, meaning, formula;  ///< without formula: read off the plan
    double (*value)(const Course& course, std::size_t i);
};

namespace detail {
inline constexpr double not_told = std::numeric_limits<double>::quiet_NaN();

/// Something of the channels, which a prescribed injury does not have.
template <auto member> double of_channels(const Course& course, std::size_t i) {
    const auto& session = course.plan.sessions[i];
    return session.prescribed ? not_told : session.channels.*member;
}

template <auto member> double per_cm2(const Course& course, std::size_t i) {
    return 100.0 * of_channels<member>(course, i);
}

/// Something of the injury; a course that failed did not come to its last ones.
template <auto part, auto member> double of_injury(const Course& course, std::size_t i) {
    return i < course.injuries.size() ? course.injuries[i].*part.*member : not_told;
}

template <auto member> double of_volume(const Course& course, std::size_t i) {
    return i < course.injuries.size() ? course.injuries[i].volume.after.*member : not_told;
}

inline double day_of(const Course& course, std::size_t i) { return course.plan.sessions[i].at; }

inline double inflammation_left_by(const Course& course, std::size_t i) {
    return i < course.inflammation_left.size() ? course.inflammation_left[i] : not_told;
}
}  // namespace detail

// clang-format off
inline constexpr std::array session_variables{
    SessionVariable{"session_time", "d", "time of the session", "", &detail::day_of},
    SessionVariable{"channel_density", "cm-2", "distinct channels of all passes of the session",
                    "strikes less those that re-entered a hole within reentry_radius",
                    &detail::per_cm2<&Channels::density>},
    SessionVariable{"strike_density", "cm-2", "needles that struck in all passes of the session", "",
                    &detail::per_cm2<&Channels::strikes>},
    SessionVariable{"channel_depth", "mm", "mean depth of the channels below the surface", "",
                    &detail::of_channels<&Channels::depth>},
    SessionVariable{"channel_depth_spread", "mm", "standard deviation of the depth from channel to channel", "",
                    &detail::of_channels<&Channels::depth_spread>},
    SessionVariable{"open_area_fraction", "1", "share of the area that the channels open",
                    "1 - exp(-channel_density pi mouth radius^2), or as prescribed",
                    &detail::of_injury<&ZonedInjury::whole, &Injury::open_area>},
    SessionVariable{"injured_fraction", "1", "share of the dermis's volume that is injured",
                    "mean over depth of 1 - exp(-channel_density pi mean(radius^2)), or as prescribed",
                    &detail::of_injury<&ZonedInjury::whole, &Injury::injured_volume>},
    SessionVariable{"reached_fraction", "1",
                    "share of the dermis's volume that lies within reach of a channel of the session",
                    "mean over depth of 1 - exp(-channel_density pi mean((radius + reach)^2)), or 1 where prescribed",
                    &detail::of_volume<&ZoneShares::fresh>},
    SessionVariable{"untouched_fraction", "1", "share of the dermis's volume that no session so far has reached",
                    "1 - what this session or an earlier one has reached",
                    &detail::of_volume<&ZoneShares::untouched>},
    SessionVariable{"inflammation_left", "1",
                    "inflammation that the session before has left in the tissue it reached, over its peak", "",
                    &detail::inflammation_left_by},
};
// clang-format on
static_assert(sound(session_variables));

}  // namespace cicatrix
