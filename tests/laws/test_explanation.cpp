// What processes make of read-outs: terms are the rates, budgets add up, and what is switched off does nothing.
#include "cicatrix/io/explanation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "catch.hpp"
#include "cicatrix/io/tissue_terms.hpp"
#include "crows_feet.hpp"

using namespace cicatrix;

namespace {

std::vector<std::string> names_of_all(bool states) {
    std::vector<std::string> out;
    for (const auto& row : readouts) out.emplace_back(row.name);
    if (states)
        for (const auto& row : CourseModel::states) out.emplace_back(row.name);
    return out;
}

/// A patient in whom most read-outs have something to say: scars, sun, a film after each of two sessions.
Plan eventful() {
    Plan plan = tests::crows_feet(default_readout_parameters, false);
    plan.sessions.resize(2);
    plan.care.occlusion = 0.3, plan.care.uv = 0.5;
    plan.skin.baseline = &*std::ranges::find_if(baselines, [](const Baseline& b) { return b.scar_depth > 0; });
    plan.ageing = Ageing::drift;
    plan.duration = 120;
    return plan;
}

const std::vector<double> days{0, 0.05, 0.3, 0.31, 1, 2.5, 7, 28, 28.01, 30, 45, 90, 120};

/// The processes of the quantity less its change, over the range of both courses.
double worst_gap(const Budget& budget, double range) {
    double worst = 0;
    for (std::size_t day = 0; day < budget.values.size(); ++day) {
        double sum = 0;
        for (const auto& row : budget.changes) sum += row[day];
        worst = std::max(worst, std::abs(sum - (budget.values[day] - budget.start)));
    }
    return range > 0 ? worst / range : worst;
}

const std::vector<double>& changes_by(const Explanation& found, std::string_view process, std::size_t quantity = 0) {
    const auto place = std::ranges::find(found.processes, process) - found.processes.begin();
    return found.treated[quantity].changes.at(static_cast<std::size_t>(place));
}

bool is_nothing(const std::vector<double>& changes) {
    return std::ranges::all_of(changes, [](double change) { return change == 0; });
}

Explanation explained_with(std::string_view parameter, double value, const std::string& quantity) {
    Plan plan = eventful();
    const auto place = std::ranges::find(CourseModel::parameters, parameter, &Parameter::name);
    plan.parameters[static_cast<std::size_t>(place - CourseModel::parameters.begin())] = value;
    return explained(plan, std::vector{quantity}, days);
}

/// Coefficients that are factors of one process alone.
const std::vector<std::pair<std::string_view, std::string_view>> silenced{
    {"clot_decay", "clot decay"},
    {"neutrophil_recruitment", "neutrophils called in"},
    {"neutrophil_clearance_by_m1", "neutrophils cleared by M1"},
    {"macrophage_recruitment", "macrophages called in"},
    {"macrophage_switch", "switch from M1 to M2"},
    {"m1_removal", "M1 removal"},
    {"m2_removal", "M2 turnover"},
    {"il10_from_neutrophils", "IL-10 from neutrophils"},
    {"latent_tgf_from_platelets", "latent TGF-beta1 from platelets"},
    {"latent_tgf_from_macrophages", "latent TGF-beta1 from macrophages"},
    {"latent_tgf_from_fibroblasts", "latent TGF-beta1 from fibroblasts"},
    {"tgf_beta3_from_open_epidermis", "TGF-beta3 from open epidermis"},
    {"pdgf_from_macrophages", "PDGF from macrophages"},
    {"vegf_from_open_epidermis", "VEGF from open epidermis"},
    {"vegf_from_low_perfusion", "VEGF from low perfusion"},
    {"fibroblast_death", "fibroblast death"},
    {"myofibroblast_differentiation", "differentiation to myofibroblasts"},
    {"myofibroblast_reversion", "reversion to fibroblasts"},
    {"myofibroblast_death", "myofibroblast death"},
    {"collagen_iii_loss", "loss of collagen III to MMP"},
    {"collagen_replacement", "replacement of III by I"},
    {"cross_linking", "cross-linking"},
    {"immature_collagen_loss", "loss of immature collagen I to MMP"},
    {"fragments_of_lost_collagen", "fragments of lost collagen"},
    {"fragment_clearance", "clearance of fragments"},
    {"tropoelastin_synthesis", "synthesis of tropoelastin"},
    {"elastin_loss", "loss of elastin to proteases"},
    {"mmp_from_m1", "MMP from M1"},
    {"mmp_from_fragments", "MMP by fragments"},
    {"mmp_timp_binding", "binding of MMP and TIMP"},
    {"timp_from_m2", "TIMP from M2"},
    {"hyaluronan_from_tgf", "hyaluronan by TGF-beta1"},
    {"barrier_closure", "closing of the horny layer"},
    {"vessel_growth", "vessel growth"},
    {"vessel_regression", "vessel regression"},
    {"melanin_from_inflammation", "melanin by inflammation"},
};

}  // namespace

