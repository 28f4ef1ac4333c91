// The HDF5 C library with every return code checked: identifiers that close themselves, one session at a time.
#pragma once
#include <hdf5.h>

#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>

namespace cicatrix::detail {

/// What the HDF5 library refused and its own words for why.
class Hdf5Error : public std::runtime_error {
  public:
    explicit Hdf5Error(const std::string& refused);
};

/// The result of an HDF5 call that is negative on failure; throws Hdf5Error naming what was `attempted`.
template <class Result>
Result checked(Result result, const char* attempted) {
    if (result < 0) throw Hdf5Error(attempted);
    return result;
}

/// Sole use of the HDF5 library by this program for as long as it lives. HDF5 prints nothing meanwhile: its words go
/// into Hdf5Error. The caller's own error printing (a Python process may use the same library) is put back at the end.
class Hdf5Session {
  public:
    Hdf5Session();
    ~Hdf5Session();
    Hdf5Session(const Hdf5Session&) = delete;
    Hdf5Session& operator=(const Hdf5Session&) = delete;

    /// Throws Hdf5Error if an identifier of this session could not be closed, which destructors cannot say.
    void require_all_closed() const;

  private:
    std::lock_guard<std::mutex> sole_use_;
    H5E_auto2_t print_ = nullptr;
    void* print_data_ = nullptr;
};

/// Sole owner of an HDF5 identifier.
class Hdf5Id {
  public:
    using Close = herr_t (*)(hid_t);

    Hdf5Id(hid_t id, Close close, const char* attempted) : id_(checked(id, attempted)), close_(close) {}
    Hdf5Id(Hdf5Id&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(other.close_) {}
    Hdf5Id& operator=(Hdf5Id&&) = delete;
    ~Hdf5Id();

    operator hid_t() const noexcept { return id_; }

  private:
    hid_t id_;
    Close close_;
};

}  // namespace cicatrix::detail
