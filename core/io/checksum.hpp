// SHA-256 of bytes, to say whether two texts or files are the same one.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace cicatrix {

/// SHA-256 (FIPS 180-4) of the bytes of `text`, as 64 lower-case hexadecimal digits.
std::string sha256(std::string_view text);

/// The same of bytes that come in pieces.
class Sha256 {
  public:
    Sha256();
    void add(std::string_view bytes);
    /// Of all bytes so far.
    std::string digits() const;

  private:
    std::array<std::uint32_t, 8> digest_;
    std::string rest_;  // less than a block
    std::uint64_t length_ = 0;
};

}  // namespace cicatrix
