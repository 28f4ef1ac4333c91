// Checks of single values, one for each kind of value.
#include "cicatrix/scenario/value.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "cicatrix/units/quantity.hpp"
#include "cicatrix/units/quoted.hpp"

namespace cicatrix {
namespace {

/// What is needed to judge one value and to report it.
struct Judgement {
    const Key& key;
    const Node& node;
    const std::string& path;
    Findings& findings;

    void refuse(Finding finding) const { findings.add(node.place, path, std::move(finding)); }
    std::string allowed() const { return "allowed is " + allowed_text(key); }

    void refuse_kind(std::string suggestion = "") const {
        const bool shown = node.kind != NodeKind::table && node.kind != NodeKind::list;
        const std::string given = shown ? printable(toml_text(node)) + " is " : "this is ";
        refuse({"E-TYPE", given + std::string(words(node.kind)), allowed(), std::move(suggestion)});
    }
};

bool is_number(const Node& node) { return node.kind == NodeKind::integer || node.kind == NodeKind::number; }

/// A value ten times too large or too small is the commonest slip; it is suggested when it would be allowed.
std::string shifted_point(const Key& key, double given, const std::string& unit, const Unit& conversion,
                          const Range& limits) {
    if (key.kind != ValueKind::quantity) return "";
    for (const double number : {given / 10, given * 10}) {
        const double shifted = conversion.to_base(number);
        if (shifted >= limits.low && shifted <= limits.high)
            return unit.empty() ? shortest_text(number) : shortest_text(number) + " " + unit;
    }
    return "";
}

std::optional<Value> within_limits(const Judgement& judged, double value, double given, const std::string& unit) {
    const Unit shown = parse_unit(judged.key.unit);
    const Range limits{shown.to_base(judged.key.limits.low), shown.to_base(judged.key.limits.high)};
    if (value >= limits.low && value <= limits.high) return Value{judged.node, value, ""};
    const bool finite = std::isfinite(value);
    judged.refuse({"E-RANGE", printable(judged.node.words) + " is out of range", judged.allowed(),
                   finite ? shifted_point(judged.key, given, unit, parse_unit(unit), limits) : ""});
    return {};
}

std::optional<Value> check_quantity(const Judgement& judged) {
    const auto& [key, node, path, findings] = judged;
    if (key.dimension == dimension::none && is_number(node)) return within_limits(judged, node.number, node.number, "");
    const Where where = findings.where(node.place, path);
    if (node.kind != NodeKind::text && !is_number(node)) return judged.refuse_kind(), std::nullopt;
    try {
        const std::string given = node.kind == NodeKind::text ? node.words : shortest_text(node.number);
        const Quantity quantity = parse_quantity(given, key.dimension, where, key.unit);
        return within_limits(judged, quantity.value, quantity.given, quantity.unit);
    } catch (const InputError& error) {
        findings.add(error);
        return {};
    }
}

std::optional<Value> check_integer(const Judgement& judged) {
    const Node& node = judged.node;
    if (node.kind == NodeKind::integer) return within_limits(judged, node.number, node.number, "");
    const bool whole =
        node.kind == NodeKind::number && std::trunc(node.number) == node.number && std::abs(node.number) < 1e15;
    judged.refuse_kind(whole ? std::to_string(static_cast<long long>(node.number)) : "");
    return {};
}

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

bool check_choice(const Judgement& judged) {
    const auto& [key, node, path, findings] = judged;
    if (node.kind != NodeKind::text) return judged.refuse_kind(), false;
    if (is_one_of(key.choices, node.words)) return true;
    const std::vector<std::string_view> names(key.choices.begin(), key.choices.end());
    const std::string nearest = node.words.size() > 64 ? "" : nearest_name(node.words, names);
    judged.refuse({"E-CHOICE", quoted(node.words) + " is not known here", judged.allowed(), nearest});
    return false;
}

/// False, with a finding, for a word that the list already holds.
bool is_first(const Node& list, std::size_t i, const Judgement& item) {
    const auto before = std::span(list.items).first(i);
    if (std::ranges::find(before, item.node.words, &Node::words) == before.end()) return true;
    item.refuse({"E-CHOICE", quoted(item.node.words) + " stands in the list twice", "each is named once"});
    return false;
}

std::optional<Value> check_choices(const Judgement& judged) {
    if (judged.node.kind != NodeKind::list) return judged.refuse_kind(), std::nullopt;
    bool good = true;
    for (std::size_t i = 0; i < judged.node.items.size(); ++i) {
        const std::string path = judged.path + "[" + std::to_string(i + 1) + "]";
        const Judgement item{judged.key, judged.node.items[i], path, judged.findings};
        good = check_choice(item) && is_first(judged.node, i, item) && good;
    }
    return good ? std::optional(Value{judged.node, 0, ""}) : std::nullopt;
}

std::optional<Value> check_kind(const Judgement& judged, std::initializer_list<NodeKind> kinds) {
    if (std::ranges::find(kinds, judged.node.kind) != kinds.end()) return Value{judged.node, judged.node.number, ""};
    judged.refuse_kind();
    return {};
}

std::optional<Value> check_number(const Judgement& judged) {
    if (!is_number(judged.node)) return judged.refuse_kind(), std::nullopt;
    return within_limits(judged, judged.node.number, judged.node.number, "");
}

/// The items of a list that is written with commas alone.
Node list_of_words(std::string_view words) {
    Node list;
    list.kind = NodeKind::list;
    constexpr std::string_view between = ", ";
    for (std::size_t end = 0; end != std::string_view::npos; words.remove_prefix(end + between.size())) {
        end = words.find(between);
        Node& item = list.items.emplace_back();
        item.kind = NodeKind::text;
        item.words = words.substr(0, end);
        if (end == std::string_view::npos) break;
    }
    return list;
}

}  // namespace

std::optional<Value> check_value(const Key& key, const Node& node, const std::string& path, Findings& findings) {
    const Judgement judged{key, node, path, findings};
    switch (key.kind) {
        case ValueKind::text:
            return check_kind(judged, {NodeKind::text});
        case ValueKind::boolean:
            return check_kind(judged, {NodeKind::boolean});
        case ValueKind::sessions:
        case ValueKind::outputs:
        case ValueKind::times:
            return check_kind(judged, {NodeKind::text, NodeKind::list});
        case ValueKind::topicals:
        case ValueKind::rows:
        case ValueKind::outcomes:
            return check_kind(judged, {NodeKind::list});
        case ValueKind::varied:
        case ValueKind::arms:
        case ValueKind::cohort:
        case ValueKind::adherence:
            return check_kind(judged, {NodeKind::table});
        case ValueKind::levels:
            return check_kind(judged, {NodeKind::list, NodeKind::text, NodeKind::table});
        case ValueKind::choice:
            return check_choice(judged) ? std::optional(Value{node, 0, ""}) : std::nullopt;
        case ValueKind::choices:
            return check_choices(judged);
        case ValueKind::integer:
            return check_integer(judged);
        case ValueKind::number:
            return check_number(judged);
        case ValueKind::quantity:
            return check_quantity(judged);
    }
    return {};
}

Node fallback_node(const Key& key, std::string_view fallback) {
    Node node;
    node.kind = NodeKind::text;
    node.words = fallback;
    double number = 0;
    if (key.kind == ValueKind::boolean) node.kind = NodeKind::boolean, node.truth = fallback == "true";
    else if (fallback == "[]") node.kind = NodeKind::list;
    else if (key.kind == ValueKind::choices) return list_of_words(fallback);
    else if (key.kind == ValueKind::text || key.kind == ValueKind::choice || !parse_number(fallback, number))
        return node;
    else {
        node.kind = key.kind == ValueKind::integer ? NodeKind::integer : NodeKind::number;
        node.number = number;
        node.integer = static_cast<long long>(number);
    }
    return node;
}

}  // namespace cicatrix
