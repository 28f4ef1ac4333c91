// Numbers along a stretch of a course, row by row and contiguous in time, so that lanes can work on many times at once.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "cicatrix/model/declare.hpp"
#include "cicatrix/numeric/aligned_rows.hpp"
#include "cicatrix/numeric/radau.hpp"

namespace cicatrix {

/// By which own states are followed. Many stages let steps be long: within a step the solution is a polynomial of that
/// degree.
inline constexpr std::size_t stage_count = 7;
inline constexpr Radau<stage_count> collocation = radau<stage_count>();

/// Where the numbers of a stretch stand in a row: those at the first stages of all steps, at the second and so on, then
/// the one at the begin, then those at the outputs. Beyond lies room for a whole group of lanes, without meaning.
struct Slots {
    std::size_t steps = 0, outputs = 0;

    std::size_t stage(std::size_t s, std::size_t step) const { return s * steps + step; }
    std::size_t begin() const { return stage_count * steps; }
    std::size_t output(std::size_t i) const { return begin() + 1 + i; }
    /// The number at the begin of a step.
    std::size_t step_begin(std::size_t step) const { return step > 0 ? stage(stage_count - 1, step - 1) : begin(); }
    /// The number at the end of the stretch.
    std::size_t last() const { return step_begin(steps); }
    std::size_t size() const { return begin() + 1 + outputs; }
    /// With the room beyond; a multiple of the widest lanes.
    std::size_t padded() const { return (size() + 2 * widest - 1) / widest * widest; }

    static constexpr std::size_t widest = 8;
};

/// Rows of numbers, each as long as `Slots::padded` says and aligned. Room is kept for the next course.
class SeriesRows {
  public:
    SeriesRows() = default;
    SeriesRows(std::size_t rows, const Slots& slots) { resize(rows, slots); }

    /// Makes room; what the rows held is lost.
    void resize(std::size_t rows, const Slots& slots) {
        rows_ = rows, length_ = slots.padded();
        if (rows_ * length_ > numbers_.size()) numbers_ = AlignedNumbers(rows_ * length_);
    }
    std::size_t rows() const { return rows_; }
    std::size_t length() const { return length_; }

    double* row(std::size_t i) { return numbers_.data() + i * length_; }
    const double* row(std::size_t i) const { return numbers_.data() + i * length_; }
    double& operator()(std::size_t i, std::size_t slot) { return row(i)[slot]; }
    double operator()(std::size_t i, std::size_t slot) const { return row(i)[slot]; }

    /// The numbers of one slot, or writes them: `Y` is an array of as many as there are rows.
    template <class Y> Y at(std::size_t slot) const {
        Y out{};
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = row(i)[slot];
        return out;
    }
    void fill(double value) { std::fill_n(numbers_.data(), rows_ * length_, value); }
    template <class Y> void set(std::size_t slot, const Y& values) {
        for (std::size_t i = 0; i < values.size(); ++i) row(i)[slot] = values[i];
    }

  private:
    std::size_t rows_ = 0, length_ = 0;
    AlignedNumbers numbers_;
};

/// When a stage of a step is, d; `steps` are end points.
inline double time_of_stage(std::span<const double> steps, std::size_t s, std::size_t step) {
    const bool last = s + 1 == stage_count;
    return last ? steps[step + 1] : steps[step] + collocation.nodes[s] * (steps[step + 1] - steps[step]);
}

/// A time among steps: in which it lies, and how much each stage of it counts in the polynomial through its begin and its
/// stages; the begin has the rest of 1. At the end and beyond it is the step after the last.
struct StepPlace {
    std::size_t step = 0;
    std::array<double, stage_count> weights{};
};
StepPlace place_in(std::span<const double> steps, double time);

/// One quantity along a stretch. Inside a step it is the polynomial through the begin of the step and its stages.
struct Curve {
    std::span<const double> steps;    ///< end points of the steps, d; the first is the begin of the stretch
    std::span<const double> outputs;  ///< d
    Slots slots;
    const double* values = nullptr;

    double begin() const { return values[slots.begin()]; }
    double last() const { return values[slots.last()]; }
    double stage(std::size_t s, std::size_t step) const { return values[slots.stage(s, step)]; }
    double stage_time(std::size_t s, std::size_t step) const { return time_of_stage(steps, s, step); }
    double output(std::size_t i) const { return values[slots.output(i)]; }
    double at(const StepPlace& place) const;
    /// At a time of the stretch, d; beyond its ends what it is there.
    double at(double time) const { return at(place_in(steps, time)); }
    /// Over the whole stretch, times d.
    double integral() const;
};

/// Rows of several times at once, in lanes, by the names of a table; only the first `known` may be asked for.
template <const auto& table, class V, std::size_t known = table.size()> struct RowsSeen {
    const double* first;   ///< of the first row
    std::size_t length{};  ///< from a row to the next
};
template <Name name, const auto& table, class V, std::size_t known>
CICATRIX_INLINE V get(const RowsSeen<table, V, known>& rows) {
    constexpr std::size_t i = index_of(table, name);
    static_assert(i < known, "an own state reads those alone that are declared before it");
    return load<V>(rows.first + i * rows.length);
}

}  // namespace cicatrix
