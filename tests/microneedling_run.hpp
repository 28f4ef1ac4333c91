// Runs of the microneedling model for tests, by the compiled kernel: sessions on some days, states on others.
#pragma once
#include <algorithm>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "cicatrix/course/kernel.hpp"

namespace cicatrix::tests {

/// The coefficients with every parameter and condition at its default.
inline const CourseCoefficients default_coefficients =
    coefficients_from<CourseModel>(default_parameters<CourseModel>());

struct Run {
    CourseCoefficients coefficients = default_coefficients;
    CourseStates initial = CourseModel::home(coefficients);
    std::vector<double> sessions{};  ///< days, ascending
    std::vector<double> outputs{};   ///< days, ascending; the run ends with the last
    Injury injury{0.05, 0.05};       ///< of each session
    double relative = 1e-6;          ///< with the default absolute tolerance
};

/// A queue of a single member.
class SingleRun final : public CourseQueue {
  public:
    explicit SingleRun(const Run& run) : run_(run), states_(run.outputs.size()) {}
    const std::vector<CourseStates>& states() const { return states_; }

    bool next(Member<CourseModel>& member) override {
        if (given_) return false;
        member.initial = run_.initial;
        member.coefficients = run_.coefficients;
        member.end = run_.outputs.back();
        member.events = run_.sessions;
        member.outputs = run_.outputs;
        return given_ = true;
    }
    void output(const Member<CourseModel>&, std::size_t i, std::span<const double> states) override {
        std::ranges::copy(states, states_[i].begin());
    }
    void event(const Member<CourseModel>&, std::size_t, CourseStates& y) override {
        y = CourseModel::injure(y, run_.coefficients, run_.injury);
    }
    void finish(const Member<CourseModel>&, const Outcome& outcome, const CourseStates&) override {
        if (outcome.status != Status::done)
            throw std::runtime_error(std::string(status_names[static_cast<std::size_t>(outcome.status)]) + " on day " +
                                     std::to_string(outcome.time));
    }
    bool stop_requested(double) override { return false; }

  private:
    const Run& run_;
    std::vector<CourseStates> states_;
    bool given_ = false;
};

/// The states at the outputs. Throws std::runtime_error when the integration fails.
inline std::vector<CourseStates> follow(const Run& run) {
    SingleRun queue(run);
    Settings<CourseModel> settings;
    settings.relative = run.relative;
    integrate_courses(queue, settings, Method::rodas5p, 2);
    return queue.states();
}

/// Days from `first` to `last`, both included, in equal steps.
inline std::vector<double> days(double first, double last, double step) {
    std::vector<double> out;
    for (std::size_t i = 0; first + static_cast<double>(i) * step <= last; ++i)
        out.push_back(first + static_cast<double>(i) * step);
    return out;
}

inline double collagen_total(const CourseStates& y) {
    return get<"collagen_iii">(y) + get<"collagen_i_immature">(y) + get<"collagen_i_mature">(y);
}

}  // namespace cicatrix::tests
