// Lays out the dermis.
#include "cicatrix/course/dermis.hpp"

#include <algorithm>

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
    std::vector<ParametersOf<CourseModel, double>> out(2, plan.parameters);
    const double mean = get<"collagen_iii_home">(plan.parameters);
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

}  // namespace

DermisPlan dermis_plan(const Plan& plan, const DepthSettings& settings, double age, Ageing ageing) {
    const double top = top_of(plan), papillary = get<"papillary_thickness">(plan.injury);
    DermisPlan out;
    out.parameters = settings.parameters;
    out.grid = planar_grid(stretched_faces(top, top + plan.skin.dermis, settings.cells, settings.fineness));
    for (const double z : out.grid.centres) out.layer.push_back(z < top + papillary ? 0 : 1);
    const double ratio = get<"papillary_collagen_iii_ratio">(settings.parameters);
    for (const auto& parameters : layer_parameters(plan, papillary_share(out), ratio)) {
        auto& k = out.kinds.emplace_back(coefficients_from<CourseModel>(parameters));
        set_coefficient<"age", CourseModel>(k, age);
        set_coefficient<"ageing_rate", CourseModel>(k, ageing == Ageing::drift ? 1.0 : 0.0);
        set_coefficient<"uv", CourseModel>(k, plan.care.uv);
    }
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
    double told = 0;
    for (std::size_t j = 0; j < grid.cells(); ++j) {
        narrowed.volumes[j] *= width[j];
        if (j > 0) narrowed.face_widths[j] = harmonic(width[j - 1], width[j]);
        const double below = grid.centres[j] - grid.faces.front();
        dermis.heard[j] = exp(-below / get<"epidermal_signal_depth">(plan.parameters));
        told += dermis.told[j] = dermis.heard[j] * narrowed.volumes[j];
    }
    for (std::size_t j = 0; j < grid.cells(); ++j) dermis.told[j] /= told;
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
