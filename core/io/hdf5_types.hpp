// How the numbers of data sets lie in memory and in HDF5 files.
#pragma once
#include <hdf5.h>

#include <cstdint>

namespace cicatrix::detail {

/// How a C++ type lies in memory and in the file.
template <class Value> struct Stored;
template <> struct Stored<double> {
    static hid_t memory() { return H5T_NATIVE_DOUBLE; }
    static hid_t file() { return H5T_IEEE_F64LE; }
};
template <> struct Stored<std::int32_t> {
    static hid_t memory() { return H5T_NATIVE_INT32; }
    static hid_t file() { return H5T_STD_I32LE; }
};
template <> struct Stored<std::int8_t> {
    static hid_t memory() { return H5T_NATIVE_INT8; }
    static hid_t file() { return H5T_STD_I8LE; }
};

}  // namespace cicatrix::detail
