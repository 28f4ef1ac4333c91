// The microneedling model, 4 members at once.
#include "reference/microneedling_lanes.hpp"

namespace cicatrix::tests {

PatientRecords followed_in_4_lanes(const Patients& patients) { return followed<LanesOf<4>>(patients); }

}  // namespace cicatrix::tests
