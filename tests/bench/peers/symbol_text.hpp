// Expressions for engines that do not read C++: as text, and without branches.
#pragma once
#include <memory>
#include <stdexcept>
#include <string>

#include "cicatrix/base/error.hpp"
#include "cicatrix/numeric/symbol.hpp"

namespace cicatrix::peers {

/// An expression in the grammar that Python and many others share; `where(c, a, b)` is a where c holds, else b.
inline std::string text_of(const SymbolNode& node) {
    const auto infix = [&](const char* sign) {
        return "(" + text_of(*node.operands[0]) + sign + text_of(*node.operands[1]) + ")";
    };
    const auto call = [&](const char* name) {
        std::string out = std::string(name) + "(";
        for (const auto& operand : node.operands) out += text_of(*operand) + ", ";
        return out + ")";
    };
    // clang-format off
    switch (node.operation) {
        case Operation::number: return shortest_text(node.value);
        case Operation::name: return node.name;
        case Operation::time: return "t";
        case Operation::label: return text_of(*node.operands[0]);
        case Operation::add: return infix(" + ");
        case Operation::subtract: return infix(" - ");
        case Operation::multiply: return infix(" * ");
        case Operation::divide: return infix(" / ");
        case Operation::negate: return "(-" + text_of(*node.operands[0]) + ")";
        case Operation::exp: return call("exp");
        case Operation::log: return call("log");
        case Operation::power: return infix(" ** ");
        case Operation::select: return call("where");
        case Operation::less: return infix(" < ");
        case Operation::greater: return infix(" > ");
        case Operation::at_most: return infix(" <= ");
        case Operation::at_least: return infix(" >= ");
        default: throw std::logic_error("no rate of these problems joins comparisons");
    }
    // clang-format on
}

namespace detail {

using Node = std::shared_ptr<const SymbolNode>;

/// The expression with every part that reads like `from` in favour of `to`.
inline Node replaced(const Node& node, const std::string& from, const Node& to) {
    if (text_of(*node) == from) return to;
    auto copy = std::make_shared<SymbolNode>(*node);
    for (auto& operand : copy->operands) operand = replaced(operand, from, to);
    return copy;
}

}  // namespace detail

/// Writes `f(x) where x > 0, else 0` as f(p) with p = (x + sqrt(x^2 + 1e-30)) / 2, which is x or 0 but for 1e-15. All
/// branches of these problems are of this kind, with f(0) = 0. Tools that look for the roots of every comparison
/// otherwise halt again and again where x stays at 0, or divide by the zero that the other branch would have kept away.
inline std::shared_ptr<const SymbolNode> without_branches(const std::shared_ptr<const SymbolNode>& node) {
    auto copy = std::make_shared<SymbolNode>(*node);
    for (auto& operand : copy->operands) operand = without_branches(operand);
    if (copy->operation != Operation::select) return copy;
    const SymbolNode& truth = *copy->operands[0];
    if (truth.operation != Operation::greater || text_of(*truth.operands[1]) != "0" ||
        text_of(*copy->operands[2]) != "0")
        throw std::logic_error("a branch of another kind");
    const Symbol x(truth.operands[0]);
    const Symbol positive = 0.5 * (x + pow(x * x + 1e-30, 0.5));
    return detail::replaced(copy->operands[1], text_of(x.node()), positive.shared());
}

}  // namespace cicatrix::peers
