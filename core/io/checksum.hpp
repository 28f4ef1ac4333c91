// SHA-256 of a byte string, to say whether two texts are the same one.
#pragma once
#include <string>
#include <string_view>

namespace cicatrix {

/// SHA-256 (FIPS 180-4) of the bytes of `text`, as 64 lower-case hexadecimal digits.
std::string sha256(std::string_view text);

}  // namespace cicatrix
