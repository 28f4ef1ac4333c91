// The microneedling model, 2 members at once.
#include "reference/microneedling_lanes.hpp"

namespace cicatrix::tests {

PatientRecords followed_in_2_lanes(const Patients& patients, const PatientSettings& settings) {
    return followed<LanesOf<2>>(patients, settings);
}

}  // namespace cicatrix::tests
