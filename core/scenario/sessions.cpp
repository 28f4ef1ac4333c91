// The session sentence and the two list forms.
#include "cicatrix/scenario/sessions.hpp"

#include <algorithm>
#include <charconv>

#include "cicatrix/scenario/keys.hpp"
#include "cicatrix/units/quantity.hpp"
#include "cicatrix/units/quoted.hpp"

namespace cicatrix {
namespace {

constexpr std::string_view path = "protocol.sessions";

std::string allowed() { return "allowed is " + allowed_text(key_named<"protocol.sessions">); }

/// "every 4 weeks x 6, skip 3 5"
struct Sentence {
    double interval = 0;  // in d
    int count = 0;
    std::vector<int> skipped;
};

/// Reads a sentence piece by piece; each piece that fails throws with a reason of its own.
class SentenceReader {
  public:
    SentenceReader(std::string_view text, Where where) : text_(text), rest_(text), where_(std::move(where)) {}

    Sentence read() {
        Sentence sentence;
        expect("every ");
        const std::size_t times = rest_.find(" x ");
        if (times == std::string_view::npos) fail("does not say how often, such as 'x 4'");
        sentence.interval = parse_quantity(rest_.substr(0, times), dimension::time, where_, "weeks").value;
        if (!(sentence.interval > 0)) fail("has an interval that is not above zero");
        rest_.remove_prefix(times + 3);
        sentence.count = whole_number(most_sessions);
        if (rest_.empty()) return sentence;
        expect(", skip ");
        do sentence.skipped.push_back(whole_number(sentence.count));
        while (!rest_.empty());
        return sentence;
    }

  private:
    void expect(std::string_view words) {
        if (!rest_.starts_with(words)) fail("is not a session sentence");
        rest_.remove_prefix(words.size());
    }

    int whole_number(int most) {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(" ,"), rest_.size()));  // "3 5" and "3, 5" are the same
        int number = 0;
        const auto [stop, fault] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
        if (fault != std::errc{} || number < 1 || number > most)
            fail("needs a whole number from 1 to " + std::to_string(most) + " at '" + printable(rest_) + "'");
        rest_.remove_prefix(static_cast<std::size_t>(stop - rest_.data()));
        return number;
    }

    [[noreturn]] void fail(const std::string& reason) const {
        const std::string nearest = text_.size() > 16 ? "" : nearest_name(text_, {"once", "none"});
        throw InputError({Problem{where_, quoted(text_) + " " + reason, allowed(), nearest, "E-SESSIONS"}});
    }

    std::string_view text_;
    std::string_view rest_;
    Where where_;
};

/// The times of a sentence, or nothing and a finding.
std::vector<double> times_of(const Node& node, Findings& findings) {
    if (node.words == "none") return {};
    if (node.words == "once") return {0.0};
    try {
        const Sentence sentence = SentenceReader(node.words, findings.where(node.place, std::string(path))).read();
        std::vector<double> times;
        for (int i = 0; i < sentence.count; ++i)
            if (std::ranges::find(sentence.skipped, i + 1) == sentence.skipped.end())
                times.push_back(i * sentence.interval);
        if (!times.empty()) return times;
        findings.add(node.place, std::string(path),
                     {"E-SESSIONS", quoted(node.words) + " skips every session", allowed()});
    } catch (const InputError& error) {
        findings.add(error, "E-SESSIONS");
    }
    return {};
}

/// One item of a list: a time, or a table with `at`. False when it has no usable time.
bool read_item(const Node& item, Appointment& appointment, Findings& findings) {
    const Node* time = &item;
    if (item.kind == NodeKind::table) {
        const Entry* at = item.find("at");
        if (at == nullptr) {
            findings.add(item.place, appointment.path,
                         {"E-MISSING", "'at' is missing", "each session says at which time it takes place"});
            return false;
        }
        time = &at->value;
        appointment.table = &item;
    }
    const std::string name = appointment.path + (appointment.table != nullptr ? ".at" : "");
    if (time->kind != NodeKind::text) {
        findings.add(time->place, name,
                     {"E-TYPE", "this is " + std::string(words(time->kind)), "allowed is a time such as '30 days'"});
        return false;
    }
    try {
        appointment.at = parse_quantity(time->words, dimension::time, findings.where(time->place, name), "days").value;
        return true;
    } catch (const InputError& error) {
        findings.add(error);
        return false;
    }
}

std::vector<Appointment> from_list(const Node& node, Findings& findings) {
    std::vector<Appointment> appointments;
    if (node.items.empty() || node.items.size() > most_sessions) {
        findings.add(node.place, std::string(path),
                     {"E-SESSIONS", "this list has " + std::to_string(node.items.size()) + " sessions",
                      "allowed are 1 to " + std::to_string(most_sessions) + ", or the word 'none'"});
        return {};
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const Node& item = node.items[i];
        Appointment appointment{0, item.place, nullptr, std::string(path) + "[" + std::to_string(i + 1) + "]"};
        if (read_item(item, appointment, findings)) appointments.push_back(std::move(appointment));
    }
    return appointments;
}

/// Reports the first session that comes too early, and the first that comes too late.
void check_order(const std::vector<Appointment>& appointments, double duration, Findings& findings) {
    for (std::size_t i = 0; i < appointments.size(); ++i) {
        const auto& [at, place, table, name] = appointments[i];
        const double previous = i > 0 ? appointments[i - 1].at : -1;
        const std::string day = "the session on day " + shortest_text(at);
        if (at < 0)
            return findings.add(place, name, {"E-SESSIONS", day + " is before day 0", "the course begins on day 0"});
        if (at <= previous)
            return findings.add(place, name,
                                {"E-SESSIONS", day + " does not come after the one on day " + shortest_text(previous),
                                 "sessions are listed in order, one at a time"});
        if (duration > 0 && at >= duration)
            return findings.add(
                place, name,
                {"E-SESSIONS", day + " is not before the end of the simulation on day " + shortest_text(duration),
                 "make simulation.duration longer or leave sessions out"});
    }
}

}  // namespace

std::vector<Appointment> read_appointments(const Node& node, double duration, Findings& findings) {
    std::vector<Appointment> appointments;
    if (node.kind == NodeKind::list) appointments = from_list(node, findings);
    else
        for (const double at : times_of(node, findings))
            appointments.push_back({at, node.place, nullptr, std::string(path)});
    check_order(appointments, duration, findings);
    return appointments;
}

}  // namespace cicatrix
