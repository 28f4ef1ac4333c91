// The result file holds what the Group holds, byte for byte the same each time, and appears whole or not at all.
#include "cicatrix/base/error.hpp"
#include "cicatrix/io/checksum.hpp"
#include "cicatrix/io/dataset_check.hpp"
#include "cicatrix/io/hdf5.hpp"
#include "cicatrix/io/netcdf.hpp"
#include "cicatrix/io/netcdf_layout.hpp"
#include "unit/scratch_folder.hpp"

#include "catch.hpp"

#include <hdf5_hl.h>

#include <cmath>
#include <cstring>
#include <future>
#include <limits>
#include <set>

using namespace cicatrix;
using scratch::content, scratch::Folder, scratch::put;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t many = 5000;  // values; enough for chunks and filters

Group sample() {
    std::vector<double> days, cover;
    for (std::size_t i = 0; i < many; ++i) days.push_back(0.25 * i), cover.push_back(std::sin(0.01 * i));
    cover[7] = std::numeric_limits<double>::quiet_NaN();
    Group untreated{"untreated", {}, {{"epidermal_cover", {"time"}, cover, {}}}, {}, {}};
    return Group{
        "",
        {{"time", many}, {"method", 2}, {"lane", 3}},
        {{"time", {"time"}, days, {{"units", "d"}, {"long_name", "time"}}},
         {"method", {"method"}, std::vector<std::string>{"1.5 mm × 3", ""}, {{"long_name", "method"}}},
         {"epidermal_cover", {"time"}, cover, {{"units", "1"}, {"source", ""}, {"range", std::vector{0.0, 1.0}}}},
         {"status",
          {"lane"},
          std::vector<std::int8_t>{0, 1, -1},
          {{"flag_values", std::vector<std::int8_t>{-1, 0, 1}}}},
         {"steps", {"method", "lane"}, std::vector<std::int32_t>{1, 2, 3, 4, 5, 2000000000}, {}},
         {"seed", {}, std::vector<std::int32_t>{42}, {}},
         {"scenario", {}, std::vector<std::string>{"title = \"µ\"\n"}, {}}},
        {{"title", "Crow’s feet"}, {"rtol", 1e-6}, {"schema_version", 3}},
        {untreated}};
}

/// A file opened with the C library itself, apart from the code under test.
class Opened {
  public:
    explicit Opened(const fs::path& file) : file_(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT)) {
        REQUIRE(file_ >= 0);
    }
    ~Opened() { H5Fclose(file_); }
    operator hid_t() const { return file_; }

    template <class Value> std::vector<Value> values(const char* path, hid_t type) const {
        const hid_t dataset = H5Dopen2(file_, path, H5P_DEFAULT);
        REQUIRE(dataset >= 0);
        const hid_t space = H5Dget_space(dataset);
        std::vector<Value> read(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
        REQUIRE(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, read.data()) >= 0);
        H5Sclose(space);
        H5Dclose(dataset);
        return read;
    }

    std::vector<std::string> texts(const char* path) const {
        const hid_t type = H5Tcopy(H5T_C_S1);
        H5Tset_size(type, H5T_VARIABLE);
        H5Tset_cset(type, H5T_CSET_UTF8);
        std::vector<std::string> read;
        for (char* text : values<char*>(path, type)) {
            read.emplace_back(text ? text : "");
            H5free_memory(text);
        }
        H5Tclose(type);
        return read;
    }

    std::string text_attribute(const char* path, const char* name) const {
        const hid_t attribute = H5Aopen_by_name(file_, path, name, H5P_DEFAULT, H5P_DEFAULT);
        REQUIRE(attribute >= 0);
        const hid_t type = H5Aget_type(attribute);
        CHECK(H5Tis_variable_str(type) == 0);
        CHECK(H5Tget_cset(type) == H5T_CSET_UTF8);
        std::string text(H5Tget_size(type), '?');
        REQUIRE(H5Aread(attribute, type, text.data()) >= 0);
        CHECK(text.back() == '\0');
        H5Tclose(type);
        H5Aclose(attribute);
        return text.c_str();
    }

    double number_attribute(const char* path, const char* name) const {
        const hid_t attribute = H5Aopen_by_name(file_, path, name, H5P_DEFAULT, H5P_DEFAULT);
        REQUIRE(attribute >= 0);
        double value = 0;
        REQUIRE(H5Aread(attribute, H5T_NATIVE_DOUBLE, &value) >= 0);
        H5Aclose(attribute);
        return value;
    }

  private:
    hid_t file_;
};

