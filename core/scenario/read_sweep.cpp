// The order in which a sweep is read: what varies, the arms, every level by itself, the design, the outcomes.
#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "cicatrix/course/parameters.hpp"
#include "cicatrix/scenario/draft.hpp"
#include "cicatrix/scenario/outcomes.hpp"
#include "cicatrix/scenario/parameters.hpp"
#include "cicatrix/scenario/read.hpp"
#include "cicatrix/scenario/run.hpp"
#include "cicatrix/scenario/sessions.hpp"
#include "cicatrix/scenario/sweep.hpp"
#include "cicatrix/scenario/text_file.hpp"
#include "cicatrix/scenario/vary.hpp"
#include "cicatrix/units/quoted.hpp"

namespace cicatrix {
namespace {

constexpr std::string_view usual_rtol = "1e-4";

/// A finding by place and kind.
using Told = std::tuple<int, int, std::string, std::string>;

class SweepReader {
  public:
    SweepReader(std::string text, const std::string& file)
        : text_(std::move(text)),
          document_(read_document(text_, file)),
          plain_(without_section(document_, "sweep")),
          only_sweep_(just_sweep(document_)),
          findings_(file),
          draft_(only_sweep_, findings_),
          rows_(parameter_rows()),
          reader_(plain_, rows_, findings_) {}

    Sweep read();

  private:
    static Node just_sweep(const Node& document) {
        Node out;
        if (const Entry* sweep = document.find("sweep")) out.entries.push_back(*sweep);
        return out;
    }

    const Node* node(std::string_view key) { return draft_[key].value ? draft_[key].node : nullptr; }
    void refuse(Place place, std::string path, Finding finding) {
        findings_.add(place, std::move(path), std::move(finding));
    }
    bool is_varied(std::string_view name) {
        return std::ranges::find(reader_.factors(), name, &Factor::name) != reader_.factors().end();
    }
    Place place_of_sweep() const { return only_sweep_.entries.front().place; }

    bool is_of_courses();
    void read_factors();
    std::optional<DesignKind> kind();
    void check_design(DesignKind kind);
    void check_levels_of(DesignKind kind);
    void require(bool wanted, std::string_view key, const std::string& design);
    void set_references();
    void read_arms();
    void take_arm(std::string name, Node document);
    void override_in(Node& document, const Entry& arm);
    std::optional<ScenarioContents> checked(const Node& document);
    void check_each_level();
    void check_one(const Factor& factor, double value, Place place, const std::string& path);
    void check_cohort();
    void limit_missed(Factor& factor);
    void take(const InputError& error, const std::string& path);
    void take_duration(const ScenarioContents& contents);
    std::uint64_t seed();

