// Latin hypercubes that grow by doubling: coordinate i of a key is a function of (key, i) alone.
#pragma once
#include <bit>
#include <cstdint>

#include "cicatrix/numeric/random.hpp"

namespace cicatrix {

/// One coordinate of the points of a nested Latin hypercube. For every k the first 2^k points lie one in each of the
/// intervals of length 2^-k; in between, the intervals of the last power of two have one or two points each. Of other
/// numbers of points a Latin hypercube in the strict sense cannot be extended without moving its points.
///
/// Each interval has one point. When the number of points doubles, the new ones are dealt at random to the halves that
/// the old ones leave free. Which half of an interval its first point takes is a random bit of that interval, so where
/// a point lies follows from the interval it was dealt to, with constant memory. Coordinates of several keys are
/// independent but for the dealing in rounds.
class NestedLatin {
    static constexpr int levels_in_all = 36;
    static constexpr int levels_of_one_number = 6;  // a tree of six levels has 63 knots, a number 64 bits

  public:
    static constexpr std::uint64_t most_points = std::uint64_t{1} << levels_in_all;

    explicit constexpr NestedLatin(std::uint64_t key) : key_(key) {}

    /// The coordinate of point `i`, below `most_points`: the middle of an interval of length 2^-52.
    constexpr double at(std::uint64_t i) const {
        const int round = std::bit_width(i) - (i > 0);
        const std::uint64_t first = i > 0 ? std::uint64_t{1} << round : 0;
        std::uint64_t place = dealt(i - first, round);
        int level = round;
        if (i > 0) place = 2 * place + (1 - half_of_first(level++, place));
        for (; level < levels_in_all; ++level) place = 2 * place + half_of_first(level, place);
        constexpr int below = 52 - levels_in_all;
        const std::uint64_t fine = mixed_with(~std::uint64_t{0}, i) >> (64 - below);
        return (static_cast<double>((place << below) | fine) + 0.5) * 0x1p-52;
    }

  private:
    constexpr std::uint64_t mixed_with(std::uint64_t a, std::uint64_t b) const {
        return detail::mixed(detail::mixed(key_ + (a + 1) * detail::golden) + b * detail::golden);
    }

    /// Which half of an interval its first point takes, 0 or 1. `place` numbers the 2^level intervals from the left.
    constexpr std::uint64_t half_of_first(int level, std::uint64_t place) const {
        const int depth = level % levels_of_one_number;
        const std::uint64_t root = place >> depth;
        const std::uint64_t knot = (std::uint64_t{1} << depth) | (place & ((std::uint64_t{1} << depth) - 1));
        return (mixed_with(static_cast<std::uint64_t>(level / levels_of_one_number), root) >> knot) & 1u;
    }

    /// The interval that the j-th point of a round gets: a random permutation of the numbers below 2^bits. Every line
    /// is invertible on numbers of so many bits.
    constexpr std::uint64_t dealt(std::uint64_t j, int bits) const {
        if (bits == 0) return 0;
        const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
        const RandomStream random(key_, static_cast<std::uint64_t>(bits));
        for (std::uint64_t turn = 0; turn < 5; ++turn) {
            j = (j ^ random.at(2 * turn)) & mask;
            j = (j * (random.at(2 * turn + 1) | 1u)) & mask;
            j ^= j >> ((bits + 1) / 2);
        }
        return j;
    }

    std::uint64_t key_;
};

}  // namespace cicatrix
