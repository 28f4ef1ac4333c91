// Points sorted into square cells, to find those near a place without asking all of them.
#pragma once
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "cicatrix/injury/placement.hpp"

namespace cicatrix {

class Neighbours {
  public:
    /// Cells of about `cell` mm; their number is kept below some hundred thousand.
    Neighbours(const Patch& patch, double cell)
        : cell_(std::max(cell, std::sqrt(patch.area() / most_cells))),
          columns_(count(patch.width)),
          rows_(count(patch.height)),
          first_(columns_ * rows_, none) {}

    void add(const Point& p) {
        std::size_t& first = first_[row(p.y) * columns_ + column(p.x)];
        next_.push_back(first);
        first = points_.size();
        points_.push_back(p);
    }

    /// Whether a point lies closer than `radius` mm to `p`.
    bool any_within(const Point& p, double radius) const {
        bool found = false;
        const double square = radius * radius;
        visit_block(p, radius, [&](const Point& q) { found = found || squared(p, q) < square; });
        return found;
    }

    /// Distance from `p` to the nearest point that is not at `p` itself, mm; infinite if there is none.
    double nearest(const Point& p) const {
        const double limit = cell_ * static_cast<double>(columns_ + rows_);
        for (double radius = cell_; radius < 2 * limit; radius *= 2) {
            double best = std::numeric_limits<double>::infinity();
            visit_block(p, radius, [&](const Point& q) {
                const double d = squared(p, q);
                if (d > 0 && d < best) best = d;
            });
            if (best <= radius * radius) return std::sqrt(best);
        }
        return std::numeric_limits<double>::infinity();
    }

  private:
    static constexpr double most_cells = 4e5;
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    static double squared(const Point& p, const Point& q) {
        return (p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y);
    }
    std::size_t count(double length) const { return static_cast<std::size_t>(length / cell_) + 1; }
    static std::size_t clamped(double cell, std::size_t cells) {
        return cell <= 0 ? 0 : std::min(static_cast<std::size_t>(cell), cells - 1);
    }
    std::size_t column(double x) const { return clamped(x / cell_, columns_); }
    std::size_t row(double y) const { return clamped(y / cell_, rows_); }

    /// Visits the points of all cells that touch the square of half side `radius` round `p`.
    template <class Visit> void visit_block(const Point& p, double radius, Visit&& visit) const {
        for (std::size_t j = row(p.y - radius); j <= row(p.y + radius); ++j)
            for (std::size_t i = column(p.x - radius); i <= column(p.x + radius); ++i)
                for (std::size_t at = first_[j * columns_ + i]; at != none; at = next_[at]) visit(points_[at]);
    }

    double cell_;
    std::size_t columns_, rows_;
    std::vector<std::size_t> first_, next_;
    std::vector<Point> points_;
};

}  // namespace cicatrix
