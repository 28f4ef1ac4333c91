// The rows of designs.
#include "cicatrix/scenario/design.hpp"

#include <stdexcept>

#include "cicatrix/numeric/latin_hypercube.hpp"
#include "cicatrix/numeric/random.hpp"

namespace cicatrix {
namespace {

/// A number that tells names apart (Fowler, Noll and Vo's hash, 64 bits).
std::uint64_t number_of_name(std::string_view name) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    return hash;
}

std::uint64_t members_of(DesignKind kind, std::uint64_t samples, std::span<const Factor> factors,
                         std::size_t values_in_rows) {
    std::uint64_t members = 1;
    switch (kind) {
        case DesignKind::grid:
            for (const auto& factor : factors) members *= factor.levels.size();
            return members;
        case DesignKind::list:
            return factors.empty() ? 0 : values_in_rows / factors.size();
        case DesignKind::zip:
            return factors.empty() ? 0 : factors.front().levels.size();
        default:
            return samples;
    }
}

}  // namespace

Design::Design(DesignKind kind, std::uint64_t seed, std::uint64_t samples, std::vector<Factor> factors,
               std::vector<double> rows)
    : kind_(kind),
      members_(members_of(kind, samples, factors, rows.size())),
      factors_(std::move(factors)),
      rows_(std::move(rows)) {
    for (const auto& factor : factors_)
        keys_.push_back(detail::mixed(detail::mixed(seed + detail::golden) + number_of_name(factor.name)));
    if (kind == DesignKind::sobol) sobol_ = std::make_shared<SobolPoints>(factors_.size(), seed);
}

double Design::coordinate(std::uint64_t i, std::size_t factor) const {
    if (kind_ == DesignKind::sobol) return sobol_->at(i, factor);
    if (kind_ == DesignKind::latin_hypercube) return NestedLatin(keys_[factor]).at(i);
    return (static_cast<double>(RandomStream(keys_[factor]).at(i) >> 12) + 0.5) * 0x1p-52;
}

void Design::write_row(std::uint64_t i, std::span<double> row) const {
    const bool ends = kind_ == DesignKind::grid || kind_ == DesignKind::list || kind_ == DesignKind::zip;
    if (ends && i >= members_) throw std::out_of_range("the design has no such member");
    std::uint64_t combination = i;
    for (std::size_t f = factors_.size(); f-- > 0;) {
        const Factor& factor = factors_[f];
        if (kind_ == DesignKind::grid) {
            row[f] = factor.levels[combination % factor.levels.size()];
            combination /= factor.levels.size();
        } else if (kind_ == DesignKind::list) row[f] = rows_[i * factors_.size() + f];
        else if (kind_ == DesignKind::zip) row[f] = factor.levels[i];
        else if (kind_ == DesignKind::cohort && factor.target == FactorTarget::person) row[f] = static_cast<double>(i);
        else row[f] = factor.at(coordinate(i, f));
    }
}

void Design::write_row_at(std::span<const double> point, std::span<double> row) const {
    for (std::size_t f = 0; f < factors_.size(); ++f) row[f] = factors_[f].at(point[f]);
}

}  // namespace cicatrix
