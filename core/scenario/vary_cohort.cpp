// What a cohort varies: who the patients are, and how they follow advice.
#include <algorithm>

#include "cicatrix/scenario/value.hpp"
#include "cicatrix/scenario/vary.hpp"
#include "cicatrix/units/quoted.hpp"

namespace cicatrix {

void FactorReader::check_cohort_keys(const Node& cohort) {
    const auto check = [&](const Node& table, std::span<const Key> known, const std::string& path) {
        std::vector<std::string_view> names;
        for (const auto& key : known) names.push_back(key.name);
        for (const auto& entry : table.entries) {
            const auto key = std::ranges::find(known, entry.key, &Key::name);
            if (key != known.end()) {
                check_value(*key, entry.value, path + "." + entry.key, findings_);
                continue;
            }
            findings_.add(entry.place, path + "." + printable(entry.key),
                          {"E-UNKNOWN-KEY", quoted(entry.key) + " is not a key of " + path,
                           "known are " + listed({names.begin(), names.end()}, "and"),
                           nearest_name(std::string_view(entry.key).substr(0, 64), names)});
        }
    };
    check(cohort, cohort_keys, "sweep.cohort");
    const Entry* adherence = cohort.find("adherence");
    if (adherence != nullptr && adherence->value.kind == NodeKind::table)
        check(adherence->value, adherence_keys, "sweep.cohort.adherence");
}

void FactorReader::read_adherence(const Node& adherence) {
    const auto take = [&](const char* key, FactorTarget target) -> Factor* {
        const Entry* entry = adherence.find(key);
        if (entry == nullptr) return nullptr;
        Factor factor;
        factor.name = target == FactorTarget::missed_sessions ? "cohort.missed_sessions" : "cohort." + entry->key;
        factor.target = target;
        factor.place = entry->place;
        factor.path = "sweep.cohort.adherence." + entry->key;
        factor.chance = entry->value.number;
        factor.words = "share " + entry->value.words;
        factors_.push_back(std::move(factor));
        return &factors_.back();
    };
    for (const auto& [key, target] :
         {std::pair{"sunscreen", FactorTarget::sunscreen}, std::pair{"moisturiser", FactorTarget::moisturiser}}) {
        Factor* factor = take(key, target);
        if (factor == nullptr) continue;
        factor->kind = FactorKind::choice;
        factor->choices = {text_node("advised", factor->place), text_node("left out", factor->place)};
        factor->levels = {0, 1};
        factor->level_places = {factor->place, factor->place};
        factor->shares_below = {factor->chance, 1};
    }
    if (Factor* factor = take("sessions", FactorTarget::missed_sessions)) {
        factor->whole = true;
        factor->range = {0, 0x1p52 - 1};
    }
}

void FactorReader::read_cohort(const Node& cohort) {
    check_cohort_keys(cohort);
    for (const auto& entry : cohort.entries)
        if (const auto key = std::ranges::find(cohort_keys, entry.key, &Key::name);
            key != cohort_keys.end() && key->kind == ValueKind::levels)
            read({"patient." + entry.key, entry.place, entry.value, "sweep.cohort." + entry.key});
    const Entry* adherence = cohort.find("adherence");
    if (adherence != nullptr && adherence->value.kind == NodeKind::table) read_adherence(adherence->value);
    const Entry* variability = cohort.find("variability");
    if (variability == nullptr) return;
    Factor person;
    person.name = "cohort.person";
    person.target = FactorTarget::person;
    person.whole = true;
    person.range = {0, 0x1p52};
    person.place = variability->place;
    person.path = "sweep.cohort.variability";
    person.words = "cv " + variability->value.words;
    factors_.push_back(std::move(person));
}

}  // namespace cicatrix
