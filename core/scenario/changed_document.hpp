// Changing documents: the keys of nested tables by their full names, and values put in the place of others.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cicatrix/scenario/document.hpp"

namespace cicatrix {

/// A key by its full name, with its value and the place of the name.
struct NamedEntry {
    std::string name;
    Place place;
    const Node* value = nullptr;
};

/// The entries of a table of keys by their full names, in the order of the file: `"device.needles" = 9` and
/// `device = { needles = 9 }` are the same. Tables under other names than those of sections stay as they are.
std::vector<NamedEntry> named_entries(const Node& table);

/// The table with such names in place of nested tables.
Node with_full_names(const Node& table);

/// Puts a value under a key's full name, in place of what may stand there.
void set_value(Node& document, std::string_view name, Node value, Place place = {1, 1});

/// What stands under a full name, or null.
const Node* find_value(const Node& document, std::string_view name);

/// The document without one of its sections.
Node without_section(Node document, std::string_view section);

/// The document as the text of a file.
std::string document_text(const Node& document);

}  // namespace cicatrix
