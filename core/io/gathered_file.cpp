// The pieces go through HDF5's own cache, a chunk for each variable, into a file that is sealed when it is closed.
#include "cicatrix/io/gathered_file.hpp"

#include <algorithm>
#include <span>
#include <stdexcept>
#include <vector>

#include "cicatrix/base/error.hpp"
#include "cicatrix/io/checksum.hpp"
#include "cicatrix/io/dataset_check.hpp"
#include "cicatrix/io/hdf5_types.hpp"
#include "cicatrix/io/netcdf.hpp"
#include "cicatrix/io/netcdf_group.hpp"
#include "cicatrix/io/netcdf_layout.hpp"

namespace cicatrix {
namespace {

using detail::checked, detail::Hdf5Id;

constexpr std::string_view along = "member";
constexpr std::size_t written_at_once = 65536;       // members
constexpr std::size_t largest_value = 8;             // bytes
constexpr std::size_t room_for_words = 1024 * 1024;  // bytes; attributes, names and HDF5's own tables

bool is_filled_later(const Variable& variable) {
    return !variable.dimensions.empty() && variable.dimensions.front() == along;
}

/// At least what the finished file takes, for noise does not deflate.
std::size_t expected_size(const Group& head) {
    std::size_t values = 0;
    for (const auto& variable : head.variables) {
        std::size_t count = 1;
        for (const auto& dimension : variable.dimensions) count *= dimension_length({&head}, dimension);
        values += count;
    }
    return values * largest_value / 20 * 21 + room_for_words;
}

/// A disk without room says so in the words of HDF5.
[[noreturn]] void refuse(const std::filesystem::path& to, const detail::Hdf5Error& error) {
    const std::string_view words = error.what();
    const auto told = [&](const char* text) { return words.find(text) != std::string_view::npos; };
    const bool no_room = told("errno = 28,") || told("errno = 122,") || told("errno = 27,") || told("errno = 5,");
    throw FileError(no_room ? FileFault::disk_full : FileFault::cannot_create, to.string(), error.what());
}

/// A variable along the members: where it lies in the file, and the values that wait to be written.
struct Column {
    std::string name;
    Hdf5Id dataset;
    std::vector<hsize_t> shape;
    VariableData waiting;
    std::size_t width = 1;    // values of a member
    std::size_t written = 0;  // members

    std::size_t count() const {
        return std::visit([](const auto& values) { return values.size(); }, waiting) / width;
    }
};

Column column_of(hid_t file, const Group& head, const Variable& variable, hid_t access) {
    Column column{variable.name,
                  {H5Dopen2(file, variable.name.c_str(), access), H5Dclose, "open a variable"},
                  {},
                  variable.values};
    for (const auto& dimension : variable.dimensions) column.shape.push_back(dimension_length({&head}, dimension));
    for (std::size_t axis = 1; axis < column.shape.size(); ++axis) column.width *= column.shape[axis];
    return column;
}

/// Writes the first `members` of those that wait.
void write_members(Column& column, std::size_t members) {
    std::vector<hsize_t> begin(column.shape.size(), 0), extent = column.shape;
    begin.front() = column.written, extent.front() = members;
    const Hdf5Id there(H5Dget_space(column.dataset), H5Sclose, "look at a variable");
    checked(H5Sselect_hyperslab(there, H5S_SELECT_SET, begin.data(), nullptr, extent.data(), nullptr),
            "choose the members");
    const Hdf5Id here(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), H5Sclose,
                      "make a space");
    const auto write = [&]<class Value>(std::vector<Value>& values) {
        if constexpr (std::is_same_v<Value, std::string>)
            throw std::invalid_argument("texts along the members are not foreseen");
        else {
            checked(H5Dwrite(column.dataset, detail::Stored<Value>::memory(), here, there, H5P_DEFAULT, values.data()),
                    "write the values of some members");
            values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(members * column.width));
        }
    };
    std::visit(write, column.waiting);
    column.written += members;
}

