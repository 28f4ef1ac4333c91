// How the result file lies in HDF5: creation lists without timestamps, chunks, filters.
#pragma once
#include "cicatrix/io/hdf5.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <vector>

namespace cicatrix::detail {

/// A new file that lives in memory only and is read by HDF5 1.8 and later.
class MemoryFile {
  public:
    MemoryFile();
    MemoryFile(const MemoryFile&) = delete;  // HDF5 keeps the address of bytes_
    MemoryFile& operator=(const MemoryFile&) = delete;

    operator hid_t() const noexcept { return *file_; }

    /// Closes the file, in which nothing may be open any more, and gives what a disk would hold.
    std::vector<std::byte> close();

  private:
    std::vector<std::byte> bytes_;
    std::optional<Hdf5Id> file_;
};

/// A new file on the disk in place of the one at `path`, which the caller has locked against other programs.
Hdf5Id file_on_disk(const std::filesystem::path& path);

/// Access list of a variable that is written from its begin to its end: room for the chunk that is being filled.
Hdf5Id one_chunk_cached();

/// Creation list of a group: order of links and attributes tracked (netCDF asks for it), no timestamps.
Hdf5Id group_list();

/// Creation list of a variable: order of attributes tracked, no timestamps, contiguous.
Hdf5Id dataset_list();

/// Whether an array is large enough for chunks and compression to pay.
bool is_filtered(const std::vector<hsize_t>& shape, std::size_t value_size);

/// A chunk of at most 1 MiB: the inner axes whole, the first that does not fit cut into equal parts, the outer ones
/// one by one. Neither one course of a sweep nor one time of all courses costs a reader the whole file.
std::vector<hsize_t> chunk_shape(const std::vector<hsize_t>& shape, std::size_t value_size);

/// Chunks, shuffle, deflate and a checksum that finds flipped bits.
void set_filters(hid_t dataset_list, const std::vector<hsize_t>& chunk);

}  // namespace cicatrix::detail
