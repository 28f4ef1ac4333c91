// One scalar Radau step for each own state in turn; each may read those declared before it.
#include "cicatrix/readout/own_states.hpp"

#include <algorithm>

namespace cicatrix {
namespace {

constexpr double root6 = 2.4494897427831780982;
constexpr double radau[3][3] = {
    {(88 - 7 * root6) / 360, (296 - 169 * root6) / 1800, (-2 + 3 * root6) / 225},
    {(296 + 169 * root6) / 1800, (88 + 7 * root6) / 360, (-2 - 3 * root6) / 225},
    {(16 - root6) / 36, (16 + root6) / 36, 1.0 / 9},
};

constexpr double shortest_step = 1e-3, longest_step = 3.0, growth = 1.15;  // d, d, 1

template <class T>
concept HasSession = requires(const Moment& now) {
    T::after_session(0.0, now);
};

template <class... S> using FlowTable = std::array<Flow (*)(const Moment&), sizeof...(S)>;

constexpr auto flows = []<class... S>(std::tuple<S...>*) {
    return FlowTable<S...>{[](const Moment& now) { return S::flow(now); }...};
}(static_cast<OwnStates*>(nullptr));

/// The three stages of a step of length h that starts from x.
std::array<double, 3> radau_stages(double x, double h, const std::array<Flow, 3>& flow) {
    double m[3][4];
    for (int i = 0; i < 3; ++i) {
        m[i][3] = x;
        for (int j = 0; j < 3; ++j) {
            const double a = h * radau[i][j];
            m[i][j] = (i == j ? 1.0 : 0.0) + a * flow[static_cast<std::size_t>(j)].rate;
            m[i][3] += a * flow[static_cast<std::size_t>(j)].source;
        }
    }
    for (int k = 0; k < 2; ++k)  // elimination in order: the pivots of this matrix do not vanish for rates >= 0
        for (int i = k + 1; i < 3; ++i) {
            const double factor = m[i][k] / m[k][k];
            for (int j = k; j < 4; ++j) m[i][j] -= factor * m[k][j];
        }
    std::array<double, 3> out{};
    for (int i = 2; i >= 0; --i) {
        double sum = m[i][3];
        for (int j = i + 1; j < 3; ++j) sum -= m[i][j] * out[static_cast<std::size_t>(j)];
        out[static_cast<std::size_t>(i)] = sum / m[i][i];
    }
    return out;
}

}  // namespace

std::vector<double> graded_steps(double begin, double end, std::span<const double> breaks) {
    const double longest = std::max(longest_step, (end - begin) / 500);
    std::vector<double> ends;
    for (const double t : breaks)
        if (t > begin && t < end) ends.push_back(t);
    std::ranges::sort(ends);
    ends.push_back(end);
    std::vector<double> steps{begin};
    for (const double stop : ends) {
        double h = shortest_step;
        while (stop - steps.back() > 1.5 * h) {
            steps.push_back(steps.back() + h);
            h = std::min(growth * h, longest);
        }
        if (stop > steps.back()) steps.push_back(stop);
    }
    return steps;
}

OwnHistory::OwnHistory(const Patient& patient, const Stretch& stretch, std::span<const PastSession> sessions,
                       const OwnValues& x)
    : steps_(stretch.steps), values_(stretch.states.size()) {
    values_[0] = x;
    for (std::size_t n = 0; n + 1 < steps_.size(); ++n) {
        const double h = steps_[n + 1] - steps_[n];
        std::array<OwnValues, 3> stages;
        stages.fill(values_[3 * n]);
        for (std::size_t i = 0; i < flows.size(); ++i) {
            std::array<Flow, 3> flow;
            for (std::size_t s = 0; s < 3; ++s)
                flow[s] = flows[i](Moment(patient, steps_[n] + stage_times[s] * h, stretch.states[3 * n + 1 + s],
                                          stages[s], sessions));
            const auto solved = radau_stages(values_[3 * n][i], h, flow);
            for (std::size_t s = 0; s < 3; ++s) stages[s][i] = solved[s];
        }
        for (std::size_t s = 0; s < 3; ++s) values_[3 * n + 1 + s] = stages[s];
    }
}

OwnValues OwnHistory::at(double time) const {
    if (steps_.size() < 2 || time <= steps_.front()) return values_.front();
    const auto after = std::ranges::lower_bound(steps_, time);
    if (after == steps_.end()) return values_.back();
    const std::size_t n = static_cast<std::size_t>(after - steps_.begin()) - 1;
    const double s = (time - steps_[n]) / (steps_[n + 1] - steps_[n]);
    const std::array<double, 4> nodes{0.0, stage_times[0], stage_times[1], stage_times[2]};
    OwnValues out{};
    for (std::size_t a = 0; a < 4; ++a) {  // the cubic through the start and the three stages
        double weight = 1;
        for (std::size_t b = 0; b < 4; ++b)
            if (b != a) weight *= (s - nodes[b]) / (nodes[a] - nodes[b]);
        for (std::size_t i = 0; i < out.size(); ++i) out[i] += weight * values_[3 * n + a][i];
    }
    return out;
}

OwnValues own_start(const Patient& patient) {
    OwnValues x{};
    [&]<class... S>(std::tuple<S...>*) {
        [[maybe_unused]] std::size_t i = 0;
        ((x[i] = S::start(Moment(patient, 0.0, patient.start, x, {})), ++i), ...);
    }(static_cast<OwnStates*>(nullptr));
    return x;
}

OwnValues own_after_session(const Patient& patient, const StatesOf<Microneedling, double>& y, const OwnValues& before,
                            std::span<const PastSession> sessions) {
    OwnValues x = before;
    const Moment now(patient, sessions.back().at, y, x, sessions);
    [&]<class... S>(std::tuple<S...>*) {
        std::size_t i = 0;
        const auto change = [&]<class One>(One*) {
            if constexpr (HasSession<One>) x[i] = One::after_session(x[i], now);
            ++i;
        };
        (change(static_cast<S*>(nullptr)), ...);
    }(static_cast<OwnStates*>(nullptr));
    return x;
}

}  // namespace cicatrix
