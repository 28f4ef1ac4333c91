// Files that exist whole or not at all, by the calls of POSIX.
#include "cicatrix/io/atomic_file.hpp"

#include "cicatrix/base/error.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace cicatrix {
namespace {

namespace fs = std::filesystem;

bool is_lack_of_space(int error) { return error == ENOSPC || error == EDQUOT || error == EFBIG; }

[[noreturn]] void refuse(const fs::path& to, const std::string& reason) {
    throw FileError(FileFault::cannot_create, to.string(), reason);
}

[[noreturn]] void refuse(const fs::path& to, const std::string& attempted, int error) {
    const auto fault = is_lack_of_space(error) ? FileFault::disk_full : FileFault::cannot_create;
    throw FileError(fault, to.string(), "cannot " + attempted + ": " + std::generic_category().message(error));
}

[[noreturn]] void refuse_bytes(const fs::path& to, std::size_t needed, int error) {
    throw FileError(FileFault::disk_full, to.string(),
                    "cannot write " + std::to_string(needed) + " bytes: " + std::generic_category().message(error));
}

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    operator int() const noexcept { return number_; }
    int release() { return std::exchange(number_, -1); }

  private:
    int number_;
};

/// Where the bytes go in the end: behind a symbolic link, and never in place of a folder or a device.
fs::path place_of(const fs::path& to) {
    if (to.filename().empty()) refuse(to, "names no file");
    std::error_code error;
    const auto kind = fs::symlink_status(to, error).type();
    if (kind == fs::file_type::symlink) {
        const fs::path behind = fs::canonical(to, error);
        if (error) refuse(to, "follow the link", error.value());
        return place_of(behind);
    }
    if (kind == fs::file_type::directory) refuse(to, "is a folder, not a file");
    // An unknown kind, as in a folder that may not be searched, is left to the system call that meets it.
    const bool may_become_file =
        kind == fs::file_type::regular || kind == fs::file_type::not_found || kind == fs::file_type::none;
    if (!may_become_file) refuse(to, "is not a regular file");
    return to;
}

/// The file `part`, opened and locked against a second writer.
Descriptor opened_and_locked(const fs::path& given, const fs::path& part) {
    for (;;) {
        // O_NONBLOCK and O_NOFOLLOW: a pipe or a link that bears the name of the part must not be opened.
        Descriptor file(::open(part.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666));
        if (file < 0) refuse(given, "create " + part.string(), errno);
        struct stat opened {};
        if (::fstat(file, &opened) != 0) refuse(given, "inspect " + part.string(), errno);
        if (!S_ISREG(opened.st_mode)) refuse(given, part.string() + " is not a regular file");
        if (::flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
            throw FileError(FileFault::locked, given.string(), "another program is writing it at this moment");
        // The other writer may have moved the file into place between our open and our lock: start anew then.
        struct stat named {};
        if (::lstat(part.c_str(), &named) == 0 && named.st_ino == opened.st_ino && named.st_dev == opened.st_dev)
            return file;
    }
}

}  // namespace

PartFile::PartFile(const fs::path& to)
    : given_(to), to_(place_of(to)), part_(fs::path(to_) += ".part"), file_(opened_and_locked(to, part_).release()) {}

PartFile::~PartFile() {
    if (!moved_) ::unlink(part_.c_str());
    if (file_ >= 0) ::close(file_);
}

void PartFile::empty() {
    if (::ftruncate(file_, 0) != 0) refuse(given_, "empty " + part_.string(), errno);
}

void PartFile::append(std::span<const std::byte> bytes) {
    if (::lseek(file_, 0, SEEK_END) < 0) refuse(given_, "find the end of " + part_.string(), errno);
    constexpr std::size_t most_at_once = std::size_t{1} << 30;  // Linux takes no more than 2 GiB in one call
    for (auto rest = bytes; !rest.empty();) {
        const auto taken = ::write(file_, rest.data(), std::min(rest.size(), most_at_once));
        if (taken < 0 && errno != EINTR) refuse_bytes(given_, bytes.size(), errno);
        if (taken > 0) rest = rest.subspan(static_cast<std::size_t>(taken));
    }
}

std::size_t PartFile::size() const {
    struct stat now {};
    if (::fstat(file_, &now) != 0) refuse(given_, "inspect " + part_.string(), errno);
    return static_cast<std::size_t>(now.st_size);
}

void PartFile::require_room(std::size_t bytes) const {
    const int error = ::posix_fallocate(file_, 0, static_cast<off_t>(bytes));
    if (is_lack_of_space(error))
        refuse_bytes(given_, bytes, error);  // where room cannot be reserved, writing will tell
}

std::size_t PartFile::read(std::size_t from, std::span<std::byte> into) const {
    const auto taken = ::pread(file_, into.data(), into.size(), static_cast<off_t>(from));
    if (taken < 0) refuse(given_, "read " + part_.string() + " again", errno);
    return static_cast<std::size_t>(taken);
}

void PartFile::move_into_place() {
    if (::fsync(file_) != 0) refuse_bytes(given_, size(), errno);
    if (::rename(part_.c_str(), to_.c_str()) != 0) refuse(given_, "move the finished file into place", errno);
    moved_ = true;
    if (::close(std::exchange(file_, -1)) != 0) refuse(given_, "close the file", errno);
    const fs::path folder = to_.has_parent_path() ? to_.parent_path() : fs::path(".");
    const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory < 0) return;  // a folder that may be written but not read: the rename itself has succeeded
    if (::fsync(directory) != 0 && errno != EINVAL && errno != ENOTSUP) refuse(given_, "flush its folder", errno);
}

void write_atomically(const fs::path& to, std::span<const std::byte> bytes) {
    PartFile part(to);
    part.empty();  // what a killed run left
    part.append(bytes);
    part.move_into_place();
}

void require_creatable(const fs::path& to) { PartFile{to}; }

}  // namespace cicatrix
