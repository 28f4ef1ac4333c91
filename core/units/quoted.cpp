// Words of a user, made fit for a message.
#include "cicatrix/units/quoted.hpp"

namespace cicatrix {

std::string printable(std::string_view text, std::size_t longest) {
    std::size_t end = text.size();
    if (end > longest) {
        end = longest;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
            --end;  // not inside a UTF-8 character
    }
    std::string shown;
    for (const char c : text.substr(0, end)) {
        const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
        shown += control ? ' ' : c;  // an escape sequence must not reach a terminal
    }
    return end < text.size() ? shown + "..." : shown;
}

std::string quoted(std::string_view text) { return "'" + printable(text) + "'"; }

std::string listed(const std::vector<std::string>& names, std::string_view last_word) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " " + std::string(last_word) + " " : ", ";
        text += names[i];
    }
    return text;
}

}  // namespace cicatrix
