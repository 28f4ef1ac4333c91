// Lays out the dermis.
#include "cicatrix/course/dermis.hpp"

#include <algorithm>

#include "cicatrix/course/follow.hpp"

namespace cicatrix {
namespace {

double top_of(const Plan& plan) { return plan.skin.horny_layer() + plan.skin.epidermis(); }

/// Share of the dermis that lies in cells of the papillary layer.
double papillary_share(const DermisPlan& dermis) {
    double papillary = 0, whole = 0;
    for (std::size_t j = 0; j < dermis.grid.cells(); ++j) {
        whole += dermis.grid.volumes[j];
        if (dermis.layer[j] == 0) papillary += dermis.grid.volumes[j];
    }
    return papillary / whole;
}

/// Both layers hold as much collagen, of which the papillary has more type III; the mean over the dermis is the plan's.
std::vector<ParametersOf<CourseModel, double>> layer_parameters(const Plan& plan, double share, double ratio) {
    const auto skin = skin_parameters(plan);
    std::vector<ParametersOf<CourseModel, double>> out(2, skin);
    const double mean = get<"collagen_iii_home">(skin);
    const double reticular = mean / (share * ratio + (1.0 - share));
    for (std::size_t layer = 0; layer < 2; ++layer) {
        const double own = layer == 0 ? ratio * reticular : reticular;
        out[layer][index_of(CourseModel::parameters, "collagen_iii_home")] = own;
        out[layer][index_of(CourseModel::parameters, "mature_collagen_home")] += mean - own;
    }
    return out;
}

/// Mean of two widths through which both sides must be passed.
double harmonic(double a, double b) { return a > 0 && b > 0 ? 2.0 * a * b / (a + b) : 0.0; }

/// How loud each cell hears the epidermis: near tissue more, deep tissue nothing. Tissue as a whole hears it as loud as
/// without depth, where all of it hears alike: over `volumes`, the part of the plane that it is at each depth, the mean
/// is one. No part hears it louder than the whole plane would: one that lies deep hears little of it.
std::vector<double> heard_of(const DermisPlan& plan, const std::vector<double>& volumes) {
    const CellGrid& grid = plan.grid;
    const double range = get<"epidermal_signal_depth">(plan.parameters);
    std::vector<double> out;
    double part = 0, part_hears = 0, plane = 0, plane_hears = 0;
    for (std::size_t j = 0; j < grid.cells(); ++j) {
        // The mean of exp(-z / range) over the cell, so that it does not depend on the grid.
        const double from = grid.faces[j] - grid.faces.front(), thickness = grid.faces[j + 1] - grid.faces[j];
        const double x = thickness / range;
        out.push_back(exp(-from / range) * (x > 1e-6 ? (1.0 - exp(-x)) / x : 1.0 - 0.5 * x));
        part += volumes[j], part_hears += volumes[j] * out.back();
        plane += grid.volumes[j], plane_hears += grid.volumes[j] * out.back();
    }
    const double scale = std::min(part / part_hears, plane / plane_hears);
    for (double& heard : out) heard *= scale;
    return out;
}

}  // namespace

DermisPlan dermis_plan(const Plan& plan, double age, Ageing ageing) {
    const double top = top_of(plan), papillary = get<"papillary_thickness">(plan.injury);
    const CourseGrid& grid = plan.grid;
    DermisPlan out;
    out.parameters = plan.depth;
    out.grid = planar_grid(stretched_faces(top, top + plan.skin.dermis, grid.cells, grid.fineness));
    for (const double z : out.grid.centres) out.layer.push_back(z < top + papillary ? 0 : 1);
    const double ratio = get<"papillary_collagen_iii_ratio">(plan.depth);
    for (const auto& parameters : layer_parameters(plan, papillary_share(out), ratio))
        out.kinds.push_back(skin_coefficients(plan, parameters, age, ageing));
    out.sheet_home = CourseModel::home(out.kinds.front());
    return out;
}

Dermis dermis_of(const DermisPlan& plan, const std::vector<double>& width) {
    const CellGrid& grid = plan.grid;
    Dermis dermis(grid.cells(), plan.kinds.front());
    dermis.kinds = plan.kinds;
    dermis.kind = plan.layer;
    dermis.sheet_home = plan.sheet_home;
    CellGrid narrowed = grid;
    for (std::size_t j = 0; j < grid.cells(); ++j) {
        narrowed.volumes[j] *= width[j];
        if (j > 0) narrowed.face_widths[j] = harmonic(width[j - 1], width[j]);
    }
    dermis.heard = heard_of(plan, narrowed.volumes);
    double told = 0;
    for (std::size_t j = 0; j < grid.cells(); ++j) told += dermis.told[j] = dermis.heard[j] * narrowed.volumes[j];
    for (double& weight : dermis.told) weight /= told;
    dermis.volume = narrowed.volumes;
    for (double& volume : narrowed.volumes)
        if (!(volume > 0)) volume = 1.0;  // nothing passes the faces of such a cell
    constexpr auto mobile = depth::layout.mobile;
    for (std::size_t i = 0, parameter = 0; i < CourseModel::states.size(); ++i)
        if (mobile >> i & 1) let_diffuse(dermis, narrowed, i, plan.parameters[parameter++]);
    return dermis;
}

DermisStates home_of(const DermisPlan& plan) {
    DermisStates out(plan.grid.cells());
    for (std::size_t j = 0; j < plan.grid.cells(); ++j) {
        const auto home = CourseModel::home(plan.kinds[plan.layer[j]]);
        for (std::size_t i = 0; i < home.size(); ++i) out.cells(i, j) = home[i];
    }
    out.sheet = plan.sheet_home;
    return out;
}

}  // namespace cicatrix
