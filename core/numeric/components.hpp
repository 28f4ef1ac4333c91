// Which unknowns of a sparse system must be solved together, and in which order: the strongly connected components of
// its pattern, those first that the others read. Planned by the compiler.
#pragma once
#include <array>
#include <bit>
#include <cstddef>

#include "cicatrix/numeric/sparse_lu.hpp"

namespace cicatrix {

template <std::size_t n> struct Components {
    std::array<Pattern, n> members{};  ///< of each component, in the order in which they can be solved
    std::size_t count = 0;

    /// The component that holds an unknown; `count` when none does.
    constexpr std::size_t of(std::size_t unknown) const {
        std::size_t c = 0;
        while (c < count && !(members[c] >> unknown & 1)) ++c;
        return c;
    }
};

/// The components among `nodes` of the unknowns, where row i reads the columns in reads[i].
template <std::size_t n> constexpr Components<n> components_of(RowPatterns<n> reads, Pattern nodes) {
    for (std::size_t i = 0; i < n; ++i) reads[i] = (nodes >> i & 1) ? (reads[i] & nodes) | Pattern{1} << i : 0;
    for (std::size_t k = 0; k < n; ++k)  // everything that is read directly or by way of others
        for (std::size_t i = 0; i < n; ++i)
            if (reads[i] >> k & 1) reads[i] |= reads[k];
    Components<n> out;
    for (Pattern placed = 0; placed != nodes;)
        for (std::size_t i = 0; i < n; ++i) {
            if (!(nodes >> i & 1) || (placed >> i & 1)) continue;
            Pattern together = 0;
            for (std::size_t j = 0; j < n; ++j)
                if ((reads[i] >> j & 1) && (reads[j] >> i & 1)) together |= Pattern{1} << j;
            if ((reads[i] & ~together & ~placed) != 0) continue;
            out.members[out.count++] = together;
            placed |= together;
        }
    return out;
}

}  // namespace cicatrix
