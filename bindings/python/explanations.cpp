// Why a quantity of a course changes, as arrays.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <stdexcept>

#include "bind.hpp"
#include "cicatrix/io/explanation.hpp"
#include "cicatrix/scenario/run.hpp"

namespace py = pybind11;

namespace cicatrix::python {
namespace {

using Rows = std::vector<std::vector<double>>;

Explanation explain(const Scenario& scenario, const std::vector<std::string>& names, const std::vector<double>& days) {
    if (!scenario.is_course()) throw std::invalid_argument("a published model has no read-outs to explain");
    const Plan plan = plan_of(scenario);
    if (days.empty() || !std::ranges::is_sorted(days) || days.front() < 0 || days.back() > plan.duration)
        throw std::invalid_argument("days ascend from 0 to the end of the course");
    const py::gil_scoped_release others_may_run;
    return explained(plan, names, days);
}

/// Shapes are given as lists, which pybind11 before 2.12 needs to be right under NumPy 2.
py::array_t<double> column(const std::vector<double>& values) {
    return py::array_t<double>(std::vector<py::ssize_t>{static_cast<py::ssize_t>(values.size())}, values.data());
}

py::array_t<double> table(const Rows& rows) {
    const std::size_t length = rows.empty() ? 0 : rows.front().size();
    py::array_t<double> out(
        std::vector<py::ssize_t>{static_cast<py::ssize_t>(rows.size()), static_cast<py::ssize_t>(length)});
    for (std::size_t i = 0; i < rows.size(); ++i) std::ranges::copy(rows[i], out.mutable_data() + i * length);
    return out;
}

}  // namespace

void add_explanations(py::module_& module) {
    py::class_<Budget>(module, "Budget", "What the processes have made of a quantity since day 0, in its unit.")
        .def_readonly("start", &Budget::start, "On day 0, before any session.")
        .def_readonly("range", &Budget::range, "From its lowest to its highest along the course.")
        .def_property_readonly(
            "values", [](const Budget& b) { return column(b.values); }, "On each day.")
        .def_property_readonly(
            "changes", [](const Budget& b) { return table(b.changes); },
            "A row for each process, a column for each day.");
    py::class_<Explanation>(module, "Explanation", "Why quantities of a course change.")
        .def_readonly("processes", &Explanation::processes)
        .def_readonly("treated", &Explanation::treated, "A budget for each quantity.")
        .def_readonly("untreated", &Explanation::untreated, "A budget for each quantity.")
        .def_property_readonly(
            "time_constants", [](const Explanation& e) { return table(e.time_constants); },
            "d; a row for each state of the model, a column for each day.")
        .def_readonly("reads", &Explanation::reads, "Places of the states that each quantity reads by itself.");
    module.def("explain", &explain, py::arg("scenario"), py::arg("names"), py::arg("days"),
               "Runs a scenario's course again, closely, and follows what each process makes of states and read-outs.");
}

}  // namespace cicatrix::python
