// Money spent on sessions so far.
#pragma once
#include "cicatrix/readout/readout.hpp"

namespace cicatrix::readout {

struct Cost {
    static constexpr Readout row{
        .name = "cost",
        .unit = "USD",
        .meaning = "money spent on sessions so far",
        .formula = "sum of price of sessions",
        .grade = Grade::assumed,
        .source = "definition; the price of a session is given",
    };
    static auto value(const auto& now) {
        double sum = 0;
        for (const auto& session : now.sessions) sum += session.price;
        return sum;
    }
};

}  // namespace cicatrix::readout
