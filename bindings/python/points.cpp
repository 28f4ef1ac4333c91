// Points of the unit cube from Python: those of a scrambled Sobol' sequence.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include "bind.hpp"
#include "cicatrix/numeric/sobol.hpp"

namespace py = pybind11;

namespace cicatrix::python {
namespace {

py::array_t<double> sobol_points(std::uint64_t seed, std::uint64_t first, std::size_t count, std::size_t dimensions) {
    const SobolPoints points(dimensions, seed);
    if (first > SobolPoints::most_points || count > SobolPoints::most_points - first)
        throw py::value_error("a sequence has 2^52 points");
    py::array_t<double> out({count, dimensions});
    double* next = out.mutable_data();
    const py::gil_scoped_release free;
    for (std::uint64_t i = first; i < first + count; ++i)
        for (std::size_t j = 0; j < dimensions; ++j) *next++ = points.at(i, j);
    return out;
}

}  // namespace

void add_points(py::module_& module) {
    module.def("sobol_points", &sobol_points, py::arg("seed"), py::arg("first"), py::arg("count"),
               py::arg("dimensions"),
               "Points (count, dimensions) of the unit cube, of the scrambled Sobol' sequence of a seed. Raises "
               "ValueError for more dimensions than the sequence has.");
}

}  // namespace cicatrix::python
