// Reading, looking at and running scenarios from Python.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <chrono>
#include <memory>
#include <optional>

#include "bind.hpp"
#include "cicatrix/base/error.hpp"
#include "cicatrix/scenario/read.hpp"
#include "cicatrix/scenario/run.hpp"

namespace py = pybind11;

namespace cicatrix::python {
namespace {

/// A session as a person planned it and as the skin will take it.
struct SessionView {
    double at, needle_length, passes, open_area, injured_fraction;
};

std::vector<SessionView> sessions_of(const Scenario& scenario) {
    const auto planned = plan_of(scenario).sessions;
    std::vector<SessionView> out;
    for (std::size_t i = 0; i < planned.size(); ++i) {
        const auto& asked = scenario.sessions()[i];
        out.push_back({asked.at, asked.needle_length, asked.passes, planned[i].injury.open_area,
                       planned[i].injury.injured_volume});
    }
    return out;
}

/// Looks at signals, and asks `told` when there is one, at most twenty times a second.
class Watch {
  public:
    explicit Watch(py::object told) : told_(std::move(told)) {}
    bool operator()(double done) {
        const auto now = std::chrono::steady_clock::now();
        if (now - last_ < std::chrono::milliseconds(50)) return true;
        last_ = now;
        const py::gil_scoped_acquire hold;
        if (PyErr_CheckSignals() != 0) throw py::error_already_set();
        return told_.is_none() || told_(done).cast<bool>();
    }

  private:
    py::object told_;
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

std::shared_ptr<Group> run(const Scenario& scenario, const py::object& progress) {
    Watch watch(progress);
    const py::gil_scoped_release free;
    return std::make_shared<Group>(run_scenario(scenario, std::ref(watch)));
}

}  // namespace

void add_scenarios(py::module_& module) {
    py::class_<SessionView>(module, "Session", "A session as planned and as the skin takes it.")
        .def_readonly("at", &SessionView::at, "d")
        .def_readonly("needle_length", &SessionView::needle_length, "mm; NaN for a prescribed injury")
        .def_readonly("passes", &SessionView::passes, "NaN for a prescribed injury")
        .def_readonly("open_area", &SessionView::open_area, "share of the area")
        .def_readonly("injured_fraction", &SessionView::injured_fraction, "share of the dermis's volume")
        .def("__repr__", [](const SessionView& s) {
            return "<Session on day " + shortest_text(s.at) + ", injured fraction " +
                   shortest_text(s.injured_fraction) + ">";
        });
    py::class_<Scenario>(module, "Scenario", "A checked scenario.")
        .def_property_readonly("title", [](const Scenario& s) { return s.words<"title">(); })
        .def_property_readonly(
            "question", [](const Scenario& s) { return s.has<"question">() ? s.words<"question">() : std::string(); })
        .def_property_readonly("file", &Scenario::file)
        .def_property_readonly("text", &Scenario::text)
        .def_property_readonly("resolved", &Scenario::resolved)
        .def_property_readonly("notes", &Scenario::notes)
        .def_property_readonly("sessions", &sessions_of)
        .def("__repr__", [](const Scenario& s) {
            return "<Scenario '" + s.words<"title">() + "', " + std::to_string(s.sessions().size()) + " sessions>";
        });
    module.def(
        "read_scenario", [](const std::string& path) { return read_scenario(path, parameter_rows()); }, py::arg("path"),
        "Reads and checks a scenario file.");
    module.def(
        "parse_scenario",
        [](std::string text, std::string file) {
            return parse_scenario(std::move(text), std::move(file), parameter_rows());
        },
        py::arg("text"), py::arg("file") = "scenario", "Checks a scenario's text; `file` names it in messages.");
    module.def("run", &run, py::arg("scenario"), py::arg("progress") = py::none(),
               "Runs a scenario's course; `progress` gets the share done and returns False to stop.");
}

}  // namespace cicatrix::python
