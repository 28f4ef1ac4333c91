// A scenario while it is being read: what the file gave, what was usable, and what is still missing.
#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cicatrix/scenario/scenario.hpp"

namespace cicatrix {

/// What the file says under one key; a node without a value is one that was refused.
struct Reading {
    const Node* node = nullptr;
    std::optional<Value> value;
};

class Draft {
  public:
    /// Sorts the document's entries to their keys and checks each by itself. The document must outlive the draft.
    Draft(const Node& document, Findings& findings);

    Findings& findings() { return findings_; }
    Reading& operator[](std::string_view key);
    const Node* parameters() const { return parameters_; }
    const Node* initial() const { return initial_; }

    /// Fills in a default, unless the file gives the key.
    void set_fallback(const Key& key, std::string_view fallback, std::string origin);

    /// Reports a key as missing, at its section, unless a misspelt name or an unusable section explains it.
    void report_missing(std::string_view key, std::string_view reason);

  private:
    void take_root(const Entry& entry);
    void take_section(const Entry& section);
    void take(const std::string& name, const Entry& entry);
    void refuse_unknown(const std::string& section, const Entry& entry);
    Place place_of_section(std::string_view section) const;

    const Node& document_;
    Findings& findings_;
    std::array<Reading, keys.size()> readings_;
    const Node* parameters_ = nullptr;
    const Node* initial_ = nullptr;
    std::vector<std::string> explained_;  ///< keys, or sections, that a reported fault already accounts for
};

/// The entry of a key that is known to be in the table.
const Key& key_of(std::string_view name);

}  // namespace cicatrix
