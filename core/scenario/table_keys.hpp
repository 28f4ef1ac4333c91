// The keys of tables inside a section: of a compound on the skin, of a cohort and of how its patients follow advice.
#pragma once
#include <array>

#include "cicatrix/scenario/key.hpp"

namespace cicatrix {

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

/// What the table sweep.cohort may hold.
inline constexpr std::array cohort_keys{
    Key{.name = "age", .kind = ValueKind::levels, .meaning = "Distribution of patient.age."},
    Key{.name = "sex", .kind = ValueKind::levels, .meaning = "Shares of patient.sex."},
    Key{.name = "phototype", .kind = ValueKind::levels, .meaning = "Shares of patient.phototype."},
    Key{.name = "site", .kind = ValueKind::levels, .meaning = "Shares of patient.site."},
    Key{.name = "variability",
        .kind = ValueKind::number,
        .meaning = "Coefficient of variation of the kinetic parameters from person to person, log-normal and held "
                   "within their declared ranges; 0.2 is an own choice, not a measurement.",
        .limits = {0, 1}},
    Key{.name = "correlation",
        .kind = ValueKind::number,
        .meaning = "Correlation of the logarithms of two parameters of one process; an own choice, not a measurement.",
        .fallback = "0.5",
        .limits = {0, 1}},
    Key{.name = "adherence",
        .kind = ValueKind::adherence,
        .meaning = "Shares of the patients who follow advice, and of the sessions that they keep."},
};

/// What the table sweep.cohort.adherence may hold.
inline constexpr std::array adherence_keys{
    Key{.name = "sunscreen",
        .kind = ValueKind::number,
        .meaning = "Share of the patients who use the sunscreen that an arm advises.",
        .limits = {0, 1}},
    Key{.name = "moisturiser",
        .kind = ValueKind::number,
        .meaning = "Share of the patients who use the moisturiser that an arm advises.",
        .limits = {0, 1}},
    Key{.name = "sessions",
        .kind = ValueKind::number,
        .meaning = "Share of the sessions after the first that are kept; each is missed or kept by itself.",
        .limits = {0, 1}},
};

}  // namespace cicatrix
