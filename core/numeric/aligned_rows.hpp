// Rows of doubles, aligned for the widest lanes, and how lanes read and write them.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>

#include "cicatrix/numeric/lanes.hpp"

namespace cicatrix {

/// Lanes as wide as a register of the machine that is compiled for; results do not depend on it.
#if defined(CICATRIX_SCALAR_ONLY) || !defined(__GNUC__)
using CellLanes = double;
#elif defined(__AVX512F__)
using CellLanes = LanesOf<8>;
#elif defined(__AVX__)
using CellLanes = LanesOf<4>;
#else
using CellLanes = LanesOf<2>;
#endif

template <class V> CICATRIX_INLINE V load(const double* from) {
    V out;
    std::memcpy(&out, from, sizeof(V));
    return out;
}
template <class V> CICATRIX_INLINE void store(double* to, const V& value) { std::memcpy(to, &value, sizeof(V)); }

/// Numbers in one piece, zero at first.
class AlignedNumbers {
  public:
    AlignedNumbers() = default;
    explicit AlignedNumbers(std::size_t size)
        : size_(size), data_(static_cast<double*>(::operator new(size * sizeof(double), alignment))) {
        std::fill_n(data_.get(), size, 0.0);
    }
    AlignedNumbers(const AlignedNumbers& other) : AlignedNumbers(other.size_) { copy(other); }
    AlignedNumbers& operator=(const AlignedNumbers& other) {
        if (size_ != other.size_) *this = AlignedNumbers(other.size_);
        copy(other);
        return *this;
    }
    AlignedNumbers(AlignedNumbers&&) noexcept = default;
    AlignedNumbers& operator=(AlignedNumbers&&) noexcept = default;

    double* data() { return data_.get(); }
    const double* data() const { return data_.get(); }
    std::size_t size() const { return size_; }

  private:
    static constexpr std::align_val_t alignment{64};
    struct Free {
        void operator()(double* numbers) const { ::operator delete(numbers, alignment); }
    };
    void copy(const AlignedNumbers& other) {
        if (size_ > 0) std::copy_n(other.data(), size_, data());
    }

    std::size_t size_ = 0;
    std::unique_ptr<double, Free> data_;
};

/// n numbers for each cell. The cells are cut into eight chunks of neighbours. Those that stand at the same place of
/// their chunks lie side by side in memory, so that lanes work on all chunks at once: a place holds eight lanes of the
/// first number, then of the second, and so on. The places before and after hold the neighbours, but for the ends of
/// chunks: what lies beyond them is repeated before the first and after the last place (`link`). Lanes without a cell
/// are at the end of the last chunks.
template <std::size_t n> class CellRows {
  public:
    static constexpr std::size_t together = 8;
    static constexpr std::size_t place_size = n * together;  ///< from a place to the next

    CellRows() = default;
    explicit CellRows(std::size_t cells)
        : cells_(cells), places_(places_for(cells)), numbers_((places_ + 2) * place_size) {}

    /// Cells in a chunk; never fewer than two.
    static constexpr std::size_t places_for(std::size_t cells) {
        const std::size_t places = (cells + together - 1) / together;
        return places > 2 ? places : 2;
    }

    std::size_t cells() const { return cells_; }
    std::size_t places() const { return places_; }
    /// The numbers of a place; its lanes of number i begin i * together further.
    double* place(std::size_t p) { return numbers_.data() + (p + 1) * place_size; }
    const double* place(std::size_t p) const { return numbers_.data() + (p + 1) * place_size; }
    double& operator()(std::size_t i, std::size_t cell) { return place(cell % places_)[i * together + cell / places_]; }
    double operator()(std::size_t i, std::size_t cell) const {
        return place(cell % places_)[i * together + cell / places_];
    }

    /// Repeats the ends of chunks beside their neighbours; `before` and `after` stand beyond the first and last cell.
    void link(std::size_t i, double before, double after) {
        double *beyond_first = place(0) - place_size + i * together, *first = place(0) + i * together,
               *last = place(places_ - 1) + i * together, *beyond_last = last + place_size;
        beyond_first[0] = before;
        beyond_last[together - 1] = after;
        for (std::size_t w = 0; w + 1 < together; ++w) {
            beyond_first[w + 1] = last[w];
            beyond_last[w] = first[w + 1];
        }
    }
    double before(std::size_t i) const { return numbers_.data()[i * together]; }
    double after(std::size_t i) const { return place(places_)[i * together + together - 1]; }

    /// All numbers in one piece, what lies beyond the ends included; the size is a multiple of `together`.
    double* data() { return numbers_.data(); }
    const double* data() const { return numbers_.data(); }
    std::size_t size() const { return numbers_.size(); }

  private:
    std::size_t cells_ = 0, places_ = 2;
    AlignedNumbers numbers_;
};

}  // namespace cicatrix
