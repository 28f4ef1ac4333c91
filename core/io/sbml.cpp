// The parts of an SBML file, in the order that the standard gives them.
#include "cicatrix/io/sbml.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "cicatrix/io/mathml.hpp"
#include "cicatrix/io/version.hpp"
#include "cicatrix/io/xml.hpp"
#include "cicatrix/units/unit.hpp"

namespace cicatrix {
namespace {

using detail::mathml;
using detail::XmlText;

std::string flag(bool value) { return value ? "true" : "false"; }

/// An identifier that tells the unit: "mm6 pg-3 d-1" is mm6_pg_minus3_d_minus1.
std::string unit_id(const std::string& unit) {
    std::string id;
    for (std::size_t i = 0; i < unit.size(); ++i) {
        const char c = unit[i];
        if (c == '/') id += id.empty() || (i == 1 && unit[0] == '1') ? "per_" : "_per_";
        else if (c == '-') id += "_minus";
        else if (c == '%') id += "percent";
        else if (std::isalnum(static_cast<unsigned char>(c)) != 0) id += i == 0 && c == '1' ? "" : std::string(1, c);
        else id += '_';
    }
    return "unit_" + id;
}

/// The units of a model under identifiers, each with what it is made of.
class Units {
  public:
    explicit Units(const SymbolicModel& model) {
        add(model.time_unit);
        for (const auto* list : {&model.states, &model.parameters, &model.constants, &model.conditions})
            for (const auto& row : *list) add(row.unit);
    }

    /// Empty for a unit that SBML cannot express.
    std::string id(const std::string& unit) const { return ids_.at(unit); }

    void write(XmlText& xml) const {
        if (definitions_.empty()) return;
        xml.open("listOfUnitDefinitions");
        for (const auto& [text, unit] : definitions_) {
            xml.open("unitDefinition", {{"id", ids_.at(text)}, {"name", text}});
            xml.open("listOfUnits");
            write_factors(xml, unit);
            xml.close();
            xml.close();
        }
        xml.close();
    }

  private:
    void add(const std::string& text) {
        if (ids_.contains(text)) return;
        ids_[text] = "";
        Unit unit;
        try {
            unit = parse_unit(text);
        } catch (const InputError&) {
            return;
        }
        const bool is_plain = unit.dimension == dimension::none && unit.multiply == unit.divide;
        if (is_plain) {
            ids_[text] = "dimensionless";
            return;
        }
        std::string id = unit_id(text);
        while (!taken_.insert(id).second) id += "_";
        ids_[text] = id;
        definitions_[text] = unit;
    }

    static void write_factor(XmlText& xml, std::string_view kind, int power, int scale, double multiplier) {
        if (power == 0) return;
        xml.leaf("unit", {{"kind", std::string(kind)},
                          {"exponent", std::to_string(power)},
                          {"scale", std::to_string(scale)},
                          {"multiplier", shortest_text(multiplier)}});
    }

    static void write_factors(XmlText& xml, const Unit& unit) {
        const auto& powers = unit.dimension;
        if (unit.multiply != unit.divide) write_factor(xml, "dimensionless", 1, 0, unit.multiply / unit.divide);
        write_factor(xml, "gram", powers.mass, 0, 1);
        write_factor(xml, "metre", powers.length, -3, 1);
        write_factor(xml, "second", powers.time, 0, 86400);
        write_factor(xml, "kelvin", powers.temperature, 0, 1);
        write_factor(xml, "mole", powers.amount, 0, 1);
    }

    std::map<std::string, std::string> ids_;
    std::map<std::string, Unit> definitions_;
    std::set<std::string> taken_;
};

class SbmlText {
  public:
    explicit SbmlText(const SymbolicModel& model) : model_(model), units_(model) {}

    std::string text() && {
        xml_.open("sbml",
                  {{"xmlns", "http://www.sbml.org/sbml/level3/version2/core"}, {"level", "3"}, {"version", "2"}});
        xml_.open("model", {{"id", model_.id}, {"name", model_.title}, {"timeUnits", units_.id(model_.time_unit)}});
        write_notes();
        units_.write(xml_);
        write_parameters();
        write_initial_assignments();
        write_rules();
        write_events();
        xml_.close();
        xml_.close();
        return std::move(xml_).finished();
    }

