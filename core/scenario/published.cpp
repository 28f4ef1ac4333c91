// The rows of published models and the reading of their scenarios.
#include "cicatrix/scenario/published.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "cicatrix/scenario/outputs.hpp"
#include "cicatrix/scenario/parameters.hpp"
#include "cicatrix/units/quoted.hpp"

namespace cicatrix {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double largest = std::numeric_limits<double>::max();

template <class Visit> void visit_model(std::string_view model, Visit&& visit) {
    if (!with_model(model, visit)) throw std::invalid_argument("no model has the id " + std::string(model));
}

template <class M> std::span<const Variant> variants_in(const M&) {
    if constexpr (requires { M::variants; }) return M::variants;
    else return {};
}

/// Sections that only a course of needled skin has.
bool belongs_to_courses(std::string_view key) {
    const auto section = section_of(key);
    return section == "patient" || section == "device" || section == "protocol" || section == "care" ||
           key == "simulation.ageing" || key == "simulation.fidelity";
}

void refuse_keys_of_courses(Draft& draft) {
    for (const auto& key : keys)
        if (const Node* node = draft[key.name].node; node != nullptr && belongs_to_courses(key.name))
            draft.findings().add(node->place, std::string(key.name),
                                 {"E-CONFLICT", quoted(leaf_of(key.name)) + " belongs to a course of needled skin",
                                  "a published model has [simulation], [model], [parameters] and [initial]"});
}

/// The values of the variant in place of the model's own.
void apply_variant(Draft& draft, std::string_view model, std::vector<ParameterRow>& parameters,
                   std::vector<ParameterRow>& initial) {
    const auto& wanted = draft["model.variant"].value;
    if (!wanted) return;
    const auto names = variants_of(model);
    if (std::ranges::find(names, wanted->node.words) == names.end())
        return draft.findings().add(
            wanted->node.place, "model.variant",
            {"E-CHOICE", quoted(wanted->node.words) + " is not a variant of " + std::string(model),
             names.empty() ? "it has none" : "known are " + listed({names.begin(), names.end()}, "and"),
             wanted->node.words.size() > 64 ? "" : nearest_name(wanted->node.words, names)});
    visit_model(model, [&](auto which) {
        for (const Variant& variant : variants_in(which))
            if (variant.name == wanted->node.words)
                for (const Setting& setting : variant.settings)
                    for (auto* rows : {&parameters, &initial})
                        for (auto& row : *rows)
                            if (row.name == setting.name) row.value = setting.value;
    });
}

/// Two hundred steps of equal length where the file gives no times.
std::vector<double> outputs_of(Draft& draft, double duration) {
    if (draft["simulation.outputs"].node != nullptr && draft["simulation.outputs"].value)
        return read_outputs(draft["simulation.outputs"].value->node, duration, {}, draft.findings());
    std::vector<double> times;
    for (int i = 0; i <= 200; ++i) times.push_back(duration * i / 200);
    return times;
}

}  // namespace

std::vector<ParameterRow> published_parameters(std::string_view model) {
    std::vector<ParameterRow> rows;
    visit_model(model, [&](auto which) {
        for (const auto& p : which.parameters) rows.push_back({p.name, p.value, p.unit, p.range.low, p.range.high});
    });
    return rows;
}

std::vector<ParameterRow> published_initial(std::string_view model) {
    std::vector<ParameterRow> rows;
    visit_model(model, [&](auto which) {
        for (const auto& s : which.states)
            rows.push_back({s.name, nan, s.unit, s.may_be_negative ? -largest : 0.0, largest});
    });
    return rows;
}

std::vector<std::string_view> variants_of(std::string_view model) {
    std::vector<std::string_view> names;
    visit_model(model, [&](auto which) {
        for (const Variant& variant : variants_in(which)) names.push_back(variant.name);
    });
    return names;
}

std::string_view time_unit_of(std::string_view model) {
    std::string_view unit = "d";
    visit_model(model, [&](auto which) {
        if constexpr (requires { which.time_unit; }) unit = which.time_unit;
    });
    return unit;
}

double units_of_a_day(std::string_view model) { return time_unit_of(model) == "h" ? 24.0 : 1.0; }

void read_published(Draft& draft, std::string_view model, ScenarioContents& contents) {
    refuse_keys_of_courses(draft);
    for (const auto& key : keys)
        if (!key.fallback.empty() && !belongs_to_courses(key.name) && key.name != "simulation.duration" &&
            key.name != "simulation.outputs")
            draft.set_fallback(key, key.fallback, "default");
    draft.set_fallback(key_of("simulation.duration"), units_of_a_day(model) > 1 ? "100 h" : "100 days",
                       "default of published models");
    auto parameters = published_parameters(model), initial = published_initial(model);
    apply_variant(draft, model, parameters, initial);
    contents.parameters = read_parameters(draft.parameters(), parameters, draft.findings());
    contents.initial = read_initial(draft.initial(), initial, draft.findings());
    if (const auto& duration = draft["simulation.duration"].value)
        contents.output_times = outputs_of(draft, duration->number);
}

SimulationPlan simulation_plan_of(const Scenario& scenario) {
    SimulationPlan plan;
    plan.model = *std::ranges::find(choice::models, scenario.words<"model.id">());
    const double units = units_of_a_day(plan.model);
    for (const auto& parameter : scenario.parameters()) plan.parameters.push_back(parameter.value);
    for (const auto& state : scenario.initial()) plan.initial.push_back(state.value);
    for (const double time : scenario.output_times()) plan.outputs.push_back(units * time);
    plan.duration = units * scenario.quantity<"simulation.duration">();
    plan.relative = scenario.number<"simulation.rtol">();
    plan.absolute = scenario.number<"simulation.atol">();
    return plan;
}

}  // namespace cicatrix
