// Grids and lists of output times.
#include "cicatrix/scenario/outputs.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "cicatrix/scenario/keys.hpp"
#include "cicatrix/units/quantity.hpp"
#include "cicatrix/units/quoted.hpp"

namespace cicatrix {
namespace {

constexpr std::string_view path = "simulation.outputs";
constexpr std::size_t most_outputs = 100000;

std::string allowed() { return "allowed is " + allowed_text(key_named<"simulation.outputs">); }

/// What "weekly" adds after each session, in d: one and ten minutes and a few hours, where pain, redness and water loss
/// fade, the first day by quarters, where inflammation peaks, then every day.
constexpr std::array after_session{1.0 / 1440, 1.0 / 144, 1.0 / 24, 1.0 / 12, 1.0 / 6, 0.25, 0.5, 0.75,
                                   1.0,        2.0,       3.0,      4.0,      5.0,     6.0,  7.0, 8.0,
                                   9.0,        10.0,      11.0,     12.0,     13.0,    14.0};

/// Interval of an output word in d; 0 for a word that is none.
double interval_of(std::string_view word) {
    constexpr std::array intervals{1.0, 7.0, 30.4375, 365.25};
    static_assert(intervals.size() == std::size(choice::output_words));
    const auto hit = std::ranges::find(choice::output_words, word);
    return hit == std::end(choice::output_words) ? 0.0
                                                 : intervals[static_cast<std::size_t>(hit - choice::output_words)];
}

/// Sorts, and drops times that only rounding tells apart.
void make_distinct(std::vector<double>& times) {
    constexpr double closest = 1e-9;  // in d, a tenth of a millisecond
    std::ranges::sort(times);
    const auto [from, to] = std::ranges::unique(times, [](double a, double b) { return b - a < closest; });
    times.erase(from, to);
}

std::vector<double> grid(double interval, double duration, std::span<const double> sessions) {
    std::vector<double> times(sessions.begin(), sessions.end());
    for (int i = 0; i * interval < duration; ++i) times.push_back(i * interval);
    for (const double session : sessions)
        for (const double after : after_session)
            if (interval == 7 && session + after < duration) times.push_back(session + after);
    make_distinct(times);
    while (!times.empty() && duration - times.back() < 1e-9) times.pop_back();
    times.push_back(duration);
    return times;
}

/// A time of the list in d, or nothing and a finding.
std::optional<double> read_time(const Node& item, const std::string& name, Findings& findings) {
    if (item.kind != NodeKind::text) {
        findings.add(item.place, name,
                     {"E-TYPE", "this is " + std::string(words(item.kind)), "allowed is a time such as '30 days'"});
        return {};
    }
    try {
        return parse_quantity(item.words, dimension::time, findings.where(item.place, name), "days").value;
    } catch (const InputError& error) {
        findings.add(error);
        return {};
    }
}

std::vector<double> from_list(const Node& node, double duration, Findings& findings) {
    if (node.items.empty() || node.items.size() > most_outputs) {
        findings.add(node.place, std::string(path),
                     {"E-OUTPUTS", "this list has " + std::to_string(node.items.size()) + " times",
                      "allowed are 1 to " + std::to_string(most_outputs)});
        return {};
    }
    std::vector<double> times;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const std::string name = std::string(path) + "[" + std::to_string(i + 1) + "]";
        const auto time = read_time(node.items[i], name, findings);
        if (!time) continue;
        const bool outside = *time < 0 || (duration > 0 && *time > duration);
        const bool early = !times.empty() && *time <= times.back();
        const std::string fault = outside ? " is outside the simulation" : " does not come after the time before it";
        if (outside || early)
            findings.add(
                node.items[i].place, name,
                {"E-OUTPUTS", "day " + shortest_text(*time) + fault, "times rise from day 0 to simulation.duration"});
        times.push_back(*time);
    }
    return times;
}

}  // namespace

std::vector<double> read_outputs(const Node& node, double duration, std::span<const double> sessions,
                                 Findings& findings) {
    if (node.kind == NodeKind::list) return from_list(node, duration, findings);
    const double interval = interval_of(node.words);
    if (interval == 0) {
        const std::string nearest =
            node.words.size() > 64
                ? ""
                : nearest_name(node.words, {std::begin(choice::output_words), std::end(choice::output_words)});
        findings.add(node.place, std::string(path),
                     {"E-OUTPUTS", quoted(node.words) + " is not known here", allowed(), nearest});
        return {};
    }
    return duration > 0 ? grid(interval, duration, sessions) : std::vector<double>{};
}

}  // namespace cicatrix
