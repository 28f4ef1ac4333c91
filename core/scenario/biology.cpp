// Draws persons.
#include "cicatrix/scenario/biology.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/numeric/normal.hpp"
#include "cicatrix/numeric/random.hpp"

namespace cicatrix {
namespace {

/// Where a process begins in the table of parameters, which lists them process by process.
struct Beginning {
    std::string_view parameter;
    int process;
};
constexpr std::array beginnings{
    Beginning{"clot_decay", 0},
    Beginning{"damage_clearance", 1},
    Beginning{"latent_tgf_decay", 2},
    Beginning{"fibroblast_growth_by_pdgf", 3},
    Beginning{"collagen_iii_of_wound_synthesis", 4},
    Beginning{"epidermal_edge_growth", 5},
    Beginning{"vessel_growth", 6},
    Beginning{"cell_loss_by_needling", -1},
};

constexpr auto process_of = [] {
    std::array<int, CourseModel::parameters.size()> out{};
    std::size_t next = 0;
    int process = -1;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::string_view name = CourseModel::parameters[i].name;
        if (next < beginnings.size() && name == beginnings[next].parameter) process = beginnings[next++].process;
        out[i] = name.ends_with("_home") || name == "resident_macrophages" ? -1 : process;
    }
    if (next != beginnings.size())
        throw "a process begins with a parameter that the table does not have, or out of order";
    return out;
}();

constexpr std::size_t count = processes.size();

/// Lower triangular matrix that turns independent numbers into correlated ones.
std::vector<double> cholesky_of_processes() {
    using Square = Eigen::Matrix<double, count, count, Eigen::RowMajor>;
    Square correlations = Square::Constant(Biology::between_processes);
    correlations.diagonal().setOnes();
    const Square lower = correlations.llt().matrixL();
    return {lower.data(), lower.data() + lower.size()};
}

}  // namespace

std::span<const int> process_of_parameters() { return process_of; }

Biology::Biology(double variability, double within, std::uint64_t seed)
    : deviation_(std::sqrt(cicatrix::log(1.0 + variability * variability))),
      shared_(std::sqrt(within)),
      own_(std::sqrt(1.0 - within)),
      seed_(seed),
      mixing_(cholesky_of_processes()) {}

void Biology::write_factors(std::uint64_t person, std::span<double> factors) const {
    RandomStream random(detail::mixed(seed_ ^ detail::golden), person);
    const auto score = [&] { return normal_quantile((static_cast<double>(random() >> 12) + 0.5) * 0x1p-52); };
    std::array<double, count> independent, of_process{};
    for (double& number : independent) number = score();
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = 0; j <= i; ++j) of_process[i] += mixing_[i * count + j] * independent[j];
    for (std::size_t p = 0; p < process_of.size(); ++p) {
        factors[p] = 1;
        const double own = score();  // drawn for every parameter, so that one more does not move the others before it
        if (process_of[p] < 0) continue;
        const double shared = of_process[static_cast<std::size_t>(process_of[p])];
        factors[p] = cicatrix::exp(deviation_ * (shared_ * shared + own_ * own));
    }
}

}  // namespace cicatrix
