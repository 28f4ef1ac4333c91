// Numbers as text, apart from the rest since the tables for it are large: a page has them already.
#include <charconv>

#include "cicatrix/base/error.hpp"

namespace cicatrix {

std::string shortest_text(double value) {
    char buffer[32];
    const auto [end, fault] = std::to_chars(buffer, buffer + sizeof buffer, value);
    return {buffer, end};
}

}  // namespace cicatrix
