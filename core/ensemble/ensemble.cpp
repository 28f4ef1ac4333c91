// Shares the members of an ensemble out among threads.
#include "cicatrix/ensemble/ensemble.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <limits>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

#include "cicatrix/base/error.hpp"
#include "cicatrix/ensemble/many_courses.hpp"

namespace cicatrix {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// What all threads share: which members are given out, and what became of those that are done.
class Ensemble {
  public:
    Ensemble(std::uint64_t first, std::size_t count, std::span<const Reduction> reductions, std::size_t together)
        : first_(first), reductions_(reductions), together_(together), has_failed_((count + together - 1) / together) {
        result.values.assign(count * reductions.size(), missing);
        result.status.assign(count, Status::interrupted);
        result.time_reached.assign(count, 0.0);
        result.limiting_state.assign(count, 0);
        result.steps.assign(count, 0);
    }

    /// Takes members until there are none left; what it throws ends the whole ensemble.
    void work(const std::function<PlanMaker()>& maker, const EnsembleSettings& settings) {
        try {
            Desk desk(*this, maker());
            ManyCourses(desk, reductions_, settings.lanes,
                        settings.single_precision ? Precision::single : Precision::full)
                .run();
        } catch (...) {
            const std::lock_guard hold(fault_guard_);
            if (!fault_) fault_ = std::current_exception();
            stopped_ = true;
        }
    }

    void stop() { stopped_ = true; }
    std::exception_ptr fault() const { return fault_; }

    EnsembleResult result;
    std::atomic<std::size_t> done = 0, failed = 0;

  private:
    /// Of one thread, with its own maker of plans.
    class Desk final : public MemberDesk {
      public:
        Desk(Ensemble& ensemble, PlanMaker make) : ensemble_(ensemble), make_(std::move(make)) {}

        bool next(std::size_t& member, Plan& plan) override {
            while (!ensemble_.stopped_ && (member = ensemble_.next_++) < ensemble_.result.status.size()) try {
                    make_(ensemble_.first_ + member, plan);
                    return true;
                } catch (const InputError&) {
                    ensemble_.count(member, Status::refused);
                }
            return false;
        }
        void finish(std::size_t member, const Course& course, std::span<const double> values) override {
            const auto& outcome = course.treated.outcome;
            auto& result = ensemble_.result;
            result.time_reached[member] = outcome.time;
            result.limiting_state[member] = static_cast<std::uint32_t>(outcome.limiting_state);
            result.steps[member] = static_cast<std::uint32_t>(outcome.steps);
            std::ranges::copy(
                values, result.values.begin() + static_cast<std::ptrdiff_t>(member * ensemble_.reductions_.size()));
            ensemble_.count(member, outcome.status);
        }
        bool is_stopped() const override { return ensemble_.stopped_; }

      private:
        Ensemble& ensemble_;
        PlanMaker make_;
    };

    void count(std::size_t member, Status status) {
        result.status[member] = status;
        ++done;
        if (status != Status::done && !has_failed_[member / together_].exchange(true)) ++failed;
    }

    std::uint64_t first_;
    std::span<const Reduction> reductions_;
    std::size_t together_;
    std::vector<std::atomic<bool>> has_failed_;  ///< of those that are counted together
    std::atomic<std::size_t> next_ = 0;
    std::atomic<bool> stopped_ = false;
    std::mutex fault_guard_;
    std::exception_ptr fault_;
};

/// Runs the threads and tells `progress` now and then; what that throws stops them and is thrown again.
class Supervised {
  public:
    Supervised(Ensemble& ensemble, const EnsembleProgress& progress) : ensemble_(ensemble), progress_(progress) {}

    void run(const std::function<PlanMaker()>& maker, const EnsembleSettings& settings) {
        working_ = settings.threads;
        std::vector<std::jthread> threads;
        for (unsigned t = 0; t < settings.threads; ++t)
            threads.emplace_back([&] {
                ensemble_.work(maker, settings);
                const std::lock_guard hold(guard_);
                --working_;
                ended_.notify_one();
            });
        std::unique_lock hold(guard_);
        while (!ended_.wait_for(hold, std::chrono::milliseconds(50), [this] { return working_ == 0; })) {
            hold.unlock();
            tell();
            hold.lock();
        }
    }
    /// After the last thread.
    void finish() {
        if (ensemble_.fault()) std::rethrow_exception(ensemble_.fault());
        const bool stopped = !going_;
        tell();
        if (thrown_) std::rethrow_exception(thrown_);
        if (stopped) throw Interrupted();  // a stop that comes with the last member takes nothing back
    }

  private:
    void tell() {
        if (!going_ || !progress_) return;
        try {
            going_ = progress_(ensemble_.done, ensemble_.failed);
        } catch (...) {
            thrown_ = std::current_exception();
            going_ = false;
        }
        if (!going_) ensemble_.stop();
    }

    Ensemble& ensemble_;
    const EnsembleProgress& progress_;
    std::mutex guard_;
    std::condition_variable ended_;
    unsigned working_ = 0;
    bool going_ = true;
    std::exception_ptr thrown_;
};

}  // namespace

EnsembleResult run_ensemble(std::uint64_t first, std::size_t count, const std::function<PlanMaker()>& maker,
                            std::span<const Reduction> reductions, const EnsembleSettings& settings,
                            const EnsembleProgress& progress) {
    if (settings.threads == 0) throw std::invalid_argument("an ensemble needs a thread");
    static constexpr std::array known_lanes{0, 1, 2, 4, 8};
    if (std::ranges::count(known_lanes, settings.lanes) == 0)
        throw std::invalid_argument(std::to_string(settings.lanes) +
                                    " lanes: there are 1, 2, 4 or 8, or 0 for the best");
    if (settings.counted_together == 0) throw std::invalid_argument("members are counted by one or more");
    Ensemble ensemble(first, count, reductions, settings.counted_together);
    Supervised supervised(ensemble, progress);
    supervised.run(maker, settings);
    supervised.finish();
    return std::move(ensemble.result);
}

}  // namespace cicatrix
