// The microneedling model in lanes of several widths; each width is compiled in a file of its own, since one takes long.
#pragma once
#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "cicatrix/models/microneedling.hpp"
#include "cicatrix/solver/rodas5p.hpp"
#include "recording_queue.hpp"

namespace cicatrix::tests {

using Patients = std::vector<Member<Microneedling>>;
using PatientRecords = std::vector<Recorded<Microneedling>>;

/// By id; each session injures a share of its own, so that members differ in that, too.
template <class V> PatientRecords followed(const Patients& patients, const Settings<Microneedling>& settings) {
    RecordingQueue<Microneedling> queue(patients);
    queue.on_event = [](const auto& patient, std::size_t i, auto& y) {
        const double share = 0.01 * static_cast<double>(1 + (patient.id + i) % 9);
        y = Microneedling::injure(y, patient.coefficients, {0.5 * share, share});
    };
    integrate<Rodas5P, Microneedling, V>(queue, settings);
    return queue.records;
}

using PatientSettings = Settings<Microneedling>;
PatientRecords followed_in_1_lane(const Patients& patients, const PatientSettings& settings);
PatientRecords followed_in_2_lanes(const Patients& patients, const PatientSettings& settings);
PatientRecords followed_in_4_lanes(const Patients& patients, const PatientSettings& settings);
PatientRecords followed_in_8_lanes(const Patients& patients, const PatientSettings& settings);
PatientRecords followed_in_1_single_lane(const Patients& patients, const PatientSettings& settings);
PatientRecords followed_in_8_single_lanes(const Patients& patients, const PatientSettings& settings);

inline constexpr std::array<double, 3> patient_sessions{0, 28, 56};
inline constexpr std::array<double, 7> patient_outputs{0, 0.5, 3, 14, 28, 60, 180};

/// Patients of all ages with parameters between half and twice the default.
inline Patients different_patients(std::size_t count) {
    Patients patients(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double x = static_cast<double>(i);
        auto parameters = default_parameters<Microneedling>();
        parameters[i % parameters.size()] *= std::exp2(std::sin(x));
        parameters[7 * i % parameters.size()] *= std::exp2(std::cos(3 * x));
        auto& patient = patients[i];
        patient.id = i;
        patient.coefficients = coefficients_from<Microneedling>(parameters);
        set_coefficient<"age", Microneedling>(patient.coefficients, 20 + std::fmod(7 * x, 60.0));
        set_coefficient<"ageing_rate", Microneedling>(patient.coefficients, i % 2 == 0 ? 1 : 0);
        patient.initial = Microneedling::home(patient.coefficients);
        patient.end = 180;
        patient.events = std::span(patient_sessions).first(i % 4);
        patient.outputs = patient_outputs;
    }
    return patients;
}

inline bool same_record(const Recorded<Microneedling>& a, const Recorded<Microneedling>& b) {
    return equal_bits(a.last, b.last) && equal_bits(a.outputs, b.outputs) && a.outcome.status == b.outcome.status &&
           a.outcome.steps == b.outcome.steps;
}

inline std::size_t different_records(const PatientRecords& a, const PatientRecords& b) {
    std::size_t different = 0;
    for (std::size_t i = 0; i < a.size(); ++i) different += !same_record(a[i], b[i]);
    return different;
}

}  // namespace cicatrix::tests