TEST_CASE("the named terms of each state add up to its rate", "[explanation]") {
    auto k = coefficients_from<CourseModel>(default_parameters<CourseModel>());
    set_coefficient<"age", CourseModel>(k, 61);
    set_coefficient<"ageing_rate", CourseModel>(k, 1);
    set_coefficient<"uv", CourseModel>(k, 0.3);
    RateTerms terms(k);
    CourseStates y;
    for (std::size_t i = 0; i < y.size(); ++i) y[i] = 0.2 + 0.37 * static_cast<double>(i * i % 7);
    const auto rates = CourseModel::rates(400.0, y, k);
    std::array<double, CourseModel::states.size()> expected{}, sums{}, sizes{};
    [&]<std::size_t... I>(std::index_sequence<I...>) { ((expected[I] = get<I>(rates.values)), ...); }
    (std::make_index_sequence<CourseModel::states.size()>{});
    const auto values = terms(400.0, y);
    for (std::size_t j = 0; j < terms.size(); ++j)
        sums[terms.state(j)] += values[j], sizes[terms.state(j)] += std::abs(values[j]);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        INFO(CourseModel::states[i].name);
        CHECK(std::abs(sums[i] - expected[i]) <= 1e-15 * sizes[i]);
        CHECK(sizes[i] > 0);
    }
}

TEST_CASE("a coefficient of zero silences the process that is named after it, and no other", "[explanation]") {
    CourseStates y;
    for (std::size_t i = 0; i < y.size(); ++i) y[i] = 1.1 + 0.07 * static_cast<double>(i);
    y[index_of(CourseModel::states, "perfusion")] = 0.8;
    for (const auto& [name, process] : silenced) {
        INFO(name);
        auto k = coefficients_from<CourseModel>(default_parameters<CourseModel>());
        const auto row =
            std::ranges::find(CourseModel::coefficients, name, [](const auto& entry) { return entry.name; });
        REQUIRE(row != CourseModel::coefficients.end());
        k[static_cast<std::size_t>(row - CourseModel::coefficients.begin())] = 0;
        RateTerms terms(k);
        const auto values = terms(0.0, y);
        std::size_t found = 0;
        for (std::size_t j = 0; j < terms.size(); ++j) {
            const bool named_so = terms.process(j) == process;
            const bool is_other = terms.process(j) != "melanin by ultraviolet light";  // there is none of it
            found += named_so;
            if (is_other) CHECK((values[j] == 0) == named_so);
        }
        CHECK(found > 0);
    }
}

TEST_CASE("for every read-out and state, processes add up to the change on every day", "[explanation]") {
    const auto names = names_of_all(true);
    const auto found = explained(eventful(), names, days);
    REQUIRE(found.treated.size() == names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        INFO(names[i]);
        const Budget &treated = found.treated[i], &untreated = found.untreated[i];
        REQUIRE(treated.values.size() == days.size());
        REQUIRE(treated.start == untreated.start);
        const double range = std::max({treated.range, untreated.range, 1e-6 * std::abs(treated.start)});
        CHECK(worst_gap(treated, range) < 1e-6);
        CHECK(worst_gap(untreated, range) < 1e-6);
    }
}

TEST_CASE("budgets close across the day from which skin ages, also between two sessions", "[explanation]") {
    Plan plan = eventful();
    plan.care.occlusion = 0;
    plan.ageing = Ageing::drift;
    plan.skin.baseline = &baselines.front();
    plan.skin.age = default_parameters<CourseModel>()[index_of(CourseModel::parameters, "ageing_onset")] - 5.5;
    plan.duration = 12 * 365.25;
    const double onset = 5.5 * 365.25;
    plan.sessions[0].at = onset - 200, plan.sessions[1].at = onset + 900;
    const std::vector<double> years{0,         onset - 200, onset - 1,   onset,
                                    onset + 1, onset + 40,  onset + 900, plan.duration};
    std::vector<std::string> names;
    for (const auto& row : CourseModel::states) names.emplace_back(row.name);
    const auto found = explained(plan, names, years);
    for (std::size_t i = 0; i < names.size(); ++i) {
        INFO(names[i]);
        const double start = 1e-6 * std::abs(found.treated[i].start);
        CHECK(worst_gap(found.treated[i], std::max(found.treated[i].range, start)) < 1e-6);
        CHECK(worst_gap(found.untreated[i], std::max(found.untreated[i].range, start)) < 1e-6);
    }
    const auto tropoelastin = index_of(CourseModel::states, "tropoelastin");
    CHECK(found.untreated[tropoelastin].values[2] == Approx(found.untreated[tropoelastin].start).epsilon(1e-9));
    CHECK(found.untreated[tropoelastin].values.back() < 0.99 * found.untreated[tropoelastin].start);
}

