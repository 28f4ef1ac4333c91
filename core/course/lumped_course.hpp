// A course of skin without space as a traveller: it says which of its zones can set out, and takes them back when they
// arrive. Whoever follows one course or many gives the zones to an integrator, in any order.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "cicatrix/course/follow.hpp"
#include "cicatrix/course/means.hpp"

namespace cicatrix {

/// Is shown what was recorded of the zones at the wanted times of a leg, and how they are weighted there.
using ZoneListener = std::function<void(const ZoneRecords&, const Leg&)>;

class LumpedCourse {
  public:
    /// Zones are numbered below this.
    static constexpr std::uint32_t most_zones = 8;

    /// Begins `course`, whose plan, injuries and coefficients are set; fills in the means of `legs`, of the watched
    /// states alone. All three must live until the course is finished. What a session finds of the inflammation of the
    /// one before is known where neutrophils and macrophages are watched. A listener must live as long as they.
    void begin(Course& course, Legs& legs, std::span<const std::size_t> watched,
               const ZoneListener* listener = nullptr);

    /// Puts the next zone that can set out into `member`, all but its id; false when there is none just now.
    bool next(Member<CourseModel>& member, std::uint32_t& zone);
    /// What the integrator says of a zone, whose record is filled.
    void arrive(std::uint32_t zone, const Outcome& outcome, const CourseStates& last);
    /// No zone is under way or will ever be; the trajectories say how it ended.
    bool is_finished() const { return waiting_ == 0 && under_way_ == 0; }
    /// The share of the course that is done when a zone has come to `time`.
    double share_done(double time) const;

  private:
    class Mixture;
    /// What travels, in the order of setting out: skin that ages until day 0; the untreated twin by itself, at the
    /// times of the legs and at the sessions; tissue reached by the latest session and by earlier ones.
    enum Zone : std::uint32_t { ageing, twin, untouched, at_sessions, fresh, earlier, zones };
    struct Voyage {
        CourseStates start{}, last{};
        double from = 0, to = 0;
        std::vector<double> times{};
        AlignedNumbers record{};  ///< of the watched states at these times
        Outcome outcome{};
    };

    Voyage& set_out(Zone zone, const CourseStates& start, double from, double to);
    void begin_twins(const CourseStates& home);
    void finish_stretch();
    bool add_outcome(Zone zone);
    void lay_out_twins();
    ZoneRecords records_of(std::array<const double*, ZoneRecords::zones> first_rows, const Mixture& mixture) const;
    void lay_out(const ZoneRecords& records, Leg& leg) const;
    void begin_leg();
    void apply_session(std::size_t i);
    void finish_leg();

    Course* course_ = nullptr;
    Legs* legs_ = nullptr;
    std::span<const std::size_t> watched_;
    const ZoneListener* listener_ = nullptr;
    std::array<Voyage, zones> voyages_;
    std::vector<std::size_t> first_row_;  ///< of each leg among the times of the untouched tissue
    CourseCoefficients ageing_coefficients_{};
    std::uint32_t stretch_ = 0, waiting_ = 0;  ///< zones that travel together, and those not yet under way; bits
    unsigned under_way_ = 0;
    std::size_t leg_ = 0;
    double peak_ = 0;  ///< of inflammation in the fresh zone since the last session
};

/// The same as without a listener, which is shown the zones of each leg as they are known; may be null.
void follow_lumped(Course& course, Legs& legs, const Progress& progress, const ZoneListener* listener);

}  // namespace cicatrix
