// Reads outcomes one by one.
#include "cicatrix/scenario/outcomes.hpp"

#include <algorithm>
#include <optional>

#include "cicatrix/units/quantity.hpp"
#include "cicatrix/units/quoted.hpp"

namespace cicatrix {
namespace {

std::optional<Reduction> read_outcome(const Node& item, const std::string& path, Findings& findings) {
    if (item.kind != NodeKind::text) {
        findings.add(item.place, path, {"E-TYPE", "this is " + std::string(words(item.kind)), "allowed is a text"});
        return {};
    }
    try {
        return parse_reduction(item.words);
    } catch (const InputError& error) {
        for (const Problem& problem : error.problems())
            findings.add(item.place, path, {problem.code, problem.what, problem.allowed, problem.suggestion});
        return {};
    }
}

}  // namespace

std::vector<Reduction> read_outcomes(const Node& list, double duration, Findings& findings) {
    std::vector<Reduction> reductions;
    if (list.items.empty())
        findings.add(list.place, "sweep.outcomes", {"E-OUTCOME", "nothing would be kept", "name at least one outcome"});
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        const std::string path = "sweep.outcomes[" + std::to_string(i + 1) + "]";
        const auto reduction = read_outcome(list.items[i], path, findings);
        if (!reduction) continue;
        if (std::ranges::find(reductions, *reduction) != reductions.end())
            findings.add(list.items[i].place, path,
                         {"E-OUTCOME", quoted(list.items[i].words) + " is named twice", "each is named once"});
        if (reduction->kind == ReductionKind::at && reduction->argument > duration)
            findings.add(list.items[i].place, path,
                         {"E-OUTCOME",
                          quoted(list.items[i].words) + " asks for day " + shortest_text(reduction->argument) +
                              ", which not every member reaches",
                          "days from 0 to " + shortest_text(duration) + ", the shortest simulation.duration"});
        reductions.push_back(*reduction);
    }
    return reductions;
}

}  // namespace cicatrix
