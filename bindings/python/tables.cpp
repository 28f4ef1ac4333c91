// The tables of models, read-outs, scenario keys and error pages, for help, listings and documentation.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <map>
#include <stdexcept>

#include "bind.hpp"
#include "cicatrix/course/parameters.hpp"
#include "cicatrix/io/session_variables.hpp"
#include "cicatrix/models/all.hpp"
#include "cicatrix/scenario/codes.hpp"
#include "cicatrix/scenario/devices.hpp"
#include "cicatrix/scenario/keys.hpp"
#include "cicatrix/scenario/published.hpp"
#include "cicatrix/scenario/run.hpp"
#include "cicatrix/scenario/schema.hpp"
#include "cicatrix/skin/compounds.hpp"
#include "cicatrix/skin/condition.hpp"

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

/// The kinds of device that do not go without a key.
std::vector<std::string> devices_in_need(const Key& key) {
    std::vector<std::string> devices;
    for (const auto& kind : device_kinds)
        for (const auto& its : kind.keys)
            if (its.name == key.name && its.need == Need::required) devices.emplace_back(kind.name);
    return devices;
}

std::vector<std::string> everyday_names_of(const KnownCompound& compound) {
    std::vector<std::string> names;
    for (const auto& everyday : everyday_names)
        if (everyday.compound == compound.name) names.emplace_back(everyday.name);
    return names;
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
        case ValueKind::times:
            return "times";
        case ValueKind::varied:
            return "table of levels";
        case ValueKind::levels:
            return "levels";
        case ValueKind::rows:
            return "list of rows";
        case ValueKind::outcomes:
            return "list of outcomes";
        case ValueKind::arms:
            return "table of arms";
        case ValueKind::cohort:
            return "cohort";
        case ValueKind::adherence:
            return "shares";
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
    row_class<SessionVariable>(module, "SessionRow", "What a result says of each session.")
        .def_property_readonly("formula", [](const SessionVariable& v) { return std::string(v.formula); });
}

/// Sites, baselines, conditions and compounds: what a scenario may name.
void add_skin_rows(py::module_& module) {
    const auto text = [](std::string_view words) { return std::string(words); };
    auto site = py::class_<Site>(module, "SiteRow", "A treated part of the body.");
    site.def_property_readonly("name", [=](const Site& s) { return text(s.name); })
        .def_readonly("dermis_male", &Site::dermis_male, "mm")
        .def_readonly("dermis_female", &Site::dermis_female, "mm")
        .def_readonly("epidermis", &Site::epidermis, "mm")
        .def_readonly("horny_layer", &Site::horny_layer, "mm")
        .def_readonly("give", &Site::give)
        .def_readonly("resting_strain", &Site::resting_strain)
        .def_property_readonly("grade", [=](const Site& s) { return text(text_of(s.grade)); })
        .def_property_readonly("source", [=](const Site& s) { return text(s.source); });
    auto baseline = py::class_<Baseline>(module, "BaselineRow", "What the skin was like before the first session.");
    add_evidence(baseline);
    baseline.def_property_readonly("name", [=](const Baseline& b) { return text(b.name); })
        .def_readonly("extra_age", &Baseline::extra_age, "years")
        .def_readonly("mature_collagen", &Baseline::mature_collagen)
        .def_readonly("elastin", &Baseline::elastin)
        .def_readonly("scar_depth", &Baseline::scar_depth, "mm");
    py::class_<Condition>(module, "ConditionRow", "A condition that makes needling risky.")
        .def_property_readonly("name", [=](const Condition& c) { return text(c.name); })
        .def_property_readonly("warning", [=](const Condition& c) { return text(c.warning); })
        .def_readonly("must_acknowledge", &Condition::must_acknowledge)
        .def_property_readonly("changes", [=](const Condition& c) {
            std::map<std::string, double> factors;
            for (const auto& change : c.changes) factors[text(change.parameter)] = change.factor;
            return factors;
        });
    py::class_<KnownCompound>(module, "CompoundRow", "A compound that the program knows.")
        .def_property_readonly("name", [=](const KnownCompound& c) { return text(c.name); })
        .def_property_readonly("everyday_names", &everyday_names_of)
        .def_readonly("molecular_mass", &KnownCompound::molecular_mass, "g/mol")
        .def_readonly("solubility", &KnownCompound::solubility, "g/mm3")
        .def_property_readonly(
            "permeability", [](const KnownCompound& c) { return compound_of(c).permeability; }, "of intact skin, mm/d")
        .def_property_readonly("grade", [=](const KnownCompound& c) { return text(text_of(c.grade)); })
        .def_property_readonly("source", [](const KnownCompound& c) { return c.source.text(); });
}

