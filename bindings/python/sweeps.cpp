// Sweeps from Python: what they vary, the rows of their designs, and running batches of their members.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <limits>

#include "bind.hpp"
#include "cicatrix/base/error.hpp"
#include "cicatrix/course/parameters.hpp"
#include "cicatrix/scenario/run.hpp"
#include "cicatrix/scenario/sweep.hpp"
#include "cicatrix/scenario/sweep_gradient.hpp"
#include "cicatrix/scenario/text_file.hpp"

namespace py = pybind11;

namespace cicatrix::python {
namespace {

using Rows = py::array_t<double, py::array::c_style | py::array::forcecast>;

/// What became of some rows in every arm.
struct Batch {
    std::size_t rows = 0, arms = 0, outcomes = 0;
    EnsembleResult result;
};

/// A column of a batch's values: one outcome in one arm.
struct OutcomeColumn {
    std::string name, text, unit, meaning, arm;
};

OutcomeColumn column_of(const Reduction& reduction, const std::string& arm) {
    return {name_of(reduction), text_of(reduction), unit_of(reduction), meaning_of(reduction), arm};
}

std::vector<OutcomeColumn> outcomes_of(const Sweep& sweep) {
    std::vector<OutcomeColumn> columns;
    for (const Arm& arm : sweep.arms())
        for (const Reduction& reduction : sweep.reductions()) columns.push_back(column_of(reduction, arm.name));
    return columns;
}

std::vector<std::string> arms_of(const Sweep& sweep) {
    std::vector<std::string> names;
    for (const Arm& arm : sweep.arms()) names.push_back(arm.name);
    return names;
}

/// Looks at signals and tells how many rows are done, at most twenty times a second.
class BatchWatch {
  public:
    BatchWatch(py::object told, std::size_t arms) : told_(std::move(told)), arms_(arms) {}
    bool operator()(std::size_t done, std::size_t failed) {
        const py::gil_scoped_acquire hold;
        if (PyErr_CheckSignals() != 0) throw py::error_already_set();
        return told_.is_none() || told_(done / arms_, failed).cast<bool>();
    }

