// Texts of the errors, made from the values that they carry.
#include "cicatrix/base/error.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace cicatrix {
namespace {

std::string joined(const std::vector<Problem>& problems) {
    std::string text;
    for (const auto& problem : problems) text += (text.empty() ? "" : "\n") + problem.text();
    return text;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t substituted = diagonal + (a[i] != b[j]);
            diagonal = row[j + 1];
            row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, substituted});
        }
    }
    return row.back();
}

}  // namespace

std::string Problem::text() const {
    std::string text = where.file;
    if (where.line > 0) text += ":" + std::to_string(where.line) + ":" + std::to_string(where.column);
    if (!text.empty()) text += ": ";
    if (!where.path.empty()) text += where.path + ": ";
    text += what;
    if (!allowed.empty()) text += ", " + allowed;
    if (!suggestion.empty()) text += " (did you mean '" + suggestion + "'?)";
    return text + " [" + code + "]";
}

InputError::InputError(std::vector<Problem> problems)
    : std::runtime_error(joined(problems)), problems_(std::move(problems)) {}

FileError::FileError(FileFault fault, std::string path, const std::string& reason)
    : std::runtime_error(path + ": " + reason), fault_(fault), path_(std::move(path)) {}

NumericalError::NumericalError(std::size_t member, double time, std::string state, const std::string& reason)
    : std::runtime_error("member " + std::to_string(member) + " stopped at day " + shortest_text(time) +
                         " (step limited by " + state + "): " + reason),
      member_(member),
      time_(time),
      state_(std::move(state)) {}

std::string nearest_name(std::string_view given, const std::vector<std::string_view>& names) {
    std::string_view best;
    // Further away is not a slip of the finger: one letter in a name of two, two in a short one, a third of a long one.
    std::size_t least = (given.size() < 3 ? 1 : std::max<std::size_t>(2, given.size() / 3)) + 1;
    for (const auto name : names) {
        const std::size_t distance = edit_distance(given, name);
        if (distance < least) least = distance, best = name;
    }
    return std::string(best);
}

}  // namespace cicatrix
