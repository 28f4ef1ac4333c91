// Layers, flows and the implicit step: a tridiagonal system bordered by the film.
#include "cicatrix/readout/absorption/column.hpp"

#include <algorithm>
#include <cmath>

#include "cicatrix/numeric/functions.hpp"

namespace cicatrix::detail {

Column::Column(const Compound& compound, const Skin& skin, const AbsorptionParameters& p, double channel_depth,
               int refinement)
    : film_thickness_(get<"film_thickness">(p)),
      film_loss_(get<"film_loss">(p)),
      solubility_(compound.solubility),
      clearance_(get<"blood_clearance">(p)),
      appendage_area_(get<"appendage_area">(p)),
      occlusion_gain_(get<"occlusion_gain">(p)) {
    const auto finer = static_cast<std::size_t>(refinement);
    const double horny = skin.horny_layer();
    // The same widths relative to each other at every refinement, so that halving the cells quarters the error.
    add_layer(horny, 20 * finer, 1.0);
    horny_ = cells_;
    add_layer(skin.epidermis(), 6 * finer, 1.0);
    const std::size_t epidermis_end = cells_;
    add_layer(skin.dermis, 16 * finer, 12.0);

    const double mass = compound.molecular_mass;
    const double horny_diffusivity = get<"horny_diffusivity">(p) * pow(10.0, -get<"horny_mass_slope">(p) * mass);
    const double free = get<"free_diffusivity">(p) * pow(mass / 300.0, -get<"free_mass_exponent">(p));
    horny_conductivity_ = compound.permeability * horny;
    tissue_diffusivity_ = get<"tissue_hindrance">(p) * free;
    // As long as the way to the dermis, which drains channels; a shorter one leaves the rest to the epidermis.
    channel_permeability_ = get<"channel_hindrance">(p) * free / (horny + skin.epidermis());

    const double partition = horny_conductivity_ / horny_diffusivity;
    for (std::size_t i = 0; i < cells_; ++i) {
        capacity_.push_back((i < horny_ ? partition : 1.0) * thickness_[i]);
        cleared_.push_back(i < epidermis_end ? 0.0 : clearance_ * thickness_[i]);
    }
    cleared_.back() += 2.0 * tissue_diffusivity_ / thickness_.back();  // below the dermis the compound is gone
    carry_ = partition * horny / get<"horny_turnover">(p);
    set_links(0, 1.0);
    set_links(1, occlusion_gain_);
    by_channels_ = shares_down_to(channel_depth);
    by_appendages_ = shares_down_to(get<"appendage_depth">(p));
    upper_.resize(cells_);
    pivot_.resize(cells_);
    from_film_.resize(cells_);
}

/// Widths grow smoothly; the last is about `growth` times the first.
void Column::add_layer(double thickness, std::size_t cells, double growth) {
    double sum = 0;
    std::vector<double> widths;
    for (std::size_t i = 0; i < cells; ++i) {
        const double place = (static_cast<double>(i) + 0.5) / static_cast<double>(cells);
        widths.push_back(pow(growth, place));
        sum += widths.back();
    }
    for (const double width : widths) thickness_.push_back(width * thickness / sum);
    cells_ += cells;
}

void Column::set_links(std::size_t covered, double gain) {
    for (std::size_t i = 0; i + 1 < cells_; ++i) {
        const auto resistance = [&](std::size_t cell) {
            return 0.5 * thickness_[cell] / (cell < horny_ ? gain * horny_conductivity_ : tissue_diffusivity_);
        };
        links_[covered].push_back(1.0 / (resistance(i) + resistance(i + 1)));
    }
    links_[covered].push_back(0.0);
}

/// Evenly along a hole, below the horny layer; nothing where it does not pass that layer.
std::vector<double> Column::shares_down_to(double depth) const {
    std::vector<double> shares;
    double top = 0, total = 0;
    for (std::size_t i = 0; i < cells_; ++i) {
        const double bottom = top + thickness_[i];
        shares.push_back(i < horny_ ? 0.0 : std::max(0.0, std::min(bottom, depth) - top));
        total += shares.back();
        top = bottom;
    }
    if (total > 0)
        for (double& share : shares) share /= total;
    return shares;
}

Column::Couplings Column::couplings(const Exposure& exposure) const {
    const double gain = exposure.covered ? occlusion_gain_ : 1.0;
    return {2.0 * gain * horny_conductivity_ / thickness_[0], exposure.open_area * channel_permeability_,
            appendage_area_ * channel_permeability_, exposure.covered ? 0.0 : film_loss_};
}

/// What is above the solubility lies undissolved on the skin.
double Column::film_concentration(double amount) const { return std::min(amount / film_thickness_, solubility_); }

void Column::rates(const Amounts& amounts, const Exposure& exposure, Amounts& out) const {
    const Couplings c = couplings(exposure);
    const double film_level = film_concentration(amounts[film]);
    std::ranges::fill(out, 0.0);
    const auto move = [&](std::size_t from, std::size_t to, double rate) {
        out[from] -= rate;
        out[to] += rate;
    };
    move(film, rubbed_off(), c.rub * amounts[film]);
    const double* cell = &amounts[1];
    for (std::size_t i = 0; i < cells_; ++i) {
        const double level = cell[i] / capacity_[i];
        const double in = entry(i, c);
        if (in > 0) move(film, 1 + i, in * (film_level - level));
        if (i + 1 < cells_) move(1 + i, 2 + i, link(i, exposure.covered) * (level - cell[i + 1] / capacity_[i + 1]));
        if (i < horny_) move(1 + i, i == 0 ? shed() : i, carry_ * level);
        move(1 + i, blood(), cleared_[i] * level);
    }
}

void Column::solve(double step, const Exposure& exposure, const Amounts& right, Amounts& x) {
    const Couplings c = couplings(exposure);
    // In levels (concentrations) the system is tridiagonal but for the film; from_film_ is the answer to a film of 1.
    double* level = &x[1];
    double above = 0;
    for (std::size_t i = 0; i < cells_; ++i) {
        const double below = link(i, exposure.covered), in = entry(i, c);
        const double leaves = above + below + in + cleared_[i] + (i < horny_ ? carry_ : 0.0);
        const double rises = i + 1 < horny_ ? carry_ : 0.0;  // what the next cell sheds into this one
        double diagonal = capacity_[i] + step * leaves;
        double value = right[1 + i], driven = step * in;
        if (i > 0) {
            const double weight = -step * above / pivot_[i - 1];
            diagonal -= weight * upper_[i - 1];
            value -= weight * level[i - 1];
            driven -= weight * from_film_[i - 1];
        }
        pivot_[i] = diagonal;
        upper_[i] = -step * (below + rises);
        level[i] = value;
        from_film_[i] = driven;
        above = below;
    }
    double returned = 0, response = 0, given = 0;
    for (std::size_t i = cells_; i-- > 0;) {
        const bool last = i + 1 == cells_;
        level[i] = (level[i] - (last ? 0.0 : upper_[i] * level[i + 1])) / pivot_[i];
        from_film_[i] = (from_film_[i] - (last ? 0.0 : upper_[i] * from_film_[i + 1])) / pivot_[i];
        const double in = entry(i, c);
        given += in;
        returned += in * level[i];
        response += in * from_film_[i];
    }
    const double kept = 1.0 + step * c.rub;
    const double dissolved = (right[film] + step * returned) / (film_thickness_ * kept + step * (given - response));
    const double film_level = std::min(dissolved, solubility_);
    x[film] = (right[film] + step * (returned - film_level * (given - response))) / kept;
    for (std::size_t i = 0; i < cells_; ++i) level[i] = capacity_[i] * (level[i] + film_level * from_film_[i]);
}

double Column::in_horny_layer(const Amounts& amounts) const {
    double sum = 0;
    for (std::size_t i = 0; i < horny_; ++i) sum += amounts[1 + i];
    return sum;
}

double Column::in_living_skin(const Amounts& amounts) const {
    double sum = 0;
    for (std::size_t i = horny_; i < cells_; ++i) sum += amounts[1 + i];
    return sum;
}

double Column::uptake(const Amounts& amounts) const {
    double sum = 0;
    for (std::size_t i = 0; i < cells_; ++i) sum += cleared_[i] * amounts[1 + i] / capacity_[i];
    return sum;
}

}  // namespace cicatrix::detail
