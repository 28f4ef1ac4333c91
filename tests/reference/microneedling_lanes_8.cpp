// The microneedling model, 8 members at once.
#include "reference/microneedling_lanes.hpp"

namespace cicatrix::tests {

PatientRecords followed_in_8_lanes(const Patients& patients, const PatientSettings& settings) {
    return followed<LanesOf<8>>(patients, settings);
}

}  // namespace cicatrix::tests
