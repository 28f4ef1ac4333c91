// The build facts as text; this file alone is compiled again when the commit changes.
#include "cicatrix/io/version.hpp"

#include "cicatrix_commit.hpp"

namespace cicatrix {

std::string_view version() { return CICATRIX_VERSION; }

std::string_view git_commit() { return CICATRIX_COMMIT; }

std::string_view compiler() {
#if defined(__clang__)
    return "clang " __clang_version__;
#elif defined(__GNUC__)
    return "g++ " __VERSION__;
#elif defined(_MSC_VER)
    return "MSVC";
#else
    return "unknown";
#endif
}

}  // namespace cicatrix
