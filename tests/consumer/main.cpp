// What somebody else would write: read a scenario, simulate it, write the result file; nothing but the installed core.
#include <cstdio>

#include "cicatrix/base/error.hpp"
#include "cicatrix/io/netcdf.hpp"
#include "cicatrix/io/version.hpp"
#include "cicatrix/scenario/read.hpp"
#include "cicatrix/scenario/run.hpp"

int main(int count, char* arguments[]) {
    if (count != 3) return 2;
    try {
        const auto scenario = cicatrix::read_scenario(arguments[1], cicatrix::parameter_rows());
        cicatrix::write_netcdf(cicatrix::run_scenario(scenario), arguments[2]);
    } catch (const cicatrix::InputError& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 65;
    }
    std::printf("cicatrix %.*s\n", static_cast<int>(cicatrix::version().size()), cicatrix::version().data());
}
