// Looks over the sessions of a plan.
#include "cicatrix/scenario/plausibility.hpp"

#include <algorithm>
#include <cstdint>

#include "cicatrix/units/quantity.hpp"

namespace cicatrix {
namespace {

constexpr double minutes_per_day = 1440;

/// The first of some sessions by number and day, and how many more there are: "session 2 (day 1) and 2 more".
std::string named_sessions(const Plan& plan, const std::vector<std::size_t>& found) {
    std::string text = "session " + std::to_string(found.front() + 1) + " (day " +
                       shortest_text(plan.sessions[found.front()].at) + ")";
    if (found.size() > 1) text += " and " + std::to_string(found.size() - 1) + " more";
    return text;
}

std::vector<std::size_t> sessions_where(const Plan& plan, auto is_odd) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < plan.sessions.size(); ++i)
        if (is_odd(i)) found.push_back(i);
    return found;
}

std::string whole_text(double value) { return std::to_string(static_cast<std::int64_t>(value + 0.5)); }

/// Time from a session to the next or to the end, d.
double room_of(const Plan& plan, std::size_t i) {
    return (i + 1 < plan.sessions.size() ? plan.sessions[i + 1].at : plan.duration) - plan.sessions[i].at;
}

}  // namespace

std::vector<std::string> implausible(const Plan& plan) {
    std::vector<std::string> sentences;
    const auto minutes = [&](std::size_t i) { return plan.sessions[i].minutes; };
    const auto density = [&](std::size_t i) { return 100.0 * plan.sessions[i].channels.density; };
    const auto long_ones =
        sessions_where(plan, [&](std::size_t i) { return minutes(i) > minutes_per_day * room_of(plan, i); });
    if (!long_ones.empty()) {
        const std::size_t first = long_ones.front();
        sentences.push_back(named_sessions(plan, long_ones) + (long_ones.size() > 1 ? " take" : " takes") +
                            " longer than there is time: " + whole_text(minutes(first)) + " minutes, with " +
                            whole_text(minutes_per_day * room_of(plan, first)) + " to the next session or the end");
    }
    const auto dense_ones = sessions_where(plan, [&](std::size_t i) { return density(i) > most_plausible_channels; });
    if (!dense_ones.empty())
        sentences.push_back(named_sessions(plan, dense_ones) + (dense_ones.size() > 1 ? " open " : " opens ") +
                            whole_text(density(dense_ones.front())) +
                            " channels per cm2, where a usual one opens 200 to 400: are passes and needles right?");
    return sentences;
}

}  // namespace cicatrix
