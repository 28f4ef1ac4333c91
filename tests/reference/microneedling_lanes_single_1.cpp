// The microneedling model, 1 member at once, in single precision.
#include "reference/microneedling_lanes.hpp"

namespace cicatrix::tests {

PatientRecords followed_in_1_single_lane(const Patients& patients, const PatientSettings& settings) {
    return followed<LanesOf<1, float>>(patients, settings);
}

}  // namespace cicatrix::tests
