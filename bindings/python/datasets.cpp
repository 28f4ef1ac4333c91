// Data sets of the core as Python objects; arrays are read-only views that keep their group alive.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <memory>
#include <span>
#include <string_view>

#include "bind.hpp"
#include "cicatrix/io/atomic_file.hpp"
#include "cicatrix/io/dataset.hpp"
#include "cicatrix/io/netcdf.hpp"

namespace py = pybind11;

namespace cicatrix::python {
namespace {

/// A read-only array over `values`; without shape for a scalar.
template <class T> py::object view(const std::vector<T>& values, bool scalar, const py::object& owner) {
    const auto shape =
        scalar ? std::vector<py::ssize_t>{} : std::vector<py::ssize_t>{static_cast<py::ssize_t>(values.size())};
    py::array_t<T> array(shape, values.data(), owner);
    array.attr("setflags")(py::arg("write") = false);
    return array;
}

py::object values_of(const py::object& self) {
    const auto& variable = self.cast<const Variable&>();
    return std::visit(
        [&](const auto& values) -> py::object {
            if constexpr (std::is_same_v<std::decay_t<decltype(values)>, std::vector<std::string>>)
                return py::cast(values);
            else return view(values, variable.dimensions.empty(), self);
        },
        variable.values);
}

/// A copy of `values`; the shape is given as a list, which pybind11 before 2.12 needs to be right under NumPy 2.
template <class T> py::object copied(const std::vector<T>& values) {
    return py::array_t<T>(std::vector<py::ssize_t>{static_cast<py::ssize_t>(values.size())}, values.data());
}

py::dict attributes_of(const Attributes& attributes) {
    py::dict out;
    for (const auto& [name, value] : attributes)
        out[py::str(name)] = std::visit(
            [](const auto& v) -> py::object {
                if constexpr (requires { copied(v); } && !std::is_same_v<std::decay_t<decltype(v)>, std::string>)
                    return copied(v);
                else return py::cast(v);
            },
            value);
    return out;
}

/// Python objects that refer into `self` and keep it alive.
template <class T> py::list references(const std::vector<T>& items, const py::object& self) {
    py::list out;
    for (const auto& item : items) out.append(py::cast(&item, py::return_value_policy::reference_internal, self));
    return out;
}

}  // namespace

void add_datasets(py::module_& module) {
    py::class_<Variable>(module, "Variable", "A named array of a group.")
        .def_readonly("name", &Variable::name)
        .def_property_readonly("dimensions", [](const Variable& v) { return py::tuple(py::cast(v.dimensions)); })
        .def_property_readonly("values", &values_of, "A read-only numpy array, or a list of texts.")
        .def_property_readonly("attributes", [](const Variable& v) { return attributes_of(v.attributes); });
    py::class_<Group, std::shared_ptr<Group>>(module, "Group", "Named variables with their dimensions and attributes.")
        .def_readonly("name", &Group::name)
        .def_property_readonly("dimensions",
                               [](const Group& g) {
                                   py::dict out;
                                   for (const auto& [name, length] : g.dimensions) out[py::str(name)] = length;
                                   return out;
                               })
        .def_property_readonly("attributes", [](const Group& g) { return attributes_of(g.attributes); })
        .def_property_readonly(
            "variables", [](const py::object& self) { return references(self.cast<const Group&>().variables, self); })
        .def_property_readonly("groups",
                               [](const py::object& self) {
                                   py::list out;
                                   for (const auto& group : self.cast<const Group&>().groups)
                                       out.append(py::cast(std::shared_ptr<Group>(self.cast<std::shared_ptr<Group>>(),
                                                                                  const_cast<Group*>(&group))));
                                   return out;
                               })
        .def(
            "write", [](const Group& g, const std::string& path) { write_netcdf(g, path); }, py::arg("path"),
            py::call_guard<py::gil_scoped_release>(), "Writes a netCDF-4 file; on failure nothing is left behind.");
    module.def(
        "write_file",
        [](const std::string& path, const py::bytes& data) {
            const std::string_view text = data;
            const py::gil_scoped_release free;
            write_atomically(path, std::as_bytes(std::span(text.data(), text.size())));
        },
        py::arg("path"), py::arg("data"), "Writes a file whole or not at all.");
}

}  // namespace cicatrix::python
