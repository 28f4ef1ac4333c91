// A checked sweep: one scenario file that describes many members, what each is and what is kept of it.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cicatrix/ensemble/ensemble.hpp"
#include "cicatrix/scenario/design.hpp"
#include "cicatrix/scenario/variation.hpp"

namespace cicatrix {

/// Everything that reading a sweep finds out.
struct SweepContents {
    std::vector<Arm> arms;  ///< at least one
    std::optional<Design> design;
    std::vector<Reduction> reductions;
    std::vector<std::pair<std::size_t, Value>> values;  ///< of the section [sweep], by their positions in `keys`
    std::optional<Biology> biology;                     ///< of the persons of a cohort
};

/// A sweep without faults. Its members are rows of factors; each goes through every arm, so that patients are paired.
class Sweep {
  public:
    explicit Sweep(SweepContents contents) : contents_(std::make_shared<const SweepContents>(std::move(contents))) {}

    /// The first arm by itself, with what the file says of the keys that vary, or else the middle of what they may be.
    /// It knows the text of the whole file.
    const Scenario& scenario() const { return contents_->arms.front().scenario; }
    std::span<const Factor> factors() const { return design().factors(); }
    std::span<const Reduction> reductions() const { return contents_->reductions; }
    const std::vector<Arm>& arms() const { return contents_->arms; }
    const Design& design() const { return *contents_->design; }
    /// "grid", "latin hypercube" ...
    std::string_view design_name() const;
    /// Rows of the design; 0 when it has no end of its own.
    std::uint64_t members() const { return design().members(); }
    std::uint64_t seed() const { return static_cast<std::uint64_t>(scenario().integer<"seed">()); }
    /// What of members the ensemble gets as a member of its own: one for each arm of each row, arms of a row together.
    std::size_t courses_of_a_row() const { return contents_->arms.size(); }

    /// The sweep as TOML with every default filled in. What the arms share stands outside [sweep], what differs between
    /// them in the table of each. It reads back as the same sweep.
    std::string resolved() const;

    /// Throws InputError, at the places of the file, where members would be such as single precision cannot carry.
    void require_single_precision() const;

    /// Rows `first` to `first + count` of the design, row by row.
    std::vector<double> rows(std::uint64_t first, std::size_t count) const;

    /// For `run_ensemble`: course m is arm m % arms of row m / arms of the design.
    std::function<PlanMaker()> maker() const;

    /// The same for rows that are given, one after the other; they must outlive the makers.
    std::function<PlanMaker()> maker(std::span<const double> rows) const;

    /// A scenario that is one row in one arm and nothing else, as the text of a file: `cicatrix run` of it gives that
    /// member's numbers to the last bit. Throws InputError when no scenario allows the row.
    std::string text_of(std::span<const double> row, std::size_t arm, const std::string& title) const;

    /// The same of a member of the design.
    std::string member_text(std::uint64_t member, std::size_t arm) const;

  private:
    std::shared_ptr<const SweepContents> contents_;
};

/// Reads a sweep. `file` names it in messages. Throws InputError with every problem, in the order of the file; a text
/// without [sweep] is none.
Sweep parse_sweep(std::string text, const std::string& file);

/// The same from a file. Throws FileError (no_input) when it cannot be read.
Sweep read_sweep(const std::filesystem::path& path);

/// Whether a text has a section [sweep]. False for what is not TOML.
bool describes_sweep(const std::string& text);

}  // namespace cicatrix
