// The pages of the errors that only sweeps have.
#pragma once
#include <array>

#include "cicatrix/scenario/codes.hpp"

namespace cicatrix {

inline constexpr std::array sweep_pages{
    ErrorPage{
        .code = "E-SWEEP",
        .title = "The sweep cannot be understood or does not fit",
        .what =
            "A design lacks what it needs, a distribution has another form than those that are known, shares do not "
            "sum up to 1, or a sweep stands where one course is wanted.",
        .mend =
            "A grid, list or zip takes lists of levels; a latin hypercube, sobol or cohort takes distributions too: "
            "\"uniform 0.5 mm to 2 mm\", \"loguniform 0.1 to 10\", \"normal 45 years sd 8 years\", \"lognormal 1.5 "
            "mm cv 0.2\", \"cv 0.2\" about the usual value and, of a parameter, \"range\". A file with [sweep] is "
            "run by 'cicatrix sweep'.",
        .bad = R"([patient]
age = "52 years"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
[sweep]
design = "grid"
vary = { "device.needle_length" = "uniform 0.5 mm to 2 mm" }
outcomes = ["wrinkle_depth effect final"]
)",
        .good = R"([patient]
age = "52 years"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
[sweep]
design = "sobol"
samples = 1024
vary = { "device.needle_length" = "uniform 0.5 mm to 2 mm" }
outcomes = ["wrinkle_depth effect final"]
)",
    },
    ErrorPage{
        .code = "E-OUTCOME",
        .title = "An outcome cannot be understood",
        .what = "What is to be kept of a member names no state or read-out, does not say how its course becomes one "
                "number, or is asked for a day that not every member reaches.",
        .mend = "Write the name of a state or read-out; then 'effect' for treated less untreated skin, 'untreated' for "
                "the twin, or nothing; then 'final', 'peak', 'time of peak', 'auc', 'time to 0.5' or 'at 90 days'.",
        .bad = R"([patient]
age = "52 years"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
[sweep]
design = "grid"
vary = { "protocol.passes" = [5, 15] }
outcomes = ["wrinkle_depth"]
)",
        .good = R"([patient]
age = "52 years"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
[sweep]
design = "grid"
vary = { "protocol.passes" = [5, 15] }
outcomes = ["wrinkle_depth effect final"]
)",
    },
};

}  // namespace cicatrix
