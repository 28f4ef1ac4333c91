// Compounds that people put on their skin: mass, partition, solubility, and the permeability that follows from them.
#pragma once
#include <array>
#include <string_view>

#include "cicatrix/model/declare.hpp"
#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/skin/care.hpp"

namespace cicatrix {

/// Permeability of human skin for a neutral compound in water, in mm/d, from the octanol-water partition coefficient
/// (decadic logarithm) and the molecular mass in g/mol. A regression over in-vitro data, good to about tenfold.
inline double estimated_permeability(double log_partition, double molecular_mass) {
    constexpr double cm_per_hour = 240.0;  // in mm/d
    return cm_per_hour * pow(10.0, -2.55 + 0.65 * log_partition - 0.0085 * molecular_mass);
}

/// A compound with what is known of it. `permeability` 0 means: estimated for the neutral share.
struct KnownCompound {
    std::string_view name;
    double molecular_mass;  ///< g/mol
    double log_partition;   ///< octanol over water, decadic logarithm, neutral form
    double neutral_share;   ///< of the dissolved compound at the pH of film or vehicle, 0-1
    double solubility;      ///< in water at that pH, all forms together, g/mm3
    double permeability;    ///< of intact skin, mm/d; 0: estimated
    Grade grade;            ///< of the permeability
    Source source;          ///< of the permeability
    std::string_view note;  ///< where the other columns come from
};

namespace compound {
inline constexpr Source estimated{"J Appl Toxicol 2023;43:940, doi:10.1002/jat.4435",
                                  "log10 of cm/h = -2.55 + 0.65 log P - 0.0085 mass; log P measured, as in the SYRRES "
                                  "table of the package chemicals"};
inline constexpr Source tretinoin{"J Am Acad Dermatol 1997;36:S37, doi:10.1016/s0190-9622(97)70059-8",
                                  "set so that about 2 per cent of a dose of 0.05 per cent cream is absorbed, as "
                                  "measured; log P lies outside the regression"};
}  // namespace compound

/// Solubilities and neutral shares are own choices of the order of handbook values, which decide no verdict by
/// themselves: what passes the skin from an undissolved excess is permeability times solubility.
// clang-format off
inline constexpr std::array known_compounds{
    KnownCompound{"hydrocortisone", 362.46, 1.61, 1.0, 3.0e-7, 0, Grade::opinion, compound::estimated,
                  "neutral; solubility about 0.3 g/L: own choice"},
    KnownCompound{"benzoic acid", 122.12, 1.87, 0.137, 2.48e-5, 0, Grade::opinion, compound::estimated,
                  "acid of pKa 4.2 at a skin surface of pH 5; solubility of the neutral form 3.4 g/L: own choice"},
    KnownCompound{"minoxidil", 209.25, 1.24, 1.0, 2.0e-6, 0, Grade::opinion, compound::estimated,
                  "solubility about 2 g/L in water (US Pharm 2020;45(6):48); taken as neutral"},
    KnownCompound{"ascorbic acid", 176.12, -1.85, 0.8, 3.3e-4, 0, Grade::opinion, compound::estimated,
                  "in a vehicle of pH 3.5 (Pinnell et al. 2001, doi:10.1046/j.1524-4725.2001.00264.x); solubility 330 g/L: own choice"},
    KnownCompound{"tretinoin", 300.44, 6.30, 1.0, 1.0e-9, 0.13, Grade::indirect, compound::tretinoin,
                  "hardly soluble in water: 1 mg/L is an own choice"},
    KnownCompound{"lidocaine", 234.34, 2.44, 1.0, 4.0e-6, 0, Grade::opinion, compound::estimated,
                  "base in an alkaline cream; solubility 4 g/L: own choice"},
    KnownCompound{"caffeine", 194.19, -0.07, 1.0, 2.2e-5, 0, Grade::opinion, compound::estimated,
                  "neutral; solubility about 22 g/L: own choice"},
};
// clang-format on

/// What people call a known compound.
struct EverydayName {
    std::string_view name, compound;
};

inline constexpr std::array everyday_names{
    EverydayName{"vitamin C", "ascorbic acid"},
    EverydayName{"vitamin c", "ascorbic acid"},
    EverydayName{"retinoic acid", "tretinoin"},
    EverydayName{"lignocaine", "lidocaine"},
};

/// What decides how a known compound passes the skin.
inline Compound compound_of(const KnownCompound& known) {
    const double permeability =
        known.permeability > 0
            ? known.permeability
            : known.neutral_share * estimated_permeability(known.log_partition, known.molecular_mass);
    return {std::string(known.name), known.molecular_mass, permeability, known.solubility};
}

/// The known compound of this name or everyday name, or null.
constexpr const KnownCompound* find_compound(std::string_view name) {
    for (const auto& everyday : everyday_names)
        if (everyday.name == name) name = everyday.compound;
    for (const auto& known : known_compounds)
        if (known.name == name) return &known;
    return nullptr;
}

}  // namespace cicatrix
