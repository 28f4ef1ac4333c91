// The tables of care.topicals and the sentences that say when.
#include "cicatrix/scenario/topicals.hpp"

#include <algorithm>
#include <optional>

#include "cicatrix/scenario/keys.hpp"
#include "cicatrix/scenario/value.hpp"
#include "cicatrix/skin/compounds.hpp"
#include "cicatrix/units/quantity.hpp"
#include "cicatrix/units/quoted.hpp"

namespace cicatrix {
namespace {

constexpr std::string_view list_path = "care.topicals";

const Key& topical_key(std::string_view name) { return *std::ranges::find(topical_keys, name, &Key::name); }

std::string allowed_times() { return "allowed is " + allowed_text(topical_key("when")); }

/// The course that the times of an application must fit into.
struct Calendar {
    double duration = 0;  // in d
    std::span<const double> sessions;
};

/// "twice daily after each session from 1 day for 2 weeks"
struct Routine {
    double interval = 0;  // in d; 0: a single time
    bool after_sessions = false;
    double from = 0;                                          // in d, from day 0 or from each session
    double length = std::numeric_limits<double>::infinity();  // in d
};

/// Reads a sentence piece by piece; each piece that fails throws with a reason of its own.
class RoutineReader {
  public:
    RoutineReader(std::string_view text, Where where) : text_(text), rest_(text), where_(std::move(where)) {}

    Routine read() {
        Routine routine;
        const bool has_rate = read_rate(routine);
        routine.after_sessions = take("after each session");
        if (!has_rate && !routine.after_sessions) fail("does not say how often");
        if (take("from")) routine.from = time(0);
        const bool has_length = take("for");
        if (has_length) routine.length = time(shortest);
        if (!has_rate && has_length) routine.interval = 1;
        if (has_length && routine.interval == 0) fail("says both once and for how long");
        if (!rest_.empty()) fail("cannot be understood from '" + printable(rest_) + "' on");
        return routine;
    }

  private:
    static constexpr double shortest = 1e-3;  // in d; about a minute

    bool read_rate(Routine& routine) {
        if (take("once")) return true;
        if (take("twice daily")) return routine.interval = 0.5, true;
        if (take("daily")) return routine.interval = 1, true;
        if (!take("every")) return false;
        routine.interval = time(shortest);
        return true;
    }

    /// Takes these words off the front of the rest when they stand there.
    bool take(std::string_view words) {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size()));
        const bool is_whole =
            rest_.size() == words.size() || (rest_.size() > words.size() && rest_[words.size()] == ' ');
        if (!rest_.starts_with(words) || !is_whole) return false;
        rest_.remove_prefix(words.size());
        rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size()));
        return true;
    }

    /// A time that ends before the next piece of the sentence.
    double time(double least) {
        std::size_t end = rest_.size();
        for (const std::string_view next : {" after ", " from ", " for "}) end = std::min(end, rest_.find(next));
        const double value = parse_quantity(rest_.substr(0, end), dimension::time, where_, "days").value;
        if (!(value >= least)) fail("has a time below " + quantity_text(least, "days"));
        rest_.remove_prefix(end);
        return value;
    }

    [[noreturn]] void fail(const std::string& reason) const {
        const std::string nearest = text_.size() > 16 ? "" : nearest_name(text_, {"once", "daily", "twice daily"});
        throw InputError({Problem{where_, quoted(text_) + " " + reason, allowed_times(), nearest, "E-TOPICALS"}});
    }

    std::string_view text_;
    std::string_view rest_;
    Where where_;
};

/// Begins on day 0 or with each session, and ends with its length, with the next session or with the course.
std::vector<double> times_of(const Routine& routine, const Calendar& calendar) {
    constexpr double rounding = 1e-9;  // in d
    const std::vector<double> starts = routine.after_sessions
                                           ? std::vector<double>(calendar.sessions.begin(), calendar.sessions.end())
                                           : std::vector<double>{0.0};
    std::vector<double> times;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const double begin = starts[i] + routine.from;
        const double next = i + 1 < starts.size() ? starts[i + 1] : calendar.duration;
        const double end = std::min({begin + routine.length, next, calendar.duration}) - rounding;
        for (int k = 0; begin + k * routine.interval < end && times.size() <= most_applications; ++k) {
            times.push_back(begin + k * routine.interval);
            if (routine.interval == 0) break;
        }
    }
    return times;
}

std::vector<double> from_sentence(const Node& node, const std::string& path, const Calendar& calendar,
                                  Findings& findings) {
    try {
        const auto times = times_of(RoutineReader(node.words, findings.where(node.place, path)).read(), calendar);
        if (times.size() <= most_applications) return times;
        findings.add(node.place, path,
                     {"E-TOPICALS", quoted(node.words) + " is too often",
                      "allowed are " + std::to_string(most_applications) + " times"});
    } catch (const InputError& error) {
        findings.add(error, "E-TOPICALS");
    }
    return {};
}

/// A time of a list in d, or nothing and a finding.
std::optional<double> listed_time(const Node& item, const std::string& path, Findings& findings) {
    constexpr Key time{.name = "time",
                       .kind = ValueKind::quantity,
                       .meaning = "",
                       .dimension = dimension::time,
                       .limits = {0, 36525},
                       .unit = "days"};
    const auto value = check_value(time, item, path, findings);
    return value ? std::optional(value->number) : std::nullopt;
}

