// A file appears whole or not at all, and whatever stood there before survives every failure.
#include "cicatrix/io/atomic_file.hpp"

#include "catch.hpp"
#include "cicatrix/base/error.hpp"
#include "unit/scratch_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>

using namespace cicatrix;
using scratch::content, scratch::Folder, scratch::put;
namespace fs = std::filesystem;

namespace {

const std::string result(300000, 'r');

void write_result(const fs::path& to) { write_atomically(to, std::as_bytes(std::span(result))); }

/// The FileError that `write` throws.
template <class Write>
FileError refusal_of(Write&& write) {
    try {
        write();
    } catch (const FileError& error) {
        return error;
    }
    throw std::logic_error("no FileError was thrown");
}

template <class Write>
FileFault fault_of(Write&& write) {
    return refusal_of(write).fault();
}

/// No file of this process may grow beyond `bytes`: a full disk for those who may not mount one.
class FileSizeLimit {
  public:
    explicit FileSizeLimit(rlim_t bytes) : earlier_action_(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &earlier_);
        const rlimit limit{bytes, earlier_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() {
        setrlimit(RLIMIT_FSIZE, &earlier_);
        std::signal(SIGXFSZ, earlier_action_);
    }

  private:
    rlimit earlier_{};
    void (*earlier_action_)(int);
};

/// Root may write everywhere: for as long as this lives, the process is nobody.
class Nobody {
  public:
    Nobody() : was_root_(::geteuid() == 0), changed_(was_root_ && ::seteuid(65534) == 0) {}
    ~Nobody() {
        if (changed_ && ::seteuid(0) != 0) std::abort();
    }
    bool is_ordinary_user() const { return !was_root_ || changed_; }

  private:
    bool was_root_, changed_;
};

/// A file system with room for 64 KiB, where root may mount one.
class SmallDisk {
  public:
    explicit SmallDisk(const fs::path& path) : path_(path) {
        fs::create_directory(path_);
        const std::string mount = "mount -t tmpfs -o size=64k tmpfs '" + path_.string() + "' 2>/dev/null";
        is_mounted_ = ::geteuid() == 0 && std::system(mount.c_str()) == 0;
    }
    ~SmallDisk() {
        if (is_mounted_ && std::system(("umount '" + path_.string() + "'").c_str()) != 0) std::abort();
    }
    const fs::path& path() const { return path_; }
    bool is_mounted() const { return is_mounted_; }

  private:
    fs::path path_;
    bool is_mounted_ = false;
};

}  // namespace

TEST_CASE("a file that another program is writing is refused and left to it", "[io]") {
    const Folder folder;
    put(folder / "result.nc.part", "half of the other's result");
    const int other = ::open((folder / "result.nc.part").c_str(), O_WRONLY);
    REQUIRE(::flock(other, LOCK_EX) == 0);
    CHECK(fault_of([&] { write_result(folder / "result.nc"); }) == FileFault::locked);
    CHECK(content(folder / "result.nc.part") == "half of the other's result");
    ::close(other);
    write_result(folder / "result.nc");
    CHECK(folder.names() == std::set<std::string>{"result.nc"});
}

TEST_CASE("a pipe or a link in the place of the part is not opened", "[io]") {
    const Folder folder;
    put(folder / "precious", "text");
    if (GENERATE(false, true))
        fs::create_symlink("precious", folder / "result.nc.part");
    else
        REQUIRE(::mkfifo((folder / "result.nc.part").c_str(), 0600) == 0);
    CHECK(fault_of([&] { write_result(folder / "result.nc"); }) == FileFault::cannot_create);
    CHECK(content(folder / "precious") == "text");
}

TEST_CASE("a new result takes the place of the earlier one and leaves nothing beside it", "[io]") {
    const Folder folder;
    put(folder / "result.nc", "earlier");
    put(folder / "result.nc.part", std::string(1 << 20, 'x'));  // left by a run that was killed
    write_result(folder / "result.nc");
    CHECK((content(folder / "result.nc") == result));
    CHECK(folder.names() == std::set<std::string>{"result.nc"});
}

TEST_CASE("a result written to a symbolic link lands where the link points", "[io]") {
    const Folder folder;
    put(folder / "real.nc", "earlier");
    fs::create_symlink("real.nc", folder / "link.nc");
    write_result(folder / "link.nc");
    CHECK(fs::is_symlink(folder / "link.nc"));
    CHECK((content(folder / "real.nc") == result));
}

TEST_CASE("a place that cannot hold a file is refused, with path and reason, and nothing is left", "[io]") {
    const Folder folder;
    put(folder / "file", "text");
    fs::create_directory(folder / "folder.nc");
    const auto to = GENERATE("folder.nc", "missing/result.nc", "file/result.nc", "folder.nc/");
    const auto before = folder.names();
    CHECK(fault_of([&] { write_result(folder / to); }) == FileFault::cannot_create);
    CHECK(fault_of([&] { require_creatable(folder / to); }) == FileFault::cannot_create);
    const std::string told = refusal_of([&] { write_result(folder / to); }).what();
    CHECK(told.substr(0, told.find(": ")) == (folder / to).string());
    CHECK(told.size() > told.find(": ") + 2);
    CHECK(folder.names() == before);
    CHECK(fault_of([] { write_result("/dev/null"); }) == FileFault::cannot_create);
    CHECK(fs::is_character_file("/dev/null"));
}

TEST_CASE("a folder that may not be written is refused and its result stays", "[io]") {
    const Folder folder;
    put(folder / "result.nc", "earlier");
    fs::permissions(folder.path(),
                    fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read | fs::perms::others_exec);
    {
        const Nobody nobody;
        if (!nobody.is_ordinary_user()) {
            WARN("not run: root cannot become an ordinary user here");
            return;
        }
        CHECK(fault_of([&] { write_result(folder / "result.nc"); }) == FileFault::cannot_create);
    }
    CHECK(content(folder / "result.nc") == "earlier");
    CHECK(folder.names() == std::set<std::string>{"result.nc"});
}

TEST_CASE("a disk that fills up leaves the earlier result and no part of the new one", "[io]") {
    const Folder folder;
    put(folder / "result.nc", "earlier");
    {
        const FileSizeLimit full(4096);
        CHECK(fault_of([&] { write_result(folder / "result.nc"); }) == FileFault::disk_full);
    }
    CHECK(content(folder / "result.nc") == "earlier");
    CHECK(folder.names() == std::set<std::string>{"result.nc"});
    write_result(folder / "result.nc");  // and the same call succeeds once there is room
    CHECK((content(folder / "result.nc") == result));
}

TEST_CASE("a full file system is named as such, with what was asked of it", "[io]") {
    const Folder folder;
    const SmallDisk disk(folder / "disk");
    if (!disk.is_mounted()) {
        WARN("not run: mounting a small disk needs root");
        return;
    }
    const FileError error = refusal_of([&] { write_result(disk.path() / "result.nc"); });
    CHECK(error.fault() == FileFault::disk_full);
    CHECK(std::string(error.what()).find(std::to_string(result.size()) + " bytes") != std::string::npos);
    CHECK(fs::is_empty(disk.path()));
}
