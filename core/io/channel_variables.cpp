// Every name, unit and meaning comes from the table of states.
#include "cicatrix/io/channel_variables.hpp"

#include "cicatrix/course/depth_kernel.hpp"
#include "cicatrix/io/dataset_parts.hpp"

namespace cicatrix {
namespace {

using detail::described;

void add_rings(Group& root, const Course& course) {
    const auto& grid = course.rings;
    root.dimensions.emplace_back("radius", grid.cells());
    auto radius = described("distance of the middle of the ring from the axis of the channel", "mm");
    radius.emplace_back("bounds", std::string("radius_bounds"));
    root.variables.push_back({"radius", {"radius"}, grid.centres, std::move(radius)});
    std::vector<double> bounds;
    for (std::size_t r = 0; r < grid.cells(); ++r)
        for (const std::size_t face : {r, r + 1}) bounds.push_back(grid.faces[face]);
    root.variables.push_back(
        {"radius_bounds", {"radius", "bound"}, std::move(bounds), described("ends of the ring", "mm")});
    root.variables.push_back({"channel_radius",
                              {"depth"},
                              course.channel_radius,
                              described("radius of the tissue that a channel of mean depth injures", "mm")});
    root.variables.push_back({"pore_radius",
                              {},
                              std::vector<double>{course.plan.sessions.front().channels.mouth_radius},
                              described("radius of the hole that a channel leaves in the epidermis", "mm")});
}

/// `block` numbers of each row, from `first` on.
std::vector<double> part_of(const std::vector<std::vector<double>>& rows, std::size_t first, std::size_t block) {
    std::vector<double> out;
    for (const auto& row : rows)
        for (std::size_t k = 0; k < block; ++k) out.push_back(row[first + k]);
    return out;
}

void add(Group& root, std::size_t state, const char* suffix, std::vector<std::string> dimensions,
         std::vector<double> values) {
    const auto& row = CourseModel::states[state];
    auto attributes = described(row.meaning, row.unit);
    attributes.emplace_back("evidence_grade", std::string(text_of(Grade::assumed)));
    root.variables.push_back(
        {std::string(row.name) + suffix, std::move(dimensions), std::move(values), std::move(attributes)});
}

}  // namespace

void add_channel(Group& root, const Course& course) {
    const std::size_t rings = course.rings.cells(), block = rings * course.depths.cells();
    if (rings == 0) return;
    add_rings(root, course);
    const auto& fields = course.plan.grid.fields;
    for (std::size_t f = 0; f < fields.size(); ++f)
        add(root, fields[f], "_field", {"time", "depth", "radius"}, part_of(course.treated.fields, f * block, block));
    std::size_t place = 0;
    for (std::size_t i = 0; i < CourseModel::states.size(); ++i)
        if (depth::layout.sheet >> i & 1)
            add(root, i, "_ring", {"time", "radius"}, part_of(course.treated.sheet_rings, rings * place++, rings));
}

}  // namespace cicatrix
