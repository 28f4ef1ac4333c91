// Values between the stages of steps, and integrals over them.
#include "cicatrix/readout/series.hpp"

namespace cicatrix {

StepPlace place_in(std::span<const double> steps, double time) {
    if (time >= steps.back()) return {steps.size() - 1, {}};
    if (time <= steps.front()) return {0, {}};
    const auto end = std::ranges::lower_bound(steps, time);
    StepPlace out{static_cast<std::size_t>(end - steps.begin()) - 1, collocation.barycentric};
    const double begin = steps[out.step], share = (time - begin) / (*end - begin);
    for (std::size_t a = 0; a < stage_count; ++a) {
        out.weights[a] *= share;
        for (std::size_t b = 0; b < stage_count; ++b)
            if (b != a) out.weights[a] *= share - collocation.nodes[b];
    }
    return out;
}

double Curve::at(const StepPlace& place) const {
    if (place.step == slots.steps) return last();
    const double first = values[slots.step_begin(place.step)];
    double change = 0;  // from there on, so that what is constant stays so to the last bit
    for (std::size_t s = 0; s < stage_count; ++s) change += place.weights[s] * (stage(s, place.step) - first);
    return first + change;
}

double Curve::integral() const {
    double sum = 0;
    for (std::size_t n = 0; n < slots.steps; ++n) {
        double mean = 0;
        for (std::size_t s = 0; s < stage_count; ++s) mean += collocation.coefficients.back()[s] * stage(s, n);
        sum += (steps[n + 1] - steps[n]) * mean;
    }
    return sum;
}

}  // namespace cicatrix