  private:
    void paragraph(const std::string& text) { xml_.text("p", text, {{"xmlns", "http://www.w3.org/1999/xhtml"}}); }

    void write_notes() {
        xml_.open("notes");
        paragraph(model_.title.empty() ? model_.id : model_.title);
        if (!model_.variant.empty()) paragraph("Variant: " + model_.variant);
        if (!model_.source.empty()) paragraph("Source: " + model_.source);
        for (const auto& caution : model_.cautions) paragraph(caution);
        for (const auto& fault : model_.faults) paragraph("Fault of the source: " + fault);
        paragraph("Time is in the unit " + model_.time_unit + ".");
        paragraph("Written by cicatrix " + std::string(version()) + " from the text that it integrates itself.");
        xml_.close();
    }

    void write_parameter(const SymbolicQuantity& row, bool constant) {
        const XmlText::Attributes attributes{{"id", row.name},
                                             {"name", row.meaning},
                                             {"value", shortest_text(row.value)},
                                             {"units", units_.id(row.unit)},
                                             {"constant", flag(constant)}};
        if (row.source.empty()) return xml_.leaf("parameter", attributes);
        xml_.open("parameter", attributes);
        xml_.open("notes");
        paragraph(row.source);
        xml_.close();
        xml_.close();
    }

    void write_parameters() {
        xml_.open("listOfParameters");
        for (const auto& row : model_.states) write_parameter(row, false);
        for (const auto* list : {&model_.parameters, &model_.constants, &model_.conditions})
            for (const auto& row : *list) write_parameter(row, !row.changes);
        for (const auto& term : model_.terms) xml_.leaf("parameter", {{"id", term.name}, {"constant", "false"}});
        xml_.close();
    }

    template <class Write> void list_if_any(std::string_view name, bool any, Write write) {
        if (!any) return;
        xml_.open(name);
        write();
        xml_.close();
    }

    void write_initial_assignments() {
        const auto has_formula = [](const auto& row) { return row.formula.has_value(); };
        const bool any =
            std::ranges::any_of(model_.states, has_formula) || std::ranges::any_of(model_.constants, has_formula);
        list_if_any("listOfInitialAssignments", any, [&] {
            for (const auto* list : {&model_.states, &model_.constants})
                for (const auto& row : *list)
                    if (row.formula) write_math("initialAssignment", {{"symbol", row.name}}, *row.formula);
        });
    }

    void write_math(std::string_view element, XmlText::Attributes attributes, const auto& formula) {
        xml_.open(element, attributes);
        xml_.raw(mathml(formula));
        xml_.close();
    }

    void write_rules() {
        list_if_any("listOfRules", true, [&] {
            for (const auto& term : model_.terms) write_math("assignmentRule", {{"variable", term.name}}, term.formula);
            for (std::size_t i = 0; i < model_.rates.size(); ++i)
                write_math("rateRule", {{"variable", model_.states[i].name}}, model_.rates[i]);
        });
    }

    void write_events() {
        list_if_any("listOfEvents", !model_.events.empty(), [&] {
            for (const auto& event : model_.events) write_event(event);
        });
    }

    void write_event(const SymbolicEvent& event) {
        xml_.open("event", {{"id", event.name}, {"name", event.meaning}, {"useValuesFromTriggerTime", "true"}});
        write_math("trigger", {{"initialValue", flag(event.true_before)}, {"persistent", "true"}}, event.trigger);
        xml_.open("listOfEventAssignments");
        for (const auto& assignment : event.assignments)
            write_math("eventAssignment", {{"variable", assignment.name}}, assignment.value);
        xml_.close();
        xml_.close();
    }

    const SymbolicModel& model_;
    Units units_;
    XmlText xml_;
};

}  // namespace

std::string sbml_text(const SymbolicModel& model) { return SbmlText(model).text(); }

}  // namespace cicatrix
