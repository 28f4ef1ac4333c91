// The rows of published models and the reading of their scenarios.
#include "cicatrix/scenario/published.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>

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
           key == "simulation.ageing" || key == "simulation.fidelity" || key == "simulation.rings" ||
           key == "simulation.fields" || key == "simulation.grid_error";
}

/// Says what else could have stood there than a name that is not known.
void refuse_name(Draft& draft, const Value& given, std::string_view key, const std::string& what,
                 const std::vector<std::string_view>& names) {
    const std::string& words = given.node.words;
    draft.findings().add(given.node.place, std::string(key),
                         {"E-CHOICE", quoted(words) + " is not a " + what,
                          names.empty() ? "it has none" : "known are " + listed({names.begin(), names.end()}, "and"),
                          words.size() > 64 ? "" : nearest_name(words, names)});
}

void refuse_keys_of_courses(Draft& draft) {
    for (const auto& key : keys)
        if (const Node* node = draft[key.name].node; node != nullptr && belongs_to_courses(key.name))
            draft.findings().add(node->place, std::string(key.name),
                                 {"E-CONFLICT", quoted(leaf_of(key.name)) + " belongs to a course of needled skin",
                                  "a published model has [simulation], [model], [parameters] and [initial]"});
}

/// Writes settings over the values of parameters and states.
void apply(std::span<const Setting> settings, std::vector<ParameterRow>& parameters,
           std::vector<ParameterRow>& initial) {
    for (const Setting& setting : settings)
        for (auto* rows : {&parameters, &initial})
            for (auto& row : *rows)
                if (row.name == setting.name) row.value = setting.value;
}

/// The values of the variant in place of the model's own.
void apply_variant(Draft& draft, std::string_view model, std::vector<ParameterRow>& parameters,
                   std::vector<ParameterRow>& initial) {
    const auto& wanted = draft["model.variant"].value;
    if (!wanted) return;
    const auto names = variants_of(model);
    if (std::ranges::find(names, wanted->node.words) == names.end())
        return refuse_name(draft, *wanted, "model.variant", "variant of " + std::string(model), names);
    const bool in_space = draft["model.space"].value.has_value();
    visit_model(model, [&](auto which) {
        for (const Variant& variant : variants_in(which)) {
            if (variant.name != wanted->node.words) continue;
            apply(variant.settings, parameters, initial);
            if (in_space) apply(variant.settings_in_space, parameters, initial);
        }
    });
}

/// Checks the space, and gives it its cells.
void read_space(Draft& draft, std::string_view model) {
    const auto& wanted = draft["model.space"].value;
    const auto spaces = spaces_of(model);
    std::vector<std::string_view> names;
    for (const Space& space : spaces) names.push_back(space.name);
    if (draft["model.space"].node == nullptr) {
        if (const Node* cells = draft["simulation.cells"].node; cells != nullptr)
            draft.findings().add(
                cells->place, "simulation.cells",
                {"E-CONFLICT", "'cells' belongs to a model in a space",
                 names.empty() ? std::string(model) + " has none"
                               : "name one by model.space: " + listed({names.begin(), names.end()}, "or")});
        return;
    }
    if (!wanted) return;
    const auto space = std::ranges::find(spaces, wanted->node.words, &Space::name);
    if (space == spaces.end())
        return refuse_name(draft, *wanted, "model.space", "space of " + std::string(model), names);
    draft.set_fallback(key_of("simulation.cells"), std::to_string(space->cells), "default of the space");
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
    read_space(draft, model);
    auto parameters = published_parameters(model), initial = published_initial(model);
    apply_variant(draft, model, parameters, initial);
    contents.parameters = read_parameters(draft.parameters(), parameters, draft.findings());
    contents.initial = read_initial(draft.initial(), initial, draft.findings());
    if (const auto& duration = draft["simulation.duration"].value)
        contents.output_times = outputs_of(draft, duration->number);
}

void refuse_keys_of_models(Draft& draft) {
    if (const Node* space = draft["model.space"].node; space != nullptr)
        draft.findings().add(space->place, "model.space",
                             {"E-CONFLICT", "'space' belongs to a published model",
                              "for a course of needled skin simulation.fidelity says how space is resolved"});
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

SpatialPlan spatial_plan_of(const Scenario& scenario) {
    SpatialPlan plan{
        simulation_plan_of(scenario), {}, static_cast<std::size_t>(scenario.integer<"simulation.cells">())};
    for (const Space& space : spaces_of(plan.simulation.model))
        if (space.name == scenario.words<"model.space">()) plan.space = space.name;
    return plan;
}

}  // namespace cicatrix
