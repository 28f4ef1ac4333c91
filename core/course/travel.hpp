// Takes a few members of the course model from one time to another together.
#pragma once
#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "cicatrix/course/kernel.hpp"

namespace cicatrix {

/// One member: its state at `begin`, its coefficients, the times at which its states are wanted.
struct Voyager {
    CourseStates start;
    CourseCoefficients k;
    double begin = 0, end = 0;  ///< d
    std::span<const double> times;
};

/// What became of it.
struct Journey {
    std::vector<CourseStates> rows;  ///< at the wanted times
    CourseStates last{};
    Outcome outcome;
};

class Travel {
  public:
    Travel(const Settings<CourseModel>& settings, Method method, const Progress& progress)
        : settings_(settings), method_(method), progress_(progress) {}

    /// Integrates all of them; `goal` is the share of the whole course that is done when they have arrived.
    std::vector<Journey> go(std::span<const Voyager> voyagers, double goal = 0) {
        std::vector<Journey> journeys(voyagers.size());
        Queue queue(voyagers, journeys, progress_, done_, goal);
        integrate_courses(queue, settings_, method_);
        done_ = goal;
        const bool stopped = std::ranges::any_of(
            journeys, [](const Journey& journey) { return journey.outcome.status == Status::interrupted; });
        if (progress_ && goal > 0 && !stopped && !progress_(goal))
            journeys.front().outcome.status = Status::interrupted;
        return journeys;
    }

  private:
    class Queue final : public CourseQueue {
      public:
        Queue(std::span<const Voyager> voyagers, std::vector<Journey>& journeys, const Progress& progress, double done,
              double goal)
            : voyagers_(voyagers), journeys_(journeys), progress_(progress), done_(done), goal_(goal) {}
        bool next(Member<CourseModel>& member) override {
            if (given_ == voyagers_.size()) return false;
            const Voyager& voyager = voyagers_[given_];
            member.id = given_++;
            member.initial = voyager.start;
            member.coefficients = voyager.k;
            member.begin = voyager.begin;
            member.end = voyager.end;
            member.outputs = voyager.times;
            journeys_[member.id].rows.resize(voyager.times.size());
            return true;
        }
        void output(const Member<CourseModel>& member, std::size_t i, const CourseStates& y) override {
            journeys_[member.id].rows[i] = y;
        }
        void event(const Member<CourseModel>&, std::size_t, CourseStates&) override {}
        void finish(const Member<CourseModel>& member, const Outcome& outcome, const CourseStates& y) override {
            journeys_[member.id].outcome = outcome;
            journeys_[member.id].last = y;
        }
        bool stop_requested(double time) override {
            if (!progress_) return false;
            const Voyager& first = voyagers_.front();
            const double share = (time - first.begin) / (first.end - first.begin);
            furthest_ = std::max(furthest_, done_ + (goal_ - done_) * std::clamp(share, 0.0, 1.0));
            return !progress_(furthest_);
        }

      private:
        std::span<const Voyager> voyagers_;
        std::vector<Journey>& journeys_;
        const Progress& progress_;
        double done_, goal_, furthest_ = done_;
        std::size_t given_ = 0;
    };

    Settings<CourseModel> settings_;
    Method method_;
    const Progress& progress_;
    double done_ = 0;
};

/// Whether each state is one of the epidermal sheet.
inline constexpr auto epidermal = [] {
    std::array<bool, CourseModel::states.size()> out{};
    for (const auto name : CourseModel::epidermal)
        out[static_cast<std::size_t>(std::ranges::find(CourseModel::states, name, &State::name) -
                                     CourseModel::states.begin())] = true;
    return out;
}();

}  // namespace cicatrix
