// The result file: a Group written as netCDF-4 with the conventions CF, which xarray opens without a plug-in.
#pragma once
#include "cicatrix/io/dataset.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace cicatrix {

/// The bytes of the netCDF-4 file that holds `root`. The same Group gives the same bytes: nothing in them tells when
/// or where they were made. Double variables, coordinates aside, get `_FillValue` = NaN.
/// Throws std::invalid_argument when `root` contradicts itself (dataset_check.hpp), std::runtime_error when the HDF5
/// library fails.
std::vector<std::byte> netcdf_bytes(const Group& root);

/// What stands behind the last byte of the netCDF file, before the SHA-256 of all bytes in front of it in 64 digits.
/// Readers of netCDF do not look there; by it a changed byte is found, also where HDF5 keeps no checksum.
inline constexpr std::string_view seal = "cicatrix-sha256:";

/// Writes `root`, sealed, to the file `to` in one step (atomic_file.hpp) and returns the SHA-256 of the whole file; an
/// earlier file of that name is replaced or, on any failure, left as it was. Throws FileError `cannot_create` or `disk_full`, and std::invalid_argument as
/// netcdf_bytes does.
std::string write_netcdf(const Group& root, const std::filesystem::path& to);

}  // namespace cicatrix
