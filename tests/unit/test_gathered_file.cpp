// A file that comes in pieces is the one that would have been written at once, whole or not at all.
#include "cicatrix/io/gathered_file.hpp"

#include "catch.hpp"
#include "cicatrix/base/error.hpp"
#include "cicatrix/io/checksum.hpp"
#include "cicatrix/io/netcdf.hpp"
#include "unit/scratch_folder.hpp"

#include <hdf5.h>
#include <sys/resource.h>

#include <cmath>
#include <csignal>
#include <limits>
#include <numeric>

using namespace cicatrix;
using scratch::content, scratch::Folder;

namespace {

constexpr std::size_t members = 150'000,
                      arms = 2;  // more than one piece that is written at once, and more than a chunk

std::vector<double> outcomes() {
    std::vector<double> values;
    for (std::size_t i = 0; i < members * arms; ++i) values.push_back(std::sin(0.1 * static_cast<double>(i)));
    values[7] = std::numeric_limits<double>::quiet_NaN();
    return values;
}

std::vector<std::int32_t> numbers() {
    std::vector<std::int32_t> values(members);
    std::iota(values.begin(), values.end(), 0);
    return values;
}

std::vector<std::int8_t> statuses() {
    std::vector<std::int8_t> values(members * arms, 0);
    values[7] = 2;
    return values;
}

/// The whole data set, or only what does not run along the members.
Group sweep(bool filled) {
    const auto given = [&]<class Value>(std::vector<Value> values) {
        return VariableData(filled ? std::move(values) : std::vector<Value>{});
    };
    return {"",
            {{"member", members}, {"arm", arms}, {"parameter", 1}},
            {{"member", {"member"}, given(numbers()), {{"long_name", "member"}}},
             {"arm", {"arm"}, std::vector<std::string>{"A", "B"}, {}},
             {"parameter_value", {"parameter"}, std::vector{0.5}, {}},
             {"gain", {"member", "arm"}, given(outcomes()), {{"units", "um"}}},
             {"status", {"member", "arm"}, given(statuses()), {}}},
            {{"title", "Crow’s feet"}},
            {}};
}

template <class Value>
std::vector<Value> piece(const std::vector<Value>& all, std::size_t width, std::size_t first, std::size_t count) {
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(first * width);
    return {begin, begin + static_cast<std::ptrdiff_t>(std::min(count, members - first) * width)};
}

void fill(GatheredFile& file, std::size_t at_once) {
    const auto all = numbers();
    const auto gains = outcomes();
    const auto ends = statuses();
    for (std::size_t first = 0; first < members; first += at_once) {
        file.append("member", piece(all, 1, first, at_once));
        file.append("gain", piece(gains, arms, first, at_once));
        file.append("status", piece(ends, arms, first, at_once));
    }
}

/// The values of a variable as the C library reads them.
template <class Value> std::vector<Value> read(const std::filesystem::path& path, const char* name, hid_t type) {
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    const hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT);
    REQUIRE(dataset >= 0);
    const hid_t space = H5Dget_space(dataset);
    std::vector<Value> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
    REQUIRE(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0);
    H5Sclose(space), H5Dclose(dataset), H5Fclose(file);
    return values;
}

FileFault fault_of(const std::function<void()>& act) {
    try {
        act();
    } catch (const FileError& error) {
        return error.fault();
    }
    throw std::logic_error("no FileError was thrown");
}

}  // namespace

TEST_CASE("the bytes of a gathered file do not depend on the pieces that it came in", "[io]") {
    const Folder folder;
    std::set<std::string> contents;
    for (const std::size_t at_once : {members, std::size_t{65536}, std::size_t{4096}, std::size_t{7777}}) {
        GatheredFile file(folder / "sweep.nc", sweep(false));
        fill(file, at_once);
        CHECK(folder.names().count("sweep.nc") == (contents.empty() ? 0 : 1));
        const std::string digits = file.finish();
        contents.insert(content(folder / "sweep.nc"));
        CHECK(digits == sha256(content(folder / "sweep.nc")));
    }
    CHECK(contents.size() == 1);
    CHECK(folder.names() == std::set<std::string>{"sweep.nc"});
}

