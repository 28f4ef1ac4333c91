// The unit cell round a channel keeps the laws that tie it to the dermis in depth: the same network, only spread out
// over the radius, too.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "catch.hpp"
#include "cicatrix/course/channel_kernel.hpp"
#include "cicatrix/course/dermis.hpp"

namespace {

using namespace cicatrix;

constexpr std::size_t state_count = CourseModel::states.size();
constexpr Pattern every_state = (Pattern{1} << state_count) - 1;

struct PiercedSkin {
    static constexpr std::size_t cells = 24;
    DermisPlan laid_out;

    PiercedSkin() {
        Plan plan;
        plan.grid.cells = cells;
        laid_out = dermis_plan(plan, 25, Ageing::frozen);
    }
    Dermis dermis() const { return dermis_of(laid_out, std::vector<double>(cells, 1.0)); }

    /// A cell of 0.25 mm whose pore leaks signals and closes from the edge.
    UnitCell cell(std::size_t rings, double leak) const {
        UnitCell out;
        out.column = dermis();
        out.grid = radial_grid(stretched_faces(0, 0.25, rings, 2));
        std::size_t parameter = 0;
        for_each_state<depth::layout.mobile>(
            [&]<std::size_t i>() { out.radial[i] = laid_out.parameters[parameter++]; });
        out.radial[index_of(CourseModel::states, "epidermal_cover")] = 0.02;
        out.gate = index_of(CourseModel::states, "barrier");
        for_each_state<states_named<CourseModel>({"damage_signals", "il10", "tgf_beta1_active", "pdgf", "vegf"})>(
            [&]<std::size_t i>() { out.leak[i] = leak / laid_out.grid.volumes.front(); });
        return out;
    }
    UnitCellStates home(const UnitCell& cell) const {
        auto out = cell.blank();
        for (auto& ring : out.rings) ring = home_of(laid_out);
        return out;
    }
    /// Injures a part of the upper half, and of the sheet.
    void injure(DermisStates& y, double part) const {
        for (std::size_t j = 0; j < cells / 2; ++j) {
            CourseStates cell;
            for (std::size_t i = 0; i < state_count; ++i) cell[i] = y.cells(i, j);
            cell = CourseModel::injure(cell, laid_out.kinds[laid_out.layer[j]], {0.0, part});
            for (std::size_t i = 0; i < state_count; ++i) y.cells(i, j) = cell[i];
        }
        y.sheet = CourseModel::injure(y.sheet, laid_out.kinds[0], {part, 0.0});
    }
};

/// The largest difference in units of |value| + 1e-3.
double distance(const DermisStates& a, const DermisStates& b) {
    double worst = 0;
    for_each_state<every_state>([&]<std::size_t i>() {
        const auto compare = [&](double x, double y) {
            worst = std::max(worst, std::abs(x - y) / (std::abs(y) + 1e-3));
        };
        if (depth::layout.sheet >> i & 1) return compare(a.sheet[i], b.sheet[i]);
        for (std::size_t j = 0; j < PiercedSkin::cells; ++j) compare(a.cells(i, j), b.cells(i, j));
    });
    return worst;
}

UnitCellStates followed(UnitCell& cell, UnitCellStates y, double end, double relative,
                        Method method = Method::rodas5p) {
    Settings<CourseModel> settings;
    settings.relative = relative;
    settings.absolute = Settings<CourseModel>::every(1e-3 * relative);
    UnitCellVoyage voyage;
    voyage.end = end;
    REQUIRE(channel_solver(cell, settings, method)->travel(y, voyage).status == Status::done);
    return y;
}

}  // namespace

TEST_CASE("home skin stays as it is in every ring, whatever leaks where it is open", "[channel]") {
    const PiercedSkin skin;
    auto cell = skin.cell(5, 1.0);
    const auto y = followed(cell, skin.home(cell), 730, 1e-6);
    for (const auto& ring : y.rings) CHECK(distance(ring, home_of(skin.laid_out)) < 1e-12);
}

TEST_CASE("injured alike in every ring a unit cell does as the dermis in depth does", "[channel]") {
    const PiercedSkin skin;
    auto cell = skin.cell(6, 0.0);
    auto y = skin.home(cell);
    for (auto& ring : y.rings) skin.injure(ring, 0.2);
    DermisStates alone = y[0];
    y = followed(cell, y, 60, 1e-8);
    auto dermis = skin.dermis();
    Settings<CourseModel> settings;
    settings.relative = 1e-8, settings.absolute = Settings<CourseModel>::every(1e-11);
    DermisVoyage voyage;
    voyage.end = 60;
    REQUIRE(dermis_solver(dermis, settings, Method::rodas5p)->travel(alone, voyage).status == Status::done);
    for (const auto& ring : y.rings) CHECK(distance(ring, alone) < 1e-6);
}

TEST_CASE("a channel whose pore leaks and closes is followed as closely as asked for, by either method", "[channel]") {
    const PiercedSkin skin;
    auto cell = skin.cell(8, 1.0);
    auto y = skin.home(cell);
    for (std::size_t r = 0; r < 3; ++r) skin.injure(y[r], 1.0);
    for (const double end : {0.5, 30.0}) {
        const auto tight = followed(cell, y, end, 1e-8);
        const auto near = followed(cell, y, end, 1e-5), other = followed(cell, y, end, 1e-6, Method::rodas4);
        for (std::size_t r = 0; r < 8; ++r) {
            CHECK(distance(near[r], tight[r]) < 1e-3);
            CHECK(distance(other[r], tight[r]) < 1e-3);
        }
    }
}

TEST_CASE("an open pore lets signals out and so weakens what they call for", "[channel]") {
    const PiercedSkin skin;
    const auto signal = [&](double leak) {
        auto cell = skin.cell(8, leak);
        auto y = skin.home(cell);
        for (std::size_t r = 0; r < 3; ++r) skin.injure(y[r], 1.0);
        return followed(cell, y, 1, 1e-5)[0].cells(index_of(CourseModel::states, "pdgf"), 0);
    };
    CHECK(signal(1.0) < 0.9 * signal(0.0));
}
