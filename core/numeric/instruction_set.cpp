// Which instruction sets this processor has, and which is in use.
#include "cicatrix/numeric/instruction_set.hpp"

#include <algorithm>
#include <atomic>
#include <vector>

namespace cicatrix {
namespace {

std::vector<InstructionSet> find_available() {
    std::vector<InstructionSet> out{InstructionSet::baseline};
#if defined(CICATRIX_X86_64_LEVELS)
    // The system must save the wide registers too: the compiler's runtime asks for both.
    if (__builtin_cpu_supports("x86-64-v3")) out.push_back(InstructionSet::x86_64_v3);
    if (__builtin_cpu_supports("x86-64-v4")) out.push_back(InstructionSet::x86_64_v4);
#endif
    return out;
}

std::atomic<InstructionSet>& in_use() {
    static std::atomic<InstructionSet> set = available_instruction_sets().back();
    return set;
}

}  // namespace

std::string_view name_of(InstructionSet set) {
    switch (set) {
        case InstructionSet::x86_64_v4:
            return "x86-64-v4";
        case InstructionSet::x86_64_v3:
            return "x86-64-v3";
        case InstructionSet::baseline:
            break;
    }
    return "baseline";
}

std::span<const InstructionSet> available_instruction_sets() {
    static const auto available = find_available();
    return available;
}

InstructionSet instruction_set() { return in_use(); }

bool use_instruction_set(InstructionSet set) {
    const bool available = std::ranges::count(available_instruction_sets(), set) > 0;
    if (available) in_use() = set;
    return available;
}

}  // namespace cicatrix
