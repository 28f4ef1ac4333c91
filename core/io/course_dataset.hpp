// A course as a self-describing data set: what the result file and the Python object are made from.
#pragma once
#include "cicatrix/course/course.hpp"
#include "cicatrix/io/dataset_parts.hpp"

namespace cicatrix {

/// The data set of a course: states and read-outs over time, sessions as applied, parameters with their sources, the
/// twin in the group `untreated`.
Group dataset_of(const Course& course, const Provenance& provenance);

}  // namespace cicatrix
