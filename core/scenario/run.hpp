// From a checked scenario to a course and its data set.
#pragma once
#include "cicatrix/course/course.hpp"
#include "cicatrix/io/dataset.hpp"
#include "cicatrix/scenario/scenario.hpp"

namespace cicatrix {

/// What a model lets a scenario change in [parameters]. Throws std::invalid_argument for an unknown model.
std::vector<ParameterRow> parameter_rows(std::string_view model = CourseModel::id);

/// The plan that a scenario describes: sessions turned into injuries of the site, numbers in the model's units.
Plan plan_of(const Scenario& scenario);

/// Runs the scenario's course and returns its data set. Throws Interrupted when `progress` says so.
Group run_scenario(const Scenario& scenario, const Progress& progress = {});

}  // namespace cicatrix
