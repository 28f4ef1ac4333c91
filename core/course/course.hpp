// One patient's course: the treated skin and its untreated twin, from the same start, at the same times.
#pragma once
#include <array>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "cicatrix/injury/parameters.hpp"
#include "cicatrix/injury/zones.hpp"
#include "cicatrix/models/microneedling.hpp"
#include "cicatrix/readout/absorption/absorb.hpp"
#include "cicatrix/readout/moment.hpp"
#include "cicatrix/solver/member.hpp"

namespace cicatrix {

/// The model that courses run.
using CourseModel = Microneedling;
using CourseStates = StatesOf<CourseModel, double>;
using CourseCoefficients = CoefficientsOf<CourseModel, double>;

enum class Ageing { frozen, drift };
enum class Method { rodas5p, rodas4 };

struct PlannedSession {
    double at = 0;                     ///< d
    Channels channels;                 ///< of all passes; without density when the injury is prescribed
    std::optional<Injury> prescribed;  ///< of all tissue alike, in place of the channels
    double minutes = 0;                ///< that the session takes
    double price = 0;                  ///< USD
};

/// Everything that decides a course; the same plan gives the same course to the last bit.
struct Plan {
    ParametersOf<CourseModel, double> parameters = default_parameters<CourseModel>();
    InjuryParameters injury = default_injury_parameters;
    ReadoutParameters readouts = default_readout_parameters;
    AbsorptionParameters absorption = default_absorption_parameters;
    Skin skin;
    Care care;
    Ageing ageing = Ageing::frozen;
    std::vector<PlannedSession> sessions;  ///< ascending
    std::vector<double> outputs;           ///< ascending, d
    double duration = 730.5;               ///< d
    double relative = 1e-6;
    double absolute = 1e-12;
    Method method = Method::rodas5p;
};

/// States and read-outs at the output times and how the integration ended; every row is NaN when it failed.
struct Trajectory {
    std::vector<CourseStates> rows;                               ///< means over the zones
    std::vector<std::array<double, readouts.size()>> appearance;  ///< the read-outs, in the order of their list
    std::vector<AbsorptionResult> absorbed;                       ///< one for each of care.topicals
    Outcome outcome;                                              ///< of the first zone that failed; steps are summed
};

struct Course {
    Plan plan;
    CourseCoefficients coefficients{};
    Trajectory treated, untreated;
    std::vector<ZonedInjury> injuries;  ///< one for each session
    /// For each session the inflammation of the last one that is left in the tissue it reached, over its peak; NaN for
    /// the first, and where the peak was below 1 cell per mm3.
    std::vector<double> inflammation_left;
};

/// What each session of a plan does to the zones of the dermis.
std::vector<ZonedInjury> injuries_of(const Plan& plan);

/// Asked now and then with the share of the course that is done; false stops it.
using Progress = std::function<bool(double)>;

/// Runs a course. Skin older than the onset of ageing starts from home skin that has aged until then. Throws
/// Interrupted when `progress` says so; a member that fails has its status in the trajectory and NaN in its rows.
Course run_course(const Plan& plan, const Progress& progress = {});

}  // namespace cicatrix
