// What toml++ asks of the standard library and WASI's does not have.
#pragma once
#include <charconv>
#include <cstdlib>
#include <istream>
#include <string>

/// Named in a function that nobody here calls.
template <> class std::basic_ifstream<char> : public std::istream {
  public:
    basic_ifstream() : std::istream(nullptr) {}
    void open(const std::string&, std::ios_base::openmode) {}
    bool is_open() const { return false; }
    void close() {}
};

namespace std {
/// For a float that the parser has checked. Numbers by way of streams would bring all of the library's locales.
inline from_chars_result from_chars(const char* first, const char* last, double& value) {
    const string digits(first, last);
    char* stop = nullptr;
    value = strtod(digits.c_str(), &stop);
    return {first + (stop - digits.c_str()), stop == digits.c_str() ? errc::invalid_argument : errc{}};
}
}  // namespace std
