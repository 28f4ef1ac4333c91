// The values of a factor: drawn, checked and written.
#include "cicatrix/scenario/factor.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "cicatrix/numeric/random.hpp"

namespace cicatrix {
namespace {

/// Which sessions are missed when each is kept with this chance, from one number alone; `all`: that all are missed.
double missed_sessions(double u, double chance, double all) {
    RandomStream random(std::bit_cast<std::uint64_t>(u));
    double sum = 0;
    for (double bit = 1; bit <= all; bit *= 2)
        if (random.uniform() >= chance) sum += bit;
    return sum;
}

}  // namespace

Node number_node(double value, const std::string& unit, bool whole) {
    if (!unit.empty()) return text_node(shortest_text(value) + " " + unit);
    Node node;
    node.kind = whole ? NodeKind::integer : NodeKind::number;
    node.number = value;
    node.integer = whole ? static_cast<long long>(value) : 0;
    node.words = whole ? std::to_string(node.integer) : shortest_text(value);
    return node;
}

double Factor::at(double u) const {
    if (target == FactorTarget::missed_sessions) return missed_sessions(u, chance, range.high);
    if (target == FactorTarget::person) return std::floor(u * 0x1p52);
    if (distribution) {
        const double number = distribution->at(u);
        if (!whole) return number;
        // A uniform distribution of whole numbers has as many members at its ends as between them.
        const auto& [low, high] = distribution->ends;
        if (distribution->kind == DistributionKind::uniform)
            return std::min(std::ceil(low) + std::floor(u * (std::floor(high) - std::ceil(low) + 1)), std::floor(high));
        return std::clamp(std::floor(number + 0.5), std::ceil(low), std::floor(high));
    }
    if (shares_below.empty())
        return levels[std::min(static_cast<std::size_t>(u * static_cast<double>(levels.size())), levels.size() - 1)];
    const auto hit = std::ranges::upper_bound(shares_below, u);
    return levels[std::min(static_cast<std::size_t>(hit - shares_below.begin()), levels.size() - 1)];
}

Node Factor::node_of(double value) const {
    return kind == FactorKind::choice ? choices[static_cast<std::size_t>(value)] : number_node(value, unit, whole);
}

std::string Factor::choice_text(std::size_t position) const {
    const Node& node = choices[position];
    return node.kind == NodeKind::text ? node.words : toml_text(node);
}

std::string Factor::range_text() const {
    const std::string behind = unit.empty() ? "" : " " + unit;
    return shortest_text(range.low) + behind + " to " + shortest_text(range.high) + behind;
}

void Factor::check(double value) const {
    const bool choice = kind == FactorKind::choice;
    const double high = choice ? static_cast<double>(choices.size()) - 1 : range.high;
    const bool inside = value >= (choice ? 0 : range.low) && value <= high;
    if (inside && (!(whole || choice) || std::floor(value) == value)) return;
    throw InputError({Problem{{"", 0, 0, name},
                              shortest_text(value) + (inside ? " is not a whole number" : " is out of range"),
                              "allowed is " + (choice ? "0 to " + shortest_text(high) : range_text()),
                              "",
                              "E-RANGE"}});
}

}  // namespace cicatrix
