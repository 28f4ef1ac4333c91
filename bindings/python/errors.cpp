// The core's errors as Python exceptions that carry the same values.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "bind.hpp"
#include "cicatrix/base/error.hpp"

namespace py = pybind11;

namespace cicatrix::python {
namespace {

struct ExceptionTypes {
    py::object input, file, numerical;
};

/// The exception types live as long as the process: a translator may be called while the module is torn down.
ExceptionTypes& types() {
    static auto* const kept = new ExceptionTypes;
    return *kept;
}

py::object exception_type(py::module_& module, const char* name, PyObject* base, const char* doc) {
    const std::string full = "cicatrix._core." + std::string(name);
    auto type = py::reinterpret_steal<py::object>(PyErr_NewExceptionWithDoc(full.c_str(), doc, base, nullptr));
    module.attr(name) = type;
    return type;
}

const char* fault_name(FileFault fault) {
    switch (fault) {
        case FileFault::no_input:
            return "no_input";
        case FileFault::cannot_create:
            return "cannot_create";
        case FileFault::disk_full:
            return "disk_full";
        case FileFault::corrupt:
            return "corrupt";
        case FileFault::locked:
            return "locked";
    }
    return "";
}

void raise(const py::object& type, const py::object& instance) { PyErr_SetObject(type.ptr(), instance.ptr()); }

void translate(std::exception_ptr thrown) {
    try {
        if (thrown) std::rethrow_exception(thrown);
    } catch (const InputError& error) {
        auto instance = types().input(error.what());
        instance.attr("problems") = py::cast(error.problems());
        raise(types().input, instance);
    } catch (const FileError& error) {
        auto instance = types().file(error.what());
        instance.attr("fault") = fault_name(error.fault());
        instance.attr("path") = error.path();
        raise(types().file, instance);
    } catch (const NumericalError& error) {
        auto instance = types().numerical(error.what());
        instance.attr("member") = error.member();
        instance.attr("time") = error.time();
        instance.attr("state") = error.state();
        raise(types().numerical, instance);
    } catch (const Interrupted&) {
        PyErr_SetNone(PyExc_KeyboardInterrupt);
    }
}

}  // namespace

void add_errors(py::module_& module) {
    py::class_<Problem>(module, "Problem", "One fault of an input, with everything needed to mend it.")
        .def_property_readonly("file", [](const Problem& p) { return p.where.file; })
        .def_property_readonly("line", [](const Problem& p) { return p.where.line; })
        .def_property_readonly("column", [](const Problem& p) { return p.where.column; })
        .def_property_readonly("path", [](const Problem& p) { return p.where.path; })
        .def_readonly("what", &Problem::what)
        .def_readonly("allowed", &Problem::allowed)
        .def_readonly("suggestion", &Problem::suggestion)
        .def_readonly("code", &Problem::code)
        .def_property_readonly("text", &Problem::text)
        .def("__repr__", [](const Problem& p) { return "<Problem " + p.text() + ">"; });
    types().input = exception_type(module, "InputError", PyExc_ValueError,
                                   "An input that cannot be used; `problems` lists all of its faults.");
    types().file = exception_type(module, "FileError", PyExc_OSError,
                                  "A file that could not be read or written; see `fault` and `path`.");
    types().numerical = exception_type(module, "NumericalError", PyExc_RuntimeError,
                                       "An integration that did not reach its end; see `member`, `time` and `state`.");
    py::register_exception_translator(&translate);
}

}  // namespace cicatrix::python
