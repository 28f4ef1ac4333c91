// Collecting problems and throwing them together.
#include "cicatrix/scenario/findings.hpp"

#include <algorithm>
#include <utility>

namespace cicatrix {

void Findings::add(Problem problem) {
    constexpr std::size_t most = 1000;
    if (problems_.size() > most) return;
    if (problems_.size() == most) problem = {problem.where, "further problems are not listed", "", "", "E-LIMIT"};
    problems_.push_back(std::move(problem));
}

void Findings::add(Place place, std::string path, Finding finding) {
    add(Problem{where(place, std::move(path)), std::move(finding.what), std::move(finding.allowed),
                std::move(finding.suggestion), std::string(finding.code)});
}

void Findings::add(const InputError& error, std::string_view code) {
    for (Problem problem : error.problems()) {
        if (!code.empty()) problem.code = code;
        add(std::move(problem));
    }
}

void Findings::raise() const {
    if (problems_.empty()) return;
    auto sorted = problems_;
    std::ranges::stable_sort(
        sorted, {}, [](const Problem& problem) { return std::pair(problem.where.line, problem.where.column); });
    throw InputError(std::move(sorted));
}

}  // namespace cicatrix
