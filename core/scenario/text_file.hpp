// The text of a scenario file.
#pragma once
#include <filesystem>
#include <string>

namespace cicatrix {

/// The whole of a regular file. Throws FileError (no_input) when there is none, when it is a folder, a pipe or a
/// device, or when it is larger than a scenario may be; its size is looked at before its content.
std::string read_text_file(const std::filesystem::path& path);

}  // namespace cicatrix
