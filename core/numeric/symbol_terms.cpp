// Takes sums apart, and lists the steps of expressions so that every node is computed once.
#include "cicatrix/numeric/symbol_terms.hpp"

#include <unordered_map>

namespace cicatrix {
namespace {

using Node = std::shared_ptr<const SymbolNode>;

class Splitter {
  public:
    explicit Splitter(const IsVariable& is_variable) : is_variable_(is_variable) {}

    std::vector<Symbol> terms(const Symbol& x) {
        const SymbolNode& node = x.node();
        const auto operand = [&](std::size_t i) { return Symbol(node.operands[i]); };
        switch (node.operation) {
            case Operation::label:
                return terms(operand(0));
            case Operation::negate:
                return each(terms(operand(0)), [](const Symbol& term) { return -term; });
            case Operation::add:
            case Operation::subtract: {
                auto all = terms(operand(0));
                const bool minus = node.operation == Operation::subtract;
                for (const auto& term : terms(operand(1))) all.push_back(minus ? -term : term);
                return all;
            }
            case Operation::multiply:
                if (!changes(node.operands[0])) return spread(x, operand(1), operand(0));
                if (!changes(node.operands[1])) return spread(x, operand(0), operand(1));
                return {x};
            case Operation::divide:
                if (!changes(node.operands[1])) return spread(x, operand(0), 1.0 / operand(1));
                return {x};
            default:
                return {x};
        }
    }

  private:
    static std::vector<Symbol> each(std::vector<Symbol> all, auto f) {
        for (auto& term : all) term = f(term);
        return all;
    }

    /// The product of a factor that never changes and what may be a sum.
    std::vector<Symbol> spread(const Symbol& whole, const Symbol& sum, const Symbol& factor) {
        auto parts = terms(sum);
        if (parts.size() < 2 || !changes(sum.shared())) return {whole};
        return each(std::move(parts), [&](const Symbol& term) { return factor * term; });
    }

    bool changes(const Node& node) {
        const auto known = known_.find(node.get());
        if (known != known_.end()) return known->second;
        bool out =
            node->operation == Operation::time || (node->operation == Operation::name && is_variable_(node->name));
        for (const auto& operand : node->operands) out = changes(operand) || out;
        return known_[node.get()] = out;
    }

    const IsVariable& is_variable_;
    std::unordered_map<const SymbolNode*, bool> known_;  ///< of the nodes that the first expression keeps alive
};

}  // namespace

std::vector<Symbol> additive_terms(const Symbol& x, const IsVariable& is_variable) {
    return Splitter(is_variable).terms(x);
}

SymbolProgram::SymbolProgram(std::span<const Symbol> outputs,
                             const std::function<std::size_t(std::string_view)>& place_of) {
    std::unordered_map<const SymbolNode*, std::size_t> known;
    const std::function<std::size_t(const SymbolNode&)> listed = [&](const SymbolNode& node) {
        if (const auto found = known.find(&node); found != known.end()) return found->second;
        Step step{node.operation, 0, 0, 0, node.value};
        const auto& operands = node.operands;
        if (node.operation == Operation::name) step.a = place_of(node.name);
        if (!operands.empty()) step.a = listed(*operands[0]);
        if (operands.size() > 1) step.b = listed(*operands[1]);
        if (operands.size() > 2) step.c = listed(*operands[2]);
        steps_.push_back(step);
        return known[&node] = steps_.size() - 1;
    };
    for (const auto& output : outputs) outputs_.push_back(listed(output.node()));
    values_.resize(steps_.size());
    results_.resize(outputs_.size());
}

std::span<const double> SymbolProgram::operator()(std::span<const double> inputs, double time) {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        const Step& step = steps_[i];
        if (step.operation == Operation::number) values_[i] = step.value;
        else if (step.operation == Operation::name) values_[i] = inputs[step.a];
        else if (step.operation == Operation::time) values_[i] = time;
        else values_[i] = value_of_operation(step.operation, values_[step.a], values_[step.b], values_[step.c]);
    }
    for (std::size_t i = 0; i < outputs_.size(); ++i) results_[i] = values_[outputs_[i]];
    return results_;
}

}  // namespace cicatrix
