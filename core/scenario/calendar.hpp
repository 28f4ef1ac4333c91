// The calendar of a scenario: what happens on which day, in words.
#pragma once
#include <string>
#include <vector>

#include "cicatrix/scenario/scenario.hpp"

namespace cicatrix {

/// Something that happens on a day, or again and again between two.
struct CalendarEntry {
    double from = 0;  ///< d from the start
    double to = 0;    ///< d; the same as `from` for what happens once
    std::string what;
};

/// Sessions, films after them, compounds and the end of the course, by the day on which each begins.
std::vector<CalendarEntry> calendar_of(const Scenario& scenario);

}  // namespace cicatrix
