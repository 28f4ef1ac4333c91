// The instruction sets that kernels are compiled for, and which of them is in use. Results do not depend on it.
#pragma once
#include <span>
#include <string_view>

namespace cicatrix {

/// Levels of x86-64 as compilers name them; `baseline` is what everything else is compiled for.
enum class InstructionSet { baseline, x86_64_v3, x86_64_v4 };

/// The one that this unit is compiled for; see core/numeric/instruction_sets.cmake.
#if defined(CICATRIX_COMPILED_FOR)
inline constexpr auto compiled_for = InstructionSet::CICATRIX_COMPILED_FOR;
#else
inline constexpr auto compiled_for = InstructionSet::baseline;
#endif

/// "baseline", "x86-64-v3" or "x86-64-v4".
std::string_view name_of(InstructionSet set);

/// Those that kernels are compiled for and this processor has, ascending; `baseline` is always there.
std::span<const InstructionSet> available_instruction_sets();

/// The one in use: the highest that is available, unless told otherwise.
InstructionSet instruction_set();

/// Makes every run that begins later use this one: for tests and measurements. False, and nothing is changed, where it
/// is not available.
bool use_instruction_set(InstructionSet set);

namespace detail {

/// Calls `visit.operator()<set>()` with the one in use. For the core alone, which knows what it was built with.
template <class Visit> decltype(auto) with_instruction_set(Visit visit) {
#if defined(CICATRIX_X86_64_LEVELS)
    switch (instruction_set()) {
        case InstructionSet::x86_64_v4:
            return visit.template operator()<InstructionSet::x86_64_v4>();
        case InstructionSet::x86_64_v3:
            return visit.template operator()<InstructionSet::x86_64_v3>();
        case InstructionSet::baseline:
            break;
    }
#endif
    return visit.template operator()<InstructionSet::baseline>();
}

}  // namespace detail
}  // namespace cicatrix
