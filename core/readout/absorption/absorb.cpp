// Time stepping of absorption: TR-BDF2 with its embedded error, restarted at every dose, wash, session and cover.
#include "cicatrix/readout/absorption/absorb.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "cicatrix/base/error.hpp"
#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/readout/absorption/column.hpp"

namespace cicatrix {
namespace {

using detail::Amounts;
using detail::Column;
using detail::Exposure;

constexpr double never = std::numeric_limits<double>::infinity();

/// Something that happens at once, and where the steps restart.
struct Event {
    double time;
    bool wash;    ///< first, where a wash and a dose fall together
    double dose;  ///< g/mm2
};

/// When the film is washed that was put on at `time`: nobody washes under a cover.
double wash_time(double time, double after, std::span<const Covered> covers) {
    double wash = time + after;
    for (const auto& cover : covers)
        if (wash >= cover.from && wash < cover.until) wash = cover.until;
    return wash;
}

std::vector<Event> events_of(const Application& application, const AbsorptionParameters& p,
                             const OpenChannels& channels, std::span<const Covered> covers) {
    std::vector<Event> events;
    for (const double time : application.times) {
        events.push_back({time, false, application.dose});
        events.push_back({wash_time(time, get<"washed_after">(p), covers), true, 0});
    }
    for (const auto& cover : covers) {
        events.push_back({cover.from, false, 0});
        events.push_back({cover.until, false, 0});
    }
    for (std::size_t i = 0; i + 1 < channels.times.size(); ++i)
        if (channels.area[i + 1] > channels.area[i])  // a session
            for (const double time : {channels.times[i], channels.times[i + 1]}) events.push_back({time, false, 0});
    std::ranges::stable_sort(
        events, [](const Event& a, const Event& b) { return a.time != b.time ? a.time < b.time : a.wash && !b.wash; });
    return events;
}

/// Open share of the surface just after `time`, or just before it at the end of a step.
enum class Side { after, before };
double open_area_at(const OpenChannels& channels, double time, Side side) {
    const auto& [times, area, depth] = channels;
    if (times.empty() || depth <= 0) return 0.0;
    const auto found =
        side == Side::after ? std::ranges::upper_bound(times, time) : std::ranges::lower_bound(times, time);
    const auto next = static_cast<std::size_t>(found - times.begin());
    if (next == 0) return side == Side::before || time < times[0] ? 0.0 : area[0];
    if (next == times.size()) return area.back();
    const double width = times[next] - times[next - 1];
    if (width <= 0) return area[next];
    const double share = (time - times[next - 1]) / width;
    return area[next - 1] + share * (area[next] - area[next - 1]);
}

/// The method: stages at 0, gamma and 1, both implicit with the same weight.
constexpr double middle_share = 2.0 - std::numbers::sqrt2;
constexpr double implicit_weight = middle_share / 2.0;
constexpr double explicit_weight = std::numbers::sqrt2 / 4.0;
/// Weights minus those of the embedded method of order 3.
constexpr std::array error_weights{explicit_weight - (1.0 - explicit_weight) / 3.0,
                                   explicit_weight - (3.0 * explicit_weight + 1.0) / 3.0,
                                   implicit_weight - implicit_weight / 3.0};

/// One run: the amounts, the step they have just made, and what is written of it.
class Run {
  public:
    Run(const Application& application, const Skin& skin, const AbsorptionParameters& p, const OpenChannels& channels,
        std::span<const Covered> covers, std::span<const double> outputs, const AbsorptionNumerics& numerics)
        : column_(application.compound, skin, p, channels.depth, numerics.refinement),
          channels_(channels),
          covers_(covers),
          outputs_(outputs),
          numerics_(numerics),
          washed_share_(get<"washed_share">(p)) {
        for (Amounts* amounts : {&now_, &next_, &stage_, &right_, &first_, &second_, &third_, &between_})
            amounts->assign(column_.size(), 0.0);
        for (const auto values : {&result_.applied, &result_.absorbed, &result_.absorbed_fraction, &result_.flux,
                                  &result_.on_skin, &result_.in_horny_layer, &result_.in_living_skin,
                                  &result_.rubbed_off, &result_.washed_off, &result_.shed})
            values->reserve(outputs.size());
    }

    AbsorptionResult follow(const std::vector<Event>& events) {
        for (const auto& event : events) {
            advance_to(event.time);
            apply(event);
        }
        advance_to(never);
        return std::move(result_);
    }

  private:
    void apply(const Event& event) {
        if (event.wash) {
            const double washed = washed_share_ * now_[Column::film];
            now_[Column::film] -= washed;
            washed_ += washed;
        }
        now_[Column::film] += event.dose;
        applied_ += event.dose;
    }

    /// Until `end`, or until every output is written. Outputs at an event come after it.
    void advance_to(double end) {
        if (end <= time_ || written_ == outputs_.size()) return;
        covered_ = is_covered(time_);
        column_.rates(now_, {open_area_at(channels_, time_, Side::after), covered_}, first_);
        double step = numerics_.first_step;
        while (time_ < end && written_ < outputs_.size() && !is_empty()) step = take_step(step, end);
        for (; written_ < outputs_.size() && outputs_[written_] < end; ++written_) write(now_);
        time_ = end;
    }

