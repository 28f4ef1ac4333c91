// What most bindings include and takes longest to read.
#pragma once
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "cicatrix/course/course.hpp"
#include "cicatrix/scenario/run.hpp"
