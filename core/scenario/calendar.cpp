// Wording of the calendar.
#include "cicatrix/scenario/calendar.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "cicatrix/units/quantity.hpp"
#include "cicatrix/units/quoted.hpp"
#include "cicatrix/units/unit.hpp"

namespace cicatrix {
namespace {

/// To twelve digits: the way into base units and back leaves the last ones in doubt.
std::string dose_text(double dose) {
    double milligrams = parse_unit("mg/cm2").from_base(dose);
    char digits[40];
    const auto written = std::to_chars(digits, digits + sizeof digits, milligrams, std::chars_format::general, 12);
    parse_number({digits, written.ptr}, milligrams);
    return shortest_text(milligrams) + " mg/cm2";
}

std::string counted(double count, const std::string& noun) {
    return shortest_text(count) + " " + noun + (count == 1 ? "" : noun.ends_with("s") ? "es" : "s");
}

/// "needles of 1.5 mm", "columns 0.3 mm deep" or "5 % of the tissue injured".
std::string reach_text(const Session& session) {
    if (!std::isnan(session.injured_fraction))
        return quantity_text(session.injured_fraction, "%") + " of the tissue injured";
    if (!std::isnan(session.column_depth)) return "columns " + quantity_text(session.column_depth, "mm") + " deep";
    return "needles of " + quantity_text(session.needle_length, "mm");
}

std::string session_text(const Scenario& scenario, std::size_t i) {
    const Session& session = scenario.sessions()[i];
    std::string text =
        "session " + std::to_string(i + 1) + ": " + scenario.words<"device.kind">() + ", " + reach_text(session);
    if (!std::isnan(session.passes)) text += ", " + counted(session.passes, "pass");
    return text;
}

void add_sessions(const Scenario& scenario, std::vector<CalendarEntry>& calendar) {
    const double film = scenario.quantity<"care.occlusion">();
    for (std::size_t i = 0; i < scenario.sessions().size(); ++i) {
        const double at = scenario.sessions()[i].at;
        calendar.push_back({at, at, session_text(scenario, i)});
        if (film > 0) calendar.push_back({at, at + film, "a film covers the skin for " + quantity_text(film, "h")});
    }
}

void add_topicals(const Scenario& scenario, std::vector<CalendarEntry>& calendar) {
    for (const auto& topical : scenario.topicals()) {
        if (topical.times.empty()) continue;
        const auto times = static_cast<double>(topical.times.size());
        calendar.push_back(
            {topical.times.front(), topical.times.back(),
             printable(topical.compound) + ", " + dose_text(topical.dose) + ", " + counted(times, "time")});
    }
}

}  // namespace

std::vector<CalendarEntry> calendar_of(const Scenario& scenario) {
    const double end = scenario.quantity<"simulation.duration">();
    std::vector<CalendarEntry> calendar;
    add_sessions(scenario, calendar);
    add_topicals(scenario, calendar);
    std::ranges::stable_sort(calendar, {}, &CalendarEntry::from);
    calendar.push_back({end, end, "end"});
    return calendar;
}

}  // namespace cicatrix
