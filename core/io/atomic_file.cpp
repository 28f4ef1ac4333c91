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
    int close() { return ::close(std::exchange(number_, -1)); }

  private:
    int number_;
};

/// Where the bytes go in the end: behind a symbolic link, and never in place of a folder or a device.
fs::path destination(const fs::path& to) {
    if (to.filename().empty()) refuse(to, "names no file");
    std::error_code error;
    const auto kind = fs::symlink_status(to, error).type();
    if (kind == fs::file_type::symlink) {
        const fs::path behind = fs::canonical(to, error);
        if (error) refuse(to, "follow the link", error.value());
        return destination(behind);
    }
    if (kind == fs::file_type::directory) refuse(to, "is a folder, not a file");
    // An unknown kind, as in a folder that may not be searched, is left to the system call that meets it.
    const bool may_become_file =
        kind == fs::file_type::regular || kind == fs::file_type::not_found || kind == fs::file_type::none;
    if (!may_become_file) refuse(to, "is not a regular file");
    return to;
}

/// The file beside its destination, locked against a second writer; removed unless it was moved into place.
class PartFile {
  public:
    PartFile(const fs::path& given, fs::path to)
        : given_(given), to_(std::move(to)), part_(fs::path(to_) += ".part"), file_(open_locked()) {}
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;
    ~PartFile() {
        if (!moved_) ::unlink(part_.c_str());
    }

    void write(std::span<const std::byte> bytes) {
        if (::ftruncate(file_, 0) != 0) refuse(given_, "empty " + part_.string(), errno);  // left by a killed run
        constexpr std::size_t most_at_once = std::size_t{1} << 30;  // Linux takes no more than 2 GiB in one call
        for (auto rest = bytes; !rest.empty();) {
            const auto taken = ::write(file_, rest.data(), std::min(rest.size(), most_at_once));
            if (taken < 0 && errno != EINTR) refuse_bytes(given_, bytes.size(), errno);
            if (taken > 0) rest = rest.subspan(static_cast<std::size_t>(taken));
        }
        if (::fsync(file_) != 0) refuse_bytes(given_, bytes.size(), errno);
    }

    void move_into_place() {
        if (::rename(part_.c_str(), to_.c_str()) != 0) refuse(given_, "move the finished file into place", errno);
        moved_ = true;
        if (file_.close() != 0) refuse(given_, "close the file", errno);
        make_folder_durable();
    }

  private:
    Descriptor open_locked() const {
        for (;;) {
            // O_NONBLOCK and O_NOFOLLOW: a pipe or a link that bears the name of the part must not be opened.
            Descriptor file(::open(part_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666));
            if (file < 0) refuse(given_, "create " + part_.string(), errno);
            struct stat opened {};
            if (::fstat(file, &opened) != 0) refuse(given_, "inspect " + part_.string(), errno);
            if (!S_ISREG(opened.st_mode)) refuse(given_, part_.string() + " is not a regular file");
            if (::flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
                throw FileError(FileFault::locked, given_.string(), "another program is writing it at this moment");
            // The other writer may have moved the file into place between our open and our lock: start anew then.
            struct stat named {};
            if (::lstat(part_.c_str(), &named) == 0 && named.st_ino == opened.st_ino && named.st_dev == opened.st_dev)
                return file;
        }
    }

    void make_folder_durable() const {
        const fs::path folder = to_.has_parent_path() ? to_.parent_path() : fs::path(".");
        const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (directory < 0) return;  // a folder that may be written but not read: the rename itself has succeeded
        if (::fsync(directory) != 0 && errno != EINVAL && errno != ENOTSUP) refuse(given_, "flush its folder", errno);
    }

    fs::path given_;  // as the user wrote it, for messages
    fs::path to_;
    fs::path part_;
    Descriptor file_;
    bool moved_ = false;
};

}  // namespace

void write_atomically(const fs::path& to, std::span<const std::byte> bytes) {
    PartFile part(to, destination(to));
    part.write(bytes);
    part.move_into_place();
}

void require_creatable(const fs::path& to) { PartFile(to, destination(to)); }

}  // namespace cicatrix
