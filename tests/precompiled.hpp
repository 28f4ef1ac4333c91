// What most tests include and takes longest to read. Compiled once for each program; every test still names what it uses.
#pragma once
#include "catch.hpp"
#include "cicatrix/course/course.hpp"
#include "cicatrix/scenario/run.hpp"
