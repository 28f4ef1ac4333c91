// Sorting a document into keys, with names that were meant.
#include "cicatrix/scenario/draft.hpp"

#include <algorithm>

#include "cicatrix/units/quoted.hpp"

namespace cicatrix {
namespace {

std::size_t index_of_key(std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(keys, name, &Key::name) - keys.begin());
}

/// The names inside one section; of the root also the names of the sections.
std::vector<std::string_view> names_in(std::string_view section) {
    std::vector<std::string_view> names;
    const auto add = [&](std::string_view name) {
        if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    };
    for (const auto& key : keys) {
        if (section_of(key.name) == section) add(leaf_of(key.name));
        else if (section.empty()) add(section_of(key.name));
    }
    if (section.empty()) add("parameters"), add("initial");
    return names;
}

bool is_section(std::string_view name) {
    return std::ranges::any_of(keys, [&](const Key& key) { return section_of(key.name) == name && !name.empty(); });
}

/// The full name of a key that stands in another section under this very name.
std::string same_name_elsewhere(std::string_view leaf) {
    const auto hit = std::ranges::find(keys, leaf, [](const Key& key) { return leaf_of(key.name); });
    return hit == keys.end() ? "" : std::string(hit->name);
}

}  // namespace

const Key& key_of(std::string_view name) { return keys[index_of_key(name)]; }

Reading& Draft::operator[](std::string_view key) { return readings_[index_of_key(key)]; }

Draft::Draft(const Node& document, Findings& findings) : document_(document), findings_(findings) {
    for (const auto& entry : document.entries) take_root(entry);
}

void Draft::take_root(const Entry& entry) {
    if (entry.key == "include") {
        findings_.add(entry.place, entry.key,
                      {"E-LATER", "includes come with a later version", "this version reads one file"});
    } else if (entry.key == "parameters" || entry.key == "initial" || is_section(entry.key)) {
        take_section(entry);
    } else if (entry.key.find('.') == std::string::npos && index_of_key(entry.key) < keys.size()) {
        take(entry.key, entry);
    } else {
        refuse_unknown("", entry);
    }
}

void Draft::take_section(const Entry& section) {
    if (section.value.kind != NodeKind::table) {
        const std::string what = "this is " + std::string(words(section.value.kind));
        findings_.add(section.value.place, section.key,
                      {"E-TYPE", what, "allowed is a table, opened by [" + section.key + "]"});
        explained_.push_back(section.key);
    } else if (section.key == "parameters") {
        parameters_ = &section.value;
    } else if (section.key == "initial") {
        initial_ = &section.value;
    } else {
        for (const auto& entry : section.value.entries) {
            const std::string name = section.key + "." + entry.key;
            if (index_of_key(name) < keys.size()) take(name, entry);
            else refuse_unknown(section.key, entry);
        }
    }
}

void Draft::take(const std::string& name, const Entry& entry) {
    Reading& reading = (*this)[name];
    reading.node = &entry.value;
    reading.value = check_value(key_of(name), entry.value, name, findings_);
}

void Draft::refuse_unknown(const std::string& section, const Entry& entry) {
    const std::string path = section.empty() ? printable(entry.key) : section + "." + printable(entry.key);
    const auto names = names_in(section);
    const std::string_view given =
        std::string_view(entry.key).substr(0, 64);  // no key is longer; a distance costs its square
    std::string suggestion = nearest_name(given, names);
    if (!suggestion.empty()) explained_.push_back(section.empty() ? suggestion : section + "." + suggestion);
    else if (suggestion = same_name_elsewhere(given); !suggestion.empty()) explained_.push_back(suggestion);
    const std::string place = section.empty() ? "of a scenario" : "of [" + section + "]";
    findings_.add(entry.place, path,
                  {"E-UNKNOWN-KEY", quoted(entry.key) + " is not a key " + place,
                   "known are " + listed(std::vector<std::string>(names.begin(), names.end()), "and"), suggestion});
}

void Draft::set_fallback(const Key& key, std::string_view fallback, std::string origin) {
    Reading& reading = (*this)[key.name];
    if (reading.node != nullptr) return;
    reading.value = check_value(key, fallback_node(key, fallback), std::string(key.name), findings_);
    if (reading.value) reading.value->origin = std::move(origin);
}

Place Draft::place_of_section(std::string_view section) const {
    const Entry* entry = document_.find(section);
    return entry != nullptr && !section.empty() ? entry->value.place : Place{1, 1};
}

void Draft::report_missing(std::string_view key, std::string_view reason) {
    const auto explains = [&](const std::string& name) { return name == key || name == section_of(key); };
    if (std::ranges::any_of(explained_, explains)) return;
    findings_.add(place_of_section(section_of(key)), std::string(key),
                  {"E-MISSING", std::string(reason), "wanted is " + allowed_text(key_of(key))});
}

}  // namespace cicatrix
