// A column of skin under a film: what flows where, and the implicit step of it. Finite volumes in depth.
#pragma once
#include <array>
#include <cstddef>
#include <vector>

#include "cicatrix/readout/absorption/parameters.hpp"
#include "cicatrix/skin/care.hpp"
#include "cicatrix/skin/skin.hpp"

namespace cicatrix::detail {

/// What a compound has become, per area of skin, g/mm2: film, then cells downwards, then the three ways out.
/// A rate of it has the same form, g/mm2/d.
using Amounts = std::vector<double>;

/// What the column is exposed to at one time.
struct Exposure {
    double open_area = 0;  ///< share of the surface
    bool covered = false;  ///< by an occlusive film
};

/// Concentrations are those of water in equilibrium with the place, so they are continuous across layers.
class Column {
  public:
    /// `channel_depth` in mm; `refinement` multiplies the number of cells.
    Column(const Compound& compound, const Skin& skin, const AbsorptionParameters& p, double channel_depth,
           int refinement);

    std::size_t size() const { return 1 + cells_ + 3; }
    static constexpr std::size_t film = 0;
    std::size_t blood() const { return 1 + cells_; }
    std::size_t rubbed_off() const { return 2 + cells_; }
    std::size_t shed() const { return 3 + cells_; }

    /// Rates of all amounts; they add up to nothing.
    void rates(const Amounts& amounts, const Exposure& exposure, Amounts& out) const;
    /// Solves x - step * rates(x) = right for film and cells; the ways out are not touched.
    void solve(double step, const Exposure& exposure, const Amounts& right, Amounts& x);

    double in_horny_layer(const Amounts& amounts) const;
    double in_living_skin(const Amounts& amounts) const;
    /// Uptake by the blood, g/mm2/d.
    double uptake(const Amounts& amounts) const;

  private:
    struct Couplings {
        double top;      ///< film to the first cell, mm/d
        double channel;  ///< film through channels to all cells that they reach, mm/d
        double shunt;    ///< film through follicles and sweat ducts, mm/d
        double rub;      ///< 1/d
    };
    Couplings couplings(const Exposure& exposure) const;
    double entry(std::size_t cell, const Couplings& c) const {
        return (cell == 0 ? c.top : 0.0) + c.channel * by_channels_[cell] + c.shunt * by_appendages_[cell];
    }
    double link(std::size_t cell, bool covered) const { return links_[covered][cell]; }
    double film_concentration(double amount) const;

    void add_layer(double thickness, std::size_t cells, double growth);
    void set_links(std::size_t covered, double diffusivity_gain);
    std::vector<double> shares_down_to(double depth) const;

    std::size_t cells_ = 0, horny_ = 0;
    double film_thickness_, film_loss_, solubility_;
    double horny_conductivity_ = 0, tissue_diffusivity_ = 0, channel_permeability_ = 0;
    double carry_ = 0, clearance_, appendage_area_, occlusion_gain_;
    std::vector<double> thickness_, capacity_, cleared_;
    std::vector<double> by_channels_, by_appendages_;  ///< which part of what passes them enters which cell
    std::array<std::vector<double>, 2> links_;         ///< cell to the next below, mm/d; open and covered
    std::vector<double> upper_, pivot_, from_film_;
};

}  // namespace cicatrix::detail
