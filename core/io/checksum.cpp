// SHA-256 as FIPS 180-4 defines it.
#include "cicatrix/io/checksum.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace cicatrix {
namespace {

using Digest = std::array<std::uint32_t, 8>;
constexpr std::size_t block_size = 64;  // bytes

/// The first `count` primes.
template <std::size_t count> constexpr std::array<std::uint32_t, count> primes() {
    std::array<std::uint32_t, count> found{};
    std::size_t known = 0;
    for (std::uint32_t candidate = 2; known < count; ++candidate) {
        const auto divides = [&](std::uint32_t prime) { return candidate % prime == 0; };
        if (std::none_of(found.begin(), found.begin() + known, divides)) found[known++] = candidate;
    }
    return found;
}

/// The first 32 bits of the fraction of the `power`-th root of `prime`: floor(2^32 root) without its whole part.
constexpr std::uint32_t root_fraction(std::uint32_t prime, int power) {
    __extension__ using Wide = unsigned __int128;
    std::uint64_t root = 0;  // the largest with root^power <= prime * 2^(32 power); below 2^37 for the primes in use
    for (std::uint64_t bit = std::uint64_t{1} << 36; bit != 0; bit >>= 1) {
        const Wide trial = root | bit;
        const Wide left = power == 2 ? trial * trial : trial * trial * trial;
        if (left <= Wide{prime} << (32 * power)) root |= bit;
    }
    return static_cast<std::uint32_t>(root);
}

/// The constants of the standard are fractions of roots of primes, so that nobody could have chosen them at will.
template <std::size_t count, int power> constexpr std::array<std::uint32_t, count> root_fractions() {
    std::array<std::uint32_t, count> fractions = primes<count>();
    for (auto& value : fractions) value = root_fraction(value, power);
    return fractions;
}

constexpr auto round_constants = root_fractions<64, 3>();
constexpr Digest initial_digest = root_fractions<8, 2>();

std::array<std::uint32_t, 64> schedule(std::string_view block) {
    std::array<std::uint32_t, 64> w{};
    for (std::size_t i = 0; i < block_size; ++i) w[i / 4] = w[i / 4] << 8 | static_cast<std::uint8_t>(block[i]);
    for (std::size_t i = 16; i < w.size(); ++i) {
        const std::uint32_t s0 = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ w[i - 15] >> 3;
        const std::uint32_t s1 = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    return w;
}

void absorb(Digest& digest, std::string_view block) {
    const auto w = schedule(block);
    auto [a, b, c, d, e, f, g, h] = digest;
    for (std::size_t i = 0; i < w.size(); ++i) {
        const std::uint32_t s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
        const std::uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + round_constants[i] + w[i];
        const std::uint32_t s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
        const std::uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + t1;
        d = c, c = b, b = a, a = t1 + t2;
    }
    const Digest worked{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < digest.size(); ++i) digest[i] += worked[i];
}

/// The last bytes, a single one bit, zeros to the end of a block, and the length in bits.
std::string padded(std::string_view rest, std::uint64_t length) {
    std::string end(rest);
    end += '\x80';
    while (end.size() % block_size != block_size - 8) end += '\0';
    for (int shift = 56; shift >= 0; shift -= 8) end += static_cast<char>(length * 8 >> shift);
    return end;
}

std::string hexadecimal(const Digest& digest) {
    std::string text;
    for (const std::uint32_t word : digest)
        for (int shift = 28; shift >= 0; shift -= 4) text += "0123456789abcdef"[word >> shift & 15U];
    return text;
}

}  // namespace

Sha256::Sha256() : digest_(initial_digest) {}

void Sha256::add(std::string_view bytes) {
    length_ += bytes.size();
    if (!rest_.empty()) {
        const std::string_view taken = bytes.substr(0, block_size - rest_.size());
        rest_ += taken;
        bytes.remove_prefix(taken.size());
        if (rest_.size() < block_size) return;
        absorb(digest_, rest_);
        rest_.clear();
    }
    for (; bytes.size() >= block_size; bytes.remove_prefix(block_size)) absorb(digest_, bytes.substr(0, block_size));
    rest_ = bytes;
}

std::string Sha256::digits() const {
    Digest digest = digest_;
    const std::string end = padded(rest_, length_);
    for (std::size_t i = 0; i < end.size(); i += block_size)
        absorb(digest, std::string_view(end).substr(i, block_size));
    return hexadecimal(digest);
}

std::string sha256(std::string_view text) {
    Sha256 checksum;
    checksum.add(text);
    return checksum.digits();
}

}  // namespace cicatrix
