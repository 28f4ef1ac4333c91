// Adds terms up cell by cell; what spreads from cell to cell is what the depths of a part give each other.
#include "cicatrix/io/depth_terms.hpp"

namespace cicatrix {
namespace {

constexpr std::size_t state_count = CourseModel::states.size();

constexpr bool in_sheet(std::size_t state) { return (depth::layout.sheet >> state & 1) != 0; }
constexpr bool is_mobile(std::size_t state) { return (depth::layout.mobile >> state & 1) != 0; }

/// What spreads into a cell, 1/d.
double spreading(const DermisStates& y, const Dermis& tissue, std::size_t state, std::size_t cell) {
    const double here = y.cells(state, cell);
    double out = 0;
    if (cell > 0) out += tissue.low(state, cell) * (y.cells(state, cell - 1) - here);
    if (cell + 1 < tissue.cells) out += tissue.high(state, cell) * (y.cells(state, cell + 1) - here);
    return out;
}

}  // namespace

void DepthTerms::add(const DermisStates& y, const Dermis& tissue, const Weights& weights, const Leg& leg,
                     std::size_t wanted, LegTerms& out) {
    if (kinds_.empty()) adopt(tissue);
    const std::size_t terms = kinds_.front().size() + state_count;
    if (out.values.empty()) out = {terms, std::vector<double>(terms * leg.slots().size())};
    double* const row = out.values.data() + leg.wanted.slots[wanted] * terms;
    time_ = leg.wanted.all[wanted];
    for (std::size_t j = 0; j < tissue.cells; ++j)
        if (weights.cells[j] != 0) add_cell(y, tissue, j, weights.cells[j] * volumes_[j], row);
    if (weights.sheet != 0) add_sheet(y, tissue, weights.sheet, row);
}

/// The first part is the untreated twin, which is all of the plane.
void DepthTerms::adopt(const Dermis& tissue) {
    for (const auto& kind : tissue.kinds) kinds_.emplace_back(kind);
    kinds_.emplace_back(tissue.sheet_kind);
    double whole = 0;
    for (const double volume : tissue.volume) whole += volume;
    for (const double volume : tissue.volume) volumes_.push_back(volume / whole);
}

void DepthTerms::add_cell(const DermisStates& y, const Dermis& tissue, std::size_t cell, double weight, double* row) {
    for (std::size_t i = 0; i < state_count; ++i) {
        const double home = tissue.sheet_home[i];
        states_[i] = in_sheet(i) ? home + (y.sheet[i] - home) * tissue.heard[cell] : y.cells(i, cell);
    }
    RateTerms& terms = kinds_[tissue.kind[cell]];
    add_terms(terms, false, weight, row);
    for (std::size_t i = 0; i < state_count; ++i)
        if (is_mobile(i)) row[terms.size() + i] += weight * spreading(y, tissue, i, cell);
}

void DepthTerms::add_sheet(const DermisStates& y, const Dermis& tissue, double weight, double* row) {
    for (std::size_t i = 0; i < state_count; ++i) {
        states_[i] = in_sheet(i) ? y.sheet[i] : 0.0;
        for (std::size_t j = 0; j < tissue.cells && !in_sheet(i); ++j) states_[i] += tissue.told[j] * y.cells(i, j);
    }
    add_terms(kinds_.back(), true, weight, row);
}

void DepthTerms::add_terms(RateTerms& terms, bool of_sheet, double weight, double* row) {
    const auto values = terms(time_, states_);
    for (std::size_t j = 0; j < values.size(); ++j)
        if (in_sheet(terms.state(j)) == of_sheet) row[j] += weight * values[j];
}

}  // namespace cicatrix
