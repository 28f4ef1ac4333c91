// From a checked scenario to a course and its data set.
#pragma once
#include "cicatrix/course/course.hpp"
#include "cicatrix/io/dataset.hpp"
#include "cicatrix/scenario/scenario.hpp"

namespace cicatrix {

/// What a scenario may change in [parameters]: of a course, the parameters of the model, of the injury and of the
/// read-outs; of another model its own. Throws std::invalid_argument for an unknown model.
std::vector<ParameterRow> parameter_rows(std::string_view model = CourseModel::id);

/// The plan that a scenario describes: sessions turned into injuries of the site, numbers in the model's units.
Plan plan_of(const Scenario& scenario);

/// What speaks against the protocol or the patient: warnings of the patient's conditions, sessions that nobody could or
/// should hold (see plausibility.hpp), and sessions that land inside the inflammation of the one before.
std::vector<std::string> warnings_of(const Scenario& scenario, const Course& course);

/// Runs the scenario's course and returns its data set. Throws Interrupted when `progress` says so.
Group run_scenario(const Scenario& scenario, const Progress& progress = {});

/// What a sweep of this scenario holds once: whence it comes and the parameters that its members vary.
Group sweep_head_of(const Scenario& scenario);

}  // namespace cicatrix
