// One patient's course: the treated skin and its untreated twin, from the same start, at the same times.
#pragma once
#include <array>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "cicatrix/course/channel_parameters.hpp"
#include "cicatrix/course/depth_parameters.hpp"
#include "cicatrix/injury/parameters.hpp"
#include "cicatrix/injury/zones.hpp"
#include "cicatrix/models/microneedling.hpp"
#include "cicatrix/numeric/aligned_rows.hpp"
#include "cicatrix/readout/absorption/absorb.hpp"
#include "cicatrix/readout/moment.hpp"
#include "cicatrix/solver/cell_grid.hpp"
#include "cicatrix/solver/member.hpp"

namespace cicatrix {

/// The model that courses run.
using CourseModel = Microneedling;
using CourseStates = StatesOf<CourseModel, double>;
using CourseCoefficients = CoefficientsOf<CourseModel, double>;

enum class Ageing { frozen, drift };
enum class Method { rodas5p, rodas4 };
/// How space is resolved: not at all, against the depth, or in depth and distance from the axis of one channel.
enum class Fidelity { lumped, depth, channel };

/// The grid of a course in space.
struct CourseGrid {
    std::size_t cells = 64;             ///< from the top of the dermis to its bottom
    std::size_t rings = 16;             ///< from the axis of a channel to half-way to the next
    double fineness = 4;                ///< thickness of the last cell over that of the first
    std::vector<std::size_t> fields{};  ///< states of which a channel keeps every cell
    bool estimate_error = true;         ///< run once more with half the cells to learn what the grid costs
};

struct PlannedSession {
    double at = 0;                     ///< d
    Channels channels;                 ///< of all passes; without density when the injury is prescribed
    std::optional<Injury> prescribed;  ///< of all tissue alike, in place of the channels
    double minutes = 0;                ///< that the session takes
    double price = 0;                  ///< USD
};

/// Everything that decides a course; the same plan gives the same course to the last bit.
struct Plan {
    ParametersOf<CourseModel, double> parameters = default_parameters<CourseModel>();
    InjuryParameters injury = default_injury_parameters;
    ReadoutParameters readouts = default_readout_parameters;
    AbsorptionParameters absorption = default_absorption_parameters;
    DepthParameters depth = default_depth_parameters;
    ChannelParameters channel = default_channel_parameters;
    Fidelity fidelity = Fidelity::lumped;
    CourseGrid grid;
    Skin skin;
    Care care;
    Ageing ageing = Ageing::frozen;
    std::vector<PlannedSession> sessions;  ///< ascending
    std::vector<double> outputs;           ///< ascending, d
    double duration = 730.5;               ///< d
    double relative = 1e-6;
    double absolute = 1e-12;
    Method method = Method::rodas5p;
};

/// All states at all depths; a row is a state, a column a cell. States of the epidermal sheet have no depth.
using DepthProfile = CellRows<CourseModel::states.size()>;

/// States and read-outs at the output times and how the integration ended; every row is NaN when it failed.
struct Trajectory {
    std::vector<CourseStates> rows;      ///< means over dermis or area
    std::vector<DepthProfile> profiles;  ///< means over the plane at each depth; empty when depth is not resolved
    /// Round a channel, at each output: every ring of every cell of each of `plan.grid.fields`, and every ring of each
    /// state of the epidermal sheet. Empty when no channel is resolved.
    std::vector<std::vector<double>> fields, sheet_rings;
    std::vector<std::array<double, readouts.size()>> appearance;  ///< the read-outs, in the order of their list
    std::vector<AbsorptionResult> absorbed;                       ///< one for each of care.topicals
    Outcome outcome;                                              ///< of the first zone that failed; steps are summed
};

struct Course {
    Plan plan;
    CourseCoefficients coefficients{};
    Trajectory treated, untreated;
    std::vector<ZonedInjury> injuries;  ///< one for each session
    /// For each session the inflammation of the last one that is left in the tissue it reached, over its peak; NaN for
    /// the first, and where the peak was below 1 cell per mm3.
    std::vector<double> inflammation_left;
    /// Where depth is resolved: mm below the surface of the skin.
    CellGrid depths{};
    /// Where one channel is resolved: mm from its axis, and its radius at each depth in the first session, mm.
    CellGrid rings{};
    std::vector<double> channel_radius{};
    std::vector<std::size_t> layers{};  ///< of each cell of `depths`: 0 papillary, 1 reticular dermis
    /// Richardson's estimate of what the grid costs: the largest error of each state's mean and of each read-out over
    /// the output times of the treated skin, in their own units; empty when it was not asked for.
    std::vector<double> state_grid_error{}, readout_grid_error{};
};

/// What each session of a plan does to the zones of the dermis.
std::vector<ZonedInjury> injuries_of(const Plan& plan);

/// Asked now and then with the share of the course that is done; false stops it.
using Progress = std::function<bool(double)>;

/// Runs a course. Skin older than the onset of ageing starts from home skin that has aged until then. Throws
/// Interrupted when `progress` says so; a member that fails has its status in the trajectory and NaN in its rows.
Course run_course(const Plan& plan, const Progress& progress = {});

}  // namespace cicatrix
