// The tables of models, read-outs, scenario keys and error pages, for help, listings and documentation.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <stdexcept>

#include "bind.hpp"
#include "cicatrix/injury/needling.hpp"
#include "cicatrix/models/all.hpp"
#include "cicatrix/readout/all.hpp"
#include "cicatrix/scenario/codes.hpp"
#include "cicatrix/scenario/devices.hpp"
#include "cicatrix/scenario/keys.hpp"
#include "cicatrix/scenario/run.hpp"
#include "cicatrix/scenario/schema.hpp"

namespace py = pybind11;

namespace cicatrix::python {
namespace {

/// The three words that every table has, as properties.
template <class Row> py::class_<Row> row_class(py::module_& module, const char* name, const char* doc) {
    return py::class_<Row>(module, name, doc)
        .def_property_readonly("name", [](const Row& row) { return std::string(row.name); })
        .def_property_readonly("unit", [](const Row& row) { return std::string(row.unit); })
        .def_property_readonly("meaning", [](const Row& row) { return std::string(row.meaning); });
}

template <class Row> void add_evidence(py::class_<Row>& row_type) {
    row_type.def_property_readonly("grade", [](const Row& row) { return std::string(text_of(row.grade)); })
        .def_property_readonly("source", [](const Row& row) { return row.source.text(); });
}

template <class Row, class TableOf> std::vector<Row> rows_of(const std::string& model, TableOf table_of) {
    std::vector<Row> rows;
    if (!with_model(model, [&](auto which) {
            const auto& table = table_of(which);
            rows.assign(table.begin(), table.end());
        }))
        throw std::invalid_argument("no model has the id '" + model + "'");
    return rows;
}

/// What one kind of device takes for a key that a scenario leaves out.
struct DeviceDefault {
    std::string device, path, value, grade, source;
};

std::vector<DeviceDefault> device_defaults() {
    std::vector<DeviceDefault> rows;
    for (const auto& kind : device_kinds)
        for (const auto& key : kind.keys)
            if (!key.fallback.empty())
                rows.push_back({std::string(kind.name), std::string(key.name), std::string(key.fallback),
                                std::string(text_of(key.grade)), key.source.text()});
    return rows;
}

std::string kind_word(ValueKind kind) {
    switch (kind) {
        case ValueKind::text:
            return "text";
        case ValueKind::choice:
            return "choice";
        case ValueKind::choices:
            return "list of choices";
        case ValueKind::boolean:
            return "true or false";
        case ValueKind::integer:
            return "whole number";
        case ValueKind::number:
            return "number";
        case ValueKind::quantity:
            return "quantity";
        case ValueKind::sessions:
            return "sessions";
        case ValueKind::outputs:
            return "output times";
        case ValueKind::topicals:
            return "list of topicals";
    }
    return "";
}

void add_model_rows(py::module_& module) {
    row_class<State>(module, "StateRow", "A state of a model.");
    row_class<Constant>(module, "ConstantRow", "A number that follows from the parameters of a model.");
    auto parameter = row_class<Parameter>(module, "ParameterRow", "A parameter of a model.");
    add_evidence(parameter);
    parameter.def_readonly("value", &Parameter::value)
        .def_property_readonly("low", [](const Parameter& p) { return p.range.low; })
        .def_property_readonly("high", [](const Parameter& p) { return p.range.high; });
    auto readout = row_class<Readout>(module, "ReadoutRow", "What is seen or measured, made from the states.");
    add_evidence(readout);
    readout.def_property_readonly("long_name", [](const Readout& r) { return std::string(r.meaning); })
        .def_property_readonly("formula", [](const Readout& r) { return std::string(r.formula); });
}

void add_scenario_rows(py::module_& module) {
    py::class_<Key>(module, "KeyRow", "A key of scenario files.")
        .def_property_readonly("path", [](const Key& k) { return std::string(k.name); })
        .def_property_readonly("kind", [](const Key& k) { return kind_word(k.kind); })
        .def_property_readonly("unit", [](const Key& k) { return std::string(k.unit); })
        .def_property_readonly("allowed", [](const Key& k) { return allowed_text(k); })
        .def_property_readonly("required", [](const Key& k) { return k.need == Need::required; })
        .def_property_readonly("stored_only", [](const Key& k) { return k.effect == Effect::stored; })
        .def_property_readonly("default", [](const Key& k) { return std::string(k.fallback); })
        .def_property_readonly("meaning", [](const Key& k) { return std::string(k.meaning); });
    py::class_<DeviceDefault>(module, "DeviceDefault", "What a kind of device takes for a key that is left out.")
        .def_readonly("device", &DeviceDefault::device)
        .def_readonly("path", &DeviceDefault::path)
        .def_readonly("value", &DeviceDefault::value)
        .def_readonly("grade", &DeviceDefault::grade)
        .def_readonly("source", &DeviceDefault::source);
    py::class_<ErrorPage>(module, "ErrorPage", "The page that explains a code.")
        .def_property_readonly("code", [](const ErrorPage& p) { return std::string(p.code); })
        .def_property_readonly("title", [](const ErrorPage& p) { return std::string(p.title); })
        .def_property_readonly("text", [](const ErrorPage& p) { return std::string(p.what); })
        .def_property_readonly("mend", [](const ErrorPage& p) { return std::string(p.mend); })
        .def_property_readonly("bad", [](const ErrorPage& p) { return std::string(p.bad); })
        .def_property_readonly("good", [](const ErrorPage& p) { return std::string(p.good); });
}

}  // namespace

void add_tables(py::module_& module) {
    add_model_rows(module);
    add_scenario_rows(module);
    module.def("models", [] {
        std::vector<std::string> ids;
        for_each_model([&](auto model) { ids.emplace_back(model.id); });
        return ids;
    });
    module.def(
        "states",
        [](const std::string& model) {
            return rows_of<State>(
                model, [](auto m) -> auto& { return m.states; });
        },
        py::arg("model"));
    module.def(
        "parameters",
        [](const std::string& model) {
            return rows_of<Parameter>(
                model, [](auto m) -> auto& { return m.parameters; });
        },
        py::arg("model"));
    module.def(
        "constants",
        [](const std::string& model) {
            return rows_of<Constant>(
                model, [](auto m) -> auto& { return m.constants; });
        },
        py::arg("model"));
    module.def("injury_parameters",
               [] { return std::vector<Parameter>(injury::parameters.begin(), injury::parameters.end()); });
    module.def("device_defaults", &device_defaults);
    module.def("readouts", [] { return std::vector<Readout>(readouts.begin(), readouts.end()); });
    module.def("keys", [] { return std::vector<Key>(keys.begin(), keys.end()); });
    module.def("error_pages", [] { return std::vector<ErrorPage>(error_pages().begin(), error_pages().end()); });
    module.def(
        "schema", [] { return scenario_schema(parameter_rows()); }, "JSON Schema of scenario files.");
}

}  // namespace cicatrix::python
