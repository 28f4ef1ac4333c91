// The microneedling model in lanes of several widths; each width is compiled in a file of its own, since one takes long.
#pragma once
#include <vector>

#include "cicatrix/models/microneedling.hpp"
#include "cicatrix/solver/rodas5p.hpp"
#include "recording_queue.hpp"

namespace cicatrix::tests {

using Patients = std::vector<Member<Microneedling>>;
using PatientRecords = std::vector<Recorded<Microneedling>>;

/// By id; each session injures a share of its own, so that members differ in that, too.
template <class V> PatientRecords followed(const Patients& patients) {
    RecordingQueue<Microneedling> queue(patients);
    queue.on_event = [](const auto& patient, std::size_t i, auto& y) {
        const double share = 0.01 * static_cast<double>(1 + (patient.id + i) % 9);
        y = Microneedling::injure(y, patient.coefficients, {0.5 * share, share});
    };
    integrate<Rodas5P, Microneedling, V>(queue, Settings<Microneedling>{.relative = 1e-4});
    return queue.records;
}

PatientRecords followed_in_1_lane(const Patients& patients);
PatientRecords followed_in_2_lanes(const Patients& patients);
PatientRecords followed_in_4_lanes(const Patients& patients);
PatientRecords followed_in_8_lanes(const Patients& patients);

}  // namespace cicatrix::tests
