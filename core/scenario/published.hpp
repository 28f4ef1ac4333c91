// A scenario of a published model: what it may set, and what the model says where it does not.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cicatrix/course/spatial_simulation.hpp"
#include "cicatrix/scenario/draft.hpp"

namespace cicatrix {

/// What one kind of number of a model lets a scenario change. Throws std::invalid_argument for an unknown model.
std::vector<ParameterRow> published_parameters(std::string_view model);
/// The same of its states at time zero; values are NaN, because the model decides them.
std::vector<ParameterRow> published_initial(std::string_view model);

/// The names of its variants.
std::vector<std::string_view> variants_of(std::string_view model);

/// "d", "h" or "1".
std::string_view time_unit_of(std::string_view model);

/// How many of the model's time units a day is: 24 for a model in hours, 1 for one in days or without a unit.
double units_of_a_day(std::string_view model);

/// Reads what belongs to a published model; what belongs to courses is refused.
void read_published(Draft& draft, std::string_view model, ScenarioContents& contents);

/// Reports what a scenario of a course says and only published models understand.
void refuse_keys_of_models(Draft& draft);

/// The run that such a scenario describes, in the model's own time unit.
SimulationPlan simulation_plan_of(const Scenario& scenario);

/// The same of a scenario that names a space.
SpatialPlan spatial_plan_of(const Scenario& scenario);

}  // namespace cicatrix
