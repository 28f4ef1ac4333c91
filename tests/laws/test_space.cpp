// Space keeps its laws: second order in space, the declared order in time, nothing lost by spreading, fronts that run
// as fast as they must.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "catch.hpp"
#include "cicatrix/solver/cell_grid.hpp"
#include "cicatrix/solver/reaction_diffusion.hpp"
#include "cicatrix/solver/rodas4.hpp"
#include "cicatrix/solver/rodas5p.hpp"
#include "laws/small_models.hpp"

namespace {

using namespace cicatrix;

/// Logistic growth, the reaction of Fisher's equation.
struct Logistic {
    static constexpr std::string_view id = "logistic";
    static constexpr std::array states{State{"size", "1", "grows to one"}};
    static constexpr std::array parameters{made_up("growth", 1.0)};
    static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        const auto [size] = pick<"size">(y);
        return collect<states>(named<"size">(get<"growth">(k) * size * (1.0 - size)));
    }
};

/// Made so that exp(-t) (2 + cos(pi x)) for the one and its square for the other solve it, on [0, 1] with closed ends.
/// `first` spreads, `second` stays.
struct Manufactured {
    static constexpr std::string_view id = "manufactured";
    static constexpr std::array states{State{"first", "1", "spreads"}, State{"second", "1", "stays"}};
    static constexpr std::array parameters{made_up("coupling", 3.0), made_up("diffusivity", 1.0)};
    static constexpr std::array conditions{ModelCondition{"cosine", 0.0, "1", "cos(pi x) of the cell"}};
    static constexpr auto coefficients = names_of<parameters, conditions>;
    static constexpr auto rates(const auto& t, const auto& y, const auto& k) {
        using cicatrix::exp;
        const auto [first, second] = pick<"first", "second">(y);
        const auto [coupling, diffusivity, cosine] = pick<"coupling", "diffusivity", "cosine">(k);
        const auto decay = exp(-t);
        const auto exact = decay * (2.0 + cosine);
        return collect<states>(
            named<"first", "second">(diffusivity * (std::numbers::pi * std::numbers::pi) * decay * cosine - exact +
                                         coupling * (second - first * first),
                                     coupling * (first * first - second) - 2.0 * exact * exact));
    }
    static double exact(double t, double x) { return std::exp(-t) * (2 + std::cos(std::numbers::pi * x)); }
};

/// Spreads and does nothing else, beside something that decays in its place.
struct Spreading {
    static constexpr std::string_view id = "spreading";
    static constexpr std::array states{State{"first", "1", "spreads"}, State{"second", "1", "stays"}};
    static constexpr std::array parameters{made_up("decay", 1.0)};
    static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        return collect<states>(named<"first", "second">(0.0 * get<"first">(y), -get<"decay">(k) * get<"second">(y)));
    }
};

constexpr Layout first_spreads{1, 0};

std::vector<double> equal_faces(double length, std::size_t cells) { return stretched_faces(0, length, cells, 1); }

/// The tissue on which the manufactured solution lives.
Tissue<Manufactured> manufactured_tissue(const CellGrid& grid, double diffusivity = 1) {
    auto k = coefficients_from<Manufactured>(default_parameters<Manufactured>());
    set_coefficient<"diffusivity", Manufactured>(k, diffusivity);
    Tissue<Manufactured> tissue(grid.cells(), k);
    tissue.kinds.clear();
    for (std::size_t j = 0; j < grid.cells(); ++j) {
        set_coefficient<"cosine", Manufactured>(k, std::cos(std::numbers::pi * grid.centres[j]));
        tissue.kinds.push_back(k);
        tissue.kind[j] = j;
    }
    let_diffuse(tissue, grid, 0, diffusivity);
    return tissue;
}

CellStates<Manufactured> manufactured_state(const CellGrid& grid, double t) {
    CellStates<Manufactured> y(grid.cells());
    for (std::size_t j = 0; j < grid.cells(); ++j) {
        y.cells(0, j) = Manufactured::exact(t, grid.centres[j]);
        y.cells(1, j) = y.cells(0, j) * y.cells(0, j);
    }
    return y;
}

/// Root mean square error at t = 1 with time resolved to 1e-10.
double error_in_space(std::size_t cells, double fineness) {
    const auto grid = planar_grid(stretched_faces(0, 1, cells, fineness));
    auto tissue = manufactured_tissue(grid);
    auto y = manufactured_state(grid, 0);
    Settings<Manufactured> settings;
    settings.relative = 1e-10;
    TissueVoyage<Manufactured> voyage;
    voyage.end = 1;
    REQUIRE(ReactionDiffusion<Rodas5P, Manufactured, first_spreads>(tissue, settings).travel(y, voyage).status ==
            Status::done);
    double sum = 0;
    for (std::size_t j = 0; j < cells; ++j)
        sum += tissue.volume[j] * square(y.cells(0, j) - Manufactured::exact(1, grid.centres[j]));
    return std::sqrt(sum / static_cast<double>(cells));
}

