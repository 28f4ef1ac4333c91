// Sobol' points, plain or scrambled: point i of a seed is a function of (seed, i), so that a design only ever grows.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cicatrix {

/// Points of a Sobol' sequence in the unit cube, in the order of the Gray code. The first 2^k of them, and every later
/// block of as many that begins at a multiple of 2^k, have one coordinate in each interval of length 2^-k.
///
/// Scrambled points keep that: each dimension's direction numbers are multiplied by a random lower triangular matrix of
/// bits (Matousek 1998, doi:10.1006/jcom.1998.0489), then a random shift is added bit by bit. Each point by itself is
/// then uniform in the cube, and means over points are free of bias.
class SobolPoints {
  public:
    static constexpr std::size_t most_dimensions = 520;
    static constexpr std::uint64_t most_points = std::uint64_t{1} << 52;

    /// Plain points. Throws std::invalid_argument beyond `most_dimensions`.
    explicit SobolPoints(std::size_t dimensions);

    /// Points scrambled by a seed. Throws std::invalid_argument beyond `most_dimensions`.
    SobolPoints(std::size_t dimensions, std::uint64_t seed);

    std::size_t dimensions() const { return shifts_.size(); }

    /// Coordinate of point `i`, below `most_points`: the middle of an interval of length 2^-52, so neither 0 nor 1.
    double at(std::uint64_t i, std::size_t dimension) const {
        const std::uint64_t* directions = directions_.data() + dimension * bits;
        std::uint64_t x = shifts_[dimension];
        for (std::uint64_t gray = i ^ (i >> 1); gray != 0; gray >>= 1, ++directions)
            x ^= *directions & (0 - (gray & 1));
        return (static_cast<double>(x >> 12) + 0.5) * 0x1p-52;
    }

  private:
    static constexpr std::size_t bits = 52;
    std::vector<std::uint64_t> directions_;  ///< `bits` for each dimension, the highest bit of a coordinate first
    std::vector<std::uint64_t> shifts_;
};

}  // namespace cicatrix
