// Which members a sweep has: the values of its factors for member i, from (seed, i) alone.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "cicatrix/numeric/sobol.hpp"
#include "cicatrix/scenario/factor.hpp"

namespace cicatrix {

enum class DesignKind { grid, list, zip, latin_hypercube, sobol, cohort };

/// A design over some factors.
///     grid             every combination of levels; the last factor changes fastest
///     list             the rows of a table
///     zip              the first levels of all factors, then the second ones, and so on
///     latin hypercube  nested, see numeric/latin_hypercube.hpp
///     sobol            scrambled, see numeric/sobol.hpp
///     cohort           independent persons
/// The coordinates of latin hypercube and cohort depend on the names of factors and not on their order, so that one
/// more factor leaves the others as they are.
class Design {
  public:
    /// `rows` are the values of a list, row by row. `samples` of the last three kinds may be 0: no end of its own.
    Design(DesignKind kind, std::uint64_t seed, std::uint64_t samples, std::vector<Factor> factors,
           std::vector<double> rows);

    DesignKind kind() const { return kind_; }
    /// Members, or 0 when the design has no end of its own.
    std::uint64_t members() const { return members_; }
    std::span<const Factor> factors() const { return factors_; }

    /// The values of member `i`, one for each factor. Members beyond the end are those that more samples would add; of
    /// grid, list and zip there are none (std::out_of_range).
    void write_row(std::uint64_t i, std::span<double> row) const;

    /// The values at a point of the unit cube, one coordinate for each factor, all between 0 and 1.
    void write_row_at(std::span<const double> point, std::span<double> row) const;

  private:
    double coordinate(std::uint64_t i, std::size_t factor) const;

    DesignKind kind_;
    std::uint64_t members_;
    std::vector<Factor> factors_;
    std::vector<double> rows_;
    std::vector<std::uint64_t> keys_;  ///< of the random numbers of each factor
    std::shared_ptr<const SobolPoints> sobol_;
};

}  // namespace cicatrix
