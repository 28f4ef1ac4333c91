// A course as a self-describing data set: what the result file and the Python object are made from.
#pragma once
#include <string>
#include <vector>

#include "cicatrix/course/course.hpp"
#include "cicatrix/io/dataset.hpp"

namespace cicatrix {

/// Version of the layout of result files; the second number rises when something is added, the first when something
/// moves or goes.
inline constexpr std::string_view schema_version = "1.1";

/// Where a course comes from, kept with it so that it can be run again.
struct Provenance {
    std::string title, question;
    std::string scenario_file, scenario_text, scenario_resolved;
    double seed = 0;
    std::vector<std::string> notes;
    std::vector<std::string> warnings;  ///< about the patient and the protocol
    std::vector<bool> parameter_given;  ///< one per parameter: set by the scenario
};

/// The data set of a course: states and read-outs over time, sessions as applied, parameters with their sources, the
/// twin in the group `untreated`.
Group dataset_of(const Course& course, const Provenance& provenance);

}  // namespace cicatrix
