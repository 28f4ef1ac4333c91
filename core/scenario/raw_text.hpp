// A scenario's text before it is parsed: its limits, its encoding and its lines.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace cicatrix {

inline constexpr std::size_t largest_text = 1 << 20;  ///< bytes of a scenario
inline constexpr int deepest_nesting = 64;            ///< brackets open at once
inline constexpr int longest_key = 32;                ///< parts of a dotted key

/// Throws InputError (E-LIMIT, or E-SYNTAX for a byte that is no UTF-8 or is NUL) with one problem and its place. It
/// runs before the parser, which recurses once for each level and each part of a key.
void check_raw_text(std::string_view text, const std::string& file);

/// The lines without their ends.
std::vector<std::string_view> lines_of(std::string_view text);

/// The byte at which character `column` (from 1) of a line begins; the size of the line when it is shorter.
std::size_t byte_of_column(std::string_view line, int column);

/// The column (from 1) of the character at a byte of a line.
int column_of_byte(std::string_view line, std::size_t byte);

}  // namespace cicatrix
