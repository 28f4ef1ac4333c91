// A patient's course has the same bits alone, among a thousand, in reversed order, and in lanes of 1, 2, 4 and 8.
#include <algorithm>
#include <cmath>

#include "catch.hpp"
#include "reference/microneedling_lanes.hpp"

namespace {

using namespace cicatrix;
using namespace cicatrix::tests;

const std::vector<double> sessions{0, 28, 56};
const std::vector<double> outputs{0, 0.5, 3, 14, 28, 60, 180};

/// Patients of all ages with parameters between half and twice the default.
Patients different_patients(std::size_t count) {
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
        patient.events = std::span(sessions).first(i % 4);
        patient.outputs = outputs;
    }
    return patients;
}

bool same_bits(const Recorded<Microneedling>& a, const Recorded<Microneedling>& b) {
    return equal_bits(a.last, b.last) && equal_bits(a.outputs, b.outputs) && a.outcome.status == b.outcome.status &&
           a.outcome.steps == b.outcome.steps;
}

std::size_t different_records(const PatientRecords& a, const PatientRecords& b) {
    std::size_t different = 0;
    for (std::size_t i = 0; i < a.size(); ++i) different += !same_bits(a[i], b[i]);
    return different;
}

}  // namespace

TEST_CASE("a patient has the same bits among a thousand, in any order, in lanes of 1, 2, 4 and 8", "[microneedling]") {
    auto patients = different_patients(1000);
    const auto one_by_one = followed_in_1_lane(patients);
    CHECK(std::ranges::all_of(one_by_one, [](const auto& record) { return record.outcome.status == Status::done; }));
    CHECK_FALSE(one_by_one[3].last == one_by_one[7].last);
    CHECK(different_records(followed_in_2_lanes(patients), one_by_one) == 0);
    CHECK(different_records(followed_in_4_lanes(patients), one_by_one) == 0);
    CHECK(different_records(followed_in_8_lanes(patients), one_by_one) == 0);
    std::ranges::reverse(patients);
    CHECK(different_records(followed_in_8_lanes(patients), one_by_one) == 0);
}

TEST_CASE("a patient alone has the bits that it has in company", "[microneedling]") {
    const auto patients = different_patients(40);
    const auto together = followed_in_8_lanes(patients);
    for (const auto& patient : patients) {
        auto alone = patient;
        alone.id = 0;
        // The id decides the injury, so only patients whose id leaves it as it was are comparable.
        if (patient.id % 9 == 0) CHECK(same_bits(followed_in_8_lanes({alone}).front(), together[patient.id]));
    }
}