    /// Nothing was applied yet, or all but nothing has left film and skin.
    bool is_empty() const {
        double held = 0;
        for (std::size_t i = 0; i < column_.blood(); ++i) held += now_[i];
        return held <= 1e-13 * applied_;
    }

    /// Makes one step, shorter than `step` where need be, and returns the length to try next.
    double take_step(double step, double end) {
        step = std::min(step, numerics_.largest_step);
        for (;;) {
            const double left = end - time_;
            // Two equal steps rather than a long one and a sliver.
            const double length = step >= left ? left : (2.0 * step > left ? 0.5 * left : step);
            const double error = try_step(length);
            const double factor = error > 0 ? 0.8 * pow(error, -1.0 / 3.0) : 3.0;
            if (error <= 1.0) {
                accept(length, length == left ? end : time_ + length);
                return length * std::clamp(factor, 0.3, 3.0);
            }
            step = length * std::clamp(factor, 0.1, 0.9);
            if (!(time_ + 1e-3 * step > time_))
                throw NumericalError(0, time_, "topical absorption", "the step became too short");
        }
    }

    /// Fills next_ and third_; the error in units of what is allowed.
    double try_step(double length) {
        const auto exposure = [&](double share, Side side) {
            return Exposure{open_area_at(channels_, time_ + share * length, side), covered_};
        };
        const std::size_t held = column_.blood();  // film and cells; the ways out only add up
        const Exposure middle = exposure(middle_share, Side::before), end = exposure(1.0, Side::before);
        for (std::size_t i = 0; i < held; ++i) right_[i] = now_[i] + length * implicit_weight * first_[i];
        column_.solve(length * implicit_weight, middle, right_, stage_);
        column_.rates(stage_, middle, second_);
        for (std::size_t i = 0; i < held; ++i)
            right_[i] = now_[i] + length * explicit_weight * (first_[i] + second_[i]);
        column_.solve(length * implicit_weight, end, right_, stage_);
        column_.rates(stage_, end, third_);
        double worst = 0;
        for (std::size_t i = 0; i < now_.size(); ++i) {
            next_[i] = now_[i] + length * (explicit_weight * (first_[i] + second_[i]) + implicit_weight * third_[i]);
            const double error =
                length * (error_weights[0] * first_[i] + error_weights[1] * second_[i] + error_weights[2] * third_[i]);
            worst = std::max(worst, std::abs(error));
        }
        return worst / (numerics_.tolerance * applied_);
    }

    void accept(double length, double end) {
        while (written_ < outputs_.size() && outputs_[written_] < end) {
            interpolate((outputs_[written_] - time_) / length, length);
            write(between_);
            ++written_;
        }
        std::swap(now_, next_);
        std::swap(first_, third_);
        time_ = end;
    }

    /// Cubic through values and rates at both ends; every balance that is linear stays exact.
    void interpolate(double share, double length) {
        const double rest = 1.0 - share;
        const double from = rest * rest * (1.0 + 2.0 * share), to = share * share * (1.0 + 2.0 * rest);
        const double rate_from = length * share * rest * rest, rate_to = -length * share * share * rest;
        for (std::size_t i = 0; i < now_.size(); ++i)
            between_[i] = from * now_[i] + to * next_[i] + rate_from * first_[i] + rate_to * third_[i];
    }

    void write(const Amounts& amounts) {
        constexpr double ug_per_cm2_h = 1e8 / 24.0;  // g/mm2/d
        result_.applied.push_back(applied_);
        result_.absorbed.push_back(amounts[column_.blood()]);
        result_.absorbed_fraction.push_back(applied_ > 0 ? amounts[column_.blood()] / applied_ : 0.0);
        result_.flux.push_back(ug_per_cm2_h * column_.uptake(amounts));
        result_.on_skin.push_back(amounts[Column::film]);
        result_.in_horny_layer.push_back(column_.in_horny_layer(amounts));
        result_.in_living_skin.push_back(column_.in_living_skin(amounts));
        result_.rubbed_off.push_back(amounts[column_.rubbed_off()]);
        result_.washed_off.push_back(washed_);
        result_.shed.push_back(amounts[column_.shed()]);
    }

    bool is_covered(double time) const {
        return std::ranges::any_of(covers_, [&](const Covered& c) { return c.from <= time && time < c.until; });
    }

    Column column_;
    const OpenChannels& channels_;
    std::span<const Covered> covers_;
    std::span<const double> outputs_;
    AbsorptionNumerics numerics_;
    double washed_share_;
    double time_ = -never, applied_ = 0, washed_ = 0;
    bool covered_ = false;
    std::size_t written_ = 0;
    Amounts now_, next_, stage_, right_, between_;
    Amounts first_, second_, third_;  ///< rates at the three stages
    AbsorptionResult result_;
};

}  // namespace

AbsorptionResult absorb(const Application& application, const Skin& skin, const AbsorptionParameters& parameters,
                        const OpenChannels& channels, std::span<const Covered> covers, std::span<const double> outputs,
                        const AbsorptionNumerics& numerics) {
    return Run(application, skin, parameters, channels, covers, outputs, numerics)
        .follow(events_of(application, parameters, channels, covers));
}

}  // namespace cicatrix
