// Names for the parts of a model's expressions, and its events.
#include "cicatrix/io/symbolic_model.hpp"

#include <set>
#include <unordered_map>

namespace cicatrix::detail {
namespace {

/// An unlabelled expression of so many operations gets a name when it is used more than once.
constexpr std::size_t worth_a_name = 6;

using Node = std::shared_ptr<const SymbolNode>;

bool is_true_or_false(Operation operation) { return operation >= Operation::less; }

/// How often each node is used, and the operations that it takes.
class Census {
  public:
    void visit(const Node& node) {
        if (++uses_[node.get()] > 1) return;
        std::size_t operations = node->operands.empty() ? 0 : 1;
        for (const auto& operand : node->operands) {
            visit(operand);
            operations += operations_.at(operand.get());
        }
        operations_[node.get()] = operations;
    }

    bool worthy(const Node& node) const {
        return uses_.at(node.get()) > 1 && operations_.at(node.get()) >= worth_a_name &&
               !is_true_or_false(node->operation);
    }

  private:
    std::unordered_map<const SymbolNode*, std::size_t> uses_, operations_;
};

/// Rebuilds expressions with names in place of labelled and shared parts, whose formulas go to the list of terms.
class Naming {
  public:
    explicit Naming(SymbolicModel& model) : model_(model) {
        for (const auto* list : {&model.states, &model.parameters, &model.constants, &model.conditions})
            for (const auto& row : *list) taken_.insert(row.name);
        for (const auto& event : model.events) taken_.insert(event.name);
        for_each_expression([this](const Node& node) { census_.visit(node); });
    }

    void rename() {
        for (auto& rate : model_.rates) rate = Symbol(inside(rate.shared()));
        for (auto& event : model_.events) {
            event.trigger = Truth(rebuilt(event.trigger.shared()));
            for (auto& assignment : event.assignments) assignment.value = Symbol(rebuilt(assignment.value.shared()));
        }
    }

  private:
    template <class Visit> void for_each_expression(Visit visit) const {
        for (const auto& rate : model_.rates) visit(rate.shared());
        for (const auto& event : model_.events) {
            visit(event.trigger.shared());
            for (const auto& assignment : event.assignments) visit(assignment.value.shared());
        }
    }

    Node rebuilt(const Node& node) {
        if (node->operands.empty()) return node;
        const auto known = done_.find(node.get());
        if (known != done_.end()) return known->second;
        const bool labels = node->operation == Operation::label;
        Node out = labels ? rebuilt_term(node->operands[0]) : inside(node);
        const bool is_named = out->operation == Operation::name;
        if ((labels || census_.worthy(node)) && !is_named) {
            const std::string name = labels ? free_name(node->name) : next_term();
            model_.terms.push_back({name, Symbol(out)});
            out = Symbol::named(name).shared();
        }
        return done_[node.get()] = out;
    }

    /// What a label names is not given a second name of its own.
    Node rebuilt_term(const Node& node) {
        const auto known = done_.find(node.get());
        return known != done_.end() ? known->second : node->operands.empty() ? node : inside(node);
    }

    Node inside(const Node& node) {
        if (node->operands.empty()) return node;
        if (node->operation == Operation::label) return rebuilt(node);
        auto copy = std::make_shared<SymbolNode>(*node);
        for (auto& operand : copy->operands) operand = rebuilt(operand);
        return copy;
    }

    std::string free_name(const std::string& wanted) {
        std::string name = wanted;
        for (int i = 2; !taken_.insert(name).second; ++i) name = wanted + "_" + std::to_string(i);
        return name;
    }

    std::string next_term() { return free_name("term_" + std::to_string(++terms_)); }

    SymbolicModel& model_;
    Census census_;
    std::set<std::string> taken_;
    std::unordered_map<const SymbolNode*, Node> done_;
    int terms_ = 0;
};

template <class T, class Differs>
std::vector<SymbolicAssignment> changed(std::span<const std::string_view> names, std::span<const T> before,
                                        std::span<const T> after, Differs differs) {
    std::vector<SymbolicAssignment> out;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (differs(before[i], after[i])) out.push_back({std::string(names[i]), Symbol(after[i])});
    return out;
}

}  // namespace

std::string joined(std::span<const std::string_view> names) {
    std::string text;
    for (const auto name : names) text += (text.empty() ? "" : ", ") + std::string(name);
    return text;
}

void name_terms(SymbolicModel& model) { Naming(model).rename(); }

double initial_value(const SymbolicModel& model, std::string_view name) {
    for (const auto* list : {&model.states, &model.parameters, &model.constants, &model.conditions})
        for (const auto& row : *list)
            if (row.name == name) return row.value;
    throw std::logic_error("an expression names nothing of the model: " + std::string(name));
}

std::vector<SymbolicAssignment> changes(std::span<const std::string_view> names, std::span<const double> before,
                                        std::span<const double> after) {
    return changed(names, before, after, [](double a, double b) { return a != b; });
}

std::vector<SymbolicAssignment> changes(std::span<const std::string_view> names, std::span<const Symbol> before,
                                        std::span<const Symbol> after) {
    return changed(names, before, after, [](const Symbol& a, const Symbol& b) { return a.shared() != b.shared(); });
}

void refuse_jump(const std::string& model) {
    throw std::logic_error("a jump of '" + model + "' depends on the states, but its text is not generic");
}

SymbolicEvent event_at(double time, std::string name, std::string meaning) {
    return {std::move(name), std::move(meaning), Symbol::time() >= time, false, {}};
}

std::array<SymbolicEvent, 2> events_of_sign(const SymbolicModel& model, const Symbol& guard) {
    const double start = value_of(guard, [&](std::string_view name) { return initial_value(model, name); });
    SymbolicEvent rise{"rise", "the guard of the model is no longer negative", guard >= 0.0, start >= 0, {}};
    SymbolicEvent fall{"fall", "the guard of the model becomes negative", guard < 0.0, start < 0, {}};
    if (start >= 0) std::swap(rise, fall);
    return {std::move(rise), std::move(fall)};
}

void add_event(SymbolicModel& model, SymbolicEvent event, std::vector<SymbolicAssignment> assignments) {
    if (assignments.empty()) return;
    for (const auto& assignment : assignments)
        for (auto* list : {&model.states, &model.parameters, &model.constants, &model.conditions})
            for (auto& row : *list) row.changes = row.changes || row.name == assignment.name;
    event.assignments = std::move(assignments);
    model.events.push_back(std::move(event));
}

void refuse_name(const SymbolicModel& model, std::string_view kind, std::string_view name) {
    throw std::invalid_argument("the model '" + model.id + "' has no " + std::string(kind) + " '" + std::string(name) +
                                "'");
}

}  // namespace cicatrix::detail
