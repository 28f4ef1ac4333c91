// Every name, unit and meaning comes from the table of states.
#include "cicatrix/io/depth_variables.hpp"

#include "cicatrix/course/depth_kernel.hpp"
#include "cicatrix/io/dataset_parts.hpp"

namespace cicatrix {

using detail::described;

void add_depth(Group& root, const Course& course) {
    const auto& grid = course.depths;
    if (grid.cells() == 0) return;
    root.dimensions.emplace_back("depth", grid.cells());
    root.dimensions.emplace_back("bound", 2);
    auto depth = described("depth of the middle of the cell below the surface of the skin", "mm");
    depth.insert(
        depth.end(),
        {{"axis", std::string("Z")}, {"positive", std::string("down")}, {"bounds", std::string("depth_bounds")}});
    root.variables.push_back({"depth", {"depth"}, grid.centres, std::move(depth)});
    std::vector<double> bounds;
    for (std::size_t j = 0; j < grid.cells(); ++j)
        for (const std::size_t face : {j, j + 1}) bounds.push_back(grid.faces[face]);
    root.variables.push_back(
        {"depth_bounds", {"depth", "bound"}, std::move(bounds), described("ends of the cell", "mm")});
    std::vector<std::int8_t> layers;
    for (const std::size_t layer : course.layers) layers.push_back(static_cast<std::int8_t>(layer));
    auto attributes = described("layer of the dermis to which the cell belongs", "1");
    attributes.emplace_back("flag_values", std::vector<std::int8_t>{0, 1});
    attributes.emplace_back("flag_meanings", std::string("papillary reticular"));
    root.variables.push_back({"layer", {"depth"}, std::move(layers), std::move(attributes)});
}

void add_profiles(std::vector<Variable>& out, const Trajectory& trajectory, std::size_t cells) {
    for (std::size_t i = 0; i < CourseModel::states.size() && cells > 0; ++i) {
        if (depth::layout.sheet >> i & 1) continue;
        const auto& state = CourseModel::states[i];
        std::vector<double> values;
        for (const auto& profile : trajectory.profiles)
            for (std::size_t j = 0; j < cells; ++j) values.push_back(profile(i, j));
        auto attributes = described(state.meaning, state.unit);
        attributes.emplace_back("comment", std::string("mean over the plane at each depth"));
        attributes.emplace_back("evidence_grade", std::string(text_of(Grade::assumed)));
        out.push_back(
            {std::string(state.name) + "_profile", {"time", "depth"}, std::move(values), std::move(attributes)});
    }
}

}  // namespace cicatrix