bool same(const std::vector<double>& a, const std::vector<double>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

/// What the exception says that `act` throws; empty when it throws none.
template <class Act> std::string message_of(Act&& act) {
    try {
        act();
    } catch (const std::exception& error) {
        return error.what();
    }
    return "";
}

bool is_named(const std::string& message, const std::string& name) { return message.find(name) != std::string::npos; }

}  // namespace

TEST_CASE("every value reads back to the last bit", "[io]") {
    const Folder folder;
    const Group written = sample();
    write_netcdf(written, folder / "result.nc");
    const Opened file(folder / "result.nc");
    CHECK(same(file.values<double>("/time", H5T_NATIVE_DOUBLE), std::get<0>(written.variables[0].values)));
    CHECK(same(file.values<double>("/epidermal_cover", H5T_NATIVE_DOUBLE), std::get<0>(written.variables[2].values)));
    CHECK(same(file.values<double>("/untreated/epidermal_cover", H5T_NATIVE_DOUBLE),
               std::get<0>(written.variables[2].values)));
    CHECK(file.values<std::int8_t>("/status", H5T_NATIVE_INT8) == std::vector<std::int8_t>{0, 1, -1});
    CHECK(file.values<std::int32_t>("/steps", H5T_NATIVE_INT32) ==
          std::vector<std::int32_t>{1, 2, 3, 4, 5, 2000000000});
    CHECK(file.values<std::int32_t>("/seed", H5T_NATIVE_INT32) == std::vector<std::int32_t>{42});
    CHECK(file.texts("/method") == std::vector<std::string>{"1.5 mm × 3", ""});
    CHECK(file.texts("/scenario") == std::vector<std::string>{"title = \"µ\"\n"});
}

TEST_CASE("attributes read back, empty and large texts included", "[io]") {
    const Folder folder;
    Group written = sample();
    const std::string large(200000, 'x');  // beyond the 64 KiB of an object header
    written.attributes.emplace_back("resolved", large);
    write_netcdf(written, folder / "result.nc");
    const Opened file(folder / "result.nc");
    CHECK(file.text_attribute("/", "title") == "Crow’s feet");
    CHECK(file.text_attribute("/", "resolved") == large);
    CHECK(file.text_attribute("/time", "units") == "d");
    CHECK(file.text_attribute("/epidermal_cover", "source").empty());
    CHECK(file.number_attribute("/", "rtol") == 1e-6);
    CHECK(file.number_attribute("/", "schema_version") == 3);
    CHECK(std::isnan(file.number_attribute("/epidermal_cover", "_FillValue")));
    CHECK(H5Aexists_by_name(file, "/time", "_FillValue", H5P_DEFAULT) == 0);  // CF: a coordinate misses no value
}

TEST_CASE("every axis of every variable has a dimension scale, in an inner group that of the outer one", "[io]") {
    const Folder folder;
    write_netcdf(sample(), folder / "result.nc");
    const Opened file(folder / "result.nc");
    const auto is_attached = [&](const char* variable, const char* scale, unsigned axis) {
        const hid_t dataset = H5Dopen2(file, variable, H5P_DEFAULT), dimension = H5Dopen2(file, scale, H5P_DEFAULT);
        const bool attached = H5DSis_attached(dataset, dimension, axis) > 0;
        H5Dclose(dataset), H5Dclose(dimension);
        return attached;
    };
    CHECK(is_attached("/epidermal_cover", "/time", 0));
    CHECK(is_attached("/untreated/epidermal_cover", "/time", 0));
    CHECK(is_attached("/steps", "/method", 0));
    CHECK(is_attached("/steps", "/lane", 1));
    CHECK(is_attached("/status", "/lane", 0));
    CHECK_FALSE(is_attached("/steps", "/lane", 0));
    char name[100] = "";
    const hid_t lane = H5Dopen2(file, "/lane", H5P_DEFAULT);
    H5DSget_scale_name(lane, name, sizeof name);
    CHECK(std::string(name) == "This is a netCDF dimension but not a netCDF variable.         3");
    H5Dclose(lane);
}

