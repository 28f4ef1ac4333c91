// The ways to follow the skin through a course, one for each fidelity. Each fills in the means of all legs and the
// profiles of what it resolves, and says in the trajectories how it ended; on a failure the means are left as they are.
#pragma once
#include "cicatrix/course/legs.hpp"

namespace cicatrix {

inline constexpr double days_per_year = 365.25;

/// Age of the tissue at day 0, years: light may have aged it beyond its years.
inline double tissue_age(const Plan& plan) { return plan.skin.age + plan.skin.baseline->extra_age; }

/// Age from which skin ages, years.
inline double age_of_onset(const Plan& plan) {
    return plan.parameters[index_of(CourseModel::parameters, "ageing_onset")];
}

/// Years that home skin ages before day 0.
inline double years_of_ageing(const Plan& plan) { return tissue_age(plan) - age_of_onset(plan); }

/// The parameters of the patient's skin: a baseline with less collagen is at rest with less.
ParametersOf<CourseModel, double> skin_parameters(const Plan& plan);

/// Coefficients from parameters of the skin, or of a layer of it, at some age.
CourseCoefficients skin_coefficients(const Plan& plan, const ParametersOf<CourseModel, double>& parameters, double age,
                                     Ageing ageing);

/// Cells that are inflamed, 1/mm3.
inline double inflammation_of(double neutrophils, double macrophages_m1) {
    return 1000.0 * neutrophils + 500.0 * macrophages_m1;
}
inline double inflammation_of(const CourseStates& y) {
    return inflammation_of(get<"neutrophils">(y), get<"macrophages_m1">(y));
}

/// What a zone kept of the inflammation of the session before, over its peak; NaN where there was none to speak of.
inline double inflammation_left(double peak, double now) {
    return peak > 1.0 ? now / peak : std::numeric_limits<double>::quiet_NaN();
}

/// Tolerances of a course without space.
Settings<CourseModel> settings_of(const Plan& plan);

/// Sets what follows from the plan of a course and forgets the rest.
void begin_course(Course& course);

/// At the fidelity of its plan.
void follow(Course& course, Legs& legs, const Progress& progress);
void follow_lumped(Course& course, Legs& legs, const Progress& progress);
void follow_depth(Course& course, Legs& legs, const Progress& progress);
void follow_channel(Course& course, Legs& legs, const Progress& progress);

}  // namespace cicatrix
