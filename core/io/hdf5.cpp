// The one session with the HDF5 library and the words of its error stack.
#include "cicatrix/io/hdf5.hpp"

namespace cicatrix::detail {
namespace {

std::mutex one_session;
bool a_close_failed = false;  // guarded by one_session

/// Keeps the innermost entry of the error stack, which walking upward meets first.
herr_t keep_innermost(unsigned depth, const H5E_error2_t* entry, void* text) {
    if (depth == 0 && entry->desc != nullptr) *static_cast<std::string*>(text) = entry->desc;
    return 0;
}

std::string with_reason(const std::string& refused) {
    std::string reason;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, &reason);
    return "HDF5 could not " + refused + (reason.empty() ? "" : ": " + reason);
}

}  // namespace

Hdf5Error::Hdf5Error(const std::string& refused) : std::runtime_error(with_reason(refused)) {}

Hdf5Session::Hdf5Session() : sole_use_(one_session) {
    a_close_failed = false;
    checked(H5open(), "start");
    checked(H5Eget_auto2(H5E_DEFAULT, &print_, &print_data_), "report how it prints errors");
    checked(H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr), "keep its errors to itself");
}

Hdf5Session::~Hdf5Session() { H5Eset_auto2(H5E_DEFAULT, print_, print_data_); }

void Hdf5Session::require_all_closed() const {
    if (a_close_failed) throw Hdf5Error("close all that it had opened");
}

Hdf5Id::~Hdf5Id() {
    if (id_ >= 0 && close_(id_) < 0) a_close_failed = true;
}

}  // namespace cicatrix::detail
