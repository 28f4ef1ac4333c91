// The shortest text of a number is JavaScript's, which has the same digits.
#include <cstddef>

#include "cicatrix/base/error.hpp"

extern "C" __attribute__((import_module("page"), import_name("shortest"))) std::size_t cicatrix_shortest(double value,
                                                                                                         char* text);

namespace cicatrix {

std::string shortest_text(double value) {
    char buffer[32];
    return {buffer, cicatrix_shortest(value, buffer)};
}

}  // namespace cicatrix
