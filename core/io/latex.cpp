// How tightly each operation binds, and what it looks like.
#include "cicatrix/io/latex.hpp"

#include "cicatrix/base/error.hpp"

namespace cicatrix::detail {
namespace {

/// From loose to tight; an operand that binds looser than its place asks for is put in brackets.
enum Binding { sum, product, negation, atom };

Binding binding_of(const SymbolNode& node) {
    switch (node.operation) {
        case Operation::number:
            return node.value < 0 ? sum : shortest_text(node.value).find('e') != std::string::npos ? product : atom;
        case Operation::add:
        case Operation::subtract:
            return sum;
        case Operation::multiply:
            return product;
        case Operation::negate:
            return negation;
        default:
            return atom;
    }
}

std::string text_of(const SymbolNode& node);

std::string bracketed(const std::string& text) { return "\\left(" + text + "\\right)"; }

std::string within(const SymbolNode& node, Binding least) {
    return binding_of(node) >= least ? text_of(node) : bracketed(text_of(node));
}

std::string number(double value) {
    const std::string text = shortest_text(value);
    const auto exponent = text.find('e');
    if (exponent == std::string::npos) return text;
    std::string power = text.substr(exponent + 1);
    const bool negative = power.front() == '-';
    if (negative || power.front() == '+') power.erase(0, 1);
    power.erase(0, power.find_first_not_of('0'));
    return text.substr(0, exponent) + " \\cdot 10^{" + (negative ? "-" : "") + power + "}";
}

std::string power(const SymbolNode& base, const SymbolNode& exponent) {
    const bool plain = base.operation == Operation::name || base.operation == Operation::time ||
                       (base.operation == Operation::number && binding_of(base) == atom);
    return (plain ? text_of(base) : bracketed(text_of(base))) + "^{" + text_of(exponent) + "}";
}

std::string cases(const SymbolNode& node) {
    return "\\begin{cases}" + text_of(*node.operands[1]) + " & \\text{if } " + text_of(*node.operands[0]) + " \\\\ " +
           text_of(*node.operands[2]) + " & \\text{otherwise}\\end{cases}";
}

bool begins_negative(const SymbolNode& node) {
    switch (node.operation) {
        case Operation::number:
            return node.value < 0;
        case Operation::negate:
            return true;
        case Operation::add:
        case Operation::subtract:
            return begins_negative(*node.operands[0]);
        case Operation::multiply:  // a negative number before a product stands in brackets
            return binding_of(*node.operands[0]) >= product && begins_negative(*node.operands[0]);
        default:
            return false;
    }
}

/// How tightly what follows a plus has to bind.
Binding after_plus(const SymbolNode& node) { return begins_negative(node) ? atom : sum; }

std::string joined(const SymbolNode& node, std::string_view sign, Binding left = sum, Binding right = sum) {
    return within(*node.operands[0], left) + std::string(sign) + within(*node.operands[1], right);
}

std::string comparison(const SymbolNode& node) {
    switch (node.operation) {
        case Operation::less:
            return joined(node, " < ");
        case Operation::greater:
            return joined(node, " > ");
        case Operation::at_most:
            return joined(node, " \\le ");
        case Operation::at_least:
            return joined(node, " \\ge ");
        case Operation::both:
            return joined(node, " \\text{ and } ");
        case Operation::either:
            return bracketed(joined(node, " \\text{ or } "));
        default:
            return "\\text{not }" + bracketed(text_of(*node.operands[0]));
    }
}

std::string text_of(const SymbolNode& node) {
    switch (node.operation) {
        case Operation::number:
            return number(node.value);
        case Operation::name:
            return latex_name(node.name);
        case Operation::time:
            return "t";
        case Operation::label:
            return text_of(*node.operands[0]);
        case Operation::add:
            return joined(node, " + ", sum, after_plus(*node.operands[1]));
        case Operation::subtract:
            return joined(node, " - ", sum, product);
        case Operation::multiply:
            return joined(node, " \\cdot ", product, product);
        case Operation::divide:
            return "\\frac{" + text_of(*node.operands[0]) + "}{" + text_of(*node.operands[1]) + "}";
        case Operation::negate:
            return "-" + within(*node.operands[0], product);
        case Operation::exp:
            return "\\exp" + bracketed(text_of(*node.operands[0]));
        case Operation::log:
            return "\\ln" + bracketed(text_of(*node.operands[0]));
        case Operation::power:
            return power(*node.operands[0], *node.operands[1]);
        case Operation::select:
            return cases(node);
        default:
            return comparison(node);
    }
}

void add_summands(const SymbolNode& node, std::vector<std::string>& out) {
    const bool adds = node.operation == Operation::add;
    if (!adds && node.operation != Operation::subtract) return out.push_back(text_of(node));
    add_summands(*node.operands[0], out);
    const SymbolNode& last = *node.operands[1];
    if (adds) out.push_back("+ " + within(last, after_plus(last)));
    else out.push_back("- " + within(last, product));
}

}  // namespace

std::string latex_name(std::string_view name) {
    std::string out = "\\mathrm{";
    for (const char c : name) out += c == '_' ? std::string("\\_") : std::string(1, c);
    return out + "}";
}

std::string latex(const Symbol& x) { return text_of(x.node()); }
std::string latex(const Truth& x) { return text_of(x.node()); }

std::vector<std::string> latex_summands(const Symbol& x) {
    std::vector<std::string> out;
    add_summands(x.node(), out);
    return out;
}

}  // namespace cicatrix::detail
