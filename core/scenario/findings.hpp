// The problems found so far in one scenario file, to be reported together.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cicatrix/base/error.hpp"
#include "cicatrix/scenario/document.hpp"

namespace cicatrix {

/// What is wrong at one place; see `Problem`.
struct Finding {
    std::string_view code;
    std::string what;
    std::string allowed = "";
    std::string suggestion = "";
};

/// Collects problems. Beyond a thousand it only says that there are more.
class Findings {
  public:
    explicit Findings(std::string file) : file_(std::move(file)) {}

    void add(Place place, std::string path, Finding finding);

    /// Takes over the problems of an error that was thrown by a reader of one value, under a code of choice.
    void add(const InputError& error, std::string_view code = "");

    Where where(Place place, std::string path) const { return {file_, place.line, place.column, std::move(path)}; }
    const std::string& file() const { return file_; }
    bool empty() const { return problems_.empty(); }

    /// Throws InputError with every problem in the order of the file, if there is any.
    void raise() const;

  private:
    void add(Problem problem);

    std::string file_;
    std::vector<Problem> problems_;
};

}  // namespace cicatrix
