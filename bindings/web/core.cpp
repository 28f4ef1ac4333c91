// What the classroom page asks of the core: the values of states and read-outs on some days, for one course or for the
// members of a sweep. core.js is the other side.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cicatrix/course/parameters.hpp"
#include "cicatrix/ensemble/many_courses.hpp"
#include "cicatrix/scenario/read.hpp"
#include "cicatrix/scenario/run.hpp"
#include "cicatrix/scenario/sweep.hpp"
#include "cicatrix/units/quoted.hpp"

#define CICATRIX_EXPORT(name) extern "C" __attribute__((export_name(#name)))

namespace cicatrix {
namespace {

/// Shown to the page when a call returns; it lives until the next one.
struct Answer {
    std::string text;
    std::vector<double> numbers;  ///< member by member, name by name: treated, then untreated, each on all days
    std::vector<int> status;
};

/// Gives the members of a question to the lanes and keeps what comes back.
class Desk final : public MemberDesk {
  public:
    Desk(PlanMaker& maker, std::size_t first, std::size_t count, std::size_t values, Answer& answer)
        : maker_(maker), first_(first), values_(values), answer_(answer) {
        answer.numbers.assign(count * values, std::numeric_limits<double>::quiet_NaN());
        answer.status.assign(count, 0);
    }

    bool next(std::size_t& member, Plan& plan) override {
        if (given_ == answer_.status.size()) return false;
        member = given_++;
        maker_(first_ + member, plan);
        return true;
    }

    void finish(std::size_t member, const Course& course, std::span<const double> values) override {
        answer_.status[member] = static_cast<int>(course.treated.outcome.status);
        std::ranges::copy(values, answer_.numbers.begin() + static_cast<std::ptrdiff_t>(member * values_));
    }

    bool is_stopped() const override { return false; }

  private:
    PlanMaker& maker_;
    std::size_t first_, given_ = 0, values_;
    Answer& answer_;
};

struct Question {
    PlanMaker maker;
    std::vector<Reduction> reductions;
};

std::string room;
Question question;
Answer answer;

std::vector<Reduction> reductions_for(std::string_view names, const double* days, std::size_t count) {
    std::vector<Reduction> out;
    const auto known = reducible_quantities();
    while (!names.empty()) {
        const auto name = names.substr(0, names.find('\n'));
        names.remove_prefix(std::min(names.size(), name.size() + 1));
        const auto found = std::ranges::find(known, name);
        if (found == known.end()) throw std::invalid_argument("there is no state or read-out " + quoted(name));
        const auto quantity = static_cast<std::size_t>(found - known.begin());
        for (const Whose whose : {Whose::treated, Whose::untreated})
            for (std::size_t i = 0; i < count; ++i) out.push_back({quantity, whose, ReductionKind::at, days[i]});
    }
    return out;
}

std::string joined(const std::vector<std::string>& rows) {
    std::string out = "[";
    for (const auto& row : rows) out += (out.size() > 1 ? "," : "") + row;
    return out + "]";
}

/// A row of a table as JSON; TOML's escapes are all JSON's.
std::string named(std::string_view name, std::string_view unit, std::string_view meaning,
                  const std::string& more = "") {
    return "{\"name\":" + toml_string(name) + ",\"unit\":" + toml_string(unit) +
           ",\"meaning\":" + toml_string(meaning) + more + "}";
}

std::string session_text(const PlannedSession& session) {
    return "{\"day\":" + shortest_text(session.at) + ",\"density\":" + shortest_text(session.channels.density) +
           ",\"depth\":" + shortest_text(session.channels.depth) + "}";
}

}  // namespace
}  // namespace cicatrix

using namespace cicatrix;

/// A place for `size` bytes that the page fills before it asks.
CICATRIX_EXPORT(room) char* cicatrix_room(std::size_t size) {
    room.assign(size, '\0');
    return room.data();
}

/// Understands a question, which stands in the room: `days` numbers, a scenario or sweep of `scenario` bytes, and names
/// in lines. The answer's text then holds the sessions of a course, in mm and 1/mm2, or nothing of a sweep.
CICATRIX_EXPORT(ask) void cicatrix_ask(std::size_t days, std::size_t scenario) {
    const std::string_view all = room;
    std::vector<double> at(days);
    std::copy_n(all.data(), days * sizeof(double), reinterpret_cast<char*>(at.data()));
    std::string text(all.substr(days * sizeof(double), scenario));
    question.reductions = reductions_for(all.substr(days * sizeof(double) + scenario), at.data(), days);
    answer.text.clear();
    if (describes_sweep(text)) {
        question.maker = parse_sweep(std::move(text), "this plan").maker()();
        return;
    }
    const Plan plan = plan_of(parse_scenario(std::move(text), "this plan", parameter_rows()));
    std::vector<std::string> sessions;
    for (const auto& session : plan.sessions) sessions.push_back(session_text(session));
    answer.text = joined(sessions);
    question.maker = [plan](std::uint64_t, Plan& out) { out = plan; };
}

/// Runs members `first` to `first + count` of the question.
CICATRIX_EXPORT(run) void cicatrix_run(std::size_t first, std::size_t count) {
    Desk desk(question.maker, first, count, question.reductions.size(), answer);
    ManyCourses(desk, question.reductions, 0).run();
}

/// Makes the version and the tables of states, read-outs and parameters the answer's text, as JSON.
CICATRIX_EXPORT(tables) void cicatrix_tables() {
    std::vector<std::string> states, seen, parameters;
    for (const auto& row : CourseModel::states) states.push_back(named(row.name, row.unit, row.meaning));
    for (const auto& row : readouts) seen.push_back(named(row.name, row.unit, row.meaning));
    for (const auto& row : CourseModel::parameters)
        parameters.push_back(
            named(row.name, row.unit, row.meaning,
                  ",\"grade\":" + toml_string(text_of(row.grade)) + ",\"value\":" + shortest_text(row.value)));
    answer.text = "{\"version\":" + toml_string(CICATRIX_VERSION) + ",\"states\":" + joined(states) +
                  ",\"readouts\":" + joined(seen) + ",\"parameters\":" + joined(parameters) + "}";
}

CICATRIX_EXPORT(text) const char* cicatrix_text() { return answer.text.data(); }
CICATRIX_EXPORT(text_size) std::size_t cicatrix_text_size() { return answer.text.size(); }
CICATRIX_EXPORT(numbers) const double* cicatrix_numbers() { return answer.numbers.data(); }
CICATRIX_EXPORT(numbers_size) std::size_t cicatrix_numbers_size() { return answer.numbers.size(); }
CICATRIX_EXPORT(status) const int* cicatrix_status() { return answer.status.data(); }
