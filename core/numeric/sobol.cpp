// Direction numbers of every bit, from the first ones and the polynomials, and their scrambling.
#include "cicatrix/numeric/sobol.hpp"

#include <bit>
#include <stdexcept>

#include "cicatrix/numeric/random.hpp"
#include "cicatrix/numeric/sobol_directions.hpp"

namespace cicatrix {
namespace {

static_assert(detail::sobol_polynomials.size() == SobolPoints::most_dimensions);

/// Writes the direction numbers of one dimension, given its polynomial and its first numbers but for the leading 1.
void write_directions(std::uint64_t* v, std::size_t count, unsigned polynomial, const std::uint16_t* first) {
    const auto degree = static_cast<std::size_t>(std::bit_width(polynomial)) - 1;
    for (std::size_t k = 0; k < count; ++k) {
        if (degree == 0 || k == 0) v[k] = std::uint64_t{1} << (63 - k);
        else if (k < degree) v[k] = std::uint64_t{first[k - 1]} << (63 - k);
        else {
            v[k] = v[k - degree] ^ (v[k - degree] >> degree);
            for (std::size_t j = 1; j < degree; ++j)
                if ((polynomial >> (degree - j)) & 1u) v[k] ^= v[k - j];
        }
    }
}

/// The product of a matrix of bits with a column; row r of the matrix gives bit r from the top.
std::uint64_t product(const std::uint64_t (&matrix)[64], std::uint64_t column) {
    std::uint64_t out = 0;
    for (const std::uint64_t row : matrix) out = (out << 1) | (std::popcount(row & column) & 1u);
    return out;
}

}  // namespace

SobolPoints::SobolPoints(std::size_t dimensions) : directions_(dimensions * bits), shifts_(dimensions, 0) {
    if (dimensions > most_dimensions) throw std::invalid_argument("Sobol' points have at most 520 dimensions here");
    const std::uint16_t* first = detail::sobol_first_numbers.data();
    for (std::size_t d = 0; d < dimensions; ++d) {
        const unsigned polynomial = detail::sobol_polynomials[d];
        write_directions(directions_.data() + d * bits, bits, polynomial, first);
        if (polynomial > 1) first += std::bit_width(polynomial) - 2;
    }
}

SobolPoints::SobolPoints(std::size_t dimensions, std::uint64_t seed) : SobolPoints(dimensions) {
    for (std::size_t d = 0; d < dimensions; ++d) {
        const RandomStream random(seed, d);
        std::uint64_t matrix[64];
        for (std::size_t row = 0; row < 64; ++row) {
            const std::uint64_t diagonal = std::uint64_t{1} << (63 - row);
            matrix[row] = (random.at(row) & ~(2 * diagonal - 1)) | diagonal;
        }
        for (std::size_t k = 0; k < bits; ++k) {
            std::uint64_t& direction = directions_[d * bits + k];
            direction = product(matrix, direction);
        }
        shifts_[d] = random.at(64);
    }
}

}  // namespace cicatrix
