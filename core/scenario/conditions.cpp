// Refusing conditions that nobody has acknowledged.
#include "cicatrix/scenario/conditions.hpp"

#include "cicatrix/skin/condition.hpp"

namespace cicatrix {
namespace {

/// Without its full stop, because what to do about it follows.
std::string open_sentence(std::string_view warning) {
    if (warning.ends_with('.')) warning.remove_suffix(1);
    return std::string(warning);
}

}  // namespace

void check_conditions(Draft& draft) {
    const auto& given = draft["patient.conditions"].value;
    const auto& acknowledged = draft["patient.acknowledge_warnings"].value;
    if (!given || !acknowledged || acknowledged->node.truth) return;  // an unusable answer is reported as such
    for (std::size_t i = 0; i < given->node.items.size(); ++i) {
        const Node& item = given->node.items[i];
        for (const auto& condition : conditions)
            if (condition.must_acknowledge && condition.name == item.words)
                draft.findings().add(item.place, "patient.conditions[" + std::to_string(i + 1) + "]",
                                     {"E-WARNING", open_sentence(condition.warning),
                                      "to run the course all the same write acknowledge_warnings = true in [patient]"});
    }
}

}  // namespace cicatrix
