// Scenarios for tests, the rows of a small model, and the problems that a text has.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "catch.hpp"
#include "cicatrix/scenario/read.hpp"

namespace cicatrix::test {

inline constexpr std::array rows{
    ParameterRow{"platelet_decay", 0.52, "1/d", 0.1, 2}, ParameterRow{"resident_macrophages", 0.1, "1", 0, 1},
    ParameterRow{"ligand", 2.5, "uM", 0, 10},  // a unit that users cannot write
};

/// A scenario without faults that later tests break in one place.
inline const std::string good_text = R"(title = "Four sessions"
[patient]
age = "52 years"
site = "periorbital"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
[simulation]
duration = "24 months"
)";

/// One session with a laser, all else left to the defaults.
inline const std::string laser_text = R"([patient]
age = "40 years"
[device]
kind = "fractional laser"
[protocol]
sessions = "once"
)";

inline Scenario scenario_of(const std::string& text) { return parse_scenario(text, "x.toml", rows); }

/// The text with one part replaced; the part must be there.
inline std::string with(std::string text, const std::string& part, const std::string& replacement) {
    const std::size_t at = text.find(part);
    REQUIRE(at != std::string::npos);
    return text.replace(at, part.size(), replacement);
}

/// The problems of a text; none when it is accepted.
inline std::vector<Problem> problems_of(const std::string& text) {
    try {
        scenario_of(text);
    } catch (const InputError& error) {
        return error.problems();
    }
    return {};
}

/// The one problem of a text.
inline Problem problem_of(const std::string& text) {
    const auto problems = problems_of(text);
    for (const auto& problem : problems) UNSCOPED_INFO(problem.text());
    REQUIRE(problems.size() == 1);
    return problems.front();
}

/// A course with this sentence, list or tables of sessions, in a scenario of two years.
inline std::string with_sessions(const std::string& sessions) {
    return with(good_text, "\"every 4 weeks x 4\"", sessions);
}

}  // namespace cicatrix::test
