// The problems that peers are compared by, each a list of members that depends on a seed alone: needled skin with four
// sessions, and HIRES.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "cicatrix/models/microneedling.hpp"
#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/numeric/random.hpp"
#include "cicatrix/solver/member.hpp"
#include "reference/stiff_problems.hpp"

namespace cicatrix::peers {

/// Days at `first` and from there in equal ratios or, beyond two weeks, in equal steps, so that 100 outputs see both
/// the storm after a session and the slow years.
inline void add_geometric(std::vector<double>& times, double from, double first, double ratio, std::size_t count) {
    double after = first;
    for (std::size_t i = 0; i < count; ++i, after *= ratio) times.push_back(from + after);
}
inline void add_equal(std::vector<double>& times, double from, double to, std::size_t count) {
    for (std::size_t i = 1; i <= count; ++i)
        times.push_back(from + (to - from) * static_cast<double>(i) / static_cast<double>(count));
}

/// MN-26 over two years with sessions on days 0, 28, 56 and 84; every parameter log-normal round its default with a
/// coefficient of variation of 0.2, kept within its range.
struct NeedledSkin {
    using Model = Microneedling;
    static constexpr std::string_view id = "microneedling";
    static constexpr double end = 730.5, absolute_share = 1e-3;  // of the relative tolerance
    static constexpr Injury injury{0.1, 0.1};

    static std::vector<double> events() { return {0, 28, 56, 84}; }
    static std::vector<double> outputs() {
        std::vector<double> times;
        for (const double session : {0.0, 28.0, 56.0, 84.0}) add_geometric(times, session, 0.25, 1.38, 14);
        add_equal(times, 104, end, 100 - times.size());
        return times;
    }

    static ParametersOf<Model, double> parameters(RandomStream random) {
        const double deviation = std::sqrt(log(1 + 0.2 * 0.2));
        auto out = default_parameters<Model>();
        for (std::size_t i = 0; i < out.size(); ++i) {
            const double factor = exp(deviation * normal(random) - 0.5 * deviation * deviation);
            const auto [low, high] = Model::parameters[i].range;
            out[i] = std::clamp(out[i] * factor, low, high);
        }
        return out;
    }
    static StatesOf<Model, double> initial(const CoefficientsOf<Model, double>& k) { return Model::home(k); }
    static void event(const CoefficientsOf<Model, double>& k, StatesOf<Model, double>& y) {
        y = Model::injure(y, k, injury);
    }

  private:
    /// By the polar method, whose two functions are the core's own.
    static double normal(RandomStream& random) {
        for (;;) {
            const double x = random.uniform(-1, 1), y = random.uniform(-1, 1), square = x * x + y * y;
            if (square > 0 && square < 1) return x * std::sqrt(-2 * log(square) / square);
        }
    }
};

/// HIRES with every rate constant drawn evenly between half and one and a half times its value.
struct HiresSweep {
    using Model = reference::Hires;
    static constexpr std::string_view id = "hires";
    static constexpr double end = Model::end, absolute_share = 1e-5;

    static std::vector<double> events() { return {}; }
    static std::vector<double> outputs() {
        std::vector<double> times;
        add_geometric(times, 0, 1e-3, 1.25, 40);
        add_equal(times, times.back(), end, 60);
        return times;
    }
    static ParametersOf<Model, double> parameters(RandomStream random) {
        auto out = default_parameters<Model>();
        for (double& value : out) value *= random.uniform(0.5, 1.5);
        return out;
    }
    static StatesOf<Model, double> initial(const CoefficientsOf<Model, double>&) {
        StatesOf<Model, double> y;
        std::ranges::copy(Model::initial(), y.begin());
        return y;
    }
    static void event(const CoefficientsOf<Model, double>&, StatesOf<Model, double>&) {}
};

inline constexpr std::uint64_t seed = 20261121;

/// The first members of a problem; member i is the same however many there are. Only `all` outputs or the last one.
template <class Problem> class Cohort {
    using Model = typename Problem::Model;

  public:
    void resize(std::size_t count) {
        while (members_.size() < count) {
            Member<Model> member;
            member.id = members_.size();
            member.coefficients = coefficients_from<Model>(Problem::parameters(RandomStream(seed, member.id)));
            member.initial = Problem::initial(member.coefficients);
            member.end = Problem::end;
            member.events = events_;
            members_.push_back(member);
        }
        members_.resize(count);
    }
    void want(bool last_only) {
        wanted_ = last_only ? std::span(outputs_).last(1) : std::span(outputs_);
        for (auto& member : members_) member.outputs = wanted_;
    }
    const std::vector<Member<Model>>& members() const { return members_; }
    std::size_t numbers_each() const { return wanted_.size() * Model::states.size(); }

  private:
    std::vector<double> events_ = Problem::events(), outputs_ = Problem::outputs();
    std::span<const double> wanted_;
    std::vector<Member<Model>> members_;
};

template <class Problem> Settings<typename Problem::Model> settings_for(double relative) {
    Settings<typename Problem::Model> settings;
    settings.relative = relative;
    settings.absolute = Settings<typename Problem::Model>::every(Problem::absolute_share * relative);
    settings.most_steps = 10'000'000;
    return settings;
}

}  // namespace cicatrix::peers
