// Reads distributions and turns shares into numbers.
#include "cicatrix/scenario/distribution.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/numeric/normal.hpp"
#include "cicatrix/units/quantity.hpp"
#include "cicatrix/units/quoted.hpp"

namespace cicatrix {
namespace {

bool is_between_ends(const Distribution& d) {
    return d.kind == DistributionKind::uniform || d.kind == DistributionKind::log_uniform;
}

constexpr std::string_view allowed =
    "allowed is 'uniform A to B', 'loguniform A to B', 'normal MEAN sd S', 'lognormal MEDIAN cv C', 'cv C' or, of a "
    "parameter, 'range'; a normal or lognormal may end on 'from A to B'";

/// A word of the language of distributions with what stands behind it.
struct Clause {
    std::string_view word;
    std::string_view rest;
};

/// "normal 45 years sd 8 years" as normal: "45 years", sd: "8 years". What stands before the first word has none.
std::vector<Clause> clauses_of(std::string_view text) {
    static constexpr std::array<std::string_view, 9> words{"uniform", "loguniform", "normal", "lognormal", "range",
                                                           "cv",      "sd",         "to",     "from"};
    std::vector<Clause> clauses;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        const std::string_view word = text.substr(begin, end - begin);
        if (std::ranges::find(words, word) != words.end()) clauses.push_back({word, text.substr(end, 0)});
        else if (clauses.empty()) clauses.push_back({"", word});
        else if (!word.empty()) {
            Clause& last = clauses.back();
            const char* from = last.rest.empty() ? word.data() : last.rest.data();
            last.rest = {from, static_cast<std::size_t>(word.data() + word.size() - from)};
        }
        begin = end + 1;
    }
    return clauses;
}

bool reads(const std::vector<Clause>& clauses, std::initializer_list<std::string_view> words) {
    return std::ranges::equal(clauses, words, {}, &Clause::word);
}

std::optional<double> plain_number(const Clause& clause, const DistributionReader& reader) {
    double number = 0;
    if (parse_number(clause.rest, number)) return number;
    reader.refuse("E-SWEEP", quoted(clause.rest) + " is not a number",
                  "behind '" + std::string(clause.word) + "' stands a plain number");
    return {};
}

/// Those that have no ends of their own.
bool may_be_cut(std::string_view word) { return word == "normal" || word == "lognormal" || word == "cv"; }

/// Cuts a distribution off at "from A to B", which it takes from the clauses, or at what is allowed.
bool take_ends(std::vector<Clause>& clauses, const DistributionReader& reader, Distribution& out) {
    out.ends = reader.limits;
    if (clauses.size() < 3 || clauses[clauses.size() - 2].word != "from" || clauses.back().word != "to") return true;
    if (!may_be_cut(clauses.front().word)) return false;
    const auto low = reader.number(clauses[clauses.size() - 2].rest), high = reader.number(clauses.back().rest);
    clauses.resize(clauses.size() - 2);
    if (!low || !high) return false;
    out.ends = {*low, *high};
    return true;
}

/// The kind of the clauses with its two numbers; false, and refused, when they make no distribution.
bool take_kind(const std::vector<Clause>& clauses, const DistributionReader& reader, Distribution& out) {
    const auto take = [&](DistributionKind kind, std::optional<double> first, std::optional<double> second) {
        if (!first || !second) return false;
        out.kind = kind;
        out.first = *first;
        out.second = *second;
        return true;
    };
    const auto number = [&](std::size_t i) { return reader.number(clauses[i].rest); };
    if (reads(clauses, {"uniform", "to"})) return take(DistributionKind::uniform, number(0), number(1));
    if (reads(clauses, {"loguniform", "to"})) return take(DistributionKind::log_uniform, number(0), number(1));
    if (reads(clauses, {"normal", "sd"})) return take(DistributionKind::normal, number(0), number(1));
    if (reads(clauses, {"lognormal", "cv"}))
        return take(DistributionKind::log_normal, number(0), plain_number(clauses[1], reader));
    if (reads(clauses, {"cv"}) && reader.usual)
        return take(DistributionKind::log_normal, reader.usual, plain_number(clauses[0], reader));
    if (reads(clauses, {"range"}) && reader.has_range && clauses[0].rest.empty())
        return take(DistributionKind::uniform, reader.limits.low, reader.limits.high);
    return false;
}

/// What is wrong with the numbers; empty when nothing is.
std::string fault_of(const Distribution& d) {
    const bool between = is_between_ends(d);
    if (between && !(d.first < d.second)) return "its first end is not below its second";
    if (d.kind != DistributionKind::uniform && d.kind != DistributionKind::normal && !(d.first > 0))
        return "its first number is not above zero, as a logarithm needs";
    if (!between && !(d.second > 0)) return "its spread is not above zero";
    if (!(d.ends.low < d.ends.high)) return "its first end is not below its second";
    constexpr double least_inside = 0.01;  // own choice
    if (!(d.below.high - d.below.low >= least_inside)) return "hardly any of it lies between its ends";
    return "";
}

}  // namespace

void Distribution::settle() {
    if (is_between_ends(*this)) {
        ends = {first, second};
        return;
    }
    deviation = std::sqrt(cicatrix::log(1.0 + second * second));
    const auto share_below = [&](double number) {
        if (kind == DistributionKind::normal) return normal_share((number - first) / second);
        return number > 0 ? normal_share(cicatrix::log(number / first) / deviation) : 0.0;
    };
    below = {share_below(ends.low), share_below(ends.high)};
}

double Distribution::at(double u) const {
    double number = 0;
    if (kind == DistributionKind::uniform) number = first + u * (second - first);
    else if (kind == DistributionKind::log_uniform) number = first * cicatrix::exp(u * cicatrix::log(second / first));
    else {
        const double score = normal_quantile(below.low + u * (below.high - below.low));
        number = kind == DistributionKind::normal ? first + second * score : first * cicatrix::exp(deviation * score);
    }
    return std::clamp(number, ends.low, ends.high);
}

std::optional<Distribution> read_distribution(std::string_view text, const DistributionReader& reader) {
    auto clauses = clauses_of(text);
    Distribution out;
    bool told = false;  // the readers of numbers report by themselves
    DistributionReader listening = reader;
    listening.number = [&](std::string_view words) {
        const auto number = reader.number(words);
        told = told || !number;
        return number;
    };
    listening.refuse = [&](std::string_view code, std::string what, std::string what_is_allowed) {
        told = true;
        reader.refuse(code, std::move(what), std::move(what_is_allowed));
    };
    if (!take_ends(clauses, listening, out) || !take_kind(clauses, listening, out)) {
        if (!told) reader.refuse("E-SWEEP", quoted(text) + " is not a distribution here", std::string(allowed));
        return {};
    }
    out.settle();
    if (const std::string fault = fault_of(out); !fault.empty()) {
        reader.refuse("E-SWEEP", quoted(text) + " is no distribution: " + fault, std::string(allowed));
        return {};
    }
    if (out.ends.low >= reader.limits.low && out.ends.high <= reader.limits.high) return out;
    reader.refuse("E-RANGE", quoted(text) + " reaches beyond what is allowed", "allowed is " + reader.limits_text);
    return {};
}

}  // namespace cicatrix
