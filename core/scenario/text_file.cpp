// Scenarios from files, apart from the rest so that it can be compiled where there are no files.
#include "cicatrix/scenario/text_file.hpp"

#include <fstream>
#include <iterator>

#include "cicatrix/base/error.hpp"
#include "cicatrix/scenario/raw_text.hpp"

namespace cicatrix {

std::string read_text_file(const std::filesystem::path& path) {
    std::error_code fault;
    const auto refuse_file = [&](const std::string& reason) {
        throw FileError(FileFault::no_input, path.string(), reason);
    };
    const auto status = std::filesystem::status(path, fault);
    if (!std::filesystem::exists(status)) refuse_file("there is no such file");
    if (!std::filesystem::is_regular_file(status)) refuse_file("this is not a file that can be read as text");
    if (std::filesystem::file_size(path, fault) > largest_text || fault)
        refuse_file("a scenario may have at most 1 MiB");
    std::ifstream stream(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream || stream.bad()) refuse_file("the file cannot be read");
    return text;
}

}  // namespace cicatrix
