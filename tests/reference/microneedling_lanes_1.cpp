// The microneedling model, 1 member at once.
#include "reference/microneedling_lanes.hpp"

namespace cicatrix::tests {

PatientRecords followed_in_1_lane(const Patients& patients) { return followed<LanesOf<1>>(patients); }

}  // namespace cicatrix::tests
