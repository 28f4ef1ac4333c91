// Building expressions, simplifying what is safe, and their values.
#include "cicatrix/numeric/symbol.hpp"

#include <cmath>
#include <unordered_map>
#include <utility>

#include "cicatrix/numeric/functions.hpp"

namespace cicatrix {
namespace {

using Node = std::shared_ptr<const SymbolNode>;

template <class... Nodes> Node node_of(Operation operation, const Nodes&... operands) {
    auto node = std::make_shared<SymbolNode>();
    node->operation = operation;
    node->operands = {operands...};
    return node;
}

Symbol binary(Operation operation, const Symbol& a, const Symbol& b) {
    return Symbol(node_of(operation, a.shared(), b.shared()));
}

Truth comparison(Operation operation, const Symbol& a, const Symbol& b) {
    return Truth(node_of(operation, a.shared(), b.shared()));
}

bool is_whole(double x) { return x == std::trunc(x); }

/// A base and its exponent; the exponent is 1 unless the symbol is a power.
struct Power {
    std::shared_ptr<const SymbolNode> base;
    double exponent = 1;
};

/// The whole positive power that a symbol is; exponent 0 when it is another kind of power.
Power whole_power(const Symbol& x) {
    if (x.node().operation != Operation::power) return {x.shared(), 1};
    const SymbolNode& exponent = *x.node().operands[1];
    const bool whole = exponent.operation == Operation::number && is_whole(exponent.value) && exponent.value > 0;
    return {x.node().operands[0], whole ? exponent.value : 0};
}

/// x^y; whole powers by multiplication, as the models themselves compute them.
double power_value(double x, double y) {
    if (!is_whole(y) || magnitude(y) > 64) return pow(x, y);
    double out = 1;
    for (int i = static_cast<int>(magnitude(y)); i > 0; --i) out *= x;
    return y < 0 ? 1 / out : out;
}

/// Numbers of an expression, each node computed once.
class Evaluation {
  public:
    Evaluation(const ValueOfName& names, double time) : names_(names), time_(time) {}

    /// True and false are 1 and 0.
    double of(const SymbolNode& node) {
        const auto known = done_.find(&node);
        if (known != done_.end()) return known->second;
        return done_[&node] = compute(node);
    }

  private:
    /// Of a `select` only the side that is chosen.
    double compute(const SymbolNode& node) {
        const auto operand = [&](std::size_t i) { return i < node.operands.size() ? of(*node.operands[i]) : 0.0; };
        switch (node.operation) {
            case Operation::number:
                return node.value;
            case Operation::name:
                return names_(node.name);
            case Operation::time:
                return time_;
            case Operation::select:
                return operand(operand(0) != 0 ? 1 : 2);
            default:
                return value_of_operation(node.operation, operand(0), operand(1));
        }
    }

