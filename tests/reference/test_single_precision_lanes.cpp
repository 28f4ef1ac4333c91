// Single precision against double precision: what it adds to the error of a course, and that its bits are the same at
// every width, too.
#include <algorithm>
#include <cmath>

#include "catch.hpp"
#include "reference/microneedling_lanes.hpp"

namespace {

using namespace cicatrix;
using namespace cicatrix::tests;

PatientSettings settings_of(double relative) {
    return {.relative = relative, .absolute = PatientSettings::every(std::max(1e-3 * relative, least_absolute_single))};
}

/// Root mean square over patients, outputs and states, relative to the value and a thousandth of the state's largest.
double error(const PatientRecords& found, const PatientRecords& exact) {
    double sum = 0, count = 0;
    for (std::size_t p = 0; p < exact.size(); ++p)
        for (std::size_t i = 0; i < Microneedling::states.size(); ++i) {
            double largest = 1e-9;  // a state that a patient without sessions never leaves zero by
            for (const auto& y : exact[p].outputs) largest = std::max(largest, std::abs(y[i]));
            for (std::size_t t = 0; t < exact[p].outputs.size(); ++t, ++count) {
                const double y = exact[p].outputs[t][i];
                const double fault = (found[p].outputs[t][i] - y) / (std::abs(y) + 1e-3 * largest);
                sum += fault * fault;
            }
        }
    return std::sqrt(sum / count);
}

}  // namespace

TEST_CASE("single precision adds less than 5e-6 to the error of a course", "[microneedling][single]") {
    const auto patients = different_patients(100);
    const auto exact = followed_in_8_lanes(patients, {.relative = 1e-10});
    for (const double relative : {1e-4, 1e-5, least_relative_single}) {
        const auto single = followed_in_8_single_lanes(patients, settings_of(relative));
        for (const auto& record : single) CHECK(record.outcome.status == Status::done);
        const double in_double = error(followed_in_8_lanes(patients, settings_of(relative)), exact);
        CAPTURE(relative, in_double);
        CHECK(error(single, exact) < in_double + 5e-6);
    }
}

TEST_CASE("a patient in single precision has the same bits alone and among others, in any order",
          "[microneedling][single]") {
    auto patients = different_patients(100);
    const auto settings = settings_of(1e-4);
    const auto one_by_one = followed_in_1_single_lane(patients, settings);
    CHECK_FALSE(one_by_one[3].last == one_by_one[7].last);
    CHECK(different_records(followed_in_8_single_lanes(patients, settings), one_by_one) == 0);
    std::ranges::reverse(patients);
    CHECK(different_records(followed_in_8_single_lanes(patients, settings), one_by_one) == 0);
}

TEST_CASE("times stay doubles in single precision", "[single]") {
    auto patients = different_patients(4);
    for (auto& patient : patients)
        patient.begin = 100'000, patient.end = 100'180, patient.events = patient.outputs = {};
    for (const auto& record : followed_in_8_single_lanes(patients, settings_of(1e-4))) {
        CHECK(record.outcome.status == Status::done);
        CHECK(record.outcome.time == 100'180);
    }
}
