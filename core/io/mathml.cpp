// The elements of content MathML for each operation.
#include "cicatrix/io/mathml.hpp"

#include <stdexcept>

#include "cicatrix/base/error.hpp"
#include "cicatrix/io/xml.hpp"

namespace cicatrix::detail {
namespace {

constexpr std::string_view namespace_of_math = "http://www.w3.org/1998/Math/MathML";

std::string_view element_of(Operation operation) {
    switch (operation) {
        case Operation::add:
            return "plus";
        case Operation::subtract:
        case Operation::negate:
            return "minus";
        case Operation::multiply:
            return "times";
        case Operation::divide:
            return "divide";
        case Operation::exp:
            return "exp";
        case Operation::log:
            return "ln";
        case Operation::power:
            return "power";
        case Operation::less:
            return "lt";
        case Operation::greater:
            return "gt";
        case Operation::at_most:
            return "leq";
        case Operation::at_least:
            return "geq";
        case Operation::both:
            return "and";
        case Operation::either:
            return "or";
        case Operation::opposite:
            return "not";
        default:
            throw std::logic_error("this operation has an element of its own");
    }
}

std::string number(double value) {
    const std::string text = shortest_text(value);
    const auto exponent = text.find('e');
    if (exponent == std::string::npos) return "<cn>" + text + "</cn>";
    std::string power = text.substr(exponent + 1);
    if (power.front() == '+') power.erase(0, 1);
    return "<cn type=\"e-notation\">" + text.substr(0, exponent) + "<sep/>" + power + "</cn>";
}

std::string content(const SymbolNode& node);

/// Sums and products of several take all of them at once; they are added up from the left, as in the model's text.
std::string operands_of(const SymbolNode& node) {
    const SymbolNode& first = *node.operands[0];
    const bool chained = node.operation == Operation::add || node.operation == Operation::multiply;
    std::string out = chained && first.operation == node.operation ? operands_of(first) : content(first);
    for (std::size_t i = 1; i < node.operands.size(); ++i) out += content(*node.operands[i]);
    return out;
}

std::string content(const SymbolNode& node) {
    switch (node.operation) {
        case Operation::number:
            return number(node.value);
        case Operation::name:
            return "<ci>" + node.name + "</ci>";
        case Operation::time:
            return R"(<csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/time">t</csymbol>)";
        case Operation::label:
            return content(*node.operands[0]);
        case Operation::select:
            return "<piecewise><piece>" + content(*node.operands[1]) + content(*node.operands[0]) +
                   "</piece><otherwise>" + content(*node.operands[2]) + "</otherwise></piecewise>";
        default:
            return "<apply><" + std::string(element_of(node.operation)) + "/>" + operands_of(node) + "</apply>";
    }
}

std::string whole(const SymbolNode& node) {
    return "<math xmlns=\"" + std::string(namespace_of_math) + "\">" + content(node) + "</math>";
}

}  // namespace

std::string mathml(const Symbol& x) { return whole(x.node()); }
std::string mathml(const Truth& x) { return whole(x.node()); }

}  // namespace cicatrix::detail
