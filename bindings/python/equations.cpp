// Models as published: their equations as Markdown and as SBML, and plain runs. The only file that makes models of
// symbols.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <stdexcept>
#include <tuple>

#include "bind.hpp"
#include "cicatrix/course/simulation.hpp"
#include "cicatrix/io/equations.hpp"
#include "cicatrix/io/sbml.hpp"
#include "cicatrix/models/all.hpp"

namespace py = pybind11;

namespace cicatrix::python {
namespace {

using Settings = std::map<std::string, double>;
using Session = std::tuple<double, double, double>;

std::vector<SymbolicSession<Injury>> sessions_of(const std::vector<Session>& rows) {
    std::vector<SymbolicSession<Injury>> out;
    for (const auto& [at, open_area, injured_volume] : rows) {
        for (const double share : {open_area, injured_volume})
            if (!(share >= 0 && share <= 1)) throw std::invalid_argument("an injured share is from 0 to 1");
        if (!(at >= 0)) throw std::invalid_argument("a session is not before time zero");
        out.push_back({at, Injury{open_area, injured_volume}});
    }
    return out;
}

SymbolicModel symbolic_model(const std::string& id, const std::string& variant, const Settings& settings,
                             const std::vector<Session>& sessions) {
    std::vector<Setting> given;
    for (const auto& [name, value] : settings) given.push_back({name, value});
    const auto planned = sessions_of(sessions);
    std::optional<SymbolicModel> out;
    with_model(id, [&](auto model) {
        SymbolicModelOf<decltype(model)> symbolic(variant, given);
        symbolic.template add_sessions<Injury>(planned);
        out = std::move(symbolic).finished();
    });
    if (!out) throw std::invalid_argument("no model has the id '" + id + "'");
    return *std::move(out);
}

/// States at the given times, a row a time; from the values that an export of the same model has.
std::vector<std::vector<double>> simulated(const std::string& id, const std::vector<double>& times,
                                           const std::string& variant, const Settings& settings, double relative,
                                           double absolute) {
    const SymbolicModel model = symbolic_model(id, variant, settings, {});
    if (times.empty() || !std::ranges::is_sorted(times) || times.front() < 0)
        throw std::invalid_argument("times ascend from zero or later");
    SimulationPlan plan;
    plan.model = model.id;
    const auto value = [](const SymbolicQuantity& row) { return row.value; };
    std::ranges::transform(model.parameters, std::back_inserter(plan.parameters), value);
    std::ranges::transform(model.states, std::back_inserter(plan.initial), value);
    plan.outputs = times;
    plan.duration = times.back();
    plan.relative = relative;
    plan.absolute = absolute;
    const py::gil_scoped_release others_may_run;
    const Simulation run = simulate(plan);
    if (run.outcome.status != Status::done)
        throw NumericalError(0, run.outcome.time, model.states[run.outcome.limiting_state].name,
                             std::string(status_names[static_cast<std::size_t>(run.outcome.status)]));
    return run.rows;
}

}  // namespace

void add_equations(py::module_& module) {
    module.def(
        "sbml",
        [](const std::string& model, const std::string& variant, const std::vector<Session>& sessions,
           const Settings& settings) { return sbml_text(symbolic_model(model, variant, settings, sessions)); },
        py::arg("model"), py::arg("variant") = "", py::arg("sessions") = std::vector<Session>{},
        py::arg("settings") = Settings{},
        "The model as SBML. Sessions are (time, open share of the area, injured share of the volume), in ascending "
        "order; settings are parameters, conditions and initial states by name, after those of the variant.");
    module.def(
        "equations",
        [](const std::string& model, const std::string& variant) {
            return equations_text(symbolic_model(model, variant, {}, {}));
        },
        py::arg("model"), py::arg("variant") = "", "The equations of a model as Markdown with LaTeX.");
    module.def("simulate", &simulated, py::arg("model"), py::arg("times"), py::arg("variant") = "",
               py::arg("settings") = Settings{}, py::arg("relative") = 1e-6, py::arg("absolute") = 1e-12,
               "The states of a model at ascending times, in its own unit of time; on the time of a jump those before "
               "it. Settings are parameters and initial states by name.");
}

}  // namespace cicatrix::python
