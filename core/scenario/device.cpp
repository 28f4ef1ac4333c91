// The rules that depend on the kind of device.
#include "cicatrix/scenario/device.hpp"

#include <algorithm>

#include "cicatrix/scenario/devices.hpp"
#include "cicatrix/units/quoted.hpp"
#include "cicatrix/units/unit.hpp"

namespace cicatrix {
namespace {

/// The kind of device, or null when there is none or it could not be used.
const DeviceKind* kind_of(Draft& draft) {
    const auto& kind = draft["device.kind"].value;
    if (!kind) return nullptr;
    return &*std::ranges::find(device_kinds, kind->node.words, &DeviceKind::name);
}

const DeviceKey* find_key(const DeviceKind& kind, std::string_view name) {
    const auto hit = std::ranges::find(kind.keys, name, &DeviceKey::name);
    return hit == kind.keys.end() ? nullptr : &*hit;
}

bool depends_on_kind(std::string_view key) {
    const auto has_key = [&](const DeviceKind& kind) { return find_key(kind, key) != nullptr; };
    return key != "device.kind" && (section_of(key) == "device" || std::ranges::any_of(device_kinds, has_key));
}

/// "needle_length, needles and passes"
std::string leaves_text(const DeviceKind& kind) {
    std::vector<std::string> leaves;
    for (const auto& key : kind.keys) leaves.emplace_back(leaf_of(key.name));
    return listed(leaves, "and");
}

void refuse_foreign(Draft& draft, const DeviceKind& kind, Place place, const std::string& path, std::string_view leaf) {
    draft.findings().add(place, path,
                         {"E-CONFLICT", quoted(leaf) + " does not belong to " + std::string(kind.with_article),
                          std::string(kind.with_article) + " has " + leaves_text(kind)});
}

void refuse_foreign_keys(Draft& draft, const DeviceKind& kind) {
    for (const auto& key : keys) {
        const Node* node = draft[key.name].node;
        if (node == nullptr || !depends_on_kind(key.name) || find_key(kind, key.name) != nullptr) continue;
        refuse_foreign(draft, kind, node->place, std::string(key.name), leaf_of(key.name));
    }
}

bool in_every_session(std::string_view key, const std::vector<Appointment>& appointments) {
    return !appointments.empty() && std::ranges::all_of(appointments, [&](const Appointment& appointment) {
        return appointment.table != nullptr && appointment.table->find(leaf_of(key)) != nullptr;
    });
}

/// The first key of the file that takes the place of this one; empty when there is none.
std::string_view successor_of(Draft& draft, const DeviceKey& key) {
    const auto hit =
        std::ranges::find_if(key.yields_to, [&](std::string_view name) { return draft[name].node != nullptr; });
    return hit == key.yields_to.end() ? std::string_view{} : *hit;
}

void settle_key(Draft& draft, const DeviceKind& kind, const DeviceKey& key,
                const std::vector<Appointment>& appointments) {
    const Node* node = draft[key.name].node;
    const std::string article(kind.with_article);
    if (key.need == Need::required && node == nullptr && !in_every_session(key.name, appointments))
        return draft.report_missing(key.name, article + " needs '" + std::string(leaf_of(key.name)) + "'");
    const std::string_view successor = successor_of(draft, key);
    if (!successor.empty() && node != nullptr)
        draft.findings().add(
            node->place, std::string(key.name),
            {"E-CONFLICT",
             quoted(leaf_of(key.name)) + " and " + quoted(leaf_of(successor)) + " both say how dense the channels are",
             "allowed is one of them"});
    if (successor.empty() && !key.fallback.empty())
        draft.set_fallback(key_of(key.name), key.fallback, "default of " + article);
}

double own_number(const SessionKey& key, const Value& value) {
    return key.unit.empty() ? value.number : parse_unit(key.unit).from_base(value.number);
}

Session session_of_device(Draft& draft) {
    Session session;
    for (const auto& key : session_keys)
        if (const auto& value = draft[key.name].value) session.*key.member = own_number(key, *value);
    return session;
}

void refuse_unknown(Draft& draft, const Entry& entry, const std::string& path) {
    std::vector<std::string_view> names{"at"};
    for (const auto& key : session_keys) names.push_back(leaf_of(key.name));
    draft.findings().add(entry.place, path,
                         {"E-UNKNOWN-KEY", quoted(entry.key) + " is not a key of a session",
                          "known are " + listed(std::vector<std::string>(names.begin(), names.end()), "and"),
                          nearest_name(std::string_view(entry.key).substr(0, 64), names)});
}

void take_own_value(Draft& draft, const Entry& entry, const std::string& session_path, Session& session) {
    const std::string path = session_path + "." + printable(entry.key);
    const auto key =
        std::ranges::find(session_keys, entry.key, [](const SessionKey& known) { return leaf_of(known.name); });
    if (key == session_keys.end()) return refuse_unknown(draft, entry, path);
    const DeviceKind* kind = kind_of(draft);
    if (kind != nullptr && find_key(*kind, key->name) == nullptr)
        return refuse_foreign(draft, *kind, entry.place, path, entry.key);
    const auto value = check_value(key_of(key->name), entry.value, path, draft.findings());
    if (value) session.*key->member = own_number(*key, *value);
}

}  // namespace

void check_device(Draft& draft, const std::vector<Appointment>& appointments) {
    const Node* sessions = draft["protocol.sessions"].node;
    const bool without_sessions = sessions != nullptr && sessions->words == "none";
    const bool is_used = !without_sessions || std::ranges::any_of(keys, [&](const Key& key) {
        return section_of(key.name) == "device" && draft[key.name].node != nullptr;
    });
    if (is_used && draft["device.kind"].node == nullptr) draft.report_missing("device.kind", "'kind' is missing");
    const DeviceKind* kind = kind_of(draft);
    if (kind == nullptr) return;
    refuse_foreign_keys(draft, *kind);
    for (const auto& key : kind->keys) settle_key(draft, *kind, key, appointments);
}

std::vector<Session> read_sessions(Draft& draft, const std::vector<Appointment>& appointments) {
    const Session common = session_of_device(draft);
    std::vector<Session> sessions;
    for (const auto& appointment : appointments) {
        Session session = common;
        session.at = appointment.at;
        session.place = appointment.place;
        for (const auto& entry : appointment.table != nullptr ? appointment.table->entries : std::vector<Entry>{})
            if (entry.key != "at") take_own_value(draft, entry, appointment.path, session);
        sessions.push_back(session);
    }
    return sessions;
}

}  // namespace cicatrix
