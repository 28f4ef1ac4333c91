// The microneedling model, 1 member at once.
#include "reference/microneedling_lanes.hpp"

namespace cicatrix::tests {

PatientRecords followed_in_1_lane(const Patients& patients, const PatientSettings& settings) {
    return followed<LanesOf<1>>(patients, settings);
}

}  // namespace cicatrix::tests
