// Conditions of a patient that make needling risky: what to warn of, and what changes in the healing.
#pragma once
#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "cicatrix/models/microneedling/parameters.hpp"
#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/skin/baseline.hpp"

namespace cicatrix {

/// A parameter of the model is multiplied by the factor.
struct Change {
    std::string_view parameter;
    double factor;
};

/// One condition. The warnings report what trials left out and what is known of the risk; they are not medical advice.
struct Condition {
    std::string_view name, warning;
    bool must_acknowledge;  ///< a scenario runs only when its author says that the warning is known
    std::span<const Change> changes = {};
    Source source = {"own choice", "precaution; people with it were left out of the trials, so no risk is known"};
};

namespace condition {
// A stronger loop of myofibroblasts and TGF-beta1, which the model keeps from running away.
inline constexpr std::array keloid_changes{
    Change{"myofibroblast_differentiation", 1.5}, Change{"myofibroblast_tgf_half", 0.6},
    Change{"myofibroblast_death", 0.5},           Change{"myofibroblast_reversion", 0.5},
    Change{"latent_tgf_from_myofibroblasts", 2},  Change{"tgf_activation_by_myofibroblasts", 2},
    Change{"tgf_beta3_antagonism", 0.5},
};
// A clot that works at 0.6 of its speed: it decays more slowly and, as it releases the same in all, gives less per day.
inline constexpr double slow = 0.6;
inline constexpr std::array anticoagulant_changes{
    Change{"clot_decay", slow},
    Change{"neutrophil_call_by_platelets", slow},
    Change{"macrophage_call_by_platelets", slow},
    Change{"latent_tgf_from_platelets", slow},
    Change{"tgf_activation_by_platelets", slow},
    Change{"pdgf_from_platelets", slow},
};
inline constexpr Source assumed_changes{
    "own choice", "direction from the biology of the condition; size not measured after needling"};

/// True when every parameter is one of the model's and stays in its range.
consteval bool in_range(const auto& changes) {
    return std::ranges::all_of(changes, [](const Change& change) {
        const auto p = std::ranges::find(microneedling::parameters, change.parameter, &Parameter::name);
        if (p == microneedling::parameters.end()) return false;
        const double value = p->value * change.factor;
        return value >= p->range.low && value <= p->range.high;
    });
}
static_assert(in_range(keloid_changes) && in_range(anticoagulant_changes));
}  // namespace condition

inline constexpr std::array conditions{
    Condition{"keloid tendency",
              "Keloid tendency: each channel is a wound, and wounds of such skin can grow into raised scars. Trials of "
              "needling left these patients out.",
              true, condition::keloid_changes, condition::assumed_changes},
    Condition{"anticoagulants",
              "Anticoagulants: pinpoint bleeding lasts longer and bruises are larger. Whoever treats must know of the "
              "medicine; whether to pause it is for the doctor who prescribed it.",
              false, condition::anticoagulant_changes, condition::assumed_changes},
    Condition{"active acne",
              "Active acne: needles can carry bacteria from inflamed spots into healthy skin and inflame them further.",
              true},
    Condition{"active infection",
              "Active infection: needles can carry bacteria, viruses or fungi into the dermis and spread them over the "
              "treated skin.",
              true},
    Condition{"open wounds",
              "Open wounds: the skin is healing already; more injury delays it and opens a way for infection.", true},
    Condition{"unstable skin",
              "Unstable skin: sunburnt, blistering or fragile skin may tear, and answers injury in ways that this "
              "model does not know.",
              true},
    Condition{
        "isotretinoin",
        "Isotretinoin: it has been feared to slow healing and to favour scars; waiting after a course is customary.",
        false},
    Condition{"diabetes",
              "Diabetes: wounds may heal more slowly and infections are more frequent when blood sugar is high.",
              false},
    Condition{"pregnancy",
              "Pregnancy: needling has not been tested in pregnant women, skin darkens more readily, and creams put on "
              "open channels reach the body.",
              true},
    Condition{"eczema",
              "Eczema: the barrier is broken already; needling can set off a flare and carry bacteria into the skin.",
              true},
    Condition{"psoriasis", "Psoriasis: injury can raise new plaques where the needles went (Koebner phenomenon).",
              true},
    Condition{"herpes simplex",
              "Herpes simplex: injury can wake the virus, and an outbreak can spread over treated skin. Preventive "
              "medicine is a question for a doctor.",
              false},
    Condition{"smoking",
              "Smoking: it narrows vessels and slows healing; the result may be poorer than the model shows.", false},
    Condition{"immunosuppression",
              "Immunosuppression: infections are more likely and more severe, and the inflammation that starts repair "
              "is weaker.",
              true},
};

/// The condition of that name, or null.
constexpr const Condition* condition_named(std::string_view name) {
    const auto hit = std::ranges::find(conditions, name, &Condition::name);
    return hit == conditions.end() ? nullptr : &*hit;
}

/// Factor that the changes put on a parameter, raised to the power `strength`; 1 when they leave it alone.
inline double factor_on(std::string_view parameter, std::span<const Change> changes, double strength = 1) {
    const auto hit = std::ranges::find(changes, parameter, &Change::parameter);
    return hit == changes.end() ? 1.0 : strength == 1 ? hit->factor : pow(hit->factor, strength);
}

/// Factor that a baseline puts on a parameter: that of keloid tendency, to the power of its scar tendency.
inline double factor_on(std::string_view parameter, const Baseline& baseline) {
    return baseline.scar_tendency > 0 ? factor_on(parameter, condition::keloid_changes, baseline.scar_tendency) : 1.0;
}

}  // namespace cicatrix
