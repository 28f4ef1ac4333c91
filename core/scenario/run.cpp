// The door from the words of a scenario to the numbers of a plan.
#include "cicatrix/scenario/run.hpp"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "cicatrix/injury/needling.hpp"
#include "cicatrix/io/course_dataset.hpp"
#include "cicatrix/models/all.hpp"
#include "cicatrix/skin/site.hpp"

namespace cicatrix {
namespace {

constexpr double days_per_year = 365.25;

Sex sex_of(const Scenario& scenario) {
    if (!scenario.has<"patient.sex">()) return Sex::unknown;
    return scenario.words<"patient.sex">() == "male" ? Sex::male : Sex::female;
}

double dermis_of(const Scenario& scenario) {
    const auto& name = scenario.words<"patient.site">();
    return dermis_thickness(*std::ranges::find(sites, name, &Site::name), sex_of(scenario));
}

PlannedSession planned(const Session& session, double dermis) {
    if (session.injured_fraction == session.injured_fraction)  // prescribed
        return {session.at,
                session.channel_density,
                session.needle_length,
                {session.injured_fraction, session.injured_fraction}};
    const Needling needling{session.channel_density * session.passes,
                            session.needle_length * session.penetration_ratio};
    return {session.at, needling.channel_density, needling.depth, injury_of(needling, dermis), dermis};
}

}  // namespace

std::vector<ParameterRow> parameter_rows(std::string_view model) {
    std::vector<ParameterRow> rows;
    const bool known = with_model(model, [&](auto which) {
        for (const auto& p : which.parameters) rows.push_back({p.name, p.value, p.unit, p.range.low, p.range.high});
    });
    if (!known) throw std::invalid_argument("no model has the id " + std::string(model));
    return rows;
}

Plan plan_of(const Scenario& scenario) {
    Plan plan;
    if (scenario.parameters().size() != plan.parameters.size())
        throw std::invalid_argument("the scenario was read with the parameters of another model");
    for (std::size_t i = 0; i < plan.parameters.size(); ++i) plan.parameters[i] = scenario.parameters()[i].value;
    plan.age = scenario.quantity<"patient.age">() / days_per_year;
    plan.ageing = scenario.words<"simulation.ageing">() == "drift" ? Ageing::drift : Ageing::frozen;
    plan.uv = scenario.number<"care.uv">();
    plan.duration = scenario.quantity<"simulation.duration">();
    plan.relative = scenario.number<"simulation.rtol">();
    plan.absolute = scenario.number<"simulation.atol">();
    plan.method = scenario.words<"simulation.method">() == "rodas4" ? Method::rodas4 : Method::rodas5p;
    plan.outputs = scenario.output_times();
    const double dermis = dermis_of(scenario);
    for (const auto& session : scenario.sessions()) plan.sessions.push_back(planned(session, dermis));
    return plan;
}

Group run_scenario(const Scenario& scenario, const Progress& progress) {
    const Course course = run_course(plan_of(scenario), progress);
    Provenance from;
    from.title = scenario.words<"title">();
    if (scenario.has<"question">()) from.question = scenario.words<"question">();
    from.scenario_file = std::filesystem::path(scenario.file()).filename().string();  // not the user's folders
    from.scenario_text = scenario.text();
    from.scenario_resolved = scenario.resolved();
    from.seed = static_cast<double>(scenario.integer<"seed">());
    from.notes = scenario.notes();
    for (const auto& parameter : scenario.parameters()) from.parameter_given.push_back(parameter.is_given());
    return dataset_of(course, from);
}

}  // namespace cicatrix