    const ValueOfName& names_;
    double time_;
    std::unordered_map<const SymbolNode*, double> done_;
};

}  // namespace

Symbol::Symbol(double value) {
    auto node = std::make_shared<SymbolNode>();
    node->value = value;
    node_ = std::move(node);
}

Symbol Symbol::named(std::string_view name) {
    auto node = std::make_shared<SymbolNode>();
    node->operation = Operation::name;
    node->name = name;
    return Symbol(std::move(node));
}

Symbol Symbol::time() { return Symbol(node_of(Operation::time)); }

Symbol operator+(const Symbol& a, const Symbol& b) {
    if (a.is_number() && b.is_number()) return a.node().value + b.node().value;
    if (a.is(0)) return b;
    if (b.is(0)) return a;
    if (b.node().operation == Operation::negate) return a - Symbol(b.node().operands[0]);
    return binary(Operation::add, a, b);
}

Symbol operator-(const Symbol& a, const Symbol& b) {
    if (a.is_number() && b.is_number()) return a.node().value - b.node().value;
    if (a.is(0)) return -b;
    if (b.is(0)) return a;
    if (b.node().operation == Operation::negate) return a + Symbol(b.node().operands[0]);
    return binary(Operation::subtract, a, b);
}

Symbol operator*(const Symbol& a, const Symbol& b) {
    if (a.is_number() && b.is_number()) return a.node().value * b.node().value;
    if (a.is(0) || b.is(0)) return 0.0;
    if (a.is(1)) return b;
    if (b.is(1)) return a;
    const Power left = whole_power(a), right = whole_power(b);
    if (left.base == right.base && left.exponent > 0 && right.exponent > 0)
        return pow(Symbol(left.base), left.exponent + right.exponent);
    return binary(Operation::multiply, a, b);
}

Symbol operator/(const Symbol& a, const Symbol& b) {
    if (a.is_number() && b.is_number() && !b.is(0)) return a.node().value / b.node().value;
    if (a.is(0) && !b.is(0)) return 0.0;
    if (b.is(1)) return a;
    return binary(Operation::divide, a, b);
}

Symbol operator-(const Symbol& a) {
    if (a.is_number()) return -a.node().value;
    if (a.node().operation == Operation::negate) return Symbol(a.node().operands[0]);
    return Symbol(node_of(Operation::negate, a.shared()));
}

Truth operator&(const Truth& a, const Truth& b) { return Truth(node_of(Operation::both, a.shared(), b.shared())); }
Truth operator|(const Truth& a, const Truth& b) { return Truth(node_of(Operation::either, a.shared(), b.shared())); }
Truth operator!(const Truth& a) { return Truth(node_of(Operation::opposite, a.shared())); }

Truth operator<(const Symbol& a, const Symbol& b) { return comparison(Operation::less, a, b); }
Truth operator>(const Symbol& a, const Symbol& b) { return comparison(Operation::greater, a, b); }
Truth operator<=(const Symbol& a, const Symbol& b) { return comparison(Operation::at_most, a, b); }
Truth operator>=(const Symbol& a, const Symbol& b) { return comparison(Operation::at_least, a, b); }

Symbol select(const Truth& where, const Symbol& a, const Symbol& b) {
    if (a.shared() == b.shared()) return a;
    return Symbol(node_of(Operation::select, where.shared(), a.shared(), b.shared()));
}

Symbol exp(const Symbol& x) { return x.is(0) ? Symbol(1.0) : Symbol(node_of(Operation::exp, x.shared())); }
Symbol log(const Symbol& x) { return x.is(1) ? Symbol(0.0) : Symbol(node_of(Operation::log, x.shared())); }

Symbol pow(const Symbol& x, const Symbol& y) {
    if (y.is(0)) return 1.0;
    if (y.is(1)) return x;
    if (x.is_number() && y.is_number()) return power_value(x.node().value, y.node().value);
    const Power inner = whole_power(x);
    if (inner.exponent > 1 && y.is_number() && is_whole(y.node().value))
        return pow(Symbol(inner.base), inner.exponent * y.node().value);
    return binary(Operation::power, x, y);
}

Symbol square(const Symbol& x) { return pow(x, 2.0); }

Symbol labelled(std::string_view name, const Symbol& value, std::string_view family) {
    if (value.is_number() || value.node().operation == Operation::name) return value;
    auto node = std::make_shared<SymbolNode>();
    node->operation = Operation::label;
    node->name = name;
    node->family = family;
    node->operands = {value.shared()};
    return Symbol(std::move(node));
}

double value_of_operation(Operation operation, double a, double b, double c) {
    switch (operation) {
        case Operation::add:
            return a + b;
        case Operation::subtract:
            return a - b;
        case Operation::multiply:
            return a * b;
        case Operation::divide:
            return a / b;
        case Operation::power:
            return power_value(a, b);
        case Operation::negate:
            return -a;
        case Operation::exp:
            return exp(a);
        case Operation::log:
            return log(a);
        case Operation::select:
            return a != 0 ? b : c;
        case Operation::less:
            return a < b;
        case Operation::greater:
            return a > b;
        case Operation::at_most:
            return a <= b;
        case Operation::at_least:
            return a >= b;
        case Operation::both:
            return a != 0 && b != 0;
        case Operation::either:
            return a != 0 || b != 0;
        case Operation::opposite:
            return a == 0;
        default:
            return a;  // a label
    }
}

double value_of(const Symbol& x, const ValueOfName& names, double time) { return Evaluation(names, time).of(x.node()); }

bool value_of(const Truth& x, const ValueOfName& names, double time) {
    return Evaluation(names, time).of(x.node()) != 0;
}

}  // namespace cicatrix
