// Random numbers that depend on a seed and a position alone: the same on every machine, at any place of a stream.
#pragma once
#include <cstdint>
#include <limits>

namespace cicatrix {

namespace detail {
/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014; constants of Stafford's variant 13, in the public domain).
constexpr std::uint64_t mixed(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}
inline constexpr std::uint64_t golden = 0x9e3779b97f4a7c15u;
}  // namespace detail

/// A stream of random numbers: number i of stream s of a seed is a function of (seed, s, i).
class RandomStream {
  public:
    using result_type = std::uint64_t;

    explicit constexpr RandomStream(std::uint64_t seed, std::uint64_t stream = 0)
        : key_(detail::mixed(detail::mixed(seed + detail::golden) + stream * detail::golden)) {}

    /// Number `i` of the stream; leaves the stream where it is.
    constexpr result_type at(std::uint64_t i) const { return detail::mixed(key_ + (i + 1) * detail::golden); }

    constexpr result_type operator()() { return at(next_++); }

    /// A number in [0, 1).
    constexpr double uniform() { return static_cast<double>((*this)() >> 11) * 0x1p-53; }

    /// A number in [low, high).
    constexpr double uniform(double low, double high) { return low + (high - low) * uniform(); }

    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  private:
    std::uint64_t key_;
    std::uint64_t next_ = 0;
};

}  // namespace cicatrix
