// What every course in space does alike: skin ages until day 0, the untreated twin is followed through all depths, and
// what a part of the tissue does is added to the means and profiles of the whole.
#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "cicatrix/course/dermis.hpp"
#include "cicatrix/course/follow.hpp"
#include "cicatrix/solver/ring_tissue.hpp"

namespace cicatrix {

/// The weight of a part of the tissue at each depth and in the epidermal sheet.
struct Weights {
    std::vector<double> cells;
    double sheet = 0;

    Weights(std::size_t count, double weight) : cells(count, weight), sheet(weight) {}
};

/// Where the parts of the tissue are added up in a leg: the means, and the profiles of its outputs.
struct Sums {
    Leg& leg;
    Trajectory& trajectory;
    std::size_t first_output;  ///< of the leg, in the trajectory

    /// The number of an output in the trajectory, by its number among the wanted times; none for other wanted times.
    std::optional<std::size_t> output_at(std::size_t wanted) const;
};

/// A part of the skin as it is added to the means: a line of depths with its sheet, or a ring round a channel.
struct SkinPart {
    const DermisStates& y;
    const Dermis& tissue;
    const Weights& weights;
    const RingTissue<CourseModel>* round_channel = nullptr;  ///< that a ring belongs to
};

/// Is shown each part of a leg at each of its wanted times, by its number.
using PartListener = std::function<void(const SkinPart&, const Leg&, std::size_t wanted)>;

class DermisRun {
  public:
    using Output = std::function<void(std::size_t wanted, const DermisStates&)>;

    /// A listener, which may be null, must live as long as the run.
    DermisRun(Course& course, Legs& legs, const Progress& progress, const PartListener* listener = nullptr);

    std::size_t cells() const { return dermis.grid.cells(); }
    std::vector<double> whole_plane() const { return std::vector<double>(cells(), 1.0); }

    /// Adds a part to the mean, and to the profile of an output.
    void add(const DermisStates& y, const Weights& weights, const Sums& sums, std::size_t wanted) const;
    /// The part alone: its states, weighted.
    CourseStates mean_of(const DermisStates& y, const Weights& weights) const;

    /// Takes a dermis of some width from `from` to `to`; `y` is the state before and after. Throws Interrupted.
    Outcome travel(const DermisPlan& tissue, const std::vector<double>& width, DermisStates& y, double from, double to,
                   const std::vector<double>& times, const Output& output);

    /// Home skin ages until the course begins, then takes on its baseline. False when that failed.
    bool grow_old(DermisStates& y);

    /// The twin goes from `y` at day 0 to the end without a stop. It stands for itself, and in each leg of the treated
    /// skin for the part that `untouched` says. False when it failed.
    bool follow_twin(DermisStates y, const std::vector<Weights>& untouched);

    /// Counts the steps of a part; false when it failed, and with it the treated skin.
    bool succeeded(const Outcome& part);

    Sums sums_of(std::size_t leg);

    /// Asks `progress` while a journey goes on, which takes the whole from the share that is done now to `goal`.
    std::function<bool(double)> stop_between(double from, double to) const;
    /// The journey is over.
    void arrive() { done_ = goal; }

    Course& course;
    const Plan& plan;
    Legs& legs;
    const Progress& progress;
    DermisPlan dermis;
    std::vector<DermisStates> untouched_at_session;  ///< the twin, just before each session
    double goal = 0;                                 ///< share of the whole that is done after the present journey

  private:
    void add_untouched(std::size_t place, const DermisStates& now, const std::vector<Weights>& untouched);

    const PartListener* listener_;
    const Dermis* body_ = nullptr;  ///< that travels now; none while a channel does, whose rings are shown one by one
    double thickness_ = 0, done_ = 0;
};

/// The same as without a listener, which may be null.
void follow_depth(Course& course, Legs& legs, const Progress& progress, const PartListener* listener);
void follow_channel(Course& course, Legs& legs, const Progress& progress, const PartListener* listener);

}  // namespace cicatrix