/// What a model says of itself.
struct ModelCard {
    std::string id, title, time_unit, source;
    std::vector<std::string> faults;
    std::map<std::string, std::string> variants;  ///< name, meaning
    std::vector<Space> spaces;
    std::string front;  ///< what having healed means in space
};

std::vector<ModelCard> model_cards() {
    std::vector<ModelCard> cards;
    for_each_model([&]<class M>(M) {
        ModelCard card{std::string(M::id),
                       std::string(M::title),
                       std::string(time_unit_of(M::id)),
                       "",
                       {},
                       {},
                       spaces_of(M::id),
                       ""};
        if constexpr (requires { M::source; }) card.source = M::source;
        if constexpr (requires { M::faults; }) card.faults.assign(M::faults.begin(), M::faults.end());
        if constexpr (requires { M::variants; })
            for (const Variant& variant : M::variants) card.variants[std::string(variant.name)] = variant.meaning;
        if constexpr (requires { M::front; }) card.front = M::front.meaning;
        cards.push_back(std::move(card));
    });
    return cards;
}

void add_model_cards(py::module_& module) {
    row_class<Space>(module, "SpaceRow", "A body in which a model may live.")
        .def_readonly("length", &Space::length, "from the middle of the wound to the outer border")
        .def_readonly("wound", &Space::wound, "how far from the middle the wound reaches")
        .def_readonly("cells", &Space::cells, "unless a scenario says otherwise");
    py::class_<ModelCard>(module, "ModelCard", "What a model says of itself.")
        .def_readonly("id", &ModelCard::id)
        .def_readonly("title", &ModelCard::title)
        .def_readonly("time_unit", &ModelCard::time_unit)
        .def_readonly("source", &ModelCard::source)
        .def_readonly("faults", &ModelCard::faults)
        .def_readonly("variants", &ModelCard::variants)
        .def_readonly("spaces", &ModelCard::spaces)
        .def_readonly("front", &ModelCard::front, "What having healed means in space; empty without it.");
    module.def("model_cards", &model_cards);
}

void add_scenario_rows(py::module_& module) {
    py::class_<Key>(module, "KeyRow", "A key of scenario files.")
        .def_property_readonly("path", [](const Key& k) { return std::string(k.name); })
        .def_property_readonly("kind", [](const Key& k) { return kind_word(k.kind); })
        .def_property_readonly("unit", [](const Key& k) { return std::string(k.unit); })
        .def_property_readonly("allowed", [](const Key& k) { return allowed_text(k); })
        .def_property_readonly("required", [](const Key& k) { return k.need == Need::required; })
        .def_property_readonly("needed_by", &devices_in_need, "Kinds of device that do not go without it.")
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
    add_skin_rows(module);
    add_model_cards(module);
    module.def("sites", [] { return std::vector<Site>(sites.begin(), sites.end()); });
    module.def("baselines", [] { return std::vector<Baseline>(baselines.begin(), baselines.end()); });
    module.def("conditions", [] { return std::vector<Condition>(conditions.begin(), conditions.end()); });
    module.def("compounds", [] { return std::vector<KnownCompound>(known_compounds.begin(), known_compounds.end()); });
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
            static constexpr std::array<Constant, 0> none{};
            return rows_of<Constant>(
                model, [](auto m) -> auto& {
                    if constexpr (requires { m.constants; }) return m.constants;
                    else return none;
                });
        },
        py::arg("model"));
    module.def(
        "course_parameters", [] { return std::vector<Parameter>(course_parameters.begin(), course_parameters.end()); },
        "Every parameter that a scenario of a course may change: model, injury, read-outs, absorption.");
    module.def("device_defaults", &device_defaults);
    module.def("readouts", [] { return std::vector<Readout>(readouts.begin(), readouts.end()); });
    module.def(
        "compound_readouts", [] { return std::vector<Readout>(absorption::rows.begin(), absorption::rows.end()); },
        "What a result says of each compound on the skin.");
    module.def(
        "session_variables",
        [] { return std::vector<SessionVariable>(session_variables.begin(), session_variables.end()); },
        "What a result says of each session.");
    module.def("keys", [] { return std::vector<Key>(keys.begin(), keys.end()); });
    module.def(
        "topical_keys", [] { return std::vector<Key>(topical_keys.begin(), topical_keys.end()); },
        "What a table of care.topicals may hold.");
    module.def("error_pages", [] { return std::vector<ErrorPage>(error_pages().begin(), error_pages().end()); });
    module.def(
        "schema", [] { return scenario_schema(parameter_rows()); }, "JSON Schema of scenario files.");
}

}  // namespace cicatrix::python
