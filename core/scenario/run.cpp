// The door from the words of a scenario to the numbers of a plan.
#include "cicatrix/scenario/run.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <numbers>
#include <stdexcept>

#include "cicatrix/course/parameters.hpp"
#include "cicatrix/injury/device.hpp"
#include "cicatrix/io/course_dataset.hpp"
#include "cicatrix/io/shard.hpp"
#include "cicatrix/io/simulation_dataset.hpp"
#include "cicatrix/io/spatial_dataset.hpp"
#include "cicatrix/scenario/plausibility.hpp"
#include "cicatrix/scenario/published.hpp"
#include "cicatrix/skin/compounds.hpp"
#include "cicatrix/skin/condition.hpp"
#include "cicatrix/skin/skin.hpp"

namespace cicatrix {
namespace {

constexpr double days_per_year = 365.25, seconds_per_day = 86400, minutes_per_day = 1440;

Skin skin_of(const Scenario& scenario) {
    Skin skin;
    skin.site = &*std::ranges::find(sites, scenario.words<"patient.site">(), &Site::name);
    if (scenario.has<"patient.sex">()) skin.sex = scenario.words<"patient.sex">() == "male" ? Sex::male : Sex::female;
    skin.age = scenario.quantity<"patient.age">() / days_per_year;
    skin.phototype = static_cast<int>(scenario.integer<"patient.phototype">());
    skin.baseline = &*std::ranges::find(baselines, scenario.words<"patient.baseline">(), &Baseline::name);
    skin.dermis = dermis_thickness(*skin.site, skin.sex) * thinning_by_age(skin.age);
    return skin;
}

/// A known compound, with what the scenario says otherwise.
Compound applied_compound(const Topical& topical) {
    const KnownCompound* known = find_compound(topical.compound);
    Compound compound = known != nullptr ? compound_of(*known) : Compound{topical.compound};
    const auto take = [](double& value, double given) {
        if (given == given) value = given;
    };
    take(compound.permeability, topical.permeability);
    take(compound.molecular_mass, topical.molecular_mass);
    take(compound.solubility, topical.solubility);
    return compound;
}

Care care_of(const Scenario& scenario) {
    Care care;
    care.moisturiser = scenario.is_true<"care.moisturiser">();
    care.sunscreen = scenario.is_true<"care.sunscreen">();
    care.anaesthetic = scenario.is_true<"care.anaesthetic">();
    care.occlusion = scenario.quantity<"care.occlusion">();
    care.uv = scenario.number<"care.uv">();
    for (const auto& topical : scenario.topicals())
        care.topicals.push_back({applied_compound(topical), topical.dose, topical.times});
    return care;
}

/// Where one pass of the session strikes.
StrikePattern pattern_of(const Scenario& scenario, const Session& session) {
    const auto& kind = scenario.words<"device.kind">();
    if (kind == "fractional laser")
        return FractionalLaser{session.channel_density, session.column_diameter, session.column_depth,
                               session.ablation};
    const Drive drive = kind == "roller" ? Drive::rolled : kind == "stamp" ? Drive::pressed : Drive::motorised;
    if (session.channel_density == session.channel_density) return Scattered{session.channel_density, drive};
    const auto needles = static_cast<double>(scenario.integer<"device.needles">());
    if (kind == "roller")
        return Roller{needles, static_cast<int>(scenario.integer<"device.rows">()),
                      scenario.quantity<"device.drum_diameter">(), scenario.quantity<"device.drum_width">()};
    if (kind == "stamp") return Stamp{needles, scenario.quantity<"device.array_width">()};
    Pen pen{needles, scenario.quantity<"device.stamp_rate">() / seconds_per_day,
            scenario.quantity<"device.tip_width">()};
    if (scenario.has<"device.dwell">()) pen.dwell = scenario.quantity<"device.dwell">() * seconds_per_day;
    else pen.glide_speed = scenario.quantity<"device.glide_speed">() / seconds_per_day;
    return pen;
}

PlannedSession planned(const Scenario& scenario, const Session& session, const Plan& plan) {
    PlannedSession out;
    out.at = session.at;
    if (session.injured_fraction == session.injured_fraction) {
        out.prescribed = Injury{session.injured_fraction, session.injured_fraction};
        return out;
    }
    const Needle needle{session.needle_length, session.needle_diameter, session.insertion_force,
                        session.penetration_ratio};
    out.channels =
        channels_of(pattern_of(scenario, session), session.passes, needle,
                    give_of(*plan.skin.site, plan.skin.softness(get<"stiffening_with_age">(plan.injury))), plan.injury);
    out.minutes = scenario.quantity<"protocol.area">() * session.passes * scenario.quantity<"protocol.pass_time">() *
                  minutes_per_day;
    out.price = scenario.number<"protocol.session_price">();
    return out;
}

/// Conditions of the patient change the dynamics: factors on parameters that the scenario does not set itself.
void apply_conditions(const Scenario& scenario, Plan& plan) {
    for (std::size_t i = 0; i < course_parameters.size(); ++i) {
        const auto& parameter = course_parameters[i];
        double& value = course_parameter(plan, i);
        value = scenario.parameters()[i].value;
        if (scenario.parameters()[i].is_given()) continue;
        for (const auto& name : scenario.list<"patient.conditions">())
            if (const Condition* condition = condition_named(name))
                value *= factor_on(parameter.name, condition->changes);
        value *= factor_on(parameter.name, *plan.skin.baseline);
        value = std::clamp(value, parameter.range.low, parameter.range.high);
    }
}

void set_grid(const Scenario& scenario, Plan& plan) {
    const auto& fidelity = scenario.words<"simulation.fidelity">();
    if (fidelity == "lumped") return;
    plan.grid.cells = static_cast<std::size_t>(scenario.integer<"simulation.cells">());
    plan.grid.estimate_error = scenario.is_true<"simulation.grid_error">();
    plan.fidelity = fidelity == "channel" ? Fidelity::channel : Fidelity::depth;
    if (plan.fidelity == Fidelity::depth) return;
    plan.grid.rings = static_cast<std::size_t>(scenario.integer<"simulation.rings">());
    for (const auto& name : scenario.list<"simulation.fields">()) {
        const auto state = std::ranges::find(CourseModel::states, name, &State::name);
        plan.grid.fields.push_back(static_cast<std::size_t>(state - CourseModel::states.begin()));
    }
}

/// Round one channel there must be whole tissue from which it heals.
void require_room_between_channels(const Scenario& scenario, const Plan& plan) {
    if (plan.fidelity != Fidelity::channel) return;
    constexpr double most = 0.5;  // of the area, own choice
    const auto& channels = plan.sessions.front().channels;
    const double widest = std::max(channels.radius, channels.mouth_radius);
    const double share = channels.density * std::numbers::pi * widest * widest;
    if (share <= most) return;
    const Place place = scenario.value<"simulation.fidelity">().node.place;
    const std::string taken = std::to_string(static_cast<int>(100 * share + 0.5)) + " % of the area";
    throw InputError({Problem{{scenario.file(), place.line, place.column, "simulation.fidelity"},
                              "the channels would take " + taken + ", so that hardly any tissue lies between them",
                              "use \"depth\", or fewer or thinner channels: at most 50 %",
                              "",
                              "E-CONFLICT"}});
}

Provenance provenance_of(const Scenario& scenario) {
    Provenance from;
    from.title = scenario.words<"title">();
    if (scenario.has<"question">()) from.question = scenario.words<"question">();
    from.scenario_file = std::filesystem::path(scenario.file()).filename().string();  // not the user's folders
    from.scenario_text = scenario.text();
    from.scenario_resolved = scenario.resolved();
    from.seed = static_cast<double>(scenario.integer<"seed">());
    from.notes = scenario.notes();
    for (const auto& parameter : scenario.parameters()) from.parameter_given.push_back(parameter.is_given());
    return from;
}

}  // namespace

std::vector<ParameterRow> parameter_rows(std::string_view model) {
    if (model != CourseModel::id) return published_parameters(model);
    std::vector<ParameterRow> rows;
    for (const auto& p : course_parameters) rows.push_back({p.name, p.value, p.unit, p.range.low, p.range.high});
    return rows;
}

Plan plan_of(const Scenario& scenario) {
    Plan plan;
    if (scenario.parameters().size() != course_parameters.size())
        throw std::invalid_argument("the scenario was read with the parameters of another model");
    plan.skin = skin_of(scenario);
    plan.care = care_of(scenario);
    apply_conditions(scenario, plan);
    plan.ageing = scenario.words<"simulation.ageing">() == "drift" ? Ageing::drift : Ageing::frozen;
    plan.duration = scenario.quantity<"simulation.duration">();
    plan.relative = scenario.number<"simulation.rtol">();
    plan.absolute = scenario.number<"simulation.atol">();
    set_grid(scenario, plan);
    plan.method = scenario.words<"simulation.method">() == "rodas4" ? Method::rodas4 : Method::rodas5p;
    plan.outputs = scenario.output_times();
    for (const auto& session : scenario.sessions()) plan.sessions.push_back(planned(scenario, session, plan));
    require_room_between_channels(scenario, plan);
    return plan;
}

std::vector<std::string> warnings_of(const Scenario& scenario, const Course& course) {
    auto warnings = scenario.warnings();
    std::ranges::move(implausible(course.plan), std::back_inserter(warnings));
    constexpr double limit = 0.05;  // of the peak, own choice
    double most = 0;
    std::vector<std::size_t> early;
    for (std::size_t i = 1; i < course.inflammation_left.size(); ++i)
        if (course.inflammation_left[i] > limit) {
            early.push_back(i);
            most = std::max(most, course.inflammation_left[i]);
        }
    if (early.empty()) return warnings;
    const std::string first = "session " + std::to_string(early.front() + 1) + " (day " +
                              shortest_text(course.plan.sessions[early.front()].at) + ")";
    const std::string others =
        early.size() > 1 ? " and " + std::to_string(early.size() - 1) + " after it land" : " lands";
    warnings.push_back(first + others +
                       " inside the inflammation of the one before: " + (early.size() > 1 ? "up to " : "") +
                       std::to_string(static_cast<int>(100 * most + 0.5)) + " % of its peak is left");
    return warnings;
}

Group run_scenario(const Scenario& scenario, const Progress& progress) {
    Provenance from = provenance_of(scenario);
    if (scenario.has<"model.space">()) return dataset_of(simulate_in_space(spatial_plan_of(scenario), progress), from);
    if (!scenario.is_course()) return dataset_of(simulate(simulation_plan_of(scenario), progress), from);
    const Course course = run_course(plan_of(scenario), progress);
    from.warnings = warnings_of(scenario, course);
    return dataset_of(course, from);
}

Group sweep_head_of(const Scenario& scenario) {
    const Plan plan = plan_of(scenario);
    std::vector<double> parameters;
    for (std::size_t i = 0; i < course_parameters.size(); ++i) parameters.push_back(course_parameter(plan, i));
    return sweep_head(provenance_of(scenario), parameters);
}

}  // namespace cicatrix