TEST_CASE("terms in depth and what spreads add up to how fast a part of the tissue changes", "[explanation]") {
    Plan plan = eventful();
    plan.fidelity = Fidelity::depth, plan.grid.cells = 12;
    const std::vector<double> whole(plan.grid.cells, 1.0);
    const DermisPlan skin = dermis_plan(plan, 61, Ageing::drift);
    Dermis tissue = dermis_of(skin, whole);
    DermisStates y = home_of(skin);
    Weights weights(plan.grid.cells, 0.4);
    for (std::size_t i = 0; i < y.sheet.size(); ++i) {
        y.sheet[i] *= 0.6;
        for (std::size_t j = 0; j < plan.grid.cells; ++j)
            y.cells(i, j) += 0.2 * (1.5 + std::sin(1.0 + 0.3 * static_cast<double>(i + j))) * (y.cells(i, j) + 0.5);
    }
    for (std::size_t j = 0; j < plan.grid.cells; ++j) weights.cells[j] = 0.05 * static_cast<double>(j);
    const auto mean = [&](const DermisStates& at, std::size_t i) {
        if (depth::layout.sheet >> i & 1) return weights.sheet * at.sheet[i];
        double sum = 0, volume = 0;
        for (std::size_t j = 0; j < plan.grid.cells; ++j)
            sum += tissue.volume[j] * weights.cells[j] * at.cells(i, j), volume += tissue.volume[j];
        return sum / volume;
    };
    const Leg leg = legs_of(plan).treated.front();
    LegTerms terms;
    TissueTerms().add({y, tissue, weights}, leg, 0, terms);
    const Processes processes(RateTerms(tissue.sheet_kind), true);
    std::array<double, CourseModel::states.size()> sums{}, sizes{};
    const auto values = terms.at(leg.slots().begin());
    for (std::size_t k = 0; k < values.size(); ++k)
        sums[processes.terms[k].state] += values[k], sizes[processes.terms[k].state] += std::abs(values[k]);

    constexpr double moment = 1e-8;  // d
    Settings<CourseModel> settings;
    settings.relative = plan.relative, settings.absolute = Settings<CourseModel>::every(plan.absolute);
    tissue.close_borders(y);
    DermisVoyage voyage;
    voyage.begin = 0, voyage.end = moment;
    DermisStates later = y;
    REQUIRE(dermis_solver(tissue, settings, Method::rodas5p)->travel(later, voyage).status == Status::done);
    double spread = 0;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        INFO(CourseModel::states[i].name);
        CHECK(std::abs((mean(later, i) - mean(y, i)) / moment - sums[i]) < 1e-4 * sizes[i]);
        spread = std::max(spread, std::abs(values[values.size() - 2 * sums.size() + i]) / sizes[i]);
    }
    CHECK(spread > 0.1);
}

TEST_CASE("budgets of skin in space close, and are those of its means", "[explanation]") {
    for (const auto fidelity : {Fidelity::depth, Fidelity::channel}) {
        Plan plan = eventful();
        plan.fidelity = fidelity, plan.grid.cells = 12, plan.grid.rings = 6, plan.grid.estimate_error = false;
        plan.duration = 60;
        const std::vector<double> some{0, 0.05, 0.3, 0.31, 2.5, 28, 28.01, 40, 60};
        const auto names = names_of_all(true);
        const auto found = explained(plan, names, some);
        plan.outputs = some;
        const Course course = run_course(plan);
        for (std::size_t i = 0; i < names.size(); ++i) {
            INFO(names[i]);
            const Budget &treated = found.treated[i], &untreated = found.untreated[i];
            const double range = std::max({treated.range, untreated.range, 1e-6 * std::abs(treated.start)});
            CHECK(worst_gap(treated, range) < 1e-6);
            CHECK(worst_gap(untreated, range) < 1e-6);
            for (std::size_t day = 0; day < some.size(); ++day) {
                const auto& row = course.treated.rows[day];
                const double shown = i < readouts.size() ? course.treated.appearance[day][i] : row[i - readouts.size()];
                CHECK(std::abs(treated.values[day] - shown) <= 1e-5 * (treated.range + 1e-9));
            }
        }
        const bool leaks = !is_nothing(
            changes_by(found, "leak through the pore", readouts.size() + index_of(CourseModel::states, "pdgf")));
        CHECK(leaks == (fidelity == Fidelity::channel));
    }
}