/// `more` behind `waiting`, which is of the same kind.
void append_values(Column& column, const VariableData& more) {
    if (column.waiting.index() != more.index())
        throw std::invalid_argument("'" + column.name + "' holds values of another kind");
    const auto add = [&]<class Value>(std::vector<Value>& waiting) {
        const auto& values = std::get<std::vector<Value>>(more);
        if (values.size() % column.width != 0 ||
            column.written + (waiting.size() + values.size()) / column.width > column.shape.front())
            throw std::invalid_argument("'" + column.name + "' does not hold so many values");
        waiting.insert(waiting.end(), values.begin(), values.end());
    };
    std::visit(add, column.waiting);
}

}  // namespace

/// The open file and its variables along the members.
struct GatheredFile::Contents {
    Contents(const std::filesystem::path& path, const Group& head) : file(detail::file_on_disk(path)) {
        detail::write_group(file, head);
        const Hdf5Id access = detail::one_chunk_cached();
        for (const auto& variable : head.variables)
            if (is_filled_later(variable)) columns.push_back(column_of(file, head, variable, access));
    }

    /// Writes what all variables have, `members` at a time: the file must not depend on the pieces that it came in.
    void write_whole(std::size_t members) {
        const auto has_enough = [&](const Column& column) { return column.count() >= members; };
        while (!columns.empty() && std::ranges::all_of(columns, has_enough))
            for (auto& column : columns) write_members(column, members);
    }

    Hdf5Id file;
    std::vector<Column> columns;  // closed before the file is
};

GatheredFile::GatheredFile(const std::filesystem::path& to, const Group& head) : part_(std::make_unique<PartFile>(to)) {
    require_sound(head, along);
    part_->empty();  // what a killed run left
    part_->require_room(expected_size(head));
    part_->empty();
    try {
        const detail::Hdf5Session session;
        contents_ = std::make_unique<Contents>(part_->path(), head);
    } catch (const detail::Hdf5Error& error) {
        refuse(part_->destination(), error);
    }
}

GatheredFile::~GatheredFile() { abandon(); }

void GatheredFile::require_open() const {
    if (!contents_) throw std::invalid_argument("the file has its name already, or was given up");
}

void GatheredFile::abandon() noexcept {
    if (contents_) {
        const detail::Hdf5Session session;
        contents_.reset();
    }
    part_.reset();
}

void GatheredFile::append(const std::string& name, const VariableData& values) {
    require_open();
    const auto found = std::ranges::find(contents_->columns, name, &Column::name);
    if (found == contents_->columns.end())
        throw std::invalid_argument("no variable '" + name + "' runs along the members");
    append_values(*found, values);
    try {
        const detail::Hdf5Session session;
        contents_->write_whole(written_at_once);
    } catch (const detail::Hdf5Error& error) {
        refuse(part_->destination(), error);
    }
}

std::string GatheredFile::finish() {
    require_open();
    for (const auto& column : contents_->columns)
        if (column.written + column.count() != column.shape.front())
            throw std::invalid_argument("'" + column.name + "' has not got all its values");
    try {
        const detail::Hdf5Session session;
        for (auto& column : contents_->columns)
            if (const std::size_t rest = column.count()) write_members(column, rest);
        checked(H5Fflush(contents_->file, H5F_SCOPE_LOCAL), "flush the file");
        contents_.reset();
        session.require_all_closed();
    } catch (const detail::Hdf5Error& error) {
        refuse(part_->destination(), error);
    }
    const std::string digits = seal_digits();
    part_->move_into_place();
    part_.reset();
    return digits;
}

/// Appends the seal; returns the checksum of the file with it.
std::string GatheredFile::seal_digits() {
    Sha256 checksum;
    std::vector<std::byte> piece(std::size_t{1} << 20);
    const auto words = [](const std::byte* begin, std::size_t size) {
        return std::string_view(reinterpret_cast<const char*>(begin), size);
    };
    std::size_t at = 0;
    while (const std::size_t count = part_->read(at, piece)) {
        checksum.add(words(piece.data(), count));
        at += count;
    }
    const std::string end = std::string(seal) + checksum.digits();
    part_->append(std::as_bytes(std::span(end)));
    checksum.add(end);
    return checksum.digits();
}

}  // namespace cicatrix
