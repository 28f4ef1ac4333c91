// Values that no other key depends on are written into a scenario that was read before; others are read anew.
#include "cicatrix/scenario/variation.hpp"

#include <algorithm>
#include <array>

#include "cicatrix/course/parameters.hpp"
#include "cicatrix/scenario/changed_document.hpp"
#include "cicatrix/scenario/devices.hpp"
#include "cicatrix/scenario/draft.hpp"
#include "cicatrix/scenario/parameters.hpp"
#include "cicatrix/scenario/read.hpp"
#include "cicatrix/scenario/run.hpp"
#include "cicatrix/scenario/sessions.hpp"
#include "cicatrix/units/unit.hpp"

namespace cicatrix {
namespace {

constexpr std::size_t most_kept = 64;  ///< scenarios that are read anew for values of sessions and the like

/// Keys that decide how others are read.
bool steers_reading(const Key& key) {
    constexpr std::array steering{"patient.acknowledge_warnings", "device.kind",      "simulation.duration",
                                  "simulation.fidelity",          "simulation.cells", "simulation.rings",
                                  "simulation.grid_error"};
    const bool list = key.kind == ValueKind::sessions || key.kind == ValueKind::topicals ||
                      key.kind == ValueKind::choices || key.kind == ValueKind::outputs;
    return list || std::ranges::find(steering, key.name) != steering.end();
}

const SessionKey* session_key(std::string_view name) {
    const auto hit = std::ranges::find(session_keys, name, &SessionKey::name);
    return hit == session_keys.end() ? nullptr : &*hit;
}

/// Whether a session may have values of its own.
bool has_tables(const Node& document, std::span<const Factor> factors) {
    const auto is_table = [](const Node& node) {
        return std::ranges::any_of(node.items, [](const Node& item) { return item.kind == NodeKind::table; });
    };
    const Node* sessions = find_value(document, "protocol.sessions");
    if (sessions != nullptr && is_table(*sessions)) return true;
    return std::ranges::any_of(factors, [&](const Factor& factor) {
        return factor.name == "protocol.sessions" && std::ranges::any_of(factor.choices, is_table);
    });
}

bool is_indirect(const Factor& factor, bool sessions_are_tables) {
    if (factor.target != FactorTarget::key) return false;
    return steers_reading(keys[factor.index]) || (sessions_are_tables && session_key(factor.name) != nullptr);
}

bool is_missed(double missed, std::size_t session) {
    return session > 0 && session < most_missable_sessions &&
           ((static_cast<std::uint64_t>(missed) >> (session - 1)) & 1u) != 0;
}

/// The sessions of a document without those that a patient misses.
void leave_out(Node& document, double missed, const std::string& file) {
    const Node* sessions = find_value(document, "protocol.sessions");
    if (missed == 0 || sessions == nullptr) return;
    Node kept;
    kept.kind = NodeKind::list;
    kept.place = sessions->place;
    if (sessions->kind == NodeKind::list) {
        for (std::size_t i = 0; i < sessions->items.size(); ++i)
            if (!is_missed(missed, i)) kept.items.push_back(sessions->items[i]);
    } else {
        Findings findings(file);
        const auto appointments = read_appointments(*sessions, 0, findings);
        for (std::size_t i = 0; i < appointments.size(); ++i)
            if (!is_missed(missed, i))
                kept.items.push_back(text_node(shortest_text(appointments[i].at) + " d", sessions->place));
    }
    if (!kept.items.empty()) set_value(document, "protocol.sessions", kept);
}

/// Whether an arm advises what some patients leave out.
bool is_advised(const Node& document, const char* key) {
    const Node* node = find_value(document, key);
    return node != nullptr && node->truth;
}

Node truth_node(bool truth) {
    Node node;
    node.kind = NodeKind::boolean;
    node.truth = truth;
    node.words = truth ? "true" : "false";
    return node;
}

const char* care_key(const Factor& factor) {
    return factor.target == FactorTarget::sunscreen ? "care.sunscreen" : "care.moisturiser";
}

}  // namespace

Variation::Variation(const Arm& arm, std::span<const Factor> factors, const Biology* biology)
    : arm_(arm), factors_(factors), biology_(biology), own_(CourseModel::parameters.size(), false) {
    const bool tables = has_tables(arm.document, factors);
    for (const auto& factor : factors) {
        indirect_.push_back(is_indirect(factor, tables));
        units_.push_back(factor.target == FactorTarget::key ? parse_unit(factor.unit) : Unit{});
        if (factor.target == FactorTarget::parameter && factor.index < own_.size()) own_[factor.index] = true;
    }
    person_factors_.resize(CourseModel::parameters.size());
}

/// The arm's document with the values of a row, or with those alone that decide how other keys are read.
Node Variation::document_of(std::span<const double> row, bool indirect_only) const {
    Node document = arm_.document;
    double missed = 0;
    for (std::size_t f = 0; f < factors_.size(); ++f) {
        const Factor& factor = factors_[f];
        if (factor.target == FactorTarget::missed_sessions) missed = row[f];
        if (indirect_only && !indirect_[f]) continue;
        if (factor.target == FactorTarget::sunscreen || factor.target == FactorTarget::moisturiser) {
            const bool used = row[f] == 0 && is_advised(arm_.document, care_key(factor));
            set_value(document, care_key(factor), truth_node(used));
        }
        if (factor.target != FactorTarget::key && factor.target != FactorTarget::parameter) continue;
        Node node = factor.node_of(row[f]);
        if (node.place.line == 0) node.place = factor.place;
        set_value(document, factor.name, std::move(node), factor.place);
    }
    if (!indirect_only) leave_out(document, missed, arm_.scenario.file());
    return document;
}

Variation::Kept& Variation::kept_for(std::span<const double> row) {
    std::vector<double> values;
    for (std::size_t f = 0; f < factors_.size(); ++f)
        if (indirect_[f]) values.push_back(row[f]);
    if (current_ != nullptr && values == indirect_values_) return *current_;
    auto found = read_.find(values);
    if (found == read_.end()) {
        if (read_.size() >= most_kept) read_.clear();
        current_ = nullptr;
        Scenario copy = arm_.scenario;
        if (!values.empty()) {
            Findings findings(arm_.scenario.file());
            ScenarioContents contents = read_keys(document_of(row, true), findings);
            findings.raise();
            copy.take_keys(std::move(contents));
        }
        std::vector<Session> sessions = copy.sessions();
        found = read_.emplace(values, Kept{std::move(copy), std::move(sessions), 0}).first;
    }
    indirect_values_ = std::move(values);
    current_ = &found->second;
    return *current_;
}

void Variation::leave_out_sessions(double missed, Kept& kept) const {
    std::uint64_t number = 0;
    std::vector<Session> sessions;
    for (std::size_t i = 0; i < kept.sessions.size(); ++i)
        if (is_missed(missed, i)) number |= std::uint64_t{1} << (i - 1);
        else sessions.push_back(kept.sessions[i]);
    if (number != kept.missed) kept.scenario.set_session_list(std::move(sessions));
    kept.missed = number;
}

void Variation::apply(std::size_t f, double value, Scenario& scenario) const {
    const Factor& factor = factors_[f];
    if (factor.target == FactorTarget::parameter) return scenario.set_parameter(factor.index, value, factor.place);
    if (factor.target == FactorTarget::sunscreen || factor.target == FactorTarget::moisturiser) {
        const bool used = value == 0 && is_advised(arm_.document, care_key(factor));
        return scenario.set_value(&key_of(care_key(factor)) - keys.data(), truth_node(used));
    }
    if (factor.target != FactorTarget::key) return;
    if (factor.kind == FactorKind::choice) return scenario.set_value(factor.index, factor.node_of(value));
    const double base = units_[f].to_base(value);
    scenario.set_number(factor.index, base, value);
    if (const SessionKey* session = session_key(factor.name)) {
        const double own = session->unit.empty() ? base : parse_unit(session->unit).from_base(base);
        scenario.set_sessions(session->member, own);
    }
}

/// What the patient's conditions make of a parameter is multiplied by what is the person's own.
void Variation::apply_biology(std::span<const double> row, Plan& plan) {
    const auto person = std::ranges::find(factors_, FactorTarget::person, &Factor::target);
    if (biology_ == nullptr || person == factors_.end()) return;
    const auto number = static_cast<std::uint64_t>(row[static_cast<std::size_t>(person - factors_.begin())]);
    if (person_ != number) biology_->write_factors(number, person_factors_);
    person_ = number;
    for (std::size_t p = 0; p < own_.size(); ++p) {
        const auto& [low, high] = CourseModel::parameters[p].range;
        if (!own_[p]) plan.parameters[p] = std::clamp(plan.parameters[p] * person_factors_[p], low, high);
    }
}

void Variation::write_plan(std::span<const double> row, Plan& plan) {
    for (std::size_t f = 0; f < factors_.size(); ++f) factors_[f].check(row[f]);
    Kept& kept = kept_for(row);
    for (std::size_t f = 0; f < factors_.size(); ++f)
        if (factors_[f].target == FactorTarget::missed_sessions) leave_out_sessions(row[f], kept);
    for (std::size_t f = 0; f < factors_.size(); ++f)
        if (!indirect_[f]) apply(f, row[f], kept.scenario);
    plan = plan_of(kept.scenario);
    apply_biology(row, plan);
}

std::string Variation::text_of(std::span<const double> row, const std::string& title) {
    Plan plan;
    write_plan(row, plan);
    Node document = document_of(row, false);
    set_value(document, "title", text_node(title));
    if (person_)
        for (std::size_t p = 0; p < own_.size(); ++p) {
            if (process_of_parameters()[p] < 0 || own_[p]) continue;
            const Parameter& parameter = CourseModel::parameters[p];
            const std::string unit = written_unit({parameter.name, 0, parameter.unit});
            set_value(document, "parameters." + std::string(parameter.name), number_node(plan.parameters[p], unit));
        }
    return document_text(document);
}

}  // namespace cicatrix
