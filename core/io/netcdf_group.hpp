// A Group written into an open HDF5 file, with the dimension scales by which it is netCDF-4.
#pragma once
#include "cicatrix/io/dataset.hpp"
#include "cicatrix/io/hdf5.hpp"

namespace cicatrix::detail {

/// Writes `root`, which require_sound has passed. A variable without values is made with room for them.
/// Throws Hdf5Error.
void write_group(hid_t file, const Group& root);

}  // namespace cicatrix::detail
