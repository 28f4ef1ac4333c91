// The parts of the extension module; each adds its classes and functions to it.
#pragma once
#include <pybind11/pybind11.h>

namespace cicatrix::python {

void add_errors(pybind11::module_& module);
void add_datasets(pybind11::module_& module);
void add_tables(pybind11::module_& module);
void add_scenarios(pybind11::module_& module);
void add_sweeps(pybind11::module_& module);
void add_injuries(pybind11::module_& module);
void add_equations(pybind11::module_& module);
void add_explanations(pybind11::module_& module);
void add_points(pybind11::module_& module);
void add_shards(pybind11::module_& module);

}  // namespace cicatrix::python
