// The resolved form of a scenario and its notes.
#include "cicatrix/scenario/scenario.hpp"

#include <algorithm>

#include "cicatrix/scenario/devices.hpp"
#include "cicatrix/units/quoted.hpp"

namespace cicatrix {
namespace {

std::string origin_text(const std::string& file, Place place) {
    return "  # " + printable(file, 400) + ":" + std::to_string(place.line);
}

/// Text of the resolved form, section by section.
class Resolution {
  public:
    explicit Resolution(const std::string& file) : file_(file) {}

    void add(const Key& key, const Value& value) {
        begin_section(section_of(key.name));
        text_ += std::string(leaf_of(key.name)) + " = " + toml_text(value.node);
        text_ += (value.is_given() ? origin_text(file_, value.node.place) : "  # " + value.origin) + "\n";
    }

    void add(const ParameterValue& parameter) { add("parameters", parameter); }
    void add_initial(const ParameterValue& state) { add("initial", state); }

    void add(std::string_view section, const ParameterValue& parameter) {
        begin_section(section);
        text_ += parameter.name + " = " + parameter.words;
        text_ += (parameter.is_given() ? origin_text(file_, parameter.place) : "  # default") + "\n";
    }

    std::string text() && { return std::move(text_); }

  private:
    void begin_section(std::string_view section) {
        if (section == section_) return;
        section_ = section;
        text_ += "\n[" + std::string(section) + "]\n";
    }

    const std::string& file_;
    std::string text_;
    std::string section_;
};

/// The default of a key beside the others of the file: some belong to the kind of device.
std::string_view fallback_of(const Key& key, std::string_view device_kind) {
    const auto kind = std::ranges::find(device_kinds, device_kind, &DeviceKind::name);
    if (!key.fallback.empty() || kind == device_kinds.end()) return key.fallback;
    const auto own = std::ranges::find(kind->keys, key.name, &DeviceKey::name);
    return own == kind->keys.end() ? std::string_view{} : own->fallback;
}

bool equals_fallback(const Key& key, const Value& value, std::string_view device_kind) {
    const std::string_view fallback = fallback_of(key, device_kind);
    return !fallback.empty() && toml_text(fallback_node(key, fallback)) == toml_text(value.node);
}

}  // namespace

std::string Scenario::resolved() const {
    Resolution resolution(contents_.file);
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (contents_.values[i]) resolution.add(keys[i], *contents_.values[i]);
    for (const auto& parameter : contents_.parameters) resolution.add(parameter);
    for (const auto& state : contents_.initial)
        if (state.value == state.value) resolution.add_initial(state);
    return std::move(resolution).text();
}

std::vector<std::string> Scenario::notes() const {
    const std::string kind = has<"device.kind">() ? words<"device.kind">() : "";
    std::vector<std::string> notes;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto& value = contents_.values[i];
        if (keys[i].effect == Effect::active || !value || !value->is_given()) continue;
        if (equals_fallback(keys[i], *value, kind)) continue;
        notes.push_back(std::string(keys[i].name) + " is stored but does not change this version's states");
    }
    return notes;
}

std::vector<std::string> Scenario::warnings() const {
    std::vector<std::string> warnings;
    for (const auto& name : list<"patient.conditions">())
        for (const auto& condition : conditions)
            if (condition.name == name) warnings.emplace_back(condition.warning);
    return warnings;
}

}  // namespace cicatrix
