// Percentage points after Wichura's algorithm AS 241, and the share below a number as a series.
#include "cicatrix/numeric/normal.hpp"

#include <array>
#include <cmath>
#include <limits>

#include "cicatrix/numeric/functions.hpp"

namespace cicatrix {
namespace {

// Ratios of polynomials, highest power first: Wichura 1988, Applied Statistics 37, 477-484, doi:10.2307/2347330.
constexpr std::array middle_above{2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4,
                                  4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3,
                                  1.3314166789178437745e2, 3.387132872796366608e0};
constexpr std::array middle_below{
    5.226495278852854561e3,  2.8729085735721942674e4, 3.930789580009271061e4,  2.1213794301586595867e4,
    5.3941960214247511077e3, 6.871870074920579083e2,  4.2313330701600911252e1, 1.0};
constexpr std::array side_above{7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.4178072517745061177e-1,
                                1.27045825245236838258e0, 3.64784832476320460504e0,  5.7694972214606914055e0,
                                4.6303378461565452959e0,  1.42343711074968357734e0};
constexpr std::array side_below{
    1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2, 1.4810397642748007459e-1,
    6.8976733498510000455e-1,  1.6763848301838038494e0, 2.05319162663775882187e0,  1.0};
constexpr std::array far_above{2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.2426609473880784386e-3,
                               2.6532189526576123093e-2,  2.9656057182850489123e-1,  1.7848265399172913358e0,
                               5.4637849111641143699e0,   6.6579046435011037772e0};
constexpr std::array far_below{
    2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
    1.48753612908506148525e-2,  1.3692988092273580531e-1, 5.9983220655588793769e-1, 1.0};

double polynomial(const auto& coefficients, double x) {
    double sum = 0;
    for (const double coefficient : coefficients) sum = sum * x + coefficient;
    return sum;
}

}  // namespace

double normal_quantile(double share) {
    if (!(share > 0 && share < 1)) {
        constexpr double infinite = std::numeric_limits<double>::infinity();
        return share == 0 ? -infinite : share == 1 ? infinite : std::numeric_limits<double>::quiet_NaN();
    }
    const double q = share - 0.5;
    if (std::abs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(middle_above, r) / polynomial(middle_below, r);
    }
    const double r = std::sqrt(-cicatrix::log(q < 0 ? share : 1.0 - share));
    const double size = r <= 5 ? polynomial(side_above, r - 1.6) / polynomial(side_below, r - 1.6)
                               : polynomial(far_above, r - 5.0) / polynomial(far_below, r - 5.0);
    return q < 0 ? -size : size;
}

double normal_share(double x) {
    if (!(std::abs(x) < 9)) return x > 0 ? 1.0 : x < 0 ? 0.0 : x;
    // The density times x + x^3/3 + x^5/(3 5) + x^7/(3 5 7) ...: all terms have the sign of x.
    double term = x, sum = x;
    for (int i = 3; sum + term != sum; i += 2) {
        term *= x * x / i;
        sum += term;
    }
    constexpr double one_over_root_2_pi = 0.3989422804014327;
    return 0.5 + one_over_root_2_pi * cicatrix::exp(-0.5 * x * x) * sum;
}

}  // namespace cicatrix
