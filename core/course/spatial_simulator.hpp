// The text of a model's run in space, included by the translation unit of each model only.
#pragma once
#include <algorithm>
#include <limits>
#include <span>

#include "cicatrix/base/error.hpp"
#include "cicatrix/course/simulator.hpp"
#include "cicatrix/course/spatial_simulation.hpp"
#include "cicatrix/solver/cell_grid.hpp"
#include "cicatrix/solver/reaction_diffusion.hpp"
#include "cicatrix/solver/rodas5p.hpp"
#include "cicatrix/solver/spread.hpp"

namespace cicatrix {

namespace detail {

/// Sets the values that the model fixes beyond the outer border.
template <class M> void fix_border(Tissue<M>& tissue, const CoefficientsOf<M, double>& k) {
    if constexpr (requires { M::border(k); }) {
        const auto border = M::border(k);
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            const auto set = [&]<std::size_t i>() {
                constexpr int place = place_in<std::remove_cvref_t<decltype(border)>>(M::states[i].name);
                if constexpr (place >= 0) tissue.after[i] = get<static_cast<std::size_t>(place)>(border.values);
            };
            (set.template operator()<I>(), ...);
        }
        (std::make_index_sequence<M::states.size()>{});
    }
}

/// The states inside the wound at time zero: what the plan gives, else what the model says.
template <class M> StatesOf<M, double> wound_of(const SimulationPlan& plan, const CoefficientsOf<M, double>& k) {
    StatesOf<M, double> y = home_of<M>(k);
    if constexpr (requires { M::wound(k); }) y = M::wound(k);
    for (std::size_t i = 0; i < std::min(plan.initial.size(), y.size()); ++i)
        if (plan.initial[i] == plan.initial[i]) y[i] = plan.initial[i];
    return y;
}

/// The part of a cell's volume that lies in the wound.
inline double wounded_part(const Space& space, double from, double to) {
    const double edge = std::clamp(space.wound, from, to), part = (edge - from) / (to - from);
    return space.shape == SpaceShape::disc ? part * (edge + from) / (to + from) : part;
}

/// A model on a grid, and what is kept of its run.
template <class M> class SpatialRun {
    static constexpr Layout layout{spreading_states<M>(), 0};
    static constexpr bool has_front = requires { M::front; };
    static_assert(
        !requires(CoefficientsOf<M, double> & k) { M::stops(k); }, "nothing jumps in space");

  public:
    SpatialRun(const SimulationPlan& plan, const Space& space, std::size_t cells)
        : plan_(plan), length_(space.length), k_(member_of<M>(plan).coefficients), tissue_(cells, k_), y_(cells) {
        auto faces = stretched_faces(0, space.length, cells, 1);
        const CellGrid grid = space.shape == SpaceShape::disc ? radial_grid(faces) : planar_grid(faces);
        tissue_.volume = grid.volumes;
        fix_border(tissue_, k_);
        const auto diffusivity = diffusivities_of<M>(k_);
        for (std::size_t i = 0; i < M::states.size(); ++i)
            if (layout.mobile >> i & 1) let_diffuse(tissue_, grid, i, diffusivity[i]);
        for (std::size_t j = 0; j < cells; ++j) start(j, wounded_part(space, faces[j], faces[j + 1]));
        run_.faces = std::move(faces), run_.centres = grid.centres;
    }

    GridRun go(const std::function<bool(double)>& progress) {
        run_.rows.resize(plan_.outputs.size());
        if constexpr (has_front) run_.fronts.resize(plan_.outputs.size());
        Settings<M> settings;
        settings.relative = plan_.relative;
        settings.absolute = Settings<M>::every(plan_.absolute);
        ReactionDiffusion<Rodas5P, M, layout> solver(tissue_, settings);
        run_.outcome = solver.travel(y_, voyage(progress));
        if (run_.outcome.status == Status::interrupted) throw Interrupted();
        if (run_.outcome.status != Status::done) forget();
        return std::move(run_);
    }

  private:
    void start(std::size_t cell, double wounded) {
        const auto inside = wound_of<M>(plan_, k_);
        auto outside = inside;
        if constexpr (requires { M::intact(k_); }) outside = M::intact(k_);
        for (std::size_t i = 0; i < M::states.size(); ++i)
            y_.cells(i, cell) = wounded * inside[i] + (1 - wounded) * outside[i];
    }

    TissueVoyage<M> voyage(const std::function<bool(double)>& progress) {
        TissueVoyage<M> voyage;
        voyage.end = plan_.duration, voyage.outputs = plan_.outputs;
        voyage.output = [this](std::size_t i, const CellStates<M>& y) { keep(i, y); };
        if (progress) voyage.stop_requested = [&](double time) { return !progress(time / plan_.duration); };
        if constexpr (has_front) {
            voyage.guard = [this](const CellStates<M>& y) { return least(y) - M::front.level; };
            voyage.risen = [this](double time) { run_.healing_time = time; };
        }
        return voyage;
    }

    void keep(std::size_t output, const CellStates<M>& y) {
        auto& row = run_.rows[output];
        for (std::size_t i = 0; i < M::states.size(); ++i)
            for (std::size_t j = 0; j < tissue_.cells; ++j) row.push_back(y.cells(i, j));
        if constexpr (has_front) run_.fronts[output] = front(y);
    }

    double least(const CellStates<M>& y) const {
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t j = 0; j < tissue_.cells; ++j) least = smaller(y.cells(leader(), j), least);
        return least;
    }

    /// The outermost place at which the leading state is at the level and lower further inside; 0 where it is nowhere
    /// lower.
    double front(const CellStates<M>& y) const {
        double outer = tissue_.after[leader()].value_or(y.cells(leader(), tissue_.cells - 1)), where = length_;
        for (std::size_t j = tissue_.cells; j-- > 0;) {
            const double here = y.cells(leader(), j);
            if (here < M::front.level) {
                if (outer < M::front.level) return where;
                return where - (outer - M::front.level) / (outer - here) * (where - run_.centres[j]);
            }
            outer = here, where = run_.centres[j];
        }
        return 0;
    }

    static constexpr std::size_t leader() {
        if constexpr (has_front) return index_of(M::states, M::front.state);
        else return 0;
    }

    void forget() {
        constexpr double nan = std::numeric_limits<double>::quiet_NaN();
        for (auto& row : run_.rows) row.assign(M::states.size() * tissue_.cells, nan);
        for (double& place : run_.fronts) place = nan;
        run_.healing_time = nan;
    }

    const SimulationPlan& plan_;
    double length_;
    CoefficientsOf<M, double> k_;
    Tissue<M> tissue_;
    CellStates<M> y_;
    GridRun run_;
};

}  // namespace detail

template <class M>
GridRun SpatialSimulator<M>::run(const SimulationPlan& plan, const Space& space, std::size_t cells,
                                 const std::function<bool(double)>& progress) {
    return detail::SpatialRun<M>(plan, space, cells).go(progress);
}

}  // namespace cicatrix
