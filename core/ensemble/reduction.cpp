// Reads and names reductions.
#include "cicatrix/ensemble/reduction.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "cicatrix/base/error.hpp"
#include "cicatrix/readout/moment.hpp"
#include "cicatrix/units/quantity.hpp"

namespace cicatrix {
namespace {

constexpr auto quantity_names = [] {
    std::array<std::string_view, CourseModel::states.size() + readouts.size()> names{};
    std::size_t i = 0;
    for (const auto& state : CourseModel::states) names[i++] = state.name;
    for (const auto& readout : readouts) names[i++] = readout.name;
    return names;
}();

std::string_view quantity_unit(std::size_t i) {
    return i < CourseModel::states.size() ? CourseModel::states[i].unit : readouts[i - CourseModel::states.size()].unit;
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t end = 0; (text = text.substr(end)).find_first_not_of(' ') != std::string_view::npos;) {
        text.remove_prefix(text.find_first_not_of(' '));
        end = std::min(text.find(' '), text.size());
        words.push_back(text.substr(0, end));
    }
    return words;
}

[[noreturn]] void refuse(std::string what, std::string allowed, std::string_view suggestion = {}) {
    throw InputError({Problem{{}, std::move(what), std::move(allowed), std::string(suggestion), "E-OUTCOME"}});
}

constexpr std::string_view allowed_reductions =
    "allowed are final, peak, time of peak, auc, time to LEVEL, at DAYS days, behind the name of a state or read-out "
    "and, if "
    "wanted, 'effect' or 'untreated'";

/// The words behind the quantity and whose it is.
std::optional<Reduction> with_kind(Reduction reduction, std::span<const std::string_view> words) {
    const auto is = [&](std::initializer_list<std::string_view> wanted) { return std::ranges::equal(words, wanted); };
    const auto given = [&](ReductionKind kind) {
        reduction.kind = kind;
        return reduction;
    };
    if (is({"final"})) return given(ReductionKind::final);
    if (is({"peak"})) return given(ReductionKind::peak);
    if (is({"time", "of", "peak"})) return given(ReductionKind::time_of_peak);
    if (is({"auc"})) return given(ReductionKind::auc);
    if (words.size() == 3 && words[0] == "time" && words[1] == "to" && parse_number(words[2], reduction.argument))
        return given(ReductionKind::time_to);
    if (words.size() == 3 && words[0] == "at") {
        const std::string length = std::string(words[1]) + " " + std::string(words[2]);
        reduction.argument = parse_quantity(length, dimension::time, {}, "d").value;
        if (reduction.argument < 0) return {};
        return given(ReductionKind::at);
    }
    return {};
}

/// What `name_of` makes of an outcome, as it is written in a scenario: `tewl_at_0_5_d` becomes `tewl at 0.5 d`. Other
/// texts come back as they are.
std::string spelt_out(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    text.remove_suffix(text.size() - std::min(text.find_last_not_of(' ') + 1, text.size()));
    std::string_view quantity;
    for (const auto name : quantity_names)
        if (name.size() > quantity.size() && text.starts_with(name) && text.substr(name.size()).starts_with('_'))
            quantity = name;
    if (quantity.empty() || text.find(' ') != std::string_view::npos) return std::string(text);
    std::string rest(text.substr(quantity.size()));
    std::ranges::replace(rest, '_', ' ');
    std::string told(quantity);
    bool in_number = false;
    for (const auto part : words_of(rest)) {
        std::string word(part);
        const bool digits = word.find_first_of("0123456789") <= 1;  // behind an m, which stands for a minus, too
        if (digits) std::ranges::replace(word, 'm', '-');
        told += (!in_number || !digits ? " " : told.ends_with('e') ? "+" : ".") + word;
        in_number = digits;
    }
    return told;
}

std::string_view word_of(Whose whose) {
    return whose == Whose::effect ? "effect" : whose == Whose::untreated ? "untreated" : "";
}

}  // namespace

std::span<const std::string_view> reducible_quantities() { return quantity_names; }

Reduction parse_reduction(std::string_view text) {
    const std::string spelt = spelt_out(text);
    const auto words = words_of(spelt);
    const std::string quoted = '"' + std::string(text) + '"';
    if (words.empty()) refuse("nothing is named", std::string(allowed_reductions));
    const auto name = std::ranges::find(quantity_names, words[0]);
    if (name == quantity_names.end())
        refuse('"' + std::string(words[0]) + "\" is no state and no read-out", "'cicatrix list readouts' names them",
               nearest_name(words[0], {quantity_names.begin(), quantity_names.end()}));
    Reduction reduction{.quantity = static_cast<std::size_t>(name - quantity_names.begin())};
    auto rest = std::span(words).subspan(1);
    for (const Whose whose : {Whose::effect, Whose::untreated})
        if (!rest.empty() && rest[0] == word_of(whose)) {
            reduction.whose = whose;
            rest = rest.subspan(1);
            break;
        }
    if (const auto whole = with_kind(reduction, rest)) return *whole;
    static constexpr std::array<std::string_view, 8> known{"final", "peak", "auc",    "time",
                                                           "at",    "to",   "effect", "untreated"};
    refuse(quoted + (rest.empty() ? " does not say which number of the course is wanted" : " is not understood"),
           std::string(allowed_reductions),
           rest.empty() ? std::string_view{} : nearest_name(rest[0], {known.begin(), known.end()}));
}

std::string text_of(const Reduction& reduction) {
    std::string text(quantity_names[reduction.quantity]);
    if (reduction.whose != Whose::treated) text += " " + std::string(word_of(reduction.whose));
    switch (reduction.kind) {
        case ReductionKind::final:
            return text + " final";
        case ReductionKind::peak:
            return text + " peak";
        case ReductionKind::time_of_peak:
            return text + " time of peak";
        case ReductionKind::auc:
            return text + " auc";
        case ReductionKind::time_to:
            return text + " time to " + shortest_text(reduction.argument);
        default:
            return text + " at " + shortest_text(reduction.argument) + " d";
    }
}

std::string name_of(const Reduction& reduction) {
    std::string name = text_of(reduction);
    for (char& c : name)
        if (c == ' ' || c == '.' || c == '+') c = '_';
        else if (c == '-') c = 'm';
    return name;
}

std::string unit_of(const Reduction& reduction) {
    const std::string unit(quantity_unit(reduction.quantity));
    switch (reduction.kind) {
        case ReductionKind::time_of_peak:
        case ReductionKind::time_to:
            return "d";
        case ReductionKind::auc:
            return unit == "1" ? "d" : unit + " d";
        default:
            return unit;
    }
}

std::string meaning_of(const Reduction& reduction) {
    const std::string name(quantity_names[reduction.quantity]);
    const std::string what = reduction.whose == Whose::effect      ? name + " of the treated skin less that of its twin"
                             : reduction.whose == Whose::untreated ? name + " of the untreated twin"
                                                                   : name;
    switch (reduction.kind) {
        case ReductionKind::final:
            return what + ", at the end of the course";
        case ReductionKind::peak:
            return what + ", where it is farthest from its value at day 0";
        case ReductionKind::time_of_peak:
            return "time at which " + what + " is farthest from its value at day 0";
        case ReductionKind::auc:
            return what + ", integrated over the course";
        case ReductionKind::time_to:
            return "time at which " + what + " first crosses " + shortest_text(reduction.argument) +
                   "; missing when it never does";
        default:
            return what + ", on day " + shortest_text(reduction.argument);
    }
}

}  // namespace cicatrix
