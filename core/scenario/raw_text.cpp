// Limits and encoding of a raw text, without recursion.
#include "cicatrix/scenario/raw_text.hpp"

#include <algorithm>

#include "cicatrix/base/error.hpp"

namespace cicatrix {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

[[noreturn]] void refuse(std::string_view text, std::size_t byte, const std::string& file, std::string what,
                         std::string allowed, std::string code) {
    const std::string_view before = text.substr(0, byte);
    const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
    const int line = static_cast<int>(std::ranges::count(before, '\n')) + 1;
    const int column = column_of_byte(text.substr(line_begin), byte - line_begin);
    throw InputError({Problem{{file, line, column, ""}, std::move(what), std::move(allowed), "", std::move(code)}});
}

/// Bytes of the UTF-8 character at the front of `text`, or 0 when there is none (overlong, surrogate, cut off).
std::size_t character_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if (!is_continuation(text[i])) return 0;
    const unsigned char second = byte(1);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool outside = (first == 0xED && second >= 0xA0) || (first == 0xF4 && second >= 0x90);
    return overlong || outside ? 0 : length;
}

void check_encoding(std::string_view text, const std::string& file) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = character_length(text.substr(i));
        if (length == 0)
            refuse(text, i, file, "a byte is not part of UTF-8 text", "save the file as UTF-8", "E-SYNTAX");
        if (text[i] == '\0') refuse(text, i, file, "there is a NUL byte", "a scenario is plain text", "E-SYNTAX");
        i += length;
    }
}

/// A long string may hold one or two quotes before its closing three.
std::size_t after_last_quotes(std::string_view text, std::size_t at, std::size_t width) {
    for (int more = 0; width == 3 && more < 2 && at < text.size() && text[at] == text[at - 1]; ++more) ++at;
    return at;
}

/// The end of the string that opens at `begin`, whichever of the four kinds it is. An unclosed one ends at its line.
std::size_t after_string(std::string_view text, std::size_t begin) {
    const char quote = text[begin];
    const std::string_view rest = text.substr(begin);
    const bool long_form = rest.size() >= 3 && rest[1] == quote && rest[2] == quote;
    const std::size_t width = long_form ? 3 : 1;
    for (std::size_t i = begin + width; i < text.size(); ++i) {
        if (quote == '"' && text[i] == '\\') ++i;
        else if (!long_form && text[i] == '\n') return i;
        else if (text.substr(i, width) == std::string(width, quote)) return after_last_quotes(text, i + width, width);
    }
    return text.size();
}

/// Walks over the brackets and dots that stand outside strings and comments.
class Nesting {
  public:
    Nesting(std::string_view text, const std::string& file) : text_(text), file_(file) {}

    void check() {
        for (std::size_t i = 0; i < text_.size();) {
            const char c = text_[i];
            if (c == '#') i = std::min(text_.find('\n', i), text_.size());
            else if (c == '"' || c == '\'') i = after_string(text_, i);
            else meet(c, i++);
        }
    }

  private:
    void meet(char c, std::size_t at) {
        if (c == '.' && ++dots_ >= longest_key)
            refuse(text_, at, file_, "a key has more than 32 parts", "a scenario needs three", "E-LIMIT");
        if (std::string_view("=,[]{}\n").find(c) != std::string_view::npos) dots_ = 0;
        if (c == '[' || c == '{') ++depth_;
        if ((c == ']' || c == '}') && depth_ > 0) --depth_;
        if (depth_ > deepest_nesting)
            refuse(text_, at, file_, "brackets are nested more than 64 deep", "a scenario needs three levels",
                   "E-LIMIT");
    }

    std::string_view text_;
    const std::string& file_;
    int depth_ = 0;
    int dots_ = 0;
};

}  // namespace

void check_raw_text(std::string_view text, const std::string& file) {
    if (text.size() > largest_text)
        throw InputError({Problem{{file, 1, 1, ""},
                                  "the text has " + std::to_string(text.size()) + " bytes",
                                  "allowed are " + std::to_string(largest_text),
                                  "",
                                  "E-LIMIT"}});
    check_encoding(text, file);
    Nesting(text, file).check();
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

std::size_t byte_of_column(std::string_view line, int column) {
    std::size_t byte = 0;
    for (int at = 1; at < column && byte < line.size(); ++at) do
            ++byte;
        while (byte < line.size() && is_continuation(line[byte]));
    return byte;
}

int column_of_byte(std::string_view line, std::size_t byte) {
    const std::string_view before = line.substr(0, byte);
    return 1 + static_cast<int>(std::ranges::count_if(before, [](char c) { return !is_continuation(c); }));
}

}  // namespace cicatrix
