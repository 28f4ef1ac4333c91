// Errors that carry their values: what a caller needs to locate, explain and mend a fault, and the text made from them.
#pragma once
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cicatrix {

/// A place in a user's file. Lines and columns count from 1; 0 means that the place is not known.
struct Where {
    std::string file;
    int line = 0;
    int column = 0;
    std::string path;  ///< the user's own name of the value, for example `protocol.sessions[1].depth`
};

/// One fault of an input, with everything needed to mend it.
struct Problem {
    Where where;
    std::string what;        ///< what is wrong, naming the value as given
    std::string allowed;     ///< what is allowed; may be empty
    std::string suggestion;  ///< the nearest allowed name; may be empty
    std::string code;        ///< page of `cicatrix explain`, for example `E-RANGE`

    /// `file:line:column: path: what, allowed (did you mean ...?) [code]`
    std::string text() const;
};

/// An input that cannot be used; it names all of its problems at once.
class InputError : public std::runtime_error {
  public:
    explicit InputError(std::vector<Problem> problems);
    const std::vector<Problem>& problems() const noexcept { return problems_; }

  private:
    std::vector<Problem> problems_;
};

/// Why a file could not be read or written.
enum class FileFault { no_input, cannot_create, disk_full, corrupt, locked };

/// A file that could not be read or written; nothing half-written is left behind.
class FileError : public std::runtime_error {
  public:
    FileError(FileFault fault, std::string path, const std::string& reason);
    FileFault fault() const noexcept { return fault_; }
    const std::string& path() const noexcept { return path_; }

  private:
    FileFault fault_;
    std::string path_;
};

/// A member whose integration did not reach its end.
class NumericalError : public std::runtime_error {
  public:
    NumericalError(std::size_t member, double time, std::string state, const std::string& reason);
    std::size_t member() const noexcept { return member_; }
    double time() const noexcept { return time_; }                ///< in d, the last time that was reached
    const std::string& state() const noexcept { return state_; }  ///< the state that limited the step

  private:
    std::size_t member_;
    double time_;
    std::string state_;
};

/// A run that was stopped from outside, for example by Ctrl-C.
class Interrupted : public std::runtime_error {
  public:
    Interrupted() : std::runtime_error("interrupted") {}
};

/// The entry of `names` nearest to `given` by edit distance, or empty when none is near enough to be meant.
std::string nearest_name(std::string_view given, const std::vector<std::string_view>& names);

/// The shortest decimal text that reads back as the same number.
std::string shortest_text(double value);

}  // namespace cicatrix
