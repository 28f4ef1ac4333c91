// One patient's course: the treated skin and its untreated twin, from the same start, at the same times.
#pragma once
#include <functional>
#include <limits>
#include <vector>

#include "cicatrix/models/microneedling.hpp"
#include "cicatrix/solver/member.hpp"

namespace cicatrix {

/// The model that courses run.
using CourseModel = Microneedling;
using CourseStates = StatesOf<CourseModel, double>;
using CourseCoefficients = CoefficientsOf<CourseModel, double>;

enum class Ageing { frozen, drift };
enum class Method { rodas5p, rodas4 };

struct PlannedSession {
    double at = 0;               ///< d
    double channel_density = 0;  ///< channels of all passes, 1/mm2; NaN when the injury is prescribed
    double depth = 0;            ///< mm; NaN when the injury is prescribed
    Injury injury;
    double dermis = std::numeric_limits<double>::quiet_NaN();  ///< mm, against which the depth was held; NaN as above
};

/// Everything that decides a course; the same plan gives the same course to the last bit.
struct Plan {
    ParametersOf<CourseModel, double> parameters = default_parameters<CourseModel>();
    double age = 25;  ///< years at day 0
    Ageing ageing = Ageing::frozen;
    double uv = 0;                         ///< extra melanin production, relative to home
    std::vector<PlannedSession> sessions;  ///< ascending
    std::vector<double> outputs;           ///< ascending, d
    double duration = 730.5;               ///< d
    double relative = 1e-6;
    double absolute = 1e-12;
    Method method = Method::rodas5p;
};

/// The states at the output times and how the integration ended; every row is NaN when it failed.
struct Trajectory {
    std::vector<CourseStates> rows;
    Outcome outcome;
};

struct Course {
    Plan plan;
    CourseCoefficients coefficients{};
    Trajectory treated, untreated;
};

/// Asked now and then with the share of the course that is done; false stops it.
using Progress = std::function<bool(double)>;

/// Runs a course. Skin older than the onset of ageing starts from home skin that has aged until then. Throws
/// Interrupted when `progress` says so; a member that fails has its status in the trajectory and NaN in its rows.
Course run_course(const Plan& plan, const Progress& progress = {});

}  // namespace cicatrix
