// The normal distribution, to the same bits on every machine: its share below a number, and the number below a share.
#pragma once

namespace cicatrix {

/// Share of the standard normal distribution below x; the error is a few units of 1e-16.
double normal_share(double x);

/// The number below which a share of the standard normal distribution lies, for 0 < share < 1; the relative error is
/// about 1e-16. Minus and plus infinity at 0 and 1.
double normal_quantile(double share);

}  // namespace cicatrix
