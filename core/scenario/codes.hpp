// The page that explains each code of a problem: what happened, how to mend it, a bad and a good example.
#pragma once
#include <span>
#include <string_view>

namespace cicatrix {

/// One page. The examples are TOML texts; each may be read as it stands.
struct ErrorPage {
    std::string_view code;
    std::string_view title;
    std::string_view what;
    std::string_view mend;
    std::string_view bad;
    std::string_view good;
};

/// Every page, in the order in which a file is read.
std::span<const ErrorPage> error_pages();

/// The page of a code, or null.
const ErrorPage* find_error_page(std::string_view code);

}  // namespace cicatrix
