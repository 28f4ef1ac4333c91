// Space against published numbers: the Medical Akzo Nobel problem, the wound healing of Sherratt and Murray, and that
// of Zlobina, Xue and Gomez.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "catch.hpp"
#include "cicatrix/models/sherratt_murray.hpp"
#include "cicatrix/models/zlobina_2022.hpp"
#include "cicatrix/solver/cell_grid.hpp"
#include "cicatrix/solver/reaction_diffusion.hpp"
#include "cicatrix/solver/rodas5p.hpp"
#include "cicatrix/solver/spread.hpp"

namespace {

using namespace cicatrix;

/// An antibody that penetrates tissue and is bound by it (Test Set for Initial Value Problem Solvers, release 2.4,
/// problem MEDAKZO).
struct MedicalAkzoNobel {
    static constexpr std::string_view id = "medical_akzo_nobel";
    static constexpr std::array states{State{"antibody", "1", "antibody that penetrates", true},
                                       State{"tumour", "1", "tissue with what binds it", true}};
    static constexpr std::array parameters{
        Parameter{"binding", 100, "1", {0, 1000}, Grade::opinion, "Test Set for IVP Solvers", "speed of binding"}};
    static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        const auto [u, v] = pick<"antibody", "tumour">(y);
        const auto bound = get<"binding">(k) * u * v;
        return collect<states>(named<"antibody", "tumour">(-bound, -bound));
    }
};

/// The problem's own differences: with zeta = j / 200, u' = alpha u_zeta + beta u_zetazeta - 100 u v.
Tissue<MedicalAkzoNobel> akzo_tissue() {
    constexpr std::size_t cells = 200;
    Tissue<MedicalAkzoNobel> tissue(cells, coefficients_from<MedicalAkzoNobel>(default_parameters<MedicalAkzoNobel>()));
    const double step = 1.0 / cells;
    for (std::size_t j = 0; j < cells; ++j) {
        const double x = static_cast<double>(j + 1) * step - 1, alpha = 2 * x * x * x / 16, beta = x * x * x * x / 16;
        tissue.low(0, j) = beta / (step * step) - alpha / (2 * step);
        tissue.high(0, j) = j + 1 < cells ? beta / (step * step) + alpha / (2 * step) : 0;
    }
    tissue.before[0] = 2.0;
    return tissue;
}

enum class Shape { planar, radial };

/// The first time at which every cell holds 0.8 of the cells of intact skin.
double healing_time(std::string_view variant, Shape shape, std::size_t cells, double latest) {
    auto parameters = default_parameters<SherrattMurray>();
    for (const auto& choice : SherrattMurray::variants)
        if (choice.name == variant)
            for (const auto& setting : choice.settings)
                for (std::size_t i = 0; i < parameters.size(); ++i)
                    if (SherrattMurray::parameters[i].name == setting.name) parameters[i] = setting.value;
    const auto k = coefficients_from<SherrattMurray>(parameters);
    Tissue<SherrattMurray> tissue(cells, k);
    tissue.after = {1.0, 1.0};
    const auto faces = stretched_faces(0, 1, cells, 1);
    const auto grid = shape == Shape::planar ? planar_grid(faces) : radial_grid(faces);
    const auto diffusivity = diffusivities_of<SherrattMurray>(k);
    for (std::size_t i = 0; i < 2; ++i) let_diffuse(tissue, grid, i, diffusivity[i]);
    std::vector<double> times;
    for (double t = latest - 3; t < latest; t += 0.004) times.push_back(t);
    double healed = 0, last_least = 0;
    TissueVoyage<SherrattMurray> voyage;
    voyage.end = latest, voyage.outputs = times;
    voyage.output = [&](std::size_t i, const CellStates<SherrattMurray>& y) {
        double least = 1;
        for (std::size_t j = 0; j < cells; ++j) least = std::min(least, y.cells(0, j));
        if (healed == 0 && least >= 0.8) healed = times[i] - 0.004 * (least - 0.8) / (least - last_least);
        last_least = least;
    };
    Settings<SherrattMurray> settings;
    settings.relative = 1e-6;
    CellStates<SherrattMurray> y(cells);
    ReactionDiffusion<Rodas5P, SherrattMurray, Layout{spreading_states<SherrattMurray>(), 0}> run(tissue, settings);
    REQUIRE(run.travel(y, voyage).status == Status::done);
    return healed;
}

}  // namespace

TEST_CASE("an epidermal wound heals in the published times as its cells are refined", "[space]") {
    struct Case {
        const char* variant;
        Shape shape;
        double healed;
    };
    const auto [variant, shape, published] =
        GENERATE(Case{"activator", Shape::planar, 21.960}, Case{"activator", Shape::radial, 20.634},
                 Case{"inhibitor", Shape::planar, 42.454}, Case{"inhibitor", Shape::radial, 46.082});
    const double coarse = healing_time(variant, shape, 800, published + 2),
                 fine = healing_time(variant, shape, 1600, published + 2);
    INFO(variant << ": " << coarse << " with 800 cells, " << fine << " with 1600");
    CHECK(fine == Approx(published).epsilon(1e-3));
    CHECK(fine + (fine - coarse) / 3 == Approx(published).margin(1e-3));  // what order two extrapolates to
}

