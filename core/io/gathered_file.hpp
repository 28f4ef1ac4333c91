// One netCDF-4 file made from many pieces that never lie in memory together: the merged result of a sweep.
#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "cicatrix/io/atomic_file.hpp"
#include "cicatrix/io/dataset.hpp"

namespace cicatrix {

/// A file as write_netcdf makes it, whose variables along the dimension `member` are filled piece by piece. It appears
/// under its name by `finish`; until then, and when it never comes to that, there is only `<name>.part`.
/// The same values give the same bytes, whatever pieces they come in.
class GatheredFile {
  public:
    /// `head` is everything but the values along `member`: variables whose first dimension that is have none yet.
    /// Throws FileError as write_atomically does, `disk_full` also when the disk has no room for all that is to come,
    /// and std::invalid_argument for what a netCDF file cannot hold.
    GatheredFile(const std::filesystem::path& to, const Group& head);
    ~GatheredFile();

    /// The next values of the variable of this name, those of whole members. Throws std::invalid_argument when there is
    /// no such variable, when it holds values of another kind, or fewer than these.
    void append(const std::string& name, const VariableData& values);

    /// Gives the file up: nothing of it stays.
    void abandon() noexcept;

    /// Seals the file, forces it to the disk and gives it its name. Returns the SHA-256 of all its bytes.
    /// Throws std::invalid_argument when a variable has not got all its values.
    std::string finish();

  private:
    struct Contents;

    void require_open() const;
    std::string seal_digits();

    std::unique_ptr<PartFile> part_;
    std::unique_ptr<Contents> contents_;  // neither once it has its name or was given up
};

}  // namespace cicatrix
