// A folder of its own for each test that writes files.
#pragma once
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace scratch {

namespace fs = std::filesystem;

/// An empty folder that goes when the test does.
class Folder {
  public:
    Folder() : path_(fs::temp_directory_path() / ("cicatrix-test-" + std::to_string(::getpid()))) {
        fs::create_directory(path_);
    }
    ~Folder() {
        fs::permissions(path_, fs::perms::owner_all);
        fs::remove_all(path_);
    }
    fs::path operator/(const char* name) const { return path_ / name; }
    const fs::path& path() const { return path_; }
    std::set<std::string> names() const {
        std::set<std::string> found;
        for (const auto& entry : fs::directory_iterator(path_)) found.insert(entry.path().filename().string());
        return found;
    }

  private:
    fs::path path_;
};

inline std::string content(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline void put(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

}  // namespace scratch
