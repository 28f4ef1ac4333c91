// The Monte Carlo map: strikes are laid out on a patch with a margin, so that the patch has no edge.
#include "cicatrix/injury/map.hpp"

#include "cicatrix/injury/neighbours.hpp"

namespace cicatrix {

namespace {

/// What random numbers are for; each use has its own stream, so that one does not shift another.
enum class Use : std::uint64_t { places, depths, samples };

RandomStream stream_of(const MapSettings& settings, int patch, Use use) {
    return RandomStream(settings.seed, 4 * static_cast<std::uint64_t>(patch) + static_cast<std::uint64_t>(use));
}

/// The patch with its margin, and what fell on both.
struct Treated {
    double margin;  ///< mm
    Patch whole, patch;
    std::vector<Strike> strikes;  ///< from the corner of the margin

    bool counts(const Point& p) const { return patch.contains({p.x - margin, p.y - margin}); }
};

/// So wide that what lies beyond changes no re-entry and no nearest distance of the patch.
double margin_of(const StrikePattern& pattern, const MapSettings& settings) {
    const double density = density_per_pass(pattern) * settings.passes;
    return 4.0 * settings.reentry_radius + (density > 0 ? 3.0 / std::sqrt(density) : 0.0);
}

double cell_of(const StrikePattern& pattern, const MapSettings& settings) {
    const double density = density_per_pass(pattern) * settings.passes;
    return std::max(settings.reentry_radius, density > 0 ? 1.0 / std::sqrt(density) : settings.width);
}

Treated treat(const StrikePattern& pattern, const Channels& channels, const MapSettings& settings, int patch) {
    const double margin = margin_of(pattern, settings), side = settings.width + 2 * margin;
    Treated out{margin, {side, side}, {settings.width, settings.width}, {}};
    RandomStream places = stream_of(settings, patch, Use::places), depths = stream_of(settings, patch, Use::depths);
    Neighbours older(out.whole, cell_of(pattern, settings));
    std::vector<Point> points;
    const bool reenters = settings.reentry_radius > 0 && reenters_holes(pattern);
    for (int pass = 0; pass < settings.passes; ++pass) {
        points.clear();
        place_pass(pattern, places, out.whole, {pass, settings.directions}, points);
        for (const Point& p : points) {
            const bool is_new = !reenters || !older.any_within(p, settings.reentry_radius);
            const double share = depths.uniform();
            out.strikes.push_back({p, pass, is_new, channels.depth_quantile(share > 0 ? share : 0x1p-54)});
            older.add(p);
        }
    }
    return out;
}

/// What one patch shows of each quantity.
struct Count {
    double strikes = 0, density = 0, nearest = 0, open_area = 0;
    std::vector<double> reentered, reaching;
};

double share_open(const Treated& treated, const Neighbours& holes, double mouth, int samples, RandomStream random) {
    int open = 0;
    for (int i = 0; i < samples; ++i) {
        const double x = random.uniform(0, treated.patch.width), y = random.uniform(0, treated.patch.height);
        if (holes.any_within({treated.margin + x, treated.margin + y}, mouth)) ++open;
    }
    return samples > 0 ? static_cast<double>(open) / samples : 0.0;
}

/// Strikes, channels and re-entries by pass.
void count_strikes(const Treated& treated, std::span<const double> depths, Count& count) {
    std::vector<double> of_pass(count.reentered.size(), 0.0);
    for (const Strike& strike : treated.strikes) {
        if (!treated.counts(strike.at)) continue;
        const auto pass = static_cast<std::size_t>(strike.pass);
        of_pass[pass] += 1;
        if (!strike.is_new) count.reentered[pass] += 1;
        else ++count.density;
        for (std::size_t i = 0; i < depths.size(); ++i)
            if (strike.is_new && strike.depth > depths[i]) count.reaching[i] += 1;
        ++count.strikes;
    }
    for (std::size_t i = 0; i < of_pass.size(); ++i)
        if (of_pass[i] > 0) count.reentered[i] /= of_pass[i];
}

/// Mean distance over the channels of the patch; 0 where there is no second channel.
double mean_nearest(const Treated& treated, const Neighbours& holes) {
    double sum = 0, number = 0;
    for (const Strike& strike : treated.strikes) {
        if (!strike.is_new || !treated.counts(strike.at)) continue;
        const double distance = holes.nearest(strike.at);
        if (distance < std::numeric_limits<double>::infinity()) sum += distance, ++number;
    }
    return number > 0 ? sum / number : 0.0;
}

Count count_patch(const StrikePattern& pattern, const Channels& channels, const MapSettings& settings, int patch,
                  std::span<const double> depths) {
    const Treated treated = treat(pattern, channels, settings, patch);
    Neighbours holes(treated.whole, cell_of(pattern, settings));
    for (const Strike& strike : treated.strikes)
        if (strike.is_new) holes.add(strike.at);
    Count count;
    count.reentered.resize(static_cast<std::size_t>(settings.passes));
    count.reaching.resize(depths.size());
    count_strikes(treated, depths, count);
    for (double* number : {&count.strikes, &count.density}) *number /= treated.patch.area();
    for (double& number : count.reaching) number /= treated.patch.area();
    count.nearest = mean_nearest(treated, holes);
    count.open_area = share_open(treated, holes, channels.mouth_radius, settings.sample_points,
                                 stream_of(settings, patch, Use::samples));
    return count;
}

template <class Value> Estimate estimate(const std::vector<Count>& counts, Value value) {
    double sum = 0, squares = 0;
    for (const Count& count : counts) sum += value(count);
    const double n = static_cast<double>(counts.size()), mean = sum / n;
    for (const Count& count : counts) squares += (value(count) - mean) * (value(count) - mean);
    return {mean, n > 1 ? std::sqrt(squares / (n * (n - 1))) : 0.0};
}

}  // namespace

std::vector<Strike> strike_map(const StrikePattern& pattern, const Channels& channels, const MapSettings& settings,
                               int patch) {
    const Treated treated = treat(pattern, channels, settings, patch);
    std::vector<Strike> out;
    for (Strike strike : treated.strikes) {
        if (!treated.counts(strike.at)) continue;
        strike.at = {strike.at.x - treated.margin, strike.at.y - treated.margin};
        out.push_back(strike);
    }
    return out;
}

ChannelMap channel_map(const StrikePattern& pattern, const Channels& channels, const MapSettings& settings,
                       std::span<const double> depths) {
    std::vector<Count> counts;
    for (int patch = 0; patch < std::max(settings.patches, 1); ++patch)
        counts.push_back(count_patch(pattern, channels, settings, patch, depths));
    ChannelMap map{.strikes = estimate(counts, [](const Count& c) { return c.strikes; }),
                   .density = estimate(counts, [](const Count& c) { return c.density; }),
                   .nearest = estimate(counts, [](const Count& c) { return c.nearest; }),
                   .open_area = estimate(counts, [](const Count& c) { return c.open_area; }),
                   .reentered = {},
                   .reaching = {}};
    for (std::size_t i = 0; i < counts.front().reentered.size(); ++i)
        map.reentered.push_back(estimate(counts, [i](const Count& c) { return c.reentered[i]; }));
    for (std::size_t i = 0; i < depths.size(); ++i)
        map.reaching.push_back(estimate(counts, [i](const Count& c) { return c.reaching[i]; }));
    return map;
}

}  // namespace cicatrix
