// The rules that make a Group a netCDF file: names, declared dimensions, as many values as the dimensions say.
#pragma once
#include "cicatrix/io/dataset.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cicatrix {

/// The groups from the root to the innermost one.
using GroupPath = std::vector<const Group*>;

/// Whether `variable`, standing in `group`, is the coordinate of one of the group's own dimensions.
bool is_coordinate(const Group& group, const Variable& variable);

/// Length of the named dimension, looked up from the innermost group outward.
/// Throws std::invalid_argument when no group of the path declares it.
std::size_t dimension_length(const GroupPath& path, const std::string& name);

/// Throws std::invalid_argument naming the first part that a netCDF file cannot hold. Variables whose first dimension
/// is `filled_later` may still be without values.
void require_sound(const Group& root, std::string_view filled_later = {});

}  // namespace cicatrix