TEST_CASE("the same data make the same bytes, whatever else the process did", "[io]") {
    const auto first = netcdf_bytes(sample());
    std::vector<std::string> stray;  // memory that the second file may be given to reuse
    for (int i = 0; i < 2000; ++i) stray.emplace_back(5000, static_cast<char>(i));
    stray.clear();
    Group other = sample();
    other.name = "ignored";
    other.variables.pop_back();
    CHECK(netcdf_bytes(other) != first);
    CHECK(netcdf_bytes(sample()) == first);
}

TEST_CASE("a large array is compressed and guarded by a checksum", "[io]") {
    const Folder folder;
    Group root{"", {{"member", 300}, {"time", 1000}}, {}, {}, {}};
    root.variables.push_back({"collagen_total", {"member", "time"}, std::vector<double>(300000, 0.25), {}});
    write_netcdf(root, folder / "sweep.nc");
    CHECK(fs::file_size(folder / "sweep.nc") < 300000);
    const Opened file(folder / "sweep.nc");
    const hid_t dataset = H5Dopen2(file, "/collagen_total", H5P_DEFAULT), list = H5Dget_create_plist(dataset);
    std::set<H5Z_filter_t> filters;
    for (int i = 0; i < H5Pget_nfilters(list); ++i) {
        unsigned flags = 0, configuration = 0;
        std::size_t count = 0;
        filters.insert(
            H5Pget_filter2(list, static_cast<unsigned>(i), &flags, &count, nullptr, 0, nullptr, &configuration));
    }
    CHECK(filters == std::set<H5Z_filter_t>{H5Z_FILTER_SHUFFLE, H5Z_FILTER_DEFLATE, H5Z_FILTER_FLETCHER32});
    H5Pclose(list), H5Dclose(dataset);
}

TEST_CASE("a chunk stays within one MiB and covers the array in equal parts", "[io]") {
    const auto shape = GENERATE(std::vector<hsize_t>{5000}, std::vector<hsize_t>{1'000'000},
                                std::vector<hsize_t>{10000, 105}, std::vector<hsize_t>{3, 700, 400, 60},
                                std::vector<hsize_t>{7, 131073}, std::vector<hsize_t>{1, 1, 40000});
    const auto chunk = detail::chunk_shape(shape, sizeof(double));
    REQUIRE(chunk.size() == shape.size());
    hsize_t bytes = sizeof(double);
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        REQUIRE(chunk[axis] >= 1);
        REQUIRE(chunk[axis] <= shape[axis]);
        bytes *= chunk[axis];
        const hsize_t parts = (shape[axis] + chunk[axis] - 1) / chunk[axis];
        CHECK(parts * chunk[axis] - shape[axis] < parts);
    }
    CHECK(bytes <= 1024 * 1024);
    CHECK(bytes >= 16 * 1024);
}

TEST_CASE("empty dimensions and empty groups are written", "[io]") {
    const Folder folder;
    const Group root{"",
                     {{"session", 0}, {"time", 1}},
                     {{"depth", {"session"}, std::vector<double>{}, {}},
                      {"label", {"session"}, std::vector<std::string>{}, {}},
                      {"cover", {"time", "session"}, std::vector<double>{}, {}}},
                     {{"none", std::vector<double>{}}},
                     {Group{"events", {}, {}, {}, {}}}};
    write_netcdf(root, folder / "empty.nc");
    const Opened file(folder / "empty.nc");
    CHECK(file.values<double>("/depth", H5T_NATIVE_DOUBLE).empty());
    CHECK(file.texts("/label").empty());
    CHECK(H5Lexists(file, "/events", H5P_DEFAULT) > 0);
}