std::vector<double> from_list(const Node& node, const std::string& path, const Calendar& calendar, Findings& findings) {
    std::vector<double> times;
    if (node.items.empty() || node.items.size() > most_applications)
        findings.add(node.place, path,
                     {"E-TOPICALS", "this list has " + std::to_string(node.items.size()) + " times",
                      "allowed are 1 to " + std::to_string(most_applications)});
    for (std::size_t i = 0; i < std::min<std::size_t>(node.items.size(), most_applications); ++i) {
        const std::string item = path + "[" + std::to_string(i + 1) + "]";
        const auto time = listed_time(node.items[i], item, findings);
        if (!time) continue;
        const bool is_late = calendar.duration > 0 && *time >= calendar.duration;
        if (is_late || (!times.empty() && *time <= times.back()))
            findings.add(node.items[i].place, item,
                         {"E-TOPICALS",
                          "day " + shortest_text(*time) +
                              (is_late ? " is not before the end" : " does not come after the time before it"),
                          "times rise from day 0 to before simulation.duration"});
        times.push_back(*time);
    }
    return times;
}

void refuse_unknown_keys(const Node& table, const std::string& path, Findings& findings) {
    std::vector<std::string_view> names;
    for (const auto& key : topical_keys) names.push_back(key.name);
    for (const auto& [key, place, value] : table.entries)
        if (std::ranges::find(names, key) == names.end())
            findings.add(place, path + "." + printable(key),
                         {"E-UNKNOWN-KEY", quoted(key) + " is not a key of a topical",
                          "known are " + listed({names.begin(), names.end()}, "and"),
                          nearest_name(std::string_view(key).substr(0, 64), names)});
}

/// The checked value of one key, or nothing when it is absent or wrong.
std::optional<Value> read_value(const Key& key, const Node& table, const std::string& path, Findings& findings) {
    if (const Entry* entry = table.find(key.name))
        return check_value(key, entry->value, path + "." + std::string(key.name), findings);
    if (key.need == Need::required)
        findings.add(table.place, path,
                     {"E-MISSING", "'" + std::string(key.name) + "' is missing", "wanted is " + allowed_text(key)});
    return {};
}

double number_of(std::string_view name, const Node& table, const std::string& path, Findings& findings) {
    const auto value = read_value(topical_key(name), table, path, findings);
    return value ? value->number : Topical::none;
}

/// A compound that the table does not know must come with all that decides how it passes the skin.
void check_compound(const Node& compound, const Node& table, const std::string& path, Findings& findings) {
    std::vector<std::string_view> names;
    for (const auto& known : known_compounds) names.push_back(known.name);
    const auto is_given = [&](const Key& key) { return key.need == Need::required || table.find(key.name) != nullptr; };
    if (find_compound(compound.words) != nullptr || std::ranges::all_of(topical_keys, is_given)) return;
    const std::vector<std::string> known(names.begin(), names.end());
    for (const auto& everyday : everyday_names) names.push_back(everyday.name);
    const std::string nearest = compound.words.size() > 64 ? "" : nearest_name(compound.words, names);
    findings.add(
        compound.place, path + ".compound",
        {"E-TOPICALS", quoted(compound.words) + " is not a known compound",
         "known are " + listed(known, "and") + "; any other needs its permeability, molecular_mass and solubility",
         nearest});
}

Topical read_topical(const Node& table, const std::string& path, const Calendar& calendar, Findings& findings) {
    refuse_unknown_keys(table, path, findings);
    Topical topical;
    if (const auto compound = read_value(topical_key("compound"), table, path, findings)) {
        topical.compound = compound->node.words;
        check_compound(compound->node, table, path, findings);
    }
    topical.dose = number_of("dose", table, path, findings);
    topical.permeability = number_of("permeability", table, path, findings);
    topical.molecular_mass = number_of("molecular_mass", table, path, findings);
    topical.solubility = number_of("solubility", table, path, findings);
    if (const auto when = read_value(topical_key("when"), table, path, findings))
        topical.times = (when->node.kind == NodeKind::list ? from_list : from_sentence)(when->node, path + ".when",
                                                                                        calendar, findings);
    return topical;
}

}  // namespace

std::vector<Topical> read_topicals(const Node& node, double duration, std::span<const double> sessions,
                                   Findings& findings) {
    std::vector<Topical> topicals;
    if (node.items.size() > most_topicals)
        findings.add(node.place, std::string(list_path),
                     {"E-TOPICALS", "this list has " + std::to_string(node.items.size()) + " compounds",
                      "allowed are at most " + std::to_string(most_topicals)});
    for (std::size_t i = 0; i < std::min<std::size_t>(node.items.size(), most_topicals); ++i) {
        const std::string path = std::string(list_path) + "[" + std::to_string(i + 1) + "]";
        if (node.items[i].kind == NodeKind::table)
            topicals.push_back(read_topical(node.items[i], path, {duration, sessions}, findings));
        else
            findings.add(node.items[i].place, path,
                         {"E-TYPE", "this is " + std::string(words(node.items[i].kind)),
                          "allowed is a table with 'compound', 'dose' and 'when'"});
    }
    return topicals;
}

}  // namespace cicatrix
