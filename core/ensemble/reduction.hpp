// What is kept of a member of an ensemble: one number of a state or read-out, over the whole course.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "cicatrix/course/course.hpp"

namespace cicatrix {

/// Of which skin: the treated one, its untreated twin, or treated less untreated.
enum class Whose { treated, untreated, effect };

/// How a course becomes one number.
enum class ReductionKind {
    final,         ///< at the end
    peak,          ///< the value farthest from that of day 0, upwards or downwards
    time_of_peak,  ///< when that is, d
    auc,           ///< the integral over the whole course
    time_to,       ///< when a level is first crossed, d; NaN when it never is
    at             ///< on a day
};

struct Reduction {
    std::size_t quantity = 0;  ///< position among the states and, behind them, the read-outs
    Whose whose = Whose::treated;
    ReductionKind kind = ReductionKind::final;
    double argument = 0;  ///< of time_to: the level in the quantity's unit; of at: the day

    bool operator==(const Reduction&) const = default;
};

/// Reads "wrinkle_depth effect final": a state or read-out; `effect` or `untreated`, else of the treated skin; then
/// `final`, `peak`, `time of peak`, `auc`, `time to 0.5` or `at 90 days`. What `name_of` gives is understood as well.
/// Throws InputError (E-OUTCOME, E-UNIT), which says what is wrong and what is allowed and knows no place in a file.
Reduction parse_reduction(std::string_view text);

/// Its words again, with single spaces.
std::string text_of(const Reduction& reduction);

/// An identifier: "wrinkle_depth_effect_final", "tewl_time_to_15", "collagen_total_at_90_d".
std::string name_of(const Reduction& reduction);

/// "um", "d", "um d".
std::string unit_of(const Reduction& reduction);

/// In words, for the attributes of files.
std::string meaning_of(const Reduction& reduction);

/// The names of what can be reduced: states, then read-outs.
std::span<const std::string_view> reducible_quantities();

}  // namespace cicatrix
