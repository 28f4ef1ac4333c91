// The microneedling model, 4 members at once.
#include "reference/microneedling_lanes.hpp"

namespace cicatrix::tests {

PatientRecords followed_in_4_lanes(const Patients& patients, const PatientSettings& settings) {
    return followed<LanesOf<4>>(patients, settings);
}

}  // namespace cicatrix::tests
