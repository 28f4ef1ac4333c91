// A user's words inside a message: quoted, on one line, not too long; and lists of names in a sentence.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cicatrix {

/// The text without control characters and cut beyond `longest` bytes (never inside a character), without quotes.
std::string printable(std::string_view text, std::size_t longest = 60);

/// `printable` between single quotes.
std::string quoted(std::string_view text);

/// "a, b or c".
std::string listed(const std::vector<std::string>& names, std::string_view last_word);

}  // namespace cicatrix
