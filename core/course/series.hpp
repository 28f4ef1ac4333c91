// What is read out of a course over time: read-outs and states at every stage of the steps and at the outputs.
#pragma once
#include <span>
#include <vector>

#include "cicatrix/course/legs.hpp"
#include "cicatrix/readout/needs.hpp"

namespace cicatrix {

/// What is wanted of a course.
struct Wanted {
    ReadoutSet readouts;
    StateSet states;
    ReadoutSet along = ReadoutSet().set();  ///< of these at all stages; of others at begins, ends and outputs alone
};

/// What must be known of a course to read out what is wanted of it; `own` may be wanted beside it.
Needs needs_of(const Plan& plan, const Wanted& wanted, const OwnSet& own = {});

/// Where the times of all slots of a leg lie among the steps of another, in their order: `twin.readout(0, i).at(place)` is
/// what the twin shows at the slots of a leg of the treated skin. It is the same for all courses of a protocol.
std::vector<StepPlace> places_on(const Leg& other, const Leg& leg);

/// What is read out of one trajectory, leg by leg. It refers to the legs that it was read out of. Room is kept for the
/// next course.
class ReadoutSeries {
  public:
    std::size_t legs() const { return legs_.size(); }
    const Leg& leg(std::size_t i) const { return legs_[i]; }
    /// One that was wanted, by its place in the list of read-outs; what is not wanted along the course has no meaning at
    /// the stages but the last.
    Curve readout(std::size_t leg, std::size_t i) const { return curve(leg, readings_[leg].rows.row(i)); }
    /// One that was needed, by its place in the list of own states.
    Curve own(std::size_t leg, std::size_t i) const { return curve(leg, readings_[leg].own_rows.row(i)); }
    /// One that was needed, by its place in the list of states.
    Curve state(std::size_t leg, std::size_t i) const { return curve(leg, legs_[leg].means.row(i)); }

  private:
    friend class CourseReader;
    Curve curve(std::size_t leg, const double* row) const {
        return {legs_[leg].steps, legs_[leg].outputs, legs_[leg].slots(), row};
    }

    std::span<const Leg> legs_;
    std::vector<Readings> readings_;
    SeriesRows scratch_;
};

/// Reads out a course whose legs are filled in, at least in the states that are needed. What cannot be computed is NaN.
class CourseReader {
  public:
    /// `start` are the states of day 0. The plan must live as long.
    CourseReader(const Plan& plan, const CourseCoefficients& k, std::span<const ZonedInjury> injuries,
                 const CourseStates& start, const Wanted& wanted, const Needs& needs);

    /// `legs` are those of the treated skin, in which each begins with a session but the first, or the one of its twin.
    void read(std::span<const Leg> legs, ReadoutSeries& out) const;

    const Patient& patient() const { return patient_; }
    /// All of the course.
    std::span<const PastSession> sessions() const { return past_; }
    const Fixed& fixed() const { return fixed_; }

  private:
    Patient patient_;
    std::vector<PastSession> past_;
    Wanted wanted_;
    Needs needs_;
    Fixed fixed_;
};

}  // namespace cicatrix
