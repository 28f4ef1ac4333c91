// The distribution of a number that a sweep draws: "uniform 0.5 mm to 2 mm", "normal 45 years sd 8 years".
#pragma once
#include <functional>
#include <optional>
#include <string_view>

#include "cicatrix/model/declare.hpp"
#include "cicatrix/scenario/findings.hpp"

namespace cicatrix {

enum class DistributionKind { uniform, log_uniform, normal, log_normal };

/// A distribution cut off at two ends; what lies beyond them is shared out over what is left.
struct Distribution {
    DistributionKind kind = DistributionKind::uniform;
    double first = 0;   ///< lower end; of a normal the mean, of a log-normal the median
    double second = 1;  ///< upper end; of a normal the standard deviation, of a log-normal the coefficient of variation
    Range ends{0, 1};   ///< where it is cut off; of a uniform its own ends

    /// The number below which the share `u` lies; 0 < u < 1.
    double at(double u) const;

    // What `settle` works out from the above.
    double deviation = 0;  ///< of a log-normal: the standard deviation of its logarithm
    Range below{0, 1};     ///< shares of the distribution, before it is cut off, below its ends
    void settle();
};

/// What reading a distribution needs to know of the number that it is for.
struct DistributionReader {
    std::string limits_text;  ///< what is allowed at all, in words
    Range limits;
    std::optional<double> usual;                                    ///< the value without a sweep, for "cv 0.2"
    bool has_range;                                                 ///< whether "range" means anything
    std::function<std::optional<double>(std::string_view)> number;  ///< reads one number; reports what is wrong
    std::function<void(std::string_view code, std::string, std::string)> refuse;  ///< what is wrong, what is allowed
};

/// Reads a distribution: "uniform A to B", "loguniform A to B", "normal MEAN sd S", "lognormal MEDIAN cv C", "cv C"
/// about the usual value, "range" for the whole declared range. Any of the middle three may end on "from A to B", where
/// it is cut off; else the limits cut it off. Empty, and refused, when anything is wrong.
std::optional<Distribution> read_distribution(std::string_view text, const DistributionReader& reader);

}  // namespace cicatrix
