// The resolved form of a scenario and its notes.
#include "cicatrix/scenario/scenario.hpp"

#include <algorithm>

#include "cicatrix/scenario/devices.hpp"
#include "cicatrix/scenario/outputs.hpp"
#include "cicatrix/scenario/resolution.hpp"

namespace cicatrix {
namespace {

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

void Scenario::take_keys(ScenarioContents keys_alone) {
    contents_.values = std::move(keys_alone.values);
    contents_.topicals = std::move(keys_alone.topicals);
    contents_.sessions = std::move(keys_alone.sessions);
    contents_.output_times = std::move(keys_alone.output_times);
}

void Scenario::set_value(std::size_t key, Node node) {
    const double number = node.number;
    contents_.values[key] = Value{std::move(node), number, ""};
}

void Scenario::set_number(std::size_t key, double base, double given) {
    Value& value = contents_.values[key].value();
    value.number = base;
    value.node.number = given;
    value.node.integer = static_cast<long long>(given);
}

void Scenario::set_parameter(std::size_t parameter, double value, Place place) {
    contents_.parameters[parameter].value = value;
    contents_.parameters[parameter].place = place;
}

void Scenario::set_sessions(double Session::*member, double value) {
    for (Session& session : contents_.sessions) session.*member = value;
}

void Scenario::set_session_list(std::vector<Session> sessions) {
    contents_.sessions = std::move(sessions);
    std::vector<double> times;
    for (const Session& session : contents_.sessions) times.push_back(session.at);
    const double duration = quantity<"simulation.duration">();
    Findings none(contents_.file);  // the same texts were read with more sessions
    contents_.output_times = read_outputs(value<"simulation.outputs">().node, duration, times, none);
    if (contents_.topicals.empty()) return;
    contents_.topicals = read_topicals(value<"care.topicals">().node, duration, times, none);
}

std::string Scenario::resolved() const {
    Resolution resolution(contents_.file);
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (contents_.values[i]) resolution.add(keys[i], *contents_.values[i]);
    for (const auto& parameter : contents_.parameters) resolution.add("parameters", parameter);
    for (const auto& state : contents_.initial)
        if (state.value == state.value) resolution.add("initial", state);
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
