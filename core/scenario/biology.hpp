// How one person's biology differs from another's: correlated log-normal factors on the kinetic parameters.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "cicatrix/course/course.hpp"

namespace cicatrix {

/// The processes whose parameters vary together.
inline constexpr std::array<std::string_view, 7> processes{
    "haemostasis", "inflammation", "growth factors", "fibroplasia", "matrix", "epidermis", "vessels and pigment"};

/// Position among `processes` of each parameter of the model; -1 for those that are no matter of kinetics: what the
/// tissue is made of at home, what a needle does, how ageing goes on.
std::span<const int> process_of_parameters();

/// Factors on the kinetic parameters of persons. The logarithm of a factor is normal and made of two parts, one shared
/// by the process and one of the parameter's own, so that the logarithms of two parameters of one process correlate by
/// `within`, and those of two processes by `between_processes` of that. All three numbers are own choices: we know of
/// no measurement of how kinetic parameters of skin vary from person to person, or together.
class Biology {
  public:
    /// Correlation of the shared parts of two processes; own choice: who heals briskly does so in more than one way.
    static constexpr double between_processes = 0.3;

    /// `variability` is the coefficient of variation of one parameter; nothing varies when it is zero.
    Biology(double variability, double within, std::uint64_t seed);

    /// The factors of a person, one for each parameter of the model; 1 for those that do not vary. The median of each
    /// is 1. Person n of a seed is the same whoever else is drawn.
    void write_factors(std::uint64_t person, std::span<double> factors) const;

  private:
    double deviation_, shared_, own_;
    std::uint64_t seed_;
    std::vector<double> mixing_;  ///< Cholesky factor of the correlations of processes, row by row
};

}  // namespace cicatrix
