// The sections of the page, and where long equations are broken.
#include "cicatrix/io/equations.hpp"

#include <algorithm>

#include "cicatrix/io/latex.hpp"

namespace cicatrix {
namespace {

using detail::latex;
using detail::latex_name;

/// Sums longer than this are written with one summand a line; counted in characters of LaTeX.
constexpr std::size_t longest_line = 160;

std::string heading(const std::string& text) { return "\n## " + text + "\n"; }

std::string display(const std::string& mathematics) { return "\n$$\n" + mathematics + "\n$$\n"; }

std::string equation(const std::string& left, const Symbol& right) {
    const std::string line = left + " = " + latex(right);
    const auto summands = detail::latex_summands(right);
    if (line.size() <= longest_line || summands.size() == 1) return display(line);
    std::string out = "\\begin{aligned}\n" + left + " = {} & " + summands[0];
    for (std::size_t i = 1; i < summands.size(); ++i) out += " \\\\\n& " + summands[i];
    return display(out + "\n\\end{aligned}");
}

std::string derivative(const std::string& state) {
    return "\\frac{\\mathrm{d}\\," + latex_name(state) + "}{\\mathrm{d}t}";
}

/// What ends a cell of a table early is escaped.
std::string cell(const std::string& text) {
    std::string out;
    for (const char c : text) out += c == '|' ? "\\|" : c == '\n' ? " " : std::string(1, c);
    return out;
}

std::string row(std::initializer_list<std::string> cells) {
    std::string out = "|";
    for (const auto& text : cells) out += " " + cell(text) + " |";
    return out + "\n";
}

std::string head(std::initializer_list<std::string> cells) {
    std::string rule = "|";
    for (std::size_t i = 0; i < cells.size(); ++i) rule += "---|";
    return "\n" + row(cells) + rule + "\n";
}

std::string code(const std::string& name) { return "`" + name + "`"; }

std::string introduction(const SymbolicModel& model) {
    std::string out = "# " + (model.title.empty() ? model.id : model.title) + "\n";
    out += "\nModel `" + model.id + "`" + (model.variant.empty() ? "" : ", variant `" + model.variant + "`") +
           "; time *t* in " + (model.time_unit == "1" ? "units of its own" : model.time_unit) + ".\n";
    if (!model.source.empty()) out += "\nSource: " + model.source + "\n";
    for (const auto& caution : model.cautions) out += "\n" + caution + "\n";
    if (!model.faults.empty()) out += "\nFaults of the source:\n\n";
    for (const auto& fault : model.faults) out += "- " + fault + "\n";
    return out;
}

std::string states(const SymbolicModel& model) {
    std::string out = heading("States") + head({"state", "at time zero", "unit", "meaning"});
    for (const auto& state : model.states)
        out += row({code(state.name), shortest_text(state.value), state.unit, state.meaning});
    return out;
}

/// States that one process names stand together, under their names when there are several processes.
std::string rates(const SymbolicModel& model) {
    std::string out = heading("Rates");
    const auto& families = model.families;
    const bool several = std::ranges::any_of(families, [&](const auto& family) { return family != families.front(); });
    std::vector<std::string> written;
    for (const auto& family : families) {
        if (std::ranges::find(written, family) != written.end()) continue;
        written.push_back(family);
        if (several && !family.empty()) out += "\n### " + family + "\n";
        for (std::size_t i = 0; i < model.rates.size(); ++i)
            if (families[i] == family) out += equation(derivative(model.states[i].name), model.rates[i]);
    }
    return out;
}

std::string terms(const SymbolicModel& model) {
    if (model.terms.empty()) return "";
    std::string out = heading("Terms that the rates share");
    for (const auto& term : model.terms) out += equation(latex_name(term.name), term.formula);
    return out;
}

std::string events(const SymbolicModel& model) {
    if (model.events.empty()) return "";
    std::string out = heading("Events") + "\nValues on the right are those just before the event.\n";
    for (const auto& event : model.events) {
        out += "\n" + event.meaning + ", $" + latex(event.trigger) + "$:\n";
        for (const auto& assignment : event.assignments)
            out += display(latex_name(assignment.name) + " \\leftarrow " + latex(assignment.value));
    }
    return out;
}

std::string constants(const SymbolicModel& model) {
    if (model.constants.empty()) return "";
    std::string out = heading("Constants") + head({"constant", "formula", "value", "unit", "meaning"});
    for (const auto& constant : model.constants)
        out += row({code(constant.name), constant.formula ? "$" + latex(*constant.formula) + "$" : "",
                    shortest_text(constant.value), constant.unit, constant.meaning});
    return out;
}

std::string parameters(const SymbolicModel& model) {
    std::string out;
    if (!model.parameters.empty())
        out += heading("Parameters") + head({"parameter", "value", "unit", "meaning", "evidence"});
    for (const auto& p : model.parameters)
        out += row({code(p.name), shortest_text(p.value), p.unit, p.meaning, p.source});
    if (!model.conditions.empty()) out += heading("Conditions") + head({"condition", "value", "unit", "meaning"});
    for (const auto& c : model.conditions) out += row({code(c.name), shortest_text(c.value), c.unit, c.meaning});
    return out;
}

}  // namespace

std::string equations_text(const SymbolicModel& model) {
    return introduction(model) + states(model) + rates(model) + terms(model) + events(model) + constants(model) +
           parameters(model);
}

}  // namespace cicatrix
