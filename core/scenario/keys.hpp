// Every key of a scenario file, in one table: checks, messages, resolved form, schema and listings are derived from it.
#pragma once
#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "cicatrix/course/course.hpp"
#include "cicatrix/model/declare.hpp"
#include "cicatrix/models/all.hpp"
#include "cicatrix/skin/baseline.hpp"
#include "cicatrix/skin/condition.hpp"
#include "cicatrix/skin/site.hpp"
#include "cicatrix/units/dimension.hpp"

namespace cicatrix {

/// What may stand behind a key.
enum class ValueKind { text, choice, choices, boolean, integer, number, quantity, sessions, outputs, topicals, times };

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

namespace choice {
using Names = std::string_view[];
inline constexpr Names sexes{"female", "male"};
inline constexpr Names devices{"roller", "pen", "stamp", "fractional laser", "prescribed"};
inline constexpr Names fidelities{"lumped", "depth", "channel"};
inline constexpr Names ageings{"frozen", "drift"};
inline constexpr Names output_words{"daily", "weekly", "monthly", "yearly"};
inline constexpr Names methods{"rodas5p", "rodas4"};
inline constexpr auto models = std::apply([](auto... model) { return std::array{std::string_view(model.id)...}; },
                                          Models{});  // the first is what a course runs

/// The states that live in the dermis.
inline constexpr auto dermal_states = [] {
    constexpr auto& sheet = CourseModel::epidermal;
    std::array<std::string_view, CourseModel::states.size() - sheet.size()> names;
    std::size_t next = 0;
    for (const auto& state : CourseModel::states)
        if (std::ranges::find(sheet, state.name) == sheet.end()) names[next++] = state.name;
    return names;
}();

/// The names of a table of sites, baselines or conditions.
template <const auto& table>
inline constexpr auto names_in = [] {
    std::array<std::string_view, table.size()> names;
    std::ranges::transform(table, names.begin(), [](const auto& row) { return row.name; });
    return names;
}();
}  // namespace choice

inline constexpr std::array keys{
    Key{.name = "title",
        .kind = ValueKind::text,
        .meaning = "What this course is, in a few words.",
        .fallback = "Untitled course"},
    Key{.name = "question", .kind = ValueKind::text, .meaning = "The question that this course answers."},
    Key{.name = "seed",
        .kind = ValueKind::integer,
        .meaning = "Start of the random numbers; the same seed, the same result.",
        .fallback = "1",
        .limits = {0, 9007199254740991},
        .effect = Effect::stored},

    Key{.name = "patient.age",
        .kind = ValueKind::quantity,
        .meaning = "Age at the first day.",
        .dimension = dimension::time,
        .limits = {10, 110},
        .unit = "years",
        .need = Need::required},
    Key{.name = "patient.sex",
        .kind = ValueKind::choice,
        .meaning = "Sex of the patient; the thickness of the dermis differs.",
        .choices = choice::sexes},
    Key{.name = "patient.site",
        .kind = ValueKind::choice,
        .meaning = "The treated part of the body.",
        .fallback = "cheek",
        .choices = choice::names_in<sites>},
    Key{.name = "patient.phototype",
        .kind = ValueKind::integer,
        .meaning = "Skin phototype after Fitzpatrick.",
        .fallback = "2",
        .limits = {1, 6}},
    Key{.name = "patient.baseline",
        .kind = ValueKind::choice,
        .meaning = "The state of the skin before the first session.",
        .fallback = "healthy",
        .choices = choice::names_in<baselines>},
    Key{.name = "patient.conditions",
        .kind = ValueKind::choices,
        .meaning = "Conditions that make needling risky; some change how the skin answers.",
        .fallback = "[]",
        .choices = choice::names_in<conditions>},
    Key{.name = "patient.acknowledge_warnings",
        .kind = ValueKind::boolean,
        .meaning = "The author knows the warnings that the conditions raise and runs the course all the same.",
        .fallback = "false"},

    Key{.name = "device.kind",
        .kind = ValueKind::choice,
        .meaning = "The kind of device; it decides which other keys of the device apply.",
        .choices = choice::devices},
    Key{.name = "device.needle_length",
        .kind = ValueKind::quantity,
        .meaning = "Length of a needle, or the depth set on a pen.",
        .dimension = dimension::length,
        .limits = {0.1, 3},
        .unit = "mm"},
    Key{.name = "device.needle_diameter",
        .kind = ValueKind::quantity,
        .meaning = "Diameter of a needle at its base.",
        .dimension = dimension::length,
        .limits = {0.02, 1},
        .unit = "mm"},
    Key{.name = "device.insertion_force",
        .kind = ValueKind::quantity,
        .meaning = "Force on each needle.",
        .dimension = dimension::force,
        .limits = {0.001, 5},
        .unit = "N"},
    Key{.name = "device.needles",
        .kind = ValueKind::integer,
        .meaning = "Number of needles on the drum of a roller, in the tip of a pen or in the array of a stamp.",
        .limits = {1, 5000}},
    Key{.name = "device.rows",
        .kind = ValueKind::integer,
        .meaning = "Rows in which the needles stand across the drum of a roller, for maps of its channels.",
        .limits = {1, 100},
        .effect = Effect::stored},
    Key{.name = "device.drum_diameter",
        .kind = ValueKind::quantity,
        .meaning = "Diameter of the drum of a roller.",
        .dimension = dimension::length,
        .limits = {5, 100},
        .unit = "mm"},
    Key{.name = "device.drum_width",
        .kind = ValueKind::quantity,
        .meaning = "Width of the drum of a roller.",
        .dimension = dimension::length,
        .limits = {1, 200},
        .unit = "mm"},
    Key{.name = "device.stamp_rate",
        .kind = ValueKind::quantity,
        .meaning = "How often the tip of a pen strikes.",
        .dimension = dimension::rate,
        .limits = {1, 1000},
        .unit = "/s"},
    Key{.name = "device.tip_width",
        .kind = ValueKind::quantity,
        .meaning = "Width of the tip of a pen.",
        .dimension = dimension::length,
        .limits = {0.5, 50},
        .unit = "mm"},
    Key{.name = "device.glide_speed",
        .kind = ValueKind::quantity,
        .meaning = "Speed at which a pen glides over the skin.",
        .dimension = dimension::speed,
        .limits = {0.1, 500},
        .unit = "mm/s"},
    Key{.name = "device.dwell",
        .kind = ValueKind::quantity,
        .meaning = "Time for which a pen stays on each spot, for a pen that is set down and not drawn.",
        .dimension = dimension::time,
        .limits = {0.001, 60},
        .unit = "s"},
    Key{.name = "device.array_width",
        .kind = ValueKind::quantity,
        .meaning = "Width of the square array of a stamp.",
        .dimension = dimension::length,
        .limits = {1, 100},
        .unit = "mm"},
    Key{.name = "device.channel_density",
        .kind = ValueKind::quantity,
        .meaning = "Channels, or columns of a laser, that one pass opens, per area.",
        .dimension = dimension::number_per_area,
        .limits = {0.1, 10000},
        .unit = "/cm2"},
    Key{.name = "device.penetration_ratio",
        .kind = ValueKind::quantity,
        .meaning = "Depth of a channel over the length of the needle, in place of what the model of penetration says.",
        .limits = {0.01, 1.2}},
    Key{.name = "device.column_diameter",
        .kind = ValueKind::quantity,
        .meaning = "Diameter of a column that a laser heats.",
        .dimension = dimension::length,
        .limits = {0.02, 1},
        .unit = "mm"},
    Key{.name = "device.column_depth",
        .kind = ValueKind::quantity,
        .meaning = "Depth of a column that a laser heats.",
        .dimension = dimension::length,
        .limits = {0.02, 4},
        .unit = "mm"},
    Key{.name = "device.ablation",
        .kind = ValueKind::quantity,
        .meaning = "Share of a column's tissue that is lost at once; 0 for a laser that only heats.",
        .limits = {0, 1}},
    Key{.name = "device.injured_fraction",
        .kind = ValueKind::quantity,
        .meaning = "Fraction of the tissue that one session injures, for reference runs.",
        .limits = {0, 0.5}},

    Key{.name = "protocol.sessions",
        .kind = ValueKind::sessions,
        .meaning = "When the sessions take place, from day 0 on.",
        .need = Need::required},
    Key{.name = "protocol.passes",
        .kind = ValueKind::integer,
        .meaning = "Times that the device goes over the skin in one session.",
        .limits = {1, 200}},
    Key{.name = "protocol.directions",
        .kind = ValueKind::integer,
        .meaning = "Directions that the passes take in turn, for maps of the channels.",
        .limits = {1, 8},
        .effect = Effect::stored},
    Key{.name = "protocol.area",
        .kind = ValueKind::quantity,
        .meaning = "Area of the skin that is treated.",
        .fallback = "100 cm2",
        .dimension = dimension::area,
        .limits = {0.1, 20000},
        .unit = "cm2"},
    Key{.name = "protocol.pass_time",
        .kind = ValueKind::quantity,
        .meaning = "Time that one pass takes, per area.",
        .dimension = dimension::time_per_area,
        .limits = {0, 600},
        .unit = "s/cm2"},
    Key{.name = "protocol.session_price",
        .kind = ValueKind::number,
        .meaning = "Price of one session, in USD; of a home device nothing, or its share of the device.",
        .limits = {0, 10000}},

    Key{.name = "care.moisturiser", .kind = ValueKind::boolean, .meaning = "Daily moisturiser.", .fallback = "false"},
    Key{.name = "care.occlusion",
        .kind = ValueKind::quantity,
        .meaning = "How long a film covers the skin after each session.",
        .fallback = "0 h",
        .dimension = dimension::time,
        .limits = {0, 168},
        .unit = "h"},
    Key{.name = "care.anaesthetic",
        .kind = ValueKind::boolean,
        .meaning = "Anaesthetic cream before each session.",
        .fallback = "false"},
    Key{.name = "care.sunscreen", .kind = ValueKind::boolean, .meaning = "Daily sunscreen.", .fallback = "false"},
    Key{.name = "care.uv",
        .kind = ValueKind::number,
        .meaning = "Ultraviolet light, as extra melanin production in units of production at home.",
        .fallback = "0",
        .limits = {0, 10}},
    Key{.name = "care.topicals",
        .kind = ValueKind::topicals,
        .meaning = "Compounds put on the skin: compound, dose, when.",
        .fallback = "[]"},

    Key{.name = "simulation.duration",
        .kind = ValueKind::quantity,
        .meaning = "From day 0 to the end.",
        .fallback = "24 months",
        .dimension = dimension::time,
        .limits = {1, 36525},
        .unit = "days"},
    Key{.name = "simulation.fidelity",
        .kind = ValueKind::choice,
        .meaning = "How space is resolved: not at all, against the depth, or round one channel.",
        .fallback = "lumped",
        .choices = choice::fidelities},
    Key{.name = "simulation.cells",
        .kind = ValueKind::integer,
        .meaning = "Cells from the top of the dermis to its bottom, or along the line of a published model in space.",
        .limits = {8, 4096}},
    Key{.name = "simulation.rings",
        .kind = ValueKind::integer,
        .meaning = "Rings from the axis of a channel to half-way to the next.",
        .limits = {4, 256}},
    Key{.name = "simulation.fields",
        .kind = ValueKind::choices,
        .meaning = "States of which a course round one channel keeps every ring of every cell.",
        .choices = choice::dermal_states},
    Key{.name = "simulation.grid_error",
        .kind = ValueKind::boolean,
        .meaning = "Run a course in space once more with half the cells, to say how much its numbers owe to the grid."},
    Key{.name = "simulation.ageing",
        .kind = ValueKind::choice,
        .meaning = "Whether age stays that of day 0, towards whose balance older skin still drifts slowly, or goes on.",
        .fallback = "frozen",
        .choices = choice::ageings},
    Key{.name = "simulation.outputs",
        .kind = ValueKind::outputs,
        .meaning = "When the states are recorded.",
        .fallback = "weekly",
        .choices = choice::output_words},
    Key{.name = "simulation.rtol",
        .kind = ValueKind::number,
        .meaning = "Relative error allowed in one step.",
        .fallback = "1e-6",
        .limits = {1e-13, 1e-2}},
    Key{.name = "simulation.atol",
        .kind = ValueKind::number,
        .meaning = "Absolute error allowed in one step, in units of the states.",
        .fallback = "1e-12",
        .limits = {1e-30, 1e-2}},
    Key{.name = "simulation.method",
        .kind = ValueKind::choice,
        .meaning = "The method that integrates in time.",
        .fallback = "rodas5p",
        .choices = choice::methods},

    Key{.name = "model.id",
        .kind = ValueKind::choice,
        .meaning = "What is simulated: a course of needled skin, or a published model by itself.",
        .fallback = "microneedling",
        .choices = choice::models},
    Key{.name = "model.variant",
        .kind = ValueKind::text,
        .meaning = "One of the named sets of values of a published model; 'cicatrix explain MODEL' lists them."},
    Key{.name = "model.space",
        .kind = ValueKind::text,
        .meaning = "The space in which a published model lives; 'cicatrix explain MODEL' lists them. Without it the "
                   "model has no space."},
};

/// What a table of care.topicals may hold. Known compounds need no properties of their own.
inline constexpr std::array topical_keys{
    Key{.name = "compound", .kind = ValueKind::text, .meaning = "What is put on the skin.", .need = Need::required},
    Key{.name = "dose",
        .kind = ValueKind::quantity,
        .meaning = "How much of the compound each time.",
        .dimension = dimension::mass_per_area,
        .limits = {0, 1000},
        .unit = "mg/cm2",
        .need = Need::required},
    Key{.name = "when", .kind = ValueKind::times, .meaning = "How often and how long.", .need = Need::required},
    Key{.name = "permeability",
        .kind = ValueKind::quantity,
        .meaning = "Permeability of intact skin to the compound.",
        .dimension = dimension::speed,
        .limits = {1e-9, 10},
        .unit = "cm/h"},
    Key{.name = "molecular_mass",
        .kind = ValueKind::quantity,
        .meaning = "Mass of the molecule.",
        .dimension = dimension::mass_per_amount,
        .limits = {2, 1e6},
        .unit = "g/mol"},
    Key{.name = "solubility",
        .kind = ValueKind::quantity,
        .meaning = "How much of the compound dissolves in what it is applied with.",
        .dimension = dimension::mass_per_volume,
        .limits = {1e-6, 5000},
        .unit = "mg/mL"},
};

/// The entry of a key; a misspelt name does not compile.
template <Name name> inline constexpr const Key& key_named = keys[index_of(keys, name)];

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
