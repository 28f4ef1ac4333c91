// Boost.Odeint in its two jobs: its loops drive our stepper, and its own methods are a second opinion on the same
// models.
#include <array>
#include <boost/numeric/odeint/integrate/integrate_adaptive.hpp>
#include <boost/numeric/odeint/integrate/integrate_times.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta4.hpp>
#include <cmath>
#include <cstddef>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "catch.hpp"
#include "cicatrix/solver/odeint.hpp"
#include "cicatrix/solver/odeint_solution.hpp"
#include "cicatrix/solver/rodas5p.hpp"
#include "laws/curved.hpp"
#include "laws/small_models.hpp"
#include "recording_queue.hpp"
#include "reference/stiff_run.hpp"

namespace {

using namespace cicatrix;
using namespace cicatrix::reference;
namespace odeint = boost::numeric::odeint;

const auto nothing = [](std::size_t, auto&) {};
const auto silence = [](const auto&, double) {};
/// Small ones: each is compiled for every stepper.
using Driven = std::tuple<Hires, Rober, Orego, Vdpol>;

Member<Curved> curved_member(const std::vector<double>& outputs) {
    Member<Curved> member;
    member.initial = Curved::exact(0);
    member.coefficients = default_parameters<Curved>();
    member.end = outputs.back();
    member.outputs = outputs;
    return member;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("our stepper under odeint's integrate_times equals our own driver within the tolerance",
                        "[odeint]", Driven) {
    auto member = stiff_member<TestType>();
    const auto settings = stiff_settings<TestType>(1e-8);
    const std::vector<double> times{0, 0.1 * member.end, 0.45 * member.end, member.end};
    member.outputs = times;
    const auto own = recorded<Rodas5P>(member, settings);
    std::vector<StatesOf<TestType, double>> states;
    auto y = member.initial;
    odeint::integrate_times(OdeintStepper<Rodas5P, TestType>(settings), OdeintSystem<TestType>{member.coefficients}, y,
                            times, 1e-9, [&](const auto& state, double) { states.push_back(state); });
    REQUIRE(states.size() == times.size());
    for (std::size_t j = 0; j < times.size(); ++j)
        for (std::size_t i = 0; i < y.size(); ++i)
            CHECK(states[j][i] == Approx(own.outputs[j][i]).epsilon(1e-6).margin(1e3 * settings.absolute[i]));
    CHECK(relative_error<TestType>(states.back()) < 1e-7);
}

TEMPLATE_LIST_TEST_CASE("odeint's rosenbrock4 reaches the published end values of the stiff problems", "[odeint]",
                        Driven) {
    const auto found =
        odeint_solution<OdeintRosenbrock4>(stiff_member<TestType>(), stiff_settings<TestType>(1e-8), nothing);
    REQUIRE(found.outcome.status == Status::done);
    CHECK(relative_error<TestType>(found.states.front()) < 1e-7);
}

TEST_CASE("under odeint lanes step together, each as right as alone", "[odeint]") {
    using V = LanesOf<has_vector_lanes ? 4 : 1>;
    StatesOf<Orego, V> y{};
    CoefficientsOf<Orego, V> k{};
    std::vector<Member<Orego>> members(static_cast<std::size_t>(width_of<V>), stiff_member<Orego>());
    for (int w = 0; w < width_of<V>; ++w) {
        auto& member = members[static_cast<std::size_t>(w)];
        member.coefficients[0] *= 1 + 0.1 * w;
        for (std::size_t i = 0; i < y.size(); ++i) set_lane(y[i], w, member.initial[i]);
        for (std::size_t i = 0; i < k.size(); ++i) set_lane(k[i], w, member.coefficients[i]);
    }
    const auto settings = stiff_settings<Orego>(1e-8);
    const std::array<double, 3> times{0, 100, 360};
    odeint::integrate_times(OdeintStepper<Rodas5P, Orego, V>(settings), OdeintSystem<Orego, V>{k}, y, times, 1e-9,
                            silence);
    for (int w = 0; w < width_of<V>; ++w) {
        const auto own = recorded<Rodas5P>(members[static_cast<std::size_t>(w)], settings);
        for (std::size_t i = 0; i < y.size(); ++i) CHECK(lane(y[i], w) == Approx(own.last[i]).epsilon(1e-6));
    }
}

TEST_CASE("odeint's adaptive loop drives our stepper, too, and its explicit steppers take our system", "[odeint]") {
    const OdeintSystem<Curved> system{default_parameters<Curved>()};
    auto y = Curved::exact(0), z = y;
    Settings<Curved> settings;
    settings.relative = 1e-9;
    odeint::integrate_adaptive(OdeintStepper<Rodas5P, Curved>(settings), system, y, 0.0, 1.0, 1e-3, silence);
    odeint::runge_kutta4<StatesOf<Curved, double>> explicit_stepper;
    for (int i = 0; i < 1000; ++i) explicit_stepper.do_step(system, z, i * 1e-3, 1e-3);
    for (std::size_t i = 0; i < y.size(); ++i) {
        CHECK(y[i] == Approx(Curved::exact(1)[i]).epsilon(1e-8));
        CHECK(z[i] == Approx(Curved::exact(1)[i]).epsilon(1e-10));
    }
}

TEST_CASE("within a step our stepper interpolates, and at its ends it gives the very states", "[odeint]") {
    OdeintStepper<Rodas5P, Curved> stepper;
    const OdeintSystem<Curved> system{default_parameters<Curved>()};
    stepper.initialize(Curved::exact(0), 0, 0.01);
    for (int i = 0; i < 5; ++i) {
        const auto [from, to] = stepper.do_step(std::cref(system));
        CHECK(from == stepper.previous_time());
        CHECK(to == stepper.current_time());
        StatesOf<Curved, double> y{};
        stepper.calc_state(to, y);
        CHECK(y == stepper.current_state());
        stepper.calc_state(from, y);
        CHECK(y == stepper.previous_state());
        const double middle = 0.5 * (from + to);
        stepper.calc_state(middle, y);
        for (std::size_t j = 0; j < y.size(); ++j) CHECK(y[j] == Approx(Curved::exact(middle)[j]).epsilon(1e-5));
    }
}

TEST_CASE("odeint's loops around our stepper end, whatever the model does", "[odeint]") {
    const std::array<double, 2> times{0, 2};
    const auto culprit = [&]<Model M>(M, Settings<M> settings, std::string_view status) -> std::string {
        StatesOf<M, double> y{{1, 1}};
        const OdeintSystem<M> system{default_parameters<M>()};
        try {
            odeint::integrate_times(OdeintStepper<Rodas5P, M>(settings), system, y, times, 1e-3, silence);
        } catch (const NumericalError& error) {
            CHECK(std::string_view(error.what()).ends_with(status));
            return error.state();
        }
        return "none";
    };
    CHECK(culprit(Explosion{}, {}, "step_too_small") == "size");
    CHECK(culprit(Undefined{}, {}, "not_finite") == "broken");
    CHECK(culprit(Drain{}, {}, "negative_state") == "level");
    Settings<Clock> few;
    few.most_steps = 3;
    CHECK(culprit(Clock{}, few, "too_many_steps") != "none");
    OdeintStepper<Rodas5P, Clock> stepper;
    stepper.initialize({{0, 1}}, 0, -1.0);
    CHECK_THROWS_AS(stepper.do_step(OdeintSystem<Clock>{default_parameters<Clock>()}), std::invalid_argument);
}

TEST_CASE("both second opinions follow a known solution at every output", "[odeint]") {
    const std::vector<double> outputs{0, 0.1, 0.35, 0.9, 1};
    const auto check = [&](const OdeintSolution<Curved>& found) {
        CHECK(found.outcome.status == Status::done);
        CHECK(found.outcome.time == 1);
        REQUIRE(found.states.size() == outputs.size());
        for (std::size_t j = 0; j < outputs.size(); ++j)
            for (std::size_t i = 0; i < 2; ++i)
                CHECK(found.states[j][i] == Approx(Curved::exact(outputs[j])[i]).epsilon(1e-6));
    };
    Settings<Curved> settings;
    settings.relative = 1e-8;
    check(odeint_solution<OdeintRosenbrock4>(curved_member(outputs), settings, nothing));
    check(odeint_solution<OdeintDopri5>(curved_member(outputs), settings, nothing));
}

TEST_CASE("the second opinion keeps order four when rates depend on time", "[odeint]") {
    const std::vector<double> outputs{1};
    const auto error = [&](double h) {
        Settings<Curved> settings;
        settings.absolute = Settings<Curved>::every(1e6);
        settings.first_step = settings.largest_step = h;
        const auto found = odeint_solution<OdeintRosenbrock4>(curved_member(outputs), settings, nothing);
        return std::abs(found.states.front()[1] - Curved::exact(1)[1]);
    };
    CHECK(std::log2(error(1.0 / 256) / error(1.0 / 512)) == Approx(4).margin(0.2));
}

TEST_CASE("second opinions land on events and give the state before them", "[odeint]") {
    const std::vector<double> events{0.1, 1.0 / 3, 0.7}, outputs{0, 0.1, 0.5, 0.7, 1};
    Member<Clock> member;
    member.initial = {{0, 1}};
    member.coefficients = default_parameters<Clock>();
    member.end = 1, member.events = events, member.outputs = outputs;
    const auto check = [&]<class Method>(Method) {
        std::vector<double> given;
        const auto found = odeint_solution<Method>(member, Settings<Clock>{}, [&](std::size_t, auto& y) {
            given.push_back(y[0]);
            y[0] += 10;
        });
        REQUIRE(given.size() == 3);
        for (std::size_t i = 0; i < 3; ++i)
            CHECK(given[i] == Approx(events[i] + 10.0 * static_cast<double>(i)).epsilon(1e-12));
        const std::array<double, 5> expected{0, 0.1, 20.5, 20.7, 31};
        for (std::size_t i = 0; i < 5; ++i) CHECK(found.states[i][0] == Approx(expected[i]).epsilon(1e-12));
    };
    check(OdeintRosenbrock4{});
    check(OdeintDopri5{});
}

TEST_CASE("a second opinion that fails has a status and no numbers", "[odeint]") {
    const std::array<double, 2> outputs{0, 2};
    const auto run = [&]<Model M, class Method>(M, Method, std::uint64_t most_steps) {
        Member<M> member;
        member.initial = {{1, 1}};
        member.coefficients = default_parameters<M>();
        member.end = 2, member.outputs = outputs;
        Settings<M> settings;
        settings.most_steps = most_steps;
        const auto found = odeint_solution<Method>(member, settings, nothing);
        CHECK(found.states[0] == member.initial);
        CHECK(std::isnan(found.states[1][0]));
        return found.outcome.status;
    };
    CHECK(run(Clock{}, OdeintRosenbrock4{}, 5) == Status::too_many_steps);
    CHECK(run(Clock{}, OdeintDopri5{}, 5) == Status::too_many_steps);
    CHECK(run(Explosion{}, OdeintRosenbrock4{}, 10'000) != Status::done);
    CHECK(run(Explosion{}, OdeintDopri5{}, 10'000) != Status::done);
    CHECK(run(Undefined{}, OdeintRosenbrock4{}, 10'000) != Status::done);
}