/// The largest difference at t = 1 between that many equal steps and a tight solution on the same cells.
template <class Method> double error_in_time(int steps) {
    const auto grid = planar_grid(equal_faces(1, 10));
    auto tissue = manufactured_tissue(grid, 0.05);  // slow enough that the steps resolve the fastest mode
    auto tight = manufactured_state(grid, 0);
    Settings<Manufactured> settings;
    settings.relative = 1e-13;
    TissueVoyage<Manufactured> voyage;
    voyage.end = 1;
    ReactionDiffusion<Rodas5P, Manufactured, first_spreads>(tissue, settings).travel(tight, voyage);
    auto y = manufactured_state(grid, 0);
    tissue.close_borders(y);
    CellStep<Method, Manufactured, first_spreads> step(tissue);
    for (int i = 0; i < steps; ++i) step.take(static_cast<double>(i) / steps, y, 1.0 / steps), y = step.next();
    double worst = 0;
    for (std::size_t j = 0; j < grid.cells(); ++j)
        for (std::size_t i = 0; i < 2; ++i) worst = std::max(worst, std::abs(y.cells(i, j) - tight.cells(i, j)));
    return worst;
}

}  // namespace

TEMPLATE_TEST_CASE("a tissue is followed with the order that the method declares", "[space]", Rodas4, Rodas5P) {
    const double coarse = error_in_time<TestType>(20), fine = error_in_time<TestType>(40);
    INFO("errors " << coarse << " and " << fine);
    CHECK(std::log2(coarse / fine) > TestType::method.order - 0.3);
}

TEST_CASE("a manufactured solution is met with order two on equal and on stretched cells", "[space]") {
    const double fineness = GENERATE(1.0, 4.0);
    const double coarse = error_in_space(20, fineness), middle = error_in_space(40, fineness),
                 fine = error_in_space(80, fineness);
    INFO("errors " << coarse << ", " << middle << " and " << fine);
    CHECK(std::log2(coarse / middle) == Approx(2).margin(0.05));
    CHECK(std::log2(middle / fine) == Approx(2).margin(0.05));
}

TEST_CASE("what only spreads is neither lost nor made", "[space]") {
    const auto faces = stretched_faces(0, 3, 61, 5);
    for (const auto& grid : {planar_grid(faces), radial_grid(faces)}) {
        Tissue<Spreading> tissue(61, coefficients_from<Spreading>(default_parameters<Spreading>()));
        tissue.volume = grid.volumes;
        let_diffuse(tissue, grid, 0, 0.7);
        CellStates<Spreading> y(61);
        for (std::size_t j = 0; j < 61; ++j) y.cells(0, j) = j < 20 ? 1 : 1e-3, y.cells(1, j) = 1;
        const double before = tissue.mean(y.cells, 0);
        Settings<Spreading> settings;
        settings.relative = 1e-5;
        TissueVoyage<Spreading> voyage;
        voyage.end = 2;
        REQUIRE(ReactionDiffusion<Rodas5P, Spreading, first_spreads>(tissue, settings).travel(y, voyage).status ==
                Status::done);
        CHECK(tissue.mean(y.cells, 0) == Approx(before).epsilon(1e-13));
        CHECK(y.cells(0, 0) - y.cells(0, 60) < 0.5 * (1 - 1e-3));  // while it did spread
    }
}

TEST_CASE("a front runs at 2 sqrt(growth diffusivity), less its logarithmic delay", "[space]") {
    constexpr double growth = 1, diffusivity = 1, length = 240;
    constexpr std::size_t cells = 2400;
    auto k = coefficients_from<Logistic>({{growth}});
    Tissue<Logistic> tissue(cells, k);
    const auto grid = planar_grid(equal_faces(length, cells));
    let_diffuse(tissue, grid, 0, diffusivity);
    CellStates<Logistic> y(cells);
    for (std::size_t j = 0; j < cells; ++j) y.cells(0, j) = grid.centres[j] < 5 ? 1 : 0;
    Settings<Logistic> settings;
    settings.relative = 1e-6, settings.absolute = {{1e-18}};
    const std::vector<double> times{30, 60, 90};
    std::vector<double> fronts;
    TissueVoyage<Logistic> voyage;
    voyage.end = 90, voyage.outputs = times;
    voyage.output = [&](std::size_t, const CellStates<Logistic>& now) {
        std::size_t j = 0;
        while (now.cells(0, j) > 0.5) ++j;
        const double a = now.cells(0, j - 1), b = now.cells(0, j);
        fronts.push_back(grid.centres[j - 1] + (a - 0.5) / (a - b) * (grid.centres[j] - grid.centres[j - 1]));
    };
    ReactionDiffusion<Rodas4, Logistic, first_spreads> run(tissue, settings);
    const auto outcome = run.travel(y, voyage);
    REQUIRE(outcome.status == Status::done);
    // Bramson 1983: X(t) = 2 t - 3/2 ln t + const + O(1 / sqrt t).
    for (std::size_t i = 1; i < fronts.size(); ++i) {
        const double speed = (fronts[i] - fronts[i - 1]) / 30;
        const double delayed = 2 - 1.5 * std::log(times[i] / times[i - 1]) / 30;
        CHECK(speed == Approx(delayed).margin(0.01));
    }
}
