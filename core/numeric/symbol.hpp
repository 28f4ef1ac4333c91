// A scalar that remembers how it was computed: the one text of a model becomes an expression to print and to export.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cicatrix {

/// What a node of an expression does with its operands. `label` gives its operand a name; `select` is operand 1 where
/// operand 0 holds, else operand 2; from `less` on, nodes are true or false.
enum class Operation {
    number,
    name,
    time,
    label,
    add,
    subtract,
    multiply,
    divide,
    negate,
    exp,
    log,
    power,
    select,
    less,
    greater,
    at_most,
    at_least,
    both,
    either,
    opposite,
};

/// One node of an expression; nodes are shared by all expressions that were computed from them.
struct SymbolNode {
    Operation operation = Operation::number;
    double value = 0;    ///< of a number
    std::string name;    ///< of a name or a label
    std::string family;  ///< of a label: the names that were given together with this one
    std::vector<std::shared_ptr<const SymbolNode>> operands{};
};

/// An expression of named numbers and time. Arithmetic builds it and simplifies what is safe: numbers among themselves,
/// 0 + x, 0 x, 1 x, x x.
class Symbol {
  public:
    Symbol(double value = 0);
    explicit Symbol(std::shared_ptr<const SymbolNode> node) : node_(std::move(node)) {}

    static Symbol named(std::string_view name);
    static Symbol time();

    const SymbolNode& node() const { return *node_; }
    const std::shared_ptr<const SymbolNode>& shared() const { return node_; }

    /// Whether this is a number without names, and this one.
    bool is(double value) const { return is_number() && node_->value == value; }
    bool is_number() const { return node_->operation == Operation::number; }

    Symbol& operator+=(const Symbol& other) { return *this = *this + other; }
    Symbol& operator-=(const Symbol& other) { return *this = *this - other; }
    Symbol& operator*=(const Symbol& other) { return *this = *this * other; }
    Symbol& operator/=(const Symbol& other) { return *this = *this / other; }

    friend Symbol operator+(const Symbol& a, const Symbol& b);
    friend Symbol operator-(const Symbol& a, const Symbol& b);
    friend Symbol operator*(const Symbol& a, const Symbol& b);
    friend Symbol operator/(const Symbol& a, const Symbol& b);
    friend Symbol operator-(const Symbol& a);

  private:
    std::shared_ptr<const SymbolNode> node_;
};

/// A comparison of expressions, or several joined.
class Truth {
  public:
    explicit Truth(std::shared_ptr<const SymbolNode> node) : node_(std::move(node)) {}
    const SymbolNode& node() const { return *node_; }
    const std::shared_ptr<const SymbolNode>& shared() const { return node_; }

    friend Truth operator&(const Truth& a, const Truth& b);
    friend Truth operator|(const Truth& a, const Truth& b);
    friend Truth operator!(const Truth& a);

  private:
    std::shared_ptr<const SymbolNode> node_;
};

Truth operator<(const Symbol& a, const Symbol& b);
Truth operator>(const Symbol& a, const Symbol& b);
Truth operator<=(const Symbol& a, const Symbol& b);
Truth operator>=(const Symbol& a, const Symbol& b);

/// `a` where the comparison holds, else `b`.
Symbol select(const Truth& where, const Symbol& a, const Symbol& b);

Symbol exp(const Symbol& x);
Symbol log(const Symbol& x);
Symbol pow(const Symbol& x, const Symbol& y);
Symbol square(const Symbol& x);
template <int n> Symbol power(const Symbol& x) { return pow(x, static_cast<double>(n)); }

/// The same value under a name of its own, given in one go with the others of the `family`. Numbers and names stay
/// what they are.
Symbol labelled(std::string_view name, const Symbol& value, std::string_view family = "");

/// What an operation makes of the values of its operands, as far as it has any; true and false are 1 and 0. Whole powers
/// are products, as the models themselves compute them. Not for numbers, names and time, which have no operands.
double value_of_operation(Operation operation, double a, double b = 0, double c = 0);

/// The number that each name stands for.
using ValueOfName = std::function<double(std::string_view)>;

/// The value of an expression.
double value_of(const Symbol& x, const ValueOfName& names, double time = 0);
/// Whether a comparison holds.
bool value_of(const Truth& x, const ValueOfName& names, double time = 0);

}  // namespace cicatrix
