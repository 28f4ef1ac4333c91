// One arm of a sweep with the values of a member put into it: as a plan, or as the text of a scenario file.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cicatrix/course/course.hpp"
#include "cicatrix/scenario/biology.hpp"
#include "cicatrix/scenario/factor.hpp"
#include "cicatrix/units/unit.hpp"

namespace cicatrix {

/// A protocol that the patients of a sweep go through.
struct Arm {
    std::string name;  ///< empty when the sweep has one protocol only
    Node document;     ///< the scenario without its sweep
    Scenario scenario;
};

/// Puts members into an arm. Not to be shared by threads. The same row gives the same plan whatever came before.
class Variation {
  public:
    /// What is referred to must outlive the variation; `biology` may be null.
    Variation(const Arm& arm, std::span<const Factor> factors, const Biology* biology);

    /// The plan of a member. Throws InputError when no scenario allows its values.
    void write_plan(std::span<const double> row, Plan& plan);

    /// The text of a scenario that is this member and nothing else: reading it gives the same plan to the last bit.
    /// Throws InputError when no scenario allows the values.
    std::string text_of(std::span<const double> row, const std::string& title);

  private:
    /// A scenario whose keys were read once, and put into use again and again.
    struct Kept {
        Scenario scenario;
        std::vector<Session> sessions;  ///< all of them
        std::uint64_t missed = 0;       ///< of those, in `scenario`
    };

    Kept& kept_for(std::span<const double> row);
    void leave_out_sessions(double missed, Kept& kept) const;
    Node document_of(std::span<const double> row, bool indirect_only) const;
    void apply(std::size_t f, double value, Scenario& scenario) const;
    void apply_biology(std::span<const double> row, Plan& plan);

    const Arm& arm_;
    std::span<const Factor> factors_;
    const Biology* biology_;
    std::vector<Unit> units_;                   ///< of the factors that are numbers of a key
    std::vector<bool> indirect_;                ///< factors whose change may change how other keys are read
    std::map<std::vector<double>, Kept> read_;  ///< by the values of those
    std::vector<double> indirect_values_;
    Kept* current_ = nullptr;
    std::vector<bool> own_;  ///< parameters of the model that a factor sets itself
    std::optional<std::uint64_t> person_;
    std::vector<double> person_factors_;
};

}  // namespace cicatrix
