// The members of a sweep as data sets and files. A sweep and a batch are read by the names of their attributes.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <memory>
#include <string>

#include "bind.hpp"
#include "cicatrix/io/gathered_file.hpp"
#include "cicatrix/io/netcdf.hpp"
#include "cicatrix/io/shard.hpp"
#include "cicatrix/scenario/run.hpp"

namespace py = pybind11;

namespace cicatrix::python {
namespace {

template <class Value> std::vector<Value> copied(const py::object& array) {
    const auto values = py::array_t<Value, py::array::c_style | py::array::forcecast>::ensure(array);
    if (!values) throw py::error_already_set();
    return {values.data(), values.data() + values.size()};
}

std::string text_of(const py::handle& object, const char* name) {
    const py::object value = py::getattr(object, name, py::none());
    return value.is_none() ? std::string() : value.cast<std::string>();
}

SweepColumn column_of(const py::handle& row) {
    SweepColumn column{text_of(row, "name"), text_of(row, "unit"), text_of(row, "meaning"), text_of(row, "grade"), {}};
    const py::object choices = py::getattr(row, "choices", py::none());
    if (!choices.is_none()) column.choices = choices.cast<std::vector<std::string>>();
    return column;
}

SweepColumns columns_of(const py::object& sweep) {
    SweepColumns columns;
    for (const auto& factor : sweep.attr("factors")) columns.factors.push_back(column_of(factor));
    for (const auto& outcome : sweep.attr("outcomes")) columns.outcomes.push_back(column_of(outcome));
    columns.arms = sweep.attr("arms").cast<std::vector<std::string>>();
    columns.outcomes.resize(columns.outcomes.size() / columns.arms.size());  // the same ones in every arm
    return columns;
}

Group shard(const py::object& sweep, std::uint64_t first, const py::object& batch) {
    const py::object status = batch.attr("status");
    SweepRows rows;
    rows.first = first;
    rows.count = py::len(status);
    rows.design = copied<double>(sweep.attr("design")(first, rows.count));
    rows.values = copied<double>(batch.attr("values"));
    rows.status = copied<std::int8_t>(status);
    rows.time_reached = copied<double>(batch.attr("time_reached"));
    rows.limiting_state = copied<std::int32_t>(batch.attr("limiting_state"));
    rows.steps = copied<std::int32_t>(batch.attr("steps"));
    return shard_of(columns_of(sweep), rows);
}

std::string write_shard(const std::string& path, const py::object& sweep, std::uint64_t first,
                        const py::object& batch) {
    const Group group = shard(sweep, first, batch);
    const py::gil_scoped_release free;
    return write_netcdf(group, path);
}

AttributeValue attribute_of(const py::handle& value) {
    if (py::isinstance<py::str>(value)) return value.cast<std::string>();
    const auto array = py::array::ensure(value);
    if (!array) throw py::type_error("an attribute is a text, a number or an array of numbers");
    const py::object held = array;
    if (array.ndim() == 0) {
        if (array.dtype().kind() == 'f') return value.cast<double>();
        return value.cast<std::int32_t>();
    }
    if (array.dtype().kind() == 'f') return copied<double>(held);
    return copied<std::int8_t>(held);
}

Attributes attributes_of(const py::dict& given) {
    Attributes out;
    for (const auto& [name, value] : given) out.emplace_back(name.cast<std::string>(), attribute_of(value));
    return out;
}

/// Numbers by the kind of their array, texts from a list.
VariableData values_of(const py::object& given) {
    if (py::isinstance<py::list>(given)) return given.cast<std::vector<std::string>>();
    const py::dtype kind = py::array::ensure(given).dtype();
    if (kind.kind() == 'f') return copied<double>(given);
    if (kind.itemsize() == 1) return copied<std::int8_t>(given);
    return copied<std::int32_t>(given);
}

Group group_of(const py::dict& dimensions, const py::dict& variables, const py::dict& attributes) {
    Group root;
    for (const auto& [name, length] : dimensions)
        root.dimensions.emplace_back(name.cast<std::string>(), length.cast<std::size_t>());
    for (const auto& [name, parts] : variables) {
        const auto [along, values, about] = parts.cast<std::tuple<std::vector<std::string>, py::object, py::dict>>();
        root.variables.push_back({name.cast<std::string>(), along, values_of(values), attributes_of(about)});
    }
    root.attributes = attributes_of(attributes);
    return root;
}

}  // namespace

void add_shards(py::module_& module) {
    module.def(
        "shard",
        [](const py::object& sweep, std::uint64_t first, const py::object& batch) {
            return std::make_shared<Group>(shard(sweep, first, batch));
        },
        py::arg("sweep"), py::arg("first"), py::arg("batch"), "The variables of the members from `first` on.");
    module.def("write_shard", &write_shard, py::arg("path"), py::arg("sweep"), py::arg("first"), py::arg("batch"),
               "Writes them as a file of their own, whole or not at all, and returns its SHA-256.");
    module.def(
        "sweep_head", [](const Scenario& scenario) { return std::make_shared<Group>(sweep_head_of(scenario)); },
        py::arg("scenario"), "What a sweep holds once: whence it comes and the parameters of its base.");
    py::class_<GatheredFile>(module, "GatheredFile", "A netCDF-4 file of many members, filled piece by piece.")
        .def(py::init([](const std::string& path, const py::object& dimensions, const py::object& variables,
                         const py::object& attributes) {
                 return std::make_unique<GatheredFile>(path, group_of(dimensions, variables, attributes));
             }),
             py::arg("path"), py::arg("dimensions"), py::arg("variables"), py::arg("attributes"),
             "`variables` has for each name its dimensions, its values (of those along `member` only the kind) and its "
             "attributes.")
        .def(
            "append",
            [](GatheredFile& file, const std::string& name, const py::object& values) {
                const VariableData data = values_of(values);
                const py::gil_scoped_release free;
                file.append(name, data);
            },
            py::arg("name"), py::arg("values"), "The next values of a variable along `member`.")
        .def("finish", &GatheredFile::finish, py::call_guard<py::gil_scoped_release>(),
             "Gives the file its name; returns its SHA-256.")
        .def("abandon", &GatheredFile::abandon, "Gives the file up, unless it has its name.");
}

}  // namespace cicatrix::python
