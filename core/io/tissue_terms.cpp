// Adds terms up cell by cell. What spreads along a part is what its depths give each other; what rings round a channel
// give each other is nothing to their sum.
#include "cicatrix/io/tissue_terms.hpp"

#include <algorithm>

namespace cicatrix {
namespace {

constexpr std::size_t state_count = CourseModel::states.size();

constexpr bool in_sheet(std::size_t state) { return (depth::layout.sheet >> state & 1) != 0; }
constexpr bool is_mobile(std::size_t state) { return (depth::layout.mobile >> state & 1) != 0; }

/// What spreads into a cell, 1/d.
double spreading(const SkinPart& part, std::size_t state, std::size_t cell) {
    const auto& [y, tissue, weights, round_channel] = part;
    const double here = y.cells(state, cell);
    double out = 0;
    if (cell > 0) out += tissue.low(state, cell) * (y.cells(state, cell - 1) - here);
    if (cell + 1 < tissue.cells) out += tissue.high(state, cell) * (y.cells(state, cell + 1) - here);
    return out;
}

/// What the pore above the first cell lets out, 1/d.
double leaking(const SkinPart& part, std::size_t state) {
    const auto& ring = *part.round_channel;
    const double open = part.tissue.sheet_home[ring.gate] - part.y.sheet[ring.gate];
    return -ring.leak[state] * open * part.y.cells(state, 0);
}

}  // namespace

void TissueTerms::add(const SkinPart& part, const Leg& leg, std::size_t wanted, LegTerms& out) {
    const Dermis& tissue = part.tissue;
    if (volumes_.empty()) {  // the first part is the untreated twin, which is all of the plane
        double whole = 0;
        for (const double volume : tissue.volume) whole += volume;
        for (const double volume : tissue.volume) volumes_.push_back(volume / whole);
    }
    const std::size_t terms = terms_with(tissue.sheet_kind).size() + 2 * state_count;
    if (out.values.empty()) out = {terms, std::vector<double>(terms * leg.slots().size())};
    double* const row = out.values.data() + leg.wanted.slots[wanted] * terms;
    time_ = leg.wanted.all[wanted];
    for (std::size_t j = 0; j < tissue.cells; ++j)
        if (part.weights.cells[j] != 0) add_cell(part, j, part.weights.cells[j] * volumes_[j], row);
    if (part.weights.sheet != 0) add_sheet(part, row);
}

RateTerms& TissueTerms::terms_with(const CourseCoefficients& k) {
    const auto known = std::ranges::find_if(kinds_, [&](const Kind& kind) { return kind.coefficients == k; });
    return known != kinds_.end() ? known->terms : kinds_.emplace_back(Kind{k, RateTerms(k)}).terms;
}

void TissueTerms::add_cell(const SkinPart& part, std::size_t cell, double weight, double* row) {
    const auto& [y, tissue, weights, round_channel] = part;
    for (std::size_t i = 0; i < state_count; ++i) {
        const double home = tissue.sheet_home[i];
        states_[i] = in_sheet(i) ? home + (y.sheet[i] - home) * tissue.heard[cell] : y.cells(i, cell);
    }
    RateTerms& terms = terms_with(tissue.kinds[tissue.kind[cell]]);
    add_terms(terms, false, weight, row);
    for (std::size_t i = 0; i < state_count; ++i) {
        if (!is_mobile(i)) continue;
        row[terms.size() + i] += weight * spreading(part, i, cell);
        if (round_channel != nullptr && cell == 0) row[terms.size() + state_count + i] += weight * leaking(part, i);
    }
}

void TissueTerms::add_sheet(const SkinPart& part, double* row) {
    const auto& [y, tissue, weights, round_channel] = part;
    for (std::size_t i = 0; i < state_count; ++i) {
        states_[i] = in_sheet(i) ? y.sheet[i] : 0.0;
        for (std::size_t j = 0; j < tissue.cells && !in_sheet(i); ++j) states_[i] += tissue.told[j] * y.cells(i, j);
    }
    add_terms(terms_with(tissue.sheet_kind), true, weights.sheet, row);
}

void TissueTerms::add_terms(RateTerms& terms, bool of_sheet, double weight, double* row) {
    const auto values = terms(time_, states_);
    for (std::size_t j = 0; j < values.size(); ++j)
        if (in_sheet(terms.state(j)) == of_sheet) row[j] += weight * values[j];
}

}  // namespace cicatrix
