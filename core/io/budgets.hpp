// Follows processes along one trajectory of a course: what each makes of each quantity, added up in time.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "cicatrix/course/means.hpp"
#include "cicatrix/course/series.hpp"
#include "cicatrix/io/explanation.hpp"
#include "cicatrix/io/rate_terms.hpp"
#include "cicatrix/readout/slopes.hpp"

namespace cicatrix {

/// A state of the model or a read-out, by its place in its list.
struct Quantity {
    bool is_state = false;
    std::size_t place = 0;
};
std::vector<Quantity> quantities_of(std::span<const std::string> names);
/// The states of the model that it reads by itself.
std::vector<std::size_t> states_read_by(const Quantity& quantity, const CourseReader& reader);

/// Means of the terms of the rates over the zones, in the slots of a leg.
struct LegTerms {
    std::size_t terms = 0;
    std::vector<double> values;
    std::span<const double> at(std::size_t slot) const { return std::span(values).subspan(slot * terms, terms); }
};
LegTerms terms_of_leg(RateTerms& terms, const ZoneRecords& records, const Leg& leg);

/// Every process once, and which of them each term is: of the rates of the model, of the own states of read-outs, and
/// what else changes a read-out.
class Processes {
  public:
    /// `in_space`: behind the terms of the rates stands what each state of a part gets from other depths, then what an
    /// open pore lets out of it.
    Processes(const RateTerms& terms, bool in_space);
    const std::vector<std::string>& names() const { return names_; }

    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    struct Term {
        std::size_t state, process;
    };
    std::vector<Term> terms;              ///< of the model
    std::vector<std::size_t> gain, loss;  ///< of each own state; or none
    std::size_t session, passing_time, film;

  private:
    std::size_t place_of(std::string_view name);
    std::vector<std::string> names_;
};

/// A moment within a step, with what pulls at the skin then.
struct StepMoment {
    double time = 0;
    CourseStates y{};
    OwnValues x{};
    std::vector<double> terms;
};

class ProcessBudgets {
  public:
    ProcessBudgets(const CourseReader& reader, const ReadoutSeries& series, const Processes& processes,
                   std::span<const LegTerms* const> terms, std::span<const Quantity> quantities)
        : reader_(reader), series_(series), processes_(processes), terms_(terms), quantities_(quantities) {}

    /// A budget for each quantity.
    std::vector<Budget> follow();

  private:
    static constexpr std::size_t nodes = stage_count + 1;  ///< of a step: its begin and its stages
    /// What each process does to a quantity at a node, per day, and the quantity itself.
    struct Pull {
        std::vector<double> by_process;
        double value = 0;
    };
    /// What each process makes of a quantity.
    using Changes = std::vector<double>;

    void find_sizes();
    void follow_leg(std::size_t leg);
    void follow_step(std::size_t n);
    void take_step(std::size_t n);
    void write_output(std::size_t output, const std::vector<Changes>& since);
    std::vector<Changes> changes_until(double share) const;
    void refine(std::size_t q, double from, double to, int depth, Changes& out) const;
    StepMoment between(double share) const;
    StepMoment at_slot(std::size_t slot, double time) const;
    Pull pull(std::size_t q, const StepMoment& at) const;
    double value(std::size_t q, const StepMoment& at) const;
    Moment moment(const StepMoment& at) const {
        return Moment(reader_.patient(), at.time, at.y, at.x, reader_.sessions().first(place_));
    }
    const Leg& leg() const { return series_.leg(place_); }

    const CourseReader& reader_;
    const ReadoutSeries& series_;
    const Processes& processes_;
    std::span<const LegTerms* const> terms_;
    std::span<const Quantity> quantities_;
    std::vector<Budget> budgets_;
    std::vector<Changes> so_far_;            ///< of each quantity
    std::vector<double> last_, allowed_;     ///< value at the end of the step before; what a step may leave open
    std::size_t place_ = 0;                  ///< of the leg
    std::array<StepMoment, nodes> moments_;  ///< of the step
    std::vector<std::array<Pull, nodes>> pulls_;
    mutable std::vector<int> refinements_;  ///< left for each quantity
};

}  // namespace cicatrix
