// Writing the resolved form: every value in the order of the table of keys, each with where it comes from.
#pragma once
#include <string>
#include <string_view>

#include "cicatrix/scenario/scenario.hpp"

namespace cicatrix {

/// Text of the resolved form, section by section.
class Resolution {
  public:
    /// `file` is what the scenario was read from; it must outlive the resolution.
    explicit Resolution(const std::string& file) : file_(file) {}

    void add(const Key& key, const Value& value);
    /// A number of the section [parameters] or [initial].
    void add(std::string_view section, const ParameterValue& parameter);
    /// A value with its full name between quotes, in a table of its own such as `sweep.arms."A"`.
    void add(std::string_view table, std::string_view name, const std::string& words);

    std::string text() && { return std::move(text_); }

  private:
    void begin_section(std::string_view section);

    const std::string& file_;
    std::string text_;
    std::string section_;
};

}  // namespace cicatrix
