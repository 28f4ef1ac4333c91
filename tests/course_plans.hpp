// Plans of courses for tests, and how far the states of two courses lie apart.
#pragma once
#include <algorithm>
#include <cmath>
#include <vector>

#include "microneedling_run.hpp"

namespace cicatrix::tests {

/// A year with sessions on some days that each injure the same share of area and volume, and a row every fifth day.
inline Plan year_with(const std::vector<double>& session_days, double fraction = 0.05) {
    Plan plan;
    plan.duration = 365.25;
    plan.outputs = days(0, 365, 5);
    for (const double day : session_days) plan.sessions.push_back({day, {}, Injury{fraction, fraction}});
    return plan;
}

/// Skin of this age that goes on ageing, for some years without a session; one row, on the last day.
inline Plan ageing_from(double age, double years) {
    Plan plan;
    plan.skin.age = age;
    plan.ageing = Ageing::drift;
    plan.duration = years * 365.25;
    plan.outputs = {plan.duration};
    return plan;
}

/// The largest difference of a state, relative to its size or, near zero, to a millionth of the home scale.
inline double distance(const CourseStates& a, const CourseStates& b) {
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, std::abs(a[i] - b[i]) / std::max(std::abs(b[i]), 1e-6));
    return largest;
}

/// The largest distance between rows of the same time.
inline double distance(const std::vector<CourseStates>& a, const std::vector<CourseStates>& b) {
    double largest = a.size() == b.size() ? 0 : INFINITY;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) largest = std::max(largest, distance(a[i], b[i]));
    return largest;
}

/// True when no row holds a number.
inline bool is_missing(const std::vector<CourseStates>& rows) {
    return std::ranges::all_of(
        rows, [](const auto& y) { return std::ranges::all_of(y, [](double value) { return std::isnan(value); }); });
}

}  // namespace cicatrix::tests
