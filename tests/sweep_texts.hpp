// Sweeps for tests, and the problems that a text has.
#pragma once
#include <string>
#include <vector>

#include "catch.hpp"
#include "cicatrix/scenario/sweep.hpp"

namespace cicatrix::test {

/// A course without faults, for [sweep] to follow.
inline const std::string swept_course = R"(seed = 5
[patient]
age = "45 years"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
[simulation]
duration = "6 months"
outputs = "monthly"
)";

inline const std::string one_outcome = "outcomes = [\"collagen_total effect final\"]\n";

/// The course with a section [sweep] of these lines, that keeps one outcome.
inline std::string swept(const std::string& lines) { return swept_course + "[sweep]\n" + one_outcome + lines; }

inline Sweep sweep_of(const std::string& lines) { return parse_sweep(swept(lines), "x.toml"); }

/// The problems of a sweep's text; none when it is accepted.
inline std::vector<Problem> problems_of_sweep(const std::string& text) {
    try {
        parse_sweep(text, "x.toml");
    } catch (const InputError& error) {
        return error.problems();
    }
    return {};
}

/// The one problem of a sweep with these lines.
inline Problem problem_of_sweep(const std::string& lines) {
    const auto problems = problems_of_sweep(swept(lines));
    for (const auto& problem : problems) UNSCOPED_INFO(problem.text());
    REQUIRE(problems.size() == 1);
    return problems.front();
}

}  // namespace cicatrix::test
