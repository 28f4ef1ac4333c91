// Reading, looking at and running scenarios from Python.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <chrono>
#include <limits>
#include <map>
#include <memory>
#include <optional>

#include "bind.hpp"
#include "cicatrix/base/error.hpp"
#include "cicatrix/scenario/calendar.hpp"
#include "cicatrix/scenario/published.hpp"
#include "cicatrix/scenario/read.hpp"
#include "cicatrix/scenario/run.hpp"

namespace py = pybind11;

namespace cicatrix::python {
namespace {

/// A session as a person planned it and as the skin will take it. NaN: not a matter of this device.
struct SessionView {
    double at, needle_length, passes, strike_density, channel_density, channel_depth, open_area, injured_fraction,
        reached_fraction, minutes, price;
};

std::vector<SessionView> sessions_of(const Scenario& scenario) {
    if (!scenario.is_course()) return {};
    const Plan plan = plan_of(scenario);
    const auto injuries = injuries_of(plan);
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    std::vector<SessionView> out;
    for (std::size_t i = 0; i < plan.sessions.size(); ++i) {
        const auto& asked = scenario.sessions()[i];
        const auto& planned = plan.sessions[i];
        const bool channels = !planned.prescribed;
        out.push_back({asked.at, asked.needle_length, asked.passes, channels ? 100 * planned.channels.strikes : none,
                       channels ? 100 * planned.channels.density : none, channels ? planned.channels.depth : none,
                       injuries[i].whole.open_area, injuries[i].whole.injured_volume, injuries[i].volume.after.fresh,
                       planned.minutes, planned.price});
    }
    return out;
}

/// What the scenario gives the model: values of its parameters and, where they are not its own, of its states.
std::map<std::string, double> settings_of(const Scenario& scenario) {
    std::map<std::string, double> settings;
    const auto rows = published_parameters(scenario.words<"model.id">());
    for (std::size_t i = 0; i < rows.size(); ++i) settings[std::string(rows[i].name)] = scenario.parameters()[i].value;
    for (const auto& state : scenario.initial())
        if (state.value == state.value) settings[state.name] = state.value;
    return settings;
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

void add_reading_and_running(py::module_& module) {
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

}  // namespace

void add_scenarios(py::module_& module) {
    py::class_<SessionView>(module, "Session", "A session as planned and as the skin takes it.")
        .def_readonly("at", &SessionView::at, "d")
        .def_readonly("needle_length", &SessionView::needle_length, "mm; NaN for a prescribed injury")
        .def_readonly("passes", &SessionView::passes, "NaN for a prescribed injury")
        .def_readonly("strike_density", &SessionView::strike_density, "needles that strike, cm-2")
        .def_readonly("channel_density", &SessionView::channel_density, "distinct channels, cm-2")
        .def_readonly("channel_depth", &SessionView::channel_depth, "mean depth below the surface, mm")
        .def_readonly("open_area", &SessionView::open_area, "share of the area")
        .def_readonly("injured_fraction", &SessionView::injured_fraction, "share of the dermis's volume")
        .def_readonly("reached_fraction", &SessionView::reached_fraction,
                      "share of the dermis within reach of a channel")
        .def_readonly("minutes", &SessionView::minutes)
        .def_readonly("price", &SessionView::price, "USD")
        .def("__repr__", [](const SessionView& s) {
            return "<Session on day " + shortest_text(s.at) + ", injured fraction " +
                   shortest_text(s.injured_fraction) + ">";
        });
    py::class_<CalendarEntry>(module, "CalendarEntry", "What is done from one day to another.")
        .def_readonly("from_day", &CalendarEntry::from, "d")
        .def_readonly("to_day", &CalendarEntry::to, "d")
        .def_readonly("what", &CalendarEntry::what);
    py::class_<Scenario>(module, "Scenario", "A checked scenario.")
        .def_property_readonly("title", [](const Scenario& s) { return s.words<"title">(); })
        .def_property_readonly(
            "question", [](const Scenario& s) { return s.has<"question">() ? s.words<"question">() : std::string(); })
        .def_property_readonly("file", &Scenario::file)
        .def_property_readonly("text", &Scenario::text)
        .def_property_readonly("resolved", &Scenario::resolved)
        .def_property_readonly("notes", &Scenario::notes)
        .def_property_readonly("sessions", &sessions_of)
        .def_property_readonly(
            "calendar", [](const Scenario& s) { return s.is_course() ? calendar_of(s) : std::vector<CalendarEntry>{}; },
            "Care at home and sessions, by day.")
        .def_property_readonly("settings", &settings_of, "Parameters and initial states of the model, by name.")
        .def_property_readonly("model", [](const Scenario& s) { return s.words<"model.id">(); })
        .def_property_readonly(
            "space",
            [](const Scenario& s) { return s.has<"model.space">() ? s.words<"model.space">() : std::string(); },
            "The space in which a published model lives; empty without one.")
        .def_property_readonly("is_course", &Scenario::is_course, "False for a published model.")
        .def_property_readonly(
            "warnings",
            [](const Scenario& s) {
                if (!s.is_course()) return std::vector<std::string>{};
                Plan plan = plan_of(s);
                plan.fidelity = Fidelity::lumped;  // what speaks against a plan does not depend on the grid
                return warnings_of(s, run_course(plan));
            },
            "What speaks against the patient or the protocol; runs the course to know.")
        .def("__repr__", [](const Scenario& s) {
            return "<Scenario '" + s.words<"title">() + "', " + std::to_string(s.sessions().size()) + " sessions>";
        });
    add_reading_and_running(module);
}

}  // namespace cicatrix::python