TEST_CASE("the Medical Akzo Nobel problem ends where its test set says", "[space]") {
    auto tissue = akzo_tissue();
    CellStates<MedicalAkzoNobel> y(tissue.cells);
    for (std::size_t j = 0; j < tissue.cells; ++j) y.cells(1, j) = 1;
    Settings<MedicalAkzoNobel> settings;
    settings.relative = 1e-10, settings.absolute = {{1e-14, 1e-14}};
    const std::vector<double> injection_ends{5};
    TissueVoyage<MedicalAkzoNobel> voyage;
    voyage.end = 20, voyage.events = injection_ends;
    voyage.event = [](std::size_t, CellStates<MedicalAkzoNobel>&, Tissue<MedicalAkzoNobel>& body) {
        body.before[0] = 0.0;
    };
    ReactionDiffusion<Rodas5P, MedicalAkzoNobel, Layout{1, 0}> run(tissue, settings);
    REQUIRE(run.travel(y, voyage).status == Status::done);
    CHECK(y.cells(0, 39) == Approx(0.2339942217046434e-3).epsilon(1e-8));
    CHECK(y.cells(0, 66) == Approx(0.3576835958481664e-3).epsilon(1e-8));
    CHECK(y.cells(0, 85) == Approx(0.3085949832350532e-3).epsilon(1e-8));
    CHECK(y.cells(0, 99) == Approx(0.1173741304462833e-3).epsilon(1e-8));
    CHECK(y.cells(1, 99) == Approx(0.6190822732534586e-5).epsilon(1e-6));  // it has fallen steeply
    CHECK(std::abs(y.cells(1, 39)) < 1e-12);
}

TEST_CASE("a wound with macrophages that diffuse and tissue that grows in is solved as by SciPy", "[space]") {
    constexpr std::size_t cells = 100;
    constexpr double spacing = 0.03;
    const auto k = coefficients_from<Zlobina2022>(default_parameters<Zlobina2022>());
    Tissue<Zlobina2022> tissue(cells, k);
    tissue.after[index_of(Zlobina2022::states, "new_tissue")] = 1.0;
    const auto diffusivity = diffusivities_of<Zlobina2022>(k);
    for (std::size_t i = 0; i < Zlobina2022::states.size(); ++i) {
        let_diffuse(tissue, planar_grid(stretched_faces(0, cells * spacing, cells, 1)), i, diffusivity[i]);
        if (tissue.after[i]) tissue.high(i, cells - 1) = diffusivity[i] / (spacing * spacing);  // a whole cell away
    }
    CellStates<Zlobina2022> y(cells);
    for (std::size_t j = 0; j < cells; ++j) {
        y.cells(0, j) = 1;
        y.cells(1, j) = 0.2 * (1 - static_cast<double>(j) / (cells - 1));  // so that there is something to diffuse
    }
    const std::vector<double> times{10, 30};
    std::vector<CellStates<Zlobina2022>> rows;
    TissueVoyage<Zlobina2022> voyage;
    voyage.end = 30, voyage.outputs = times;
    voyage.output = [&](std::size_t, const CellStates<Zlobina2022>& now) { rows.push_back(now); };
    Settings<Zlobina2022> settings;
    settings.relative = 1e-9;
    ReactionDiffusion<Rodas5P, Zlobina2022, Layout{spreading_states<Zlobina2022>(), 0}> run(tissue, settings);
    REQUIRE(run.travel(y, voyage).status == Status::done);
    // Written by tests/reference/space_by_scipy.py: debris, M1, M2, temporary and new tissue.
    struct Row {
        std::size_t time, cell;
        std::array<double, 5> values;
    };
    for (const auto& [time, cell, values] : {
             Row{0, 0, {0.031464191586, 0.0424169869889, 0.574171698127, 1.96774901483, 0}},
             Row{0, 50, {0.0322225620297, 0.0427221998561, 0.575720298231, 1.96847612955, 0}},
             Row{0, 90, {0.032848309202, 0.0429910785847, 0.577129976146, 1.96869665513, 0.859561897748}},
             Row{1, 0, {0.0150739643294, 0.0333131540576, 0.216108250528, 1.38298902131, 1.27296560623e-14}},
             Row{1, 50, {0.0153815705048, 0.033451476371, 0.216612782233, 1.38618638435, 0.999999999996}},
             Row{1, 90, {0.0156317035043, 0.0335701565888, 0.217072172197, 1.38908921603, 1}},
         })
        for (std::size_t i = 0; i < values.size(); ++i) {
            INFO(Zlobina2022::states[i].name << " in cell " << cell);
            CHECK(rows[time].cells(i, cell) == Approx(values[i]).epsilon(1e-6).margin(1e-12));
        }
}
