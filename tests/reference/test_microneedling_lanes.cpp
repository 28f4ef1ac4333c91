// A patient's course has the same bits alone, among a thousand, in reversed order, and in lanes of 1, 2, 4 and 8.
#include <algorithm>

#include "catch.hpp"
#include "reference/microneedling_lanes.hpp"

namespace {

using namespace cicatrix;
using namespace cicatrix::tests;

const PatientSettings settings{.relative = 1e-4};

}  // namespace

TEST_CASE("a patient has the same bits among a thousand, in any order, in lanes of 1, 2, 4 and 8", "[microneedling]") {
    auto patients = different_patients(1000);
    const auto one_by_one = followed_in_1_lane(patients, settings);
    CHECK(std::ranges::all_of(one_by_one, [](const auto& record) { return record.outcome.status == Status::done; }));
    CHECK_FALSE(one_by_one[3].last == one_by_one[7].last);
    CHECK(different_records(followed_in_2_lanes(patients, settings), one_by_one) == 0);
    CHECK(different_records(followed_in_4_lanes(patients, settings), one_by_one) == 0);
    CHECK(different_records(followed_in_8_lanes(patients, settings), one_by_one) == 0);
    std::ranges::reverse(patients);
    CHECK(different_records(followed_in_8_lanes(patients, settings), one_by_one) == 0);
}

TEST_CASE("a patient alone has the bits that it has in company", "[microneedling]") {
    const auto patients = different_patients(40);
    const auto together = followed_in_8_lanes(patients, settings);
    for (const auto& patient : patients) {
        auto alone = patient;
        alone.id = 0;
        // The id decides the injury, so only patients whose id leaves it as it was are comparable.
        if (patient.id % 9 == 0)
            CHECK(same_record(followed_in_8_lanes({alone}, settings).front(), together[patient.id]));
    }
}
