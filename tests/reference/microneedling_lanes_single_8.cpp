// The microneedling model, 8 members at once, in single precision.
#include "reference/microneedling_lanes.hpp"

namespace cicatrix::tests {

PatientRecords followed_in_8_single_lanes(const Patients& patients, const PatientSettings& settings) {
    return followed<LanesOf<8, float>>(patients, settings);
}

}  // namespace cicatrix::tests
