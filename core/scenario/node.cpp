// The tree of a document by itself: looking up, naming kinds, writing TOML.
#include <algorithm>
#include <array>

#include "cicatrix/base/error.hpp"
#include "cicatrix/scenario/document.hpp"

namespace cicatrix {
namespace {

bool is_bare(std::string_view key) {
    constexpr std::string_view bare = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    return !key.empty() && key.find_first_not_of(bare) == std::string_view::npos;
}

std::string escaped(unsigned char c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    return std::string("\\u00") + digits[c >> 4] + digits[c & 15];
}

std::string table_text(const Node& node) {
    std::string text;
    for (const auto& [key, place, value] : node.entries)
        text += (text.empty() ? " " : ", ") + (is_bare(key) ? key : toml_string(key)) + " = " + toml_text(value);
    return "{" + text + (text.empty() ? "}" : " }");
}

std::string list_text(const Node& node) {
    std::string text;
    for (const auto& item : node.items) text += (text.empty() ? "" : ", ") + toml_text(item);
    return "[" + text + "]";
}

}  // namespace

const Entry* Node::find(std::string_view key) const {
    const auto hit = std::ranges::find(entries, key, &Entry::key);
    return hit == entries.end() ? nullptr : &*hit;
}

Node text_node(std::string_view words, Place place) {
    Node node;
    node.kind = NodeKind::text;
    node.place = place;
    node.words = words;
    return node;
}

std::string toml_string(std::string_view content) {
    std::string text = "\"";
    for (const char c : content) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') text += '\\', text += c;
        else if (byte < 0x20 || byte == 0x7F) text += escaped(byte);
        else text += c;
    }
    return text + "\"";
}

std::string toml_text(const Node& node) {
    if (node.kind == NodeKind::table) return table_text(node);
    if (node.kind == NodeKind::list) return list_text(node);
    return node.kind == NodeKind::text ? toml_string(node.words) : node.words;
}

std::string_view words(NodeKind kind) {
    constexpr std::array names{"a table", "a list", "a text", "a whole number", "a number", "true or false", "a date"};
    return names[static_cast<std::size_t>(kind)];
}

}  // namespace cicatrix
