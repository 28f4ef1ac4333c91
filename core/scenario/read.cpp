// The order in which a scenario is read.
#include "cicatrix/scenario/read.hpp"

#include <algorithm>
#include <utility>

#include "cicatrix/scenario/conditions.hpp"
#include "cicatrix/scenario/device.hpp"
#include "cicatrix/scenario/grid.hpp"
#include "cicatrix/scenario/outputs.hpp"
#include "cicatrix/scenario/parameters.hpp"
#include "cicatrix/scenario/published.hpp"
#include "cicatrix/scenario/text_file.hpp"

namespace cicatrix {
namespace {

void fill_fallbacks(Draft& draft) {
    for (const auto& key : keys)
        if (!key.fallback.empty()) draft.set_fallback(key, key.fallback, "default");
}

void report_missing(Draft& draft) {
    for (const auto& key : keys)
        if (key.need == Need::required && draft[key.name].node == nullptr)
            draft.report_missing(key.name, "'" + std::string(leaf_of(key.name)) + "' is missing");
}

/// In d; zero when the file's own value could not be used.
double duration_of(Draft& draft) {
    const auto& duration = draft["simulation.duration"].value;
    return duration ? duration->number : 0;
}

/// What needs more than one key: sessions with their device, outputs, compounds.
void read_course(Draft& draft, ScenarioContents& contents) {
    const double duration = duration_of(draft);
    std::vector<Appointment> appointments;
    if (const auto& sessions = draft["protocol.sessions"].value)
        appointments = read_appointments(sessions->node, duration, draft.findings());
    check_device(draft, appointments);
    contents.sessions = read_sessions(draft, appointments);
    check_channel(draft, contents.sessions);
    std::vector<double> times;
    for (const auto& session : contents.sessions) times.push_back(session.at);
    if (const auto& outputs = draft["simulation.outputs"].value)
        contents.output_times = read_outputs(outputs->node, duration, times, draft.findings());
    if (const auto& topicals = draft["care.topicals"].value)
        contents.topicals = read_topicals(topicals->node, duration, times, draft.findings());
}

void take_values(Draft& draft, ScenarioContents& contents) {
    for (std::size_t i = 0; i < keys.size(); ++i) contents.values[i] = std::move(draft[keys[i].name].value);
}

/// One course is asked for, and the file describes many.
void refuse_sweep(const Node& document, Findings& findings) {
    if (const Entry* sweep = document.find("sweep"))
        findings.add(sweep->place, "sweep",
                     {"E-SWEEP", "this file describes a sweep and not one course", "run it with 'cicatrix sweep'"});
}

}  // namespace

std::string model_of(const Node& document) {
    const Entry* section = document.find("model");
    const Entry* id = section != nullptr ? section->value.find("id") : nullptr;
    const bool known = id != nullptr && id->value.kind == NodeKind::text &&
                       std::ranges::find(choice::models, id->value.words) != choice::models.end();
    return known ? id->value.words : std::string(choice::models[0]);
}

const Node* parameters_in(const Node& document) {
    const Entry* section = document.find("parameters");
    return section != nullptr && section->value.kind == NodeKind::table ? &section->value : nullptr;
}

ScenarioContents read_keys(const Node& document, Findings& findings) {
    Draft draft(document, findings);
    ScenarioContents contents;
    report_missing(draft);
    fill_fallbacks(draft);
    check_conditions(draft);
    read_grid(draft);
    refuse_keys_of_models(draft);
    read_course(draft, contents);
    take_values(draft, contents);
    return contents;
}

Scenario parse_scenario(std::string text, std::string file, std::span<const ParameterRow> parameters) {
    const Node document = read_document(text, file);
    Findings findings(file);
    refuse_sweep(document, findings);
    findings.raise();  // what a sweep varies may be missing from the rest: nothing more is known of it here
    ScenarioContents contents;
    if (const std::string model = model_of(document); model == choice::models[0]) {
        contents = read_keys(document, findings);
        contents.parameters = read_parameters(parameters_in(document), parameters, findings);
    } else {
        Draft draft(document, findings);
        read_published(draft, model, contents);
        take_values(draft, contents);
    }
    findings.raise();
    contents.file = std::move(file);
    contents.text = std::move(text);
    return Scenario(std::move(contents));
}

Scenario read_scenario(const std::filesystem::path& path, std::span<const ParameterRow> parameters) {
    return parse_scenario(read_text_file(path), path.string(), parameters);
}

}  // namespace cicatrix
