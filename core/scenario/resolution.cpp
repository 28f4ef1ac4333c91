// Lines of the resolved form.
#include "cicatrix/scenario/resolution.hpp"

#include "cicatrix/units/quoted.hpp"

namespace cicatrix {
namespace {

std::string origin_text(const std::string& file, Place place) {
    return "  # " + printable(file, 400) + ":" + std::to_string(place.line);
}

}  // namespace

void Resolution::add(const Key& key, const Value& value) {
    begin_section(section_of(key.name));
    text_ += std::string(leaf_of(key.name)) + " = " + toml_text(value.node);
    text_ += (value.is_given() ? origin_text(file_, value.node.place) : "  # " + value.origin) + "\n";
}

void Resolution::add(std::string_view section, const ParameterValue& parameter) {
    begin_section(section);
    text_ += parameter.name + " = " + parameter.words;
    text_ += (parameter.is_given() ? origin_text(file_, parameter.place) : "  # default") + "\n";
}

void Resolution::add(std::string_view table, std::string_view name, const std::string& words) {
    begin_section(table);
    text_ += toml_string(name) + " = " + words + "\n";
}

void Resolution::begin_section(std::string_view section) {
    if (section == section_) return;
    section_ = section;
    text_ += "\n[" + std::string(section) + "]\n";
}

}  // namespace cicatrix