    std::string text_;
    Node document_, plain_, only_sweep_;
    Findings findings_;
    Draft draft_;
    std::vector<ParameterRow> rows_;
    FactorReader reader_;
    std::vector<double> listed_;
    SweepContents contents_;
    std::set<Told> told_;
    std::vector<std::pair<Place, std::string>> paths_;  ///< of what the sweep puts into scenarios
    double shortest_ = HUGE_VAL;                        ///< duration of a member, d
};

bool SweepReader::is_of_courses() {
    const std::string model = model_of(document_);
    if (model == choice::models[0]) return true;
    const Node* id = find_value(document_, "model.id");
    refuse(id->place, "model.id",
           {"E-CONFLICT", cicatrix::quoted(model) + " is a published model", "sweeps are of courses"});
    return false;
}

void SweepReader::read_factors() {
    if (const Node* rows = node("sweep.rows")) listed_ = reader_.read_rows(*rows);
    if (const Node* cohort = node("sweep.cohort")) reader_.read_cohort(*cohort);
    if (const Node* vary = node("sweep.vary")) reader_.read_vary(*vary);
    for (const auto& factor : reader_.factors()) paths_.emplace_back(factor.place, factor.path);
    for (const auto& factor : reader_.factors())
        for (std::size_t i = 0; i < factor.level_places.size(); ++i)
            paths_.emplace_back(factor.level_places[i], factor.path);
}

std::optional<DesignKind> SweepReader::kind() {
    const auto& design = draft_["sweep.design"];
    if (design.node == nullptr) draft_.report_missing("sweep.design", "'design' is missing");
    if (!design.value) return {};
    const auto hit = std::ranges::find(choice::designs, design.value->node.words);
    return static_cast<DesignKind>(hit - std::begin(choice::designs));
}

/// A key that a design needs or has no use for.
void SweepReader::require(bool wanted, std::string_view key, const std::string& design) {
    const Node* given = draft_[key].node;
    if (wanted && given == nullptr)
        refuse(place_of_sweep(), std::string(key),
               {"E-MISSING", "the design " + cicatrix::quoted(design) + " needs " + cicatrix::quoted(leaf_of(key)),
                "wanted is " + allowed_text(key_of(key))});
    if (!wanted && given != nullptr)
        refuse(given->place, std::string(key),
               {"E-CONFLICT", "the design " + cicatrix::quoted(design) + " has no use for it",
                "leave it out, or change the design"});
}

void SweepReader::check_levels_of(DesignKind kind) {
    std::size_t first = 0;
    for (const auto& factor : reader_.factors()) {
        if (factor.levels.empty() && !factor.distribution) continue;  // it was refused
        if (factor.levels.empty() || !factor.shares_below.empty()) {
            refuse(factor.place, factor.path,
                   {"E-SWEEP", "a grid, list or zip needs levels",
                    "give a list of levels, or take the design 'sobol', 'latin hypercube' or 'cohort'"});
            continue;
        }
        if (first == 0) first = factor.levels.size();
        if (kind == DesignKind::zip && factor.levels.size() != first)
            refuse(factor.place, factor.path,
                   {"E-SWEEP", std::to_string(factor.levels.size()) + " levels do not go with " + std::to_string(first),
                    "in a zip all factors have as many levels"});
    }
}

void SweepReader::check_design(DesignKind kind) {
    const std::string name(choice::designs[static_cast<std::size_t>(kind)]);
    const bool by_chance = kind >= DesignKind::latin_hypercube;
    require(kind == DesignKind::list, "sweep.rows", name);
    if (kind == DesignKind::grid || kind == DesignKind::zip) require(true, "sweep.vary", name);
    if (kind == DesignKind::list) require(false, "sweep.vary", name);
    if (!by_chance) require(false, "sweep.samples", name), require(false, "sweep.cohort", name);
    if (by_chance && draft_["sweep.vary"].node == nullptr) require(true, "sweep.cohort", name);
    if (kind == DesignKind::latin_hypercube) require(true, "sweep.samples", name);
    if (!by_chance) check_levels_of(kind);
    if (reader_.factors().empty() && findings_.empty())
        refuse(place_of_sweep(), "sweep",
               {"E-SWEEP", "nothing varies", "name at least one key with two levels or more"});
    if (kind == DesignKind::sobol && reader_.factors().size() > SobolPoints::most_dimensions)
        refuse(place_of_sweep(), "sweep.vary",
               {"E-LIMIT",
                std::to_string(reader_.factors().size()) + " factors are more than Sobol' points have dimensions",
                "allowed are " + std::to_string(SobolPoints::most_dimensions)});
    double members = 1;
    for (const auto& factor : reader_.factors()) members *= static_cast<double>(factor.levels.size());
    if (kind == DesignKind::grid && members > 1e10)
        refuse(place_of_sweep(), "sweep.vary",
               {"E-LIMIT", "the grid has " + shortest_text(members) + " members", "allowed are 1e10"});
}

/// A table of what varies with its keys in the order of the file, which is that of the factors.
Value in_order(const Key& key, Value value) {
    if (key.kind == ValueKind::varied) value.node = with_full_names(value.node);
    if (key.kind == ValueKind::rows)
        for (Node& row : value.node.items) row = with_full_names(row);
    return value;
}

/// Something that the key of a factor allows, so that a refused level is not reported as a missing key as well.
Node any_value(const Factor& factor) {
    const double middle = 0.5 * (factor.range.low + factor.range.high);
    if (factor.kind == FactorKind::number) return factor.node_of(factor.whole ? std::floor(middle) : middle);
    const Key& key = keys[factor.index];
    if (key.kind == ValueKind::sessions) return text_node("once");
    if (!key.choices.empty() && key.kind == ValueKind::choice) return text_node(key.choices.front());
    Node node;
    node.kind = key.kind == ValueKind::boolean ? NodeKind::boolean : NodeKind::list;
    node.words = "false";
    return node;
}

/// A key that is varied has a value in the scenario by itself too: that of the file, or else the middle one.
void SweepReader::set_references() {
    for (const auto& factor : reader_.factors()) {
        if (factor.target != FactorTarget::key && factor.target != FactorTarget::parameter) continue;
        if (find_value(plain_, factor.name) != nullptr) continue;
        const bool refused = factor.levels.empty() && !factor.distribution;
        Node node = refused               ? any_value(factor)
                    : factor.distribution ? factor.node_of(factor.at(0.5))
                                          : factor.node_of(factor.levels.front());
        node.place = factor.level_places.empty() ? factor.place : factor.level_places.front();
        set_value(plain_, factor.name, std::move(node), factor.place);
    }
}

void SweepReader::take(const InputError& error, const std::string& path) {
    for (Problem problem : error.problems()) {
        const auto& [file, line, column, own_path] = problem.where;
        if (!told_.emplace(line, column, problem.code, problem.what).second) continue;
        const auto known = std::ranges::find_if(
            paths_, [&](const auto& entry) { return entry.first.line == line && entry.first.column == column; });
        if (known != paths_.end()) problem.where.path = known->second;
        else if (!path.empty() && line == 0) problem.where.path = path;
        findings_.add(InputError({problem}));
    }
}

/// What a document says when it is a scenario by itself; its problems are taken over once.
std::optional<ScenarioContents> SweepReader::checked(const Node& document) {
    Findings found(findings_.file());
    ScenarioContents contents = read_keys(document, found);
    contents.parameters = read_parameters(parameters_in(document), rows_, found);
    if (!is_varied("simulation.duration")) take_duration(contents);
    try {
        found.raise();
        return contents;
    } catch (const InputError& error) {
        take(error, "");
        return {};
    }
}

void SweepReader::override_in(Node& document, const Entry& arm) {
    const std::string path = "sweep.arms." + printable(arm.key);
    if (arm.value.kind != NodeKind::table)
        return refuse(arm.value.place, path,
                      {"E-TYPE", "this is " + std::string(words(arm.value.kind)), "allowed is a table of keys"});
    for (const auto& [name, place, value] : named_entries(arm.value)) {
        const std::string own = path + "." + printable(name);
        paths_.emplace_back(place, own);
        paths_.emplace_back(value->place, own);
        if (is_varied(name))
            refuse(place, own,
                   {"E-CONFLICT", cicatrix::quoted(name) + " is varied",
                    "an arm can only set what the sweep does not vary"});
        else if (section_of(name) == "model" || section_of(name) == "sweep" || name == "seed")
            refuse(place, own,
                   {"E-CONFLICT", cicatrix::quoted(name) + " is the same for all arms", "say it outside [sweep]"});
        else set_value(document, name, *value, place);
    }
}

void SweepReader::take_arm(std::string name, Node document) {
    const bool has_rtol = find_value(document, "simulation.rtol") != nullptr;
    if (!has_rtol) {
        Node rtol;
        rtol.kind = NodeKind::number;
        rtol.words = usual_rtol;
        rtol.number = 1e-4;
        set_value(document, "simulation.rtol", std::move(rtol));
    }
    auto contents = checked(document);
    if (!contents) return;
    if (!has_rtol) contents->values[index_of(keys, "simulation.rtol")]->origin = "default of sweeps";
    contents->file = findings_.file();
    contents->text = text_;
    contents_.arms.push_back({std::move(name), std::move(document), Scenario(std::move(*contents))});
}

void SweepReader::take_duration(const ScenarioContents& contents) {
    if (const auto& value = contents.values[index_of(keys, "simulation.duration")])
        shortest_ = std::min(shortest_, value->number);
}

void SweepReader::read_arms() {
    const Node* arms = node("sweep.arms");
    if (arms == nullptr) return take_arm("", plain_);
    if (arms->entries.empty())
        refuse(arms->place, "sweep.arms",
               {"E-SWEEP", "there are no arms", "leave the table out, or name at least one"});
    for (const auto& arm : arms->entries) {
        Node document = plain_;
        override_in(document, arm);
        take_arm(arm.key, std::move(document));
    }
}

void SweepReader::check_one(const Factor& factor, double value, Place place, const std::string& path) {
    for (const Arm& arm : contents_.arms) {
        Node document = arm.document;
        Node node = factor.node_of(value);
        node.place = place;
        set_value(document, factor.name, std::move(node), factor.place);
        Findings found(findings_.file());
        const auto contents = read_keys(document, found);
        if (factor.name == "simulation.duration") take_duration(contents);
        try {
            found.raise();
        } catch (const InputError& error) {
            take(error, path);
        }
    }
}

/// Every level, and both ends of every distribution, must make a scenario without faults. A single value of a parameter
/// has been checked already and concerns nothing else.
void SweepReader::check_each_level() {
    for (const auto& factor : reader_.factors()) {
        if (factor.target != FactorTarget::key) continue;
        for (std::size_t i = 0; i < factor.levels.size(); ++i)
            check_one(factor, factor.levels[i], factor.level_places[i], factor.path);
        if (!factor.distribution) continue;
        for (const double u : {0x1p-53, 1 - 0x1p-53}) check_one(factor, factor.at(u), factor.place, factor.path);
    }
}

/// Only sessions that there are can be missed, so that numbers stay small; where sessions vary, any may be.
void SweepReader::limit_missed(Factor& factor) {
    std::size_t most = 1;
    for (const Arm& arm : contents_.arms) most = std::max(most, arm.scenario.sessions().size());
    if (is_varied("protocol.sessions") || most > most_missable_sessions) return;
    factor.range.high = static_cast<double>((std::uint64_t{1} << (most - 1)) - 1);
}

/// What patients can leave out must be advised, and there must be few enough sessions to tell which are missed.
void SweepReader::check_cohort() {
    for (auto& factor : reader_.factors()) {
        const bool sunscreen = factor.target == FactorTarget::sunscreen;
        const auto advises = [&](const Arm& arm) {
            return sunscreen ? arm.scenario.is_true<"care.sunscreen">() : arm.scenario.is_true<"care.moisturiser">();
        };
        const bool chosen = sunscreen || factor.target == FactorTarget::moisturiser;
        if (chosen && !contents_.arms.empty() && std::ranges::none_of(contents_.arms, advises))
            refuse(factor.place, factor.path,
                   {"E-CONFLICT", "no arm advises it", "write it as true in [care], or in an arm"});
        if (factor.target == FactorTarget::missed_sessions) limit_missed(factor);
        if (chosen && is_varied(sunscreen ? "care.sunscreen" : "care.moisturiser"))
            refuse(factor.place, factor.path,
                   {"E-CONFLICT", "the advice is varied too", "vary one of them: the advice, or who follows it"});
        const auto too_many = [](const Arm& arm) { return arm.scenario.sessions().size() > most_missable_sessions; };
        if (factor.target == FactorTarget::missed_sessions && std::ranges::any_of(contents_.arms, too_many))
            refuse(factor.place, factor.path,
                   {"E-LIMIT", "there are too many sessions to miss some of",
                    "allowed are " + std::to_string(most_missable_sessions)});
    }
    const Node* cohort = node("sweep.cohort");
    const auto number = [&](const char* key, double otherwise) {
        const Entry* entry = cohort != nullptr ? cohort->find(key) : nullptr;
        return entry != nullptr ? entry->value.number : otherwise;
    };
    if (const double variability = number("variability", 0); variability > 0)
        contents_.biology.emplace(variability, number("correlation", 0.5), seed());
}

std::uint64_t SweepReader::seed() {
    const Node* seed = find_value(document_, "seed");
    return seed != nullptr ? static_cast<std::uint64_t>(seed->integer) : 1;
}

Sweep SweepReader::read() {
    if (only_sweep_.entries.empty())
        refuse({1, 1}, "sweep",
               {"E-MISSING", "there is no [sweep]",
                "'cicatrix explain E-SWEEP' shows how to write one, 'cicatrix run' runs one course"});
    if (only_sweep_.entries.empty() || !is_of_courses()) findings_.raise();
    read_factors();
    set_references();
    read_arms();
    const auto kind = this->kind();
    if (kind) check_design(*kind);
    if (draft_["sweep.outcomes"].node == nullptr) draft_.report_missing("sweep.outcomes", "'outcomes' is missing");
    check_cohort();
    check_each_level();
    if (const Node* list = node("sweep.outcomes")) contents_.reductions = read_outcomes(*list, shortest_, findings_);
    findings_.raise();
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (const auto& value = draft_[keys[i].name].value) contents_.values.emplace_back(i, in_order(keys[i], *value));
    const auto& samples = draft_["sweep.samples"].value;
    contents_.design.emplace(*kind, seed(), samples ? static_cast<std::uint64_t>(samples->node.integer) : 0,
                             std::move(reader_.factors()), std::move(listed_));
    return Sweep(std::move(contents_));
}

}  // namespace

Sweep parse_sweep(std::string text, const std::string& file) { return SweepReader(std::move(text), file).read(); }

Sweep read_sweep(const std::filesystem::path& path) { return parse_sweep(read_text_file(path), path.string()); }

bool describes_sweep(const std::string& text) {
    try {
        return read_document(text, "").find("sweep") != nullptr;
    } catch (const InputError&) {
        return false;
    }
}

}  // namespace cicatrix
