// What one key of a scenario file is: its name, what may stand behind it, its limits and its meaning.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "cicatrix/model/declare.hpp"
#include "cicatrix/units/dimension.hpp"

namespace cicatrix {

/// What may stand behind a key.
enum class ValueKind {
    text,
    choice,
    choices,
    boolean,
    integer,
    number,
    quantity,
    sessions,
    outputs,
    topicals,
    times,
    varied,    ///< a table of keys, each with what it varies over
    levels,    ///< what one key varies over: a list, a distribution as text, or a table of shares
    rows,      ///< a list of tables of keys
    outcomes,  ///< a list of reductions
    arms,      ///< a table of tables of keys
    cohort,    ///< a table with the keys of `cohort_keys`
    adherence  ///< a table with the keys of `adherence_keys`
};

/// Whether a value reaches the states or the read-outs of this version or is only kept with the result.
enum class Effect { active, stored };

enum class Need { optional, required };

/// One key. Limits are in `unit`; a fallback is written as in a file, without quotes and brackets, and
/// empty when there is none.
/// Keys of [device] and some of [protocol] have further rules, which depend on the kind of device (devices.hpp).
struct Key {
    std::string_view name;
    ValueKind kind;
    std::string_view meaning;
    std::string_view fallback = "";
    Dimension dimension = {};
    Range limits = {0, 0};
    std::string_view unit = "";
    std::span<const std::string_view> choices = {};
    Need need = Need::optional;
    Effect effect = Effect::active;
};

/// The part before the dot; empty for a key that stands outside every section.
constexpr std::string_view section_of(std::string_view name) {
    const std::size_t dot = name.find('.');
    return dot == std::string_view::npos ? std::string_view{} : name.substr(0, dot);
}

/// The part behind the dot.
constexpr std::string_view leaf_of(std::string_view name) { return name.substr(name.find('.') + 1); }

/// What may stand behind the key, for messages and listings: "a length from 0.1 mm to 3 mm", "one of female or male".
std::string allowed_text(const Key& key);

/// "0.1 mm to 3 mm".
std::string limits_text(const Key& key);

}  // namespace cicatrix
