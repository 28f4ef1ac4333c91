// The creation lists of HDF5 that make the result file small, checked and the same each time.
#include "cicatrix/io/netcdf_layout.hpp"

#include <new>
#include <utility>

namespace cicatrix::detail {
namespace {

constexpr std::size_t smallest_filtered = 16 * 1024;    // bytes; below it a chunk's index outweighs what deflate saves
constexpr std::size_t largest_chunk = 1024 * 1024;      // bytes; what HDF5 readers keep cached by default
constexpr std::size_t memory_growth = 1024 * 1024;      // bytes
constexpr const char* no_file = "/dev/null/in-memory";  // HDF5 looks first whether a file of the name exists
constexpr unsigned in_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
constexpr unsigned deflate_level = 4;

Hdf5Id property_list(hid_t of) { return {H5Pcreate(of), H5Pclose, "make a property list"}; }

/// What files, groups and variables share: nothing in them tells when they were made.
Hdf5Id creation_list(hid_t of) {
    Hdf5Id list = property_list(of);
    checked(H5Pset_obj_track_times(list, false), "leave out timestamps");
    checked(H5Pset_attr_creation_order(list, in_order), "track the order of attributes");
    return list;
}

Hdf5Id file_creation_list() {
    Hdf5Id list = creation_list(H5P_FILE_CREATE);
    checked(H5Pset_link_creation_order(list, in_order), "track the order of links");
    return list;
}

Hdf5Id file_access_list() {
    Hdf5Id list = property_list(H5P_FILE_ACCESS);
    checked(H5Pset_libver_bounds(list, H5F_LIBVER_V18, H5F_LIBVER_V110), "choose the format's version");
    return list;
}

/// HDF5's way to ask for more memory; the vector is known to it by its first byte only.
void* grow(void*, std::size_t size, H5FD_file_image_op_t, void* bytes) {
    auto& memory = *static_cast<std::vector<std::byte>*>(bytes);
    try {
        memory.resize(size);
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
    return memory.data();
}

herr_t leave_in_place(void*, H5FD_file_image_op_t, void*) { return 0; }
void* same_owner(void* bytes) { return bytes; }
herr_t owner_not_freed(void*) { return 0; }

/// The length that the superblock (versions 2 and 3) states; the memory is longer, for it grows in steps.
std::size_t file_length(const std::vector<std::byte>& bytes) {
    constexpr std::size_t version = 8, end_of_file = 28;  // offsets in the file format, little-endian
    const bool known = bytes.size() >= 48 && (bytes[version] == std::byte{2} || bytes[version] == std::byte{3});
    std::size_t length = 0;
    for (std::size_t i = 8; known && i-- > 0;)
        length = length << 8 | std::to_integer<std::size_t>(bytes[end_of_file + i]);
    if (length == 0 || length > bytes.size()) throw Hdf5Error("state the length of a file");
    return length;
}

}  // namespace

// H5Fget_file_image is not used: before HDF5 2.0 it changes the superblock without renewing its checksum, and no reader
// takes the result (HDFGroup/hdf5 issue 1915). The file is closed as usual and only its memory is ours.
MemoryFile::MemoryFile() {
    const Hdf5Id access = file_access_list();
    checked(H5Pset_fapl_core(access, memory_growth, false), "choose a file in memory");
    H5FD_file_image_callbacks_t memory{nullptr, nullptr, grow, leave_in_place, same_owner, owner_not_freed, &bytes_};
    checked(H5Pset_file_image_callbacks(access, &memory), "lend its file our memory");
    file_.emplace(H5Fcreate(no_file, H5F_ACC_TRUNC, file_creation_list(), access), H5Fclose, "create a file in memory");
}

std::vector<std::byte> MemoryFile::close() {
    checked(H5Fflush(*file_, H5F_SCOPE_LOCAL), "flush the file");
    const auto open = checked(H5Fget_obj_count(*file_, H5F_OBJ_ALL), "count what is open");
    if (open != 1) throw Hdf5Error("close the file while parts of it are in use");
    file_.reset();
    bytes_.resize(file_length(bytes_));
    return std::move(bytes_);
}

Hdf5Id file_on_disk(const std::filesystem::path& path) {
    const Hdf5Id access = file_access_list();
    checked(H5Pset_file_locking(access, false, true), "leave the locking of the file to us");
    return {H5Fcreate(path.c_str(), H5F_ACC_TRUNC, file_creation_list(), access), H5Fclose, "create a file"};
}

Hdf5Id one_chunk_cached() {
    Hdf5Id list = property_list(H5P_DATASET_ACCESS);
    checked(H5Pset_chunk_cache(list, H5D_CHUNK_CACHE_NSLOTS_DEFAULT, 2 * largest_chunk, H5D_CHUNK_CACHE_W0_DEFAULT),
            "set the size of the cache");
    return list;
}

Hdf5Id group_list() {
    Hdf5Id list = creation_list(H5P_GROUP_CREATE);
    checked(H5Pset_link_creation_order(list, in_order), "track the order of links");
    return list;
}

Hdf5Id dataset_list() { return creation_list(H5P_DATASET_CREATE); }

bool is_filtered(const std::vector<hsize_t>& shape, std::size_t value_size) {
    hsize_t size = value_size;
    for (const hsize_t length : shape) size *= length;
    return size > smallest_filtered;
}

std::vector<hsize_t> chunk_shape(const std::vector<hsize_t>& shape, std::size_t value_size) {
    std::vector<hsize_t> chunk(shape.size(), 1);
    hsize_t room = largest_chunk / value_size;
    for (std::size_t axis = shape.size(); axis-- > 0 && room > 1;) {
        const hsize_t parts = (shape[axis] + room - 1) / room;
        chunk[axis] = (shape[axis] + parts - 1) / parts;
        room = parts > 1 ? 1 : room / shape[axis];
    }
    return chunk;
}

void set_filters(hid_t dataset_list, const std::vector<hsize_t>& chunk) {
    checked(H5Pset_chunk(dataset_list, static_cast<int>(chunk.size()), chunk.data()), "set the chunk size");
    // The part of an outer chunk that overhangs the array is filled, so that it does not hold stray memory.
    checked(H5Pset_fill_time(dataset_list, H5D_FILL_TIME_ALLOC), "fill overhanging chunks");
    checked(H5Pset_shuffle(dataset_list), "use the shuffle filter");
    checked(H5Pset_deflate(dataset_list, deflate_level), "use the deflate filter");
    checked(H5Pset_fletcher32(dataset_list), "use the checksum filter");
}

}  // namespace cicatrix::detail