  private:
    py::object told_;
    std::size_t arms_;
};

Batch run(const Sweep& sweep, std::uint64_t first, std::size_t count, const std::function<PlanMaker()>& maker,
          EnsembleSettings settings, const py::object& progress) {
    const std::size_t arms = settings.counted_together = sweep.courses_of_a_row();
    if (settings.single_precision) sweep.require_single_precision();
    BatchWatch watch(progress, arms);
    const py::gil_scoped_release free;
    return {count, arms, sweep.reductions().size(),
            run_ensemble(first * arms, count * arms, maker, sweep.reductions(), settings, std::ref(watch))};
}

Batch run_design(const Sweep& sweep, std::uint64_t first, std::size_t count, unsigned threads, int lanes,
                 bool single_precision, const py::object& progress) {
    return run(sweep, first, count, sweep.maker(), {threads, lanes, single_precision}, progress);
}

/// The numbers of rows of factors; throws ValueError when the shape does not fit.
std::span<const double> numbers_in(const Sweep& sweep, const Rows& rows) {
    if (rows.ndim() != 2 || static_cast<std::size_t>(rows.shape(1)) != sweep.factors().size())
        throw py::value_error("rows have one column for each of the " + std::to_string(sweep.factors().size()) +
                              " factors");
    return {rows.data(), static_cast<std::size_t>(rows.size())};
}

Batch run_rows(const Sweep& sweep, const Rows& rows, unsigned threads, int lanes, bool single_precision,
               const py::object& progress) {
    const auto numbers = numbers_in(sweep, rows);
    return run(sweep, 0, static_cast<std::size_t>(rows.shape(0)), sweep.maker(numbers),
               {threads, lanes, single_precision}, progress);
}

Rows filled(std::size_t height, std::size_t width, const std::vector<double>& numbers) {
    Rows out({height, width});
    std::ranges::copy(numbers, out.mutable_data());
    return out;
}

Rows design_of(const Sweep& sweep, std::uint64_t first, std::size_t count) {
    return filled(count, sweep.factors().size(), sweep.rows(first, count));
}

Rows rows_at(const Sweep& sweep, const Rows& points) {
    const auto numbers = numbers_in(sweep, points);
    if (!std::ranges::all_of(numbers, [](double at) { return at > 0 && at < 1; }))
        throw py::value_error("points lie above 0 and below 1 in each coordinate");
    const std::size_t width = sweep.factors().size();
    std::vector<double> out(numbers.size());
    for (std::size_t i = 0; i + width <= numbers.size() && width > 0; i += width)
        sweep.design().write_row_at(numbers.subspan(i, width), std::span(out).subspan(i, width));
    return filled(static_cast<std::size_t>(points.shape(0)), width, out);
}

/// Arrays of [row, arm].
template <class T, class U> py::array_t<T> by_arm(const Batch& batch, const std::vector<U>& numbers) {
    py::array_t<T> out({batch.rows, batch.arms});
    std::ranges::transform(numbers, out.mutable_data(), [](const U& number) { return static_cast<T>(number); });
    return out;
}

using Failure = std::tuple<std::size_t, std::size_t, std::string, double, std::string>;

std::vector<Failure> failures_of(const Batch& batch) {
    std::vector<Failure> failures;
    const auto& [values, status, time, state, steps] = batch.result;
    for (std::size_t i = 0; i < status.size(); ++i) {
        if (status[i] == Status::done) continue;
        const bool began = status[i] != Status::refused;
        failures.emplace_back(i / batch.arms, i % batch.arms,
                              std::string(status_names[static_cast<std::size_t>(status[i])]), time[i],
                              began ? std::string(CourseModel::states[state[i]].name) : "");
    }
    return failures;
}

std::optional<double> end_of(const Factor& factor, bool upper) {
    if (factor.kind == FactorKind::choice) return {};
    if (!factor.levels.empty()) {
        const auto [low, high] = std::ranges::minmax(factor.levels);
        return upper ? high : low;
    }
    const Range& ends = factor.distribution ? factor.distribution->ends : factor.range;
    return upper ? ends.high : ends.low;
}

std::string meaning_of_factor(const Factor& factor) {
    switch (factor.target) {
        case FactorTarget::key:
            return std::string(keys[factor.index].meaning);
        case FactorTarget::parameter:
            return std::string(course_parameters[factor.index].meaning);
        case FactorTarget::sunscreen:
        case FactorTarget::moisturiser:
            return "Whether the patient follows the advice.";
        case FactorTarget::missed_sessions:
            return "Sessions that the patient misses: the sum of 2^k over those that are the k-th after the first, k "
                   "counting from 0.";
        case FactorTarget::person:
            return "Whose biology it is: the number of the person.";
    }
    return "";
}

void add_factor(py::module_& module) {
    py::class_<Factor>(module, "Factor", "One thing that differs between the members of a sweep.")
        .def_readonly("name", &Factor::name)
        .def_readonly("unit", &Factor::unit, "Empty for choices and plain numbers.")
        .def_property_readonly("kind",
                               [](const Factor& f) { return f.kind == FactorKind::choice ? "choice" : "number"; })
        .def_readonly("whole", &Factor::whole, "Whether only whole numbers are allowed.")
        .def_property_readonly(
            "choices",
            [](const Factor& f) {
                std::vector<std::string> texts;
                for (std::size_t i = 0; i < f.choices.size(); ++i) texts.push_back(f.choice_text(i));
                return texts;
            },
            "What the values 0, 1, ... stand for; empty for a number.")
        .def_property_readonly(
            "low", [](const Factor& f) { return end_of(f, false); }, "The least value; None for a choice.")
        .def_property_readonly(
            "high", [](const Factor& f) { return end_of(f, true); }, "The largest value; None for a choice.")
        .def_property_readonly(
            "levels", [](const Factor& f) { return f.levels.empty() ? std::nullopt : std::optional(f.levels); },
            "Its values in the order of the file; None under a distribution.")
        .def_readonly("distribution", &Factor::words, "As the file words it; empty for a list of levels.")
        .def_readonly("grade", &Factor::grade, "Evidence of a parameter, A to D or assumed; else empty.")
        .def_property_readonly("meaning", &meaning_of_factor)
        .def("__repr__", [](const Factor& f) { return "<Factor " + f.name + ">"; });
}

void add_batch(py::module_& module) {
    py::class_<Batch>(module, "Batch", "What became of some rows of a sweep.")
        .def_property_readonly(
            "values", [](const Batch& b) { return filled(b.rows, b.arms * b.outcomes, b.result.values); },
            "Of each row the outcomes arm by arm; NaN where a member failed.")
        .def_property_readonly(
            "status", [](const Batch& b) { return by_arm<std::int8_t>(b, b.result.status); }, "0: done.")
        .def_property_readonly(
            "time_reached", [](const Batch& b) { return by_arm<double>(b, b.result.time_reached); }, "d")
        .def_property_readonly(
            "limiting_state", [](const Batch& b) { return by_arm<std::int32_t>(b, b.result.limiting_state); },
            "Position of the state that limited the last step.")
        .def_property_readonly("steps", [](const Batch& b) { return by_arm<std::int64_t>(b, b.result.steps); })
        .def("failures", &failures_of, "Row, arm, status, time reached in d, and state of each member that failed.")
        .def("__len__", [](const Batch& b) { return b.rows; })
        .def("__repr__", [](const Batch& b) { return "<Batch of " + std::to_string(b.rows) + " rows>"; });
}

Gradient gradient(const Sweep& sweep, const std::vector<double>& row, std::size_t arm, unsigned threads) {
    const py::gil_scoped_release free;
    return gradient_of(sweep, row, arm, threads);
}

void add_gradient(py::module_& module) {
    py::class_<Gradient>(module, "Gradient", "Derivatives of the outcomes of a sweep by its factors, at one row.")
        .def_readonly("values", &Gradient::values, "Of the outcomes; NaN where the course failed.")
        .def_property_readonly(
            "slopes", [](const Gradient& g) { return filled(g.values.size(), g.obstacle.size(), g.slopes); },
            "Of each outcome by each factor, in the factor's unit; NaN where there is no derivative.")
        .def_readonly("obstacles", &Gradient::obstacle, "Of each factor why there is no derivative; else empty.")
        .def_property_readonly(
            "status",
            [](const Gradient& g) { return std::string(status_names[static_cast<std::size_t>(g.outcome.status)]); },
            "How the course ended: done, or why it did not.")
        .def("__repr__", [](const Gradient& g) {
            return "<Gradient of " + std::to_string(g.values.size()) + " outcomes by " +
                   std::to_string(g.obstacle.size()) + " factors>";
        });
}

void add_sweep(py::module_& module) {
    py::class_<OutcomeColumn>(module, "OutcomeColumn", "One outcome in one arm.")
        .def_readonly("name", &OutcomeColumn::name)
        .def_readonly("text", &OutcomeColumn::text)
        .def_readonly("unit", &OutcomeColumn::unit)
        .def_readonly("meaning", &OutcomeColumn::meaning)
        .def_readonly("arm", &OutcomeColumn::arm)
        .def("__repr__", [](const OutcomeColumn& c) { return "<OutcomeColumn " + c.name + ">"; });
    py::class_<Sweep>(module, "Sweep", "A checked sweep.")
        .def_property_readonly(
            "scenario", [](const Sweep& s) { return s.scenario(); }, "The first arm without what varies.")
        .def_property_readonly("members", &Sweep::members, "Rows of the design; 0 when it has no end of its own.")
        .def_property_readonly("design_name", [](const Sweep& s) { return std::string(s.design_name()); })
        .def_property_readonly(
            "factors", [](const Sweep& s) { return std::vector<Factor>(s.factors().begin(), s.factors().end()); })
        .def_property_readonly("arms", &arms_of)
        .def_property_readonly("outcomes", &outcomes_of, "The columns of a batch's values.")
        .def_property_readonly("seed", &Sweep::seed)
        .def_property_readonly("resolved", &Sweep::resolved, "The sweep with every default filled in, as TOML.")
        .def("require_single_precision", &Sweep::require_single_precision,
             "Raises InputError where members would be such as single precision cannot carry.")
        .def("design", &design_of, py::arg("first"), py::arg("count"), "Rows of the design.")
        .def("rows_at", &rows_at, py::arg("points"),
             "Rows at points of the unit cube, one coordinate for each factor, above 0 and below 1.")
        .def("run", &run_design, py::arg("first"), py::arg("count"), py::kw_only(), py::arg("threads") = 1,
             py::arg("lanes") = 0, py::arg("single_precision") = false, py::arg("progress") = py::none(),
             "Runs rows of the design; `progress` gets the rows done and those that failed, in whatever arm, and "
             "returns False to stop.")
        .def("run_rows", &run_rows, py::arg("rows"), py::kw_only(), py::arg("threads") = 1, py::arg("lanes") = 0,
             py::arg("single_precision") = false, py::arg("progress") = py::none(), "Runs rows of one's own.")
        .def("gradient", &gradient, py::arg("row"), py::arg("arm") = 0, py::kw_only(), py::arg("threads") = 1,
             "Derivatives of the outcomes by the factors at a row, in one arm; of courses of the fidelity lumped.")
        .def("member_scenario", &Sweep::member_text, py::arg("index"), py::arg("arm") = 0,
             "The text of a scenario that is this member alone.")
        .def(
            "row_scenario",
            [](const Sweep& s, const std::vector<double>& row, std::size_t arm, const std::string& title) {
                return s.text_of(row, arm, title);
            },
            py::arg("row"), py::arg("arm") = 0, py::arg("title") = "A row of a sweep",
            "The same of a row of one's own.")
        .def("__repr__", [](const Sweep& s) {
            return "<Sweep '" + s.scenario().words<"title">() + "', " + std::to_string(s.members()) + " members>";
        });
}

}  // namespace

void add_sweeps(py::module_& module) {
    add_factor(module);
    add_batch(module);
    add_gradient(module);
    add_sweep(module);
    module.def(
        "read_sweep", [](const std::string& path) { return read_sweep(path); }, py::arg("path"),
        "Reads and checks a file that describes a sweep.");
    module.def("parse_sweep", &parse_sweep, py::arg("text"), py::arg("file") = "scenario",
               "Checks a sweep's text; `file` names it in messages.");
    module.def(
        "outcome", [](const std::string& text) { return column_of(parse_reduction(text), {}); }, py::arg("text"),
        "The outcome that is meant by its words in a scenario, or by the name of its variable.");
    module.def(
        "parameters_in_use",
        [](const Scenario& scenario) {
            const Plan plan = plan_of(scenario);
            std::vector<double> values;
            for (std::size_t i = 0; i < course_parameters.size(); ++i) values.push_back(course_parameter(plan, i));
            return values;
        },
        py::arg("scenario"),
        "Of a course, in the order of course_parameters: what the conditions of the patient leave of each.");
    module.def("describes_sweep", &describes_sweep, py::arg("text"), "Whether a text has a section [sweep].");
    module.def(
        "file_describes_sweep", [](const std::string& path) { return describes_sweep(read_text_file(path)); },
        py::arg("path"), "The same of a file; raises FileError when it cannot be read.");
}

}  // namespace cicatrix::python
