// Writes each problem for engines that do not read C++: its equations as text and as SBML, its times, its members.
//     problem_files FOLDER MEMBERS
#include <fstream>
#include <nlohmann/json.hpp>

#include "bench/peers/symbol_text.hpp"
#include "bench/peers/worker.hpp"
#include "cicatrix/io/sbml.hpp"

namespace {

using namespace cicatrix;
using namespace cicatrix::peers;
using nlohmann::json;

template <class Problem> SymbolicModel symbolic() {
    SymbolicModelOf<typename Problem::Model> model;
    if constexpr (requires { Problem::injury; }) {
        std::vector<SymbolicSession<Injury>> sessions;
        for (const double at : Problem::events())
            if (at > 0) sessions.push_back({at, Problem::injury});  // members start after the one at time zero
        model.template add_sessions<Injury>(sessions);
    }
    return std::move(model).finished();
}

json names_of_all(const std::vector<SymbolicQuantity>& rows) {
    json out = json::array();
    for (const auto& row : rows) out.push_back(row.name);
    return out;
}

json described(const SymbolicModel& model) {
    json out{{"states", names_of_all(model.states)}, {"coefficients", json::array()}};
    for (const auto* rows : {&model.parameters, &model.constants, &model.conditions})
        for (const auto& row : *rows) out["coefficients"].push_back(row.name);
    out["terms"] = json::array();
    for (const auto& term : model.terms) out["terms"].push_back({term.name, text_of(term.formula.node())});
    for (const auto& rate : model.rates) out["rates"].push_back(text_of(rate.node()));
    out["event"] = json::array();
    if (!model.events.empty())
        for (const auto& assignment : model.events.front().assignments)
            out["event"].push_back({assignment.name, text_of(assignment.value.node())});
    return out;
}

template <class Problem> void write(const std::string& folder, std::size_t count) {
    auto model = symbolic<Problem>();
    const std::string stem = folder + "/" + std::string(Problem::id);
    json out = described(model);
    out["times"] = Problem::outputs();
    out["events_at"] = Problem::events();
    out["end"] = Problem::end;
    out["absolute_share"] = Problem::absolute_share;
    std::ofstream(stem + ".json") << out.dump(1);
    std::ofstream(stem + ".xml") << sbml_text(model);
    for (auto& term : model.terms) term.formula = Symbol(without_branches(term.formula.shared()));
    for (auto& rate : model.rates) rate = Symbol(without_branches(rate.shared()));
    std::ofstream(stem + "_without_branches.xml") << sbml_text(model);
    Cohort<Problem> cohort;
    cohort.resize(count);
    std::vector<double> numbers;
    for (const auto& member : cohort.members()) {
        numbers.insert(numbers.end(), member.coefficients.begin(), member.coefficients.end());
        auto start = member.initial;
        if (!member.events.empty() && member.events.front() <= 0) Problem::event(member.coefficients, start);
        numbers.insert(numbers.end(), start.begin(), start.end());
    }
    save(numbers, stem + ".members");
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    write<NeedledSkin>(argv[1], std::stoul(argv[2]));
    write<HiresSweep>(argv[1], std::stoul(argv[2]));
}