TEST_CASE("what is explained is what the course itself shows", "[explanation]") {
    Plan plan = eventful();
    const auto names = names_of_all(false);
    const auto found = explained(plan, names, days);
    plan.outputs = days;
    const Course course = run_course(plan);
    for (std::size_t i = 0; i < names.size(); ++i)
        for (std::size_t day = 0; day < days.size(); ++day) {
            INFO(names[i] << " on day " << days[day]);
            const double shown = course.treated.appearance[day][i];
            CHECK(std::abs(found.treated[i].values[day] - shown) <= 1e-5 * (found.treated[i].range + 1e-9));
        }
}

TEST_CASE("a process that a parameter switches off makes nothing of anything", "[explanation]") {
    CHECK(is_nothing(changes_by(explained_with("collagen_replacement", 0, "collagen_iii"), "replacement of III by I")));
    CHECK(is_nothing(changes_by(explained_with("mmp_timp_binding", 0, "mmp"), "binding of MMP and TIMP")));
    const auto usual = explained(eventful(), std::vector<std::string>{"collagen_iii", "mmp"}, days);
    CHECK(changes_by(usual, "replacement of III by I").back() < 0);
    CHECK_FALSE(is_nothing(changes_by(usual, "binding of MMP and TIMP", 1)));
}

TEST_CASE("what one collagen loses to a process another gains", "[explanation]") {
    const auto found = explained(
        eventful(), std::vector<std::string>{"collagen_iii", "collagen_i_immature", "collagen_i_mature"}, days);
    for (std::size_t day = 1; day < days.size(); ++day) {
        CHECK(changes_by(found, "replacement of III by I", 0)[day] ==
              Approx(-changes_by(found, "replacement of III by I", 1)[day]).epsilon(1e-12));
        CHECK(changes_by(found, "cross-linking", 1)[day] ==
              Approx(-changes_by(found, "cross-linking", 2)[day]).epsilon(1e-12));
    }
}

TEST_CASE("sessions and films act at once, on the treated skin alone", "[explanation]") {
    const auto found = explained(eventful(), std::vector<std::string>{"tewl", "treatment_time"}, days);
    const auto place = [&](std::string_view name) {
        return static_cast<std::size_t>(std::ranges::find(found.processes, name) - found.processes.begin());
    };
    const auto& film = found.treated[0].changes[place("film taken off")];
    CHECK(film[2] == 0);  // it lies there until day 0.3
    CHECK(film[3] > 0);
    CHECK(film[8] == film[3]);  // the second film lies there
    CHECK(film[9] > film[8]);
    CHECK(is_nothing(found.untreated[0].changes[place("film taken off")]));
    CHECK(is_nothing(found.untreated[0].changes[place("session")]));
    const auto& minutes = found.treated[1].changes[place("session")];
    CHECK(minutes[0] == 0);  // before the session of that day
    CHECK(minutes.back() == found.treated[1].values.back() - found.treated[1].start);
}

TEST_CASE("ageing of the read-out itself is the passing of time", "[explanation]") {
    Plan plan = eventful();
    const std::vector<std::string> names{"skin_modulus"};
    CHECK(changes_by(explained(plan, names, days), "passing of time").back() > 0);
    plan.ageing = Ageing::frozen;
    CHECK(is_nothing(changes_by(explained(plan, names, days), "passing of time")));
}

TEST_CASE("time constants are those of the rates", "[explanation]") {
    const auto found = explained(eventful(), std::vector<std::string>{"collagen_total"}, days);
    const auto constants = [&](std::string_view state) {
        const auto place = std::ranges::find(CourseModel::states, state, &State::name) - CourseModel::states.begin();
        return found.time_constants[static_cast<std::size_t>(place)];
    };
    const double decay = get<"clot_decay">(default_parameters<CourseModel>());
    for (const double constant : constants("platelets")) CHECK(constant == Approx(1 / decay).epsilon(1e-12));
    CHECK(constants("collagen_i_mature").front() > 10 * constants("collagen_i_immature").front());
    std::vector<std::string> read;
    for (const std::size_t state : found.reads[0]) read.emplace_back(CourseModel::states[state].name);
    CHECK(read == std::vector<std::string>{"collagen_iii", "collagen_i_immature", "collagen_i_mature"});
}

TEST_CASE("what cannot be explained is refused", "[explanation]") {
    Plan plan = eventful();
    CHECK_THROWS_AS(explained(plan, std::vector<std::string>{"collagen_iv"}, days), std::invalid_argument);
}