TEST_CASE("a gathered file holds what the file written at once holds, and is sealed like it", "[io]") {
    const Folder folder;
    GatheredFile file(folder / "pieces.nc", sweep(false));
    fill(file, 5000);
    file.finish();
    write_netcdf(sweep(true), folder / "whole.nc");
    const auto bits = [&](const char* name) {
        const auto values = read<double>(folder / name, "gain", H5T_NATIVE_DOUBLE);
        return std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double));
    };
    CHECK((bits("pieces.nc") == bits("whole.nc")));
    CHECK((read<std::int32_t>(folder / "pieces.nc", "member", H5T_NATIVE_INT32) == numbers()));
    CHECK((read<std::int8_t>(folder / "pieces.nc", "status", H5T_NATIVE_INT8) == statuses()));
    CHECK(read<double>(folder / "pieces.nc", "parameter_value", H5T_NATIVE_DOUBLE) == std::vector{0.5});
    const std::string bytes = content(folder / "pieces.nc");
    const std::size_t end = bytes.rfind(seal);
    CHECK(bytes.substr(end + seal.size()) == sha256(bytes.substr(0, end)));
}

TEST_CASE("a gathered file that is given up leaves the earlier one and nothing beside it", "[io]") {
    const Folder folder;
    scratch::put(folder / "sweep.nc", "earlier");
    {
        GatheredFile file(folder / "sweep.nc", sweep(false));
        file.append("member", piece(numbers(), 1, 0, 100));
        CHECK_THROWS_AS(file.finish(), std::invalid_argument);
        CHECK(fault_of([&] { GatheredFile(folder / "sweep.nc", sweep(false)); }) == FileFault::locked);
    }
    CHECK(content(folder / "sweep.nc") == "earlier");
    CHECK(folder.names() == std::set<std::string>{"sweep.nc"});
}

TEST_CASE("what does not belong into a gathered file is refused", "[io]") {
    const Folder folder;
    GatheredFile file(folder / "sweep.nc", sweep(false));
    CHECK_THROWS_AS(file.append("arm", std::vector<std::string>{"C"}), std::invalid_argument);
    CHECK_THROWS_AS(file.append("unheard_of", std::vector{1.0}), std::invalid_argument);
    CHECK_THROWS_AS(file.append("gain", std::vector{1.0}), std::invalid_argument);                 // half a member
    CHECK_THROWS_AS(file.append("gain", std::vector<std::int32_t>{1, 2}), std::invalid_argument);  // of another kind
    CHECK_THROWS_AS(file.append("status", std::vector<std::int8_t>(members * arms + arms)), std::invalid_argument);
    CHECK_THROWS_AS(
        GatheredFile(folder / "bad.nc", Group{"", {}, {{"x", {"member"}, std::vector<double>{}, {}}}, {}, {}}),
        std::invalid_argument);
}

TEST_CASE("a disk without room for all members says so before the first one", "[io]") {
    const Folder folder;
    rlimit earlier{};
    getrlimit(RLIMIT_FSIZE, &earlier);
    const auto action = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit narrow{1 << 20, earlier.rlim_max};
    setrlimit(RLIMIT_FSIZE, &narrow);
    const FileFault fault = fault_of([&] { GatheredFile(folder / "sweep.nc", sweep(false)); });
    setrlimit(RLIMIT_FSIZE, &earlier);
    std::signal(SIGXFSZ, action);
    CHECK(fault == FileFault::disk_full);
    CHECK(folder.names().empty());
}

TEST_CASE("a disk that fills up while the members come leaves nothing", "[io]") {
    const Folder folder;
    rlimit earlier{};
    getrlimit(RLIMIT_FSIZE, &earlier);
    const auto action = std::signal(SIGXFSZ, SIG_IGN);
    {
        GatheredFile file(folder / "sweep.nc", sweep(false));
        const rlimit narrow{1 << 20, earlier.rlim_max};  // another program took the room meanwhile
        setrlimit(RLIMIT_FSIZE, &narrow);
        CHECK(fault_of([&] {
                  fill(file, 5000);
                  file.finish();
              }) == FileFault::disk_full);
        setrlimit(RLIMIT_FSIZE, &earlier);
    }
    std::signal(SIGXFSZ, action);
    CHECK(folder.names().empty());
}
