// The rows, plans and texts of a sweep's members.
#include "cicatrix/scenario/sweep.hpp"

#include <algorithm>
#include <stdexcept>

#include "cicatrix/ensemble/screening.hpp"
#include "cicatrix/scenario/resolution.hpp"
#include "cicatrix/solver/member.hpp"

namespace cicatrix {
namespace {

std::vector<Variation> variations_of(const SweepContents& contents) {
    std::vector<Variation> variations;
    variations.reserve(contents.arms.size());
    const Biology* biology = contents.biology ? &*contents.biology : nullptr;
    for (const Arm& arm : contents.arms) variations.emplace_back(arm, contents.design->factors(), biology);
    return variations;
}

/// Makes the plans of courses; `write_row` gives the values of a row.
template <class WriteRow> PlanMaker plan_maker(std::shared_ptr<const SweepContents> contents, WriteRow write_row) {
    struct Work {
        std::vector<Variation> variations;
        std::vector<double> row;
        std::optional<std::uint64_t> number;
    };
    auto work = std::make_shared<Work>(
        Work{variations_of(*contents), std::vector<double>(contents->design->factors().size()), {}});
    return [contents, work, write_row](std::uint64_t course, Plan& plan) {
        const std::uint64_t number = course / contents->arms.size();
        if (work->number != number) write_row(number, work->row);
        work->number = number;
        work->variations[course % contents->arms.size()].write_plan(work->row, plan);
    };
}

double least_of(const Factor& factor) {
    return factor.distribution ? factor.distribution->ends.low : std::ranges::min(factor.levels);
}

}  // namespace

void Sweep::require_single_precision() const {
    std::vector<Problem> problems;
    const auto add = [&](const Problem& problem) {  // arms share what stands outside them
        const auto is_same = [&](const Problem& known) {
            return known.where.line == problem.where.line && known.where.column == problem.where.column;
        };
        if (std::ranges::none_of(problems, is_same)) problems.push_back(problem);
    };
    const auto at = [&](const Place& place, const std::string& path) {
        return Where{scenario().file(), place.line, place.column, path};
    };
    const auto varied = std::ranges::find(factors(), "simulation.rtol", &Factor::name);
    for (const Arm& arm : arms()) {
        const auto& fidelity = arm.scenario.value<"simulation.fidelity">().node;
        const auto& rtol = arm.scenario.value<"simulation.rtol">();
        if (fidelity.words != "lumped")
            add(in_space_for_screening(at(fidelity.place, "simulation.fidelity"), fidelity.words));
        if (varied == factors().end() && rtol.number < least_relative_single)
            add(too_precise_for_screening(at(rtol.node.place, "simulation.rtol"), rtol.number));
    }
    if (varied != factors().end() && least_of(*varied) < least_relative_single)
        add(too_precise_for_screening(at(varied->place, varied->path), least_of(*varied)));
    if (!problems.empty()) throw InputError(std::move(problems));
}

std::string_view Sweep::design_name() const { return choice::designs[static_cast<std::size_t>(design().kind())]; }

std::string Sweep::resolved() const {
    Resolution resolution(scenario().file());
    const auto shared = [&](auto words_in) {
        return std::ranges::all_of(arms(), [&](const Arm& arm) { return words_in(arm) == words_in(arms().front()); });
    };
    const auto key_in = [](std::size_t i) {
        return [i](const Arm& arm) {
            const auto& value = arm.scenario.values()[i];
            return value ? toml_text(value->node) : "";
        };
    };
    const auto parameter_in = [](std::size_t i) {
        return [i](const Arm& arm) { return arm.scenario.parameters()[i].words; };
    };
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (scenario().values()[i] && shared(key_in(i))) resolution.add(keys[i], *scenario().values()[i]);
    for (const auto& [key, value] : contents_->values)
        if (keys[key].name != "sweep.arms") resolution.add(keys[key], value);
    const auto& parameters = scenario().parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i)
        if (shared(parameter_in(i))) resolution.add("parameters", parameters[i]);
    for (const Arm& arm : arms()) {
        if (arm.name.empty()) continue;
        const std::string table = "sweep.arms." + toml_string(arm.name);
        for (std::size_t i = 0; i < keys.size(); ++i)
            if (arm.scenario.values()[i] && !shared(key_in(i))) resolution.add(table, keys[i].name, key_in(i)(arm));
        for (std::size_t i = 0; i < parameters.size(); ++i)
            if (!shared(parameter_in(i)))
                resolution.add(table, "parameters." + parameters[i].name, parameter_in(i)(arm));
    }
    return std::move(resolution).text();
}

std::vector<double> Sweep::rows(std::uint64_t first, std::size_t count) const {
    const std::size_t width = factors().size();
    std::vector<double> last(width);
    if (count > 0) design().write_row(first + count - 1, last);  // throws before room is taken for all
    std::vector<double> out(count * width);
    for (std::size_t i = 0; i < count; ++i) design().write_row(first + i, std::span(out).subspan(i * width, width));
    return out;
}

std::function<PlanMaker()> Sweep::maker() const {
    return [contents = contents_] {
        return plan_maker(contents, [contents](std::uint64_t number, std::span<double> row) {
            contents->design->write_row(number, row);
        });
    };
}

std::function<PlanMaker()> Sweep::maker(std::span<const double> rows) const {
    return [contents = contents_, rows] {
        return plan_maker(contents, [rows](std::uint64_t number, std::span<double> row) {
            std::ranges::copy(rows.subspan(number * row.size(), row.size()), row.begin());
        });
    };
}

std::string Sweep::text_of(std::span<const double> row, std::size_t arm, const std::string& title) const {
    if (row.size() != factors().size()) throw std::invalid_argument("a row has one value for each factor");
    if (arm >= arms().size()) throw std::out_of_range("the sweep has no such arm");
    return variations_of(*contents_)[arm].text_of(row, title);
}

std::string Sweep::member_text(std::uint64_t member, std::size_t arm) const {
    if (arm >= arms().size()) throw std::out_of_range("the sweep has no such arm");
    const std::string& name = arms()[arm].name;
    const std::string title =
        scenario().words<"title">() + ", member " + std::to_string(member) + (name.empty() ? "" : ", " + name);
    return text_of(rows(member, 1), arm, title);
}

}  // namespace cicatrix