TEST_CASE("data that contradict themselves are refused by name before a file is touched", "[io]") {
    const Folder folder;
    Group root = sample();
    std::string named;
    SECTION("too few values") {
        std::get<0>(root.variables[2].values).pop_back();
        named = "epidermal_cover";
    }
    SECTION("a dimension that nobody declares") {
        root.variables[3].dimensions = {"parameter"};
        named = "parameter";
    }
    SECTION("a name twice") {
        root.variables.push_back(root.variables[3]);
        named = "status";
    }
    SECTION("a group named like a variable") {
        root.groups[0].name = "status";
        named = "status";
    }
    SECTION("a name that reaches into another group") {
        root.variables[3].name = "untreated/status";
        named = "untreated/status";
    }
    SECTION("an attribute that belongs to the format") {
        root.variables[2].attributes.emplace_back("_FillValue", 0.0);
        named = "_FillValue";
    }
    SECTION("a text that every reader would cut short") {
        root.variables[6].values = std::vector{std::string("before\0after", 12)};
        named = "scenario";
    }
    SECTION("a variable that bears the name of a dimension it does not run along") {
        root.variables[0].dimensions = {"lane"};
        root.variables[0].values = std::vector<double>(3);
        named = "time";
    }
    CHECK_THROWS_AS(netcdf_bytes(root), std::invalid_argument);
    CHECK(is_named(message_of([&] { write_netcdf(root, folder / "result.nc"); }), named));
    CHECK(folder.names().empty());
}

TEST_CASE("nothing in the file tells when it was made", "[io]") {
    const Folder folder;
    write_netcdf(sample(), folder / "result.nc");
    const Opened file(folder / "result.nc");
    const auto has_no_times = [](hid_t creation_list) {
        hbool_t tracked = true;
        const bool known = H5Pget_obj_track_times(creation_list, &tracked) >= 0;
        H5Pclose(creation_list);
        return known && !tracked;
    };
    for (const char* variable : {"/time", "/lane", "/scenario", "/status", "/untreated/epidermal_cover"}) {
        const hid_t dataset = H5Dopen2(file, variable, H5P_DEFAULT);
        CHECK(has_no_times(H5Dget_create_plist(dataset)));
        H5Dclose(dataset);
    }
    for (const char* name : {"/", "/untreated"}) {
        const hid_t group = H5Gopen2(file, name, H5P_DEFAULT);
        CHECK(has_no_times(H5Gget_create_plist(group)));
        H5Gclose(group);
    }
}

TEST_CASE("two threads that write at once do not disturb each other", "[io]") {
    const auto alone = netcdf_bytes(sample());
    std::vector<std::future<std::vector<std::byte>>> writers;
    for (int i = 0; i < 4; ++i)
        writers.push_back(std::async(std::launch::async, [] { return netcdf_bytes(sample()); }));
    for (auto& writer : writers) CHECK(writer.get() == alone);
}

TEST_CASE("a result takes the place of the earlier one, or leaves it when it cannot be written", "[io]") {
    const Folder folder;
    put(folder / "result.nc", "earlier");
    Group contradictory = sample();
    contradictory.variables[0].dimensions.clear();
    CHECK_THROWS_AS(write_netcdf(contradictory, folder / "result.nc"), std::invalid_argument);
    CHECK(content(folder / "result.nc") == "earlier");
    write_netcdf(sample(), folder / "result.nc");
    const auto bytes = netcdf_bytes(sample());
    const std::string read = content(folder / "result.nc");
    const std::string file(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    CHECK((read == file + std::string(seal) + sha256(file)));
    CHECK_THROWS_AS(write_netcdf(sample(), folder / "missing/result.nc"), FileError);
    CHECK(folder.names() == std::set<std::string>{"result.nc"});
}

TEST_CASE("the way in which a caller prints HDF5 errors survives a write", "[io]") {
    const auto own_print = [](hid_t, void*) -> herr_t { return 0; };
    H5E_auto2_t before = nullptr, after = nullptr;
    void *data_before = nullptr, *data_after = nullptr;
    H5Eget_auto2(H5E_DEFAULT, &before, &data_before);
    H5Eset_auto2(H5E_DEFAULT, own_print, &data_before);
    netcdf_bytes(sample());
    H5Eget_auto2(H5E_DEFAULT, &after, &data_after);
    CHECK(after == static_cast<H5E_auto2_t>(own_print));
    CHECK(data_after == &data_before);
    H5Eset_auto2(H5E_DEFAULT, before, data_before);
}

TEST_CASE("what HDF5 refuses is told in its own words", "[io]") {
    const detail::Hdf5Session session;
    const std::string told = message_of([] {
        const detail::Hdf5Id file(H5Fopen("/nowhere/result.nc", H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "open it");
    });
    CHECK(told.starts_with("HDF5 could not open it: "));
    CHECK(is_named(told, "/nowhere/result.nc"));
}
