// A Group as netCDF-4: HDF5 with dimension scales, made in memory so that the disk is met only by write_atomically.
#include "cicatrix/io/netcdf.hpp"

#include "cicatrix/base/error.hpp"
#include "cicatrix/io/atomic_file.hpp"
#include "cicatrix/io/checksum.hpp"
#include "cicatrix/io/dataset_check.hpp"
#include "cicatrix/io/hdf5.hpp"
#include "cicatrix/io/netcdf_group.hpp"
#include "cicatrix/io/netcdf_layout.hpp"

#include <span>
#include <string>

namespace cicatrix {
std::vector<std::byte> netcdf_bytes(const Group& root) {
    require_sound(root);
    const detail::Hdf5Session session;
    detail::MemoryFile file;
    detail::write_group(file, root);
    auto bytes = file.close();
    session.require_all_closed();
    return bytes;
}

namespace {

std::string_view text_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void append_seal(std::vector<std::byte>& bytes) {
    const std::string digits = sha256(text_of(bytes));
    for (const auto text : {seal, std::string_view(digits)})
        for (const char letter : text) bytes.push_back(static_cast<std::byte>(letter));
}

}  // namespace

std::string write_netcdf(const Group& root, const std::filesystem::path& to) {
    require_creatable(to);  // before the work of compressing
    std::vector<std::byte> bytes;
    try {
        bytes = netcdf_bytes(root);
    } catch (const detail::Hdf5Error& error) {
        throw FileError(FileFault::cannot_create, to.string(), error.what());
    }
    append_seal(bytes);
    write_atomically(to, bytes);
    return sha256(text_of(bytes));
}

}  // namespace cicatrix
