// Looks into documents and writes them anew.
#include "cicatrix/scenario/changed_document.hpp"

#include <algorithm>
#include <utility>

#include "cicatrix/scenario/keys.hpp"

namespace cicatrix {
namespace {

bool is_section(std::string_view name) {
    return name == "parameters" ||
           std::ranges::any_of(keys, [&](const Key& key) { return !name.empty() && section_of(key.name) == name; });
}

Entry* entry_of(Node& table, std::string_view key) {
    const auto hit = std::ranges::find(table.entries, key, &Entry::key);
    return hit == table.entries.end() ? nullptr : &*hit;
}

void put(Node& table, std::string_view key, Node value, Place place) {
    if (Entry* entry = entry_of(table, key)) entry->value = std::move(value);
    else table.entries.push_back({std::string(key), place, std::move(value)});
}

bool is_opened(const Entry& entry) { return entry.value.kind == NodeKind::table && is_section(entry.key); }

}  // namespace

std::vector<NamedEntry> named_entries(const Node& table) {
    std::vector<NamedEntry> out;
    for (const auto& entry : table.entries) {
        if (!is_opened(entry)) {
            out.push_back({entry.key, entry.place, &entry.value});
            continue;
        }
        for (const auto& inner : entry.value.entries)
            out.push_back({entry.key + "." + inner.key, inner.place, &inner.value});
    }
    std::ranges::stable_sort(out, {},
                             [](const NamedEntry& entry) { return std::pair(entry.place.line, entry.place.column); });
    return out;
}

Node with_full_names(const Node& table) {
    Node out = table;
    out.entries.clear();
    for (const auto& [name, place, value] : named_entries(table)) out.entries.push_back({name, place, *value});
    return out;
}

void set_value(Node& document, std::string_view name, Node value, Place place) {
    const auto section = section_of(name);
    if (section.empty()) return put(document, name, std::move(value), place);
    if (entry_of(document, section) == nullptr) {
        document.entries.push_back({std::string(section), place, Node{}});
        document.entries.back().value.place = place;
    }
    Node& table = entry_of(document, section)->value;
    if (table.kind == NodeKind::table) put(table, leaf_of(name), std::move(value), place);
}

const Node* find_value(const Node& document, std::string_view name) {
    const auto section = section_of(name);
    const Entry* outer = document.find(section.empty() ? name : section);
    if (outer == nullptr || section.empty()) return outer != nullptr ? &outer->value : nullptr;
    const Entry* inner = outer->value.find(leaf_of(name));
    return inner != nullptr ? &inner->value : nullptr;
}

Node without_section(Node document, std::string_view section) {
    std::erase_if(document.entries, [&](const Entry& entry) { return entry.key == section; });
    return document;
}

std::string document_text(const Node& document) {
    std::string outside, sections;
    for (const auto& entry : document.entries) {
        if (!is_opened(entry)) {
            outside += entry.key + " = " + toml_text(entry.value) + "\n";
            continue;
        }
        sections += "\n[" + entry.key + "]\n";
        for (const auto& inner : entry.value.entries) sections += inner.key + " = " + toml_text(inner.value) + "\n";
    }
    return outside + sections;
}

}  // namespace cicatrix
