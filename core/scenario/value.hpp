// One value of a scenario, checked against its key.
#pragma once
#include <optional>
#include <string>

#include "cicatrix/scenario/document.hpp"
#include "cicatrix/scenario/findings.hpp"
#include "cicatrix/scenario/keys.hpp"

namespace cicatrix {

/// A value as the file gives it, and its number in base units where it is one.
struct Value {
    Node node;
    double number = 0;   ///< of a quantity in base units (d, mm, g, degC, mol, 1); of a number or whole number itself
    std::string origin;  ///< "default", "default of a roller"; empty when the file gives the value

    bool is_given() const { return origin.empty(); }
};

/// Checks a node against its key; what is wrong goes into the findings under `path`. Empty when anything is wrong.
/// Of sessions, outputs, topicals and times only the kind is looked at; their readers do the rest.
std::optional<Value> check_value(const Key& key, const Node& node, const std::string& path, Findings& findings);

/// A key's default as a node, as if a file had given it.
Node fallback_node(const Key& key, std::string_view fallback);

}  // namespace cicatrix
