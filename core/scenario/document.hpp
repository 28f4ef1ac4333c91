// A TOML text as a small tree in which every value knows its line and column. Nothing else sees the TOML library.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace cicatrix {

/// A place in a text; both count from 1, columns in characters. Zero: no place, as for a default.
struct Place {
    int line = 0;
    int column = 0;
};

enum class NodeKind { table, list, text, integer, number, boolean, date };

struct Entry;

/// One value of a document with everything below it.
struct Node {
    NodeKind kind = NodeKind::table;
    Place place;
    std::string words;  ///< of a text its content, of any other scalar its spelling in the file
    double number = 0;  ///< of an integer or a number
    long long integer = 0;
    bool truth = false;
    std::vector<Entry> entries;  ///< of a table, in the order of the file
    std::vector<Node> items;     ///< of a list

    /// The entry of this name, or null.
    const Entry* find(std::string_view key) const;
};

/// A key with its value; the place is the key's.
struct Entry {
    std::string key;
    Place place;
    Node value;
};

/// Reads a TOML text. Throws InputError with exactly one problem, a syntax error (E-SYNTAX), a key given twice
/// (E-DUPLICATE) or a text beyond the limits (E-LIMIT), with its place; `file` is only for the message.
Node read_document(std::string_view text, const std::string& file);

/// A text as a node.
Node text_node(std::string_view words, Place place = {});

/// The node as TOML in one line; it reads back as the same node.
std::string toml_text(const Node& node);

/// A TOML basic string with this content.
std::string toml_string(std::string_view content);

/// What a node is, in words: "a text", "a whole number", "a table".
std::string_view words(NodeKind kind);

}  // namespace cicatrix
