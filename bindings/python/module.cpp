// The extension module cicatrix._core.
#include <pybind11/pybind11.h>

#include "bind.hpp"
#include "cicatrix/io/netcdf.hpp"
#include "cicatrix/io/version.hpp"

PYBIND11_MODULE(_core, module) {
    module.doc() = "The compiled core of cicatrix.";
    module.attr("version") = std::string(cicatrix::version());
    module.attr("git_commit") = std::string(cicatrix::git_commit());
    module.attr("compiler") = std::string(cicatrix::compiler());
    module.attr("seal") = std::string(cicatrix::seal);
    cicatrix::python::add_errors(module);
    cicatrix::python::add_datasets(module);
    cicatrix::python::add_tables(module);
    cicatrix::python::add_scenarios(module);
    cicatrix::python::add_sweeps(module);
    cicatrix::python::add_injuries(module);
    cicatrix::python::add_equations(module);
    cicatrix::python::add_explanations(module);
    cicatrix::python::add_points(module);
    cicatrix::python::add_shards(module);
}
