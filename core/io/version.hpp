// What was built from which source by which compiler: the facts that a result file carries to be reproduced.
#pragma once
#include <string_view>

namespace cicatrix {

/// Version of this library, for example "0.1.0".
std::string_view version();

/// Full git commit of the source, with "-dirty" when it had changes; "unknown" outside a repository.
std::string_view git_commit();

/// Name and version of the compiler that built the core.
std::string_view compiler();

}  // namespace cicatrix
