// The one place that meets the TOML library, whose own checks must stay alive: it would otherwise assume them.
#undef NDEBUG
#include <stdexcept>
#define TOML_ASSERT(claim) \
    ((claim) ? void(0) : throw std::runtime_error("the TOML library contradicts itself: " #claim))
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wterminate"  // some of the library's functions that check are noexcept
#endif
#include <toml++/toml.h>

#include <algorithm>
#include <cstdint>
#include <span>

#include "cicatrix/base/error.hpp"
#include "cicatrix/scenario/document.hpp"
#include "cicatrix/scenario/raw_text.hpp"
#include "cicatrix/units/quoted.hpp"

namespace cicatrix {
namespace {

Place place_of(const toml::source_position& position) {
    return {static_cast<int>(position.line), static_cast<int>(position.column)};
}

[[noreturn]] void refuse(const std::string& file, Place place, std::string what, std::string code) {
    throw InputError({Problem{{file, place.line, place.column, ""}, std::move(what), "", "", std::move(code)}});
}

/// Turns the library's tree into ours.
class Translation {
  public:
    explicit Translation(std::string_view text) : lines_(lines_of(text)) {}

    Node node(const toml::node& from) const {
        Node to;
        to.place = place_of(from.source().begin);
        if (const auto* table = from.as_table()) return with_entries(std::move(to), *table);
        if (const auto* array = from.as_array()) return with_items(std::move(to), *array);
        return scalar(std::move(to), from);
    }

  private:
    Node with_entries(Node to, const toml::table& table) const {
        for (auto&& [key, value] : table)
            to.entries.push_back({std::string(key.str()), place_of(key.source().begin), node(value)});
        std::ranges::stable_sort(to.entries, {},
                                 [](const Entry& entry) { return std::pair(entry.place.line, entry.place.column); });
        return to;
    }

    Node with_items(Node to, const toml::array& array) const {
        to.kind = NodeKind::list;
        for (auto&& item : array) to.items.push_back(node(item));
        return to;
    }

    Node scalar(Node to, const toml::node& from) const {
        if (const auto* text = from.as_string()) {
            to.kind = NodeKind::text, to.words = text->get();
            return to;
        }
        to.words = spelling(from.source());
        if (const auto* integer = from.as_integer())
            to.kind = NodeKind::integer, to.integer = integer->get(), to.number = static_cast<double>(to.integer);
        else if (const auto* number = from.as_floating_point()) to.kind = NodeKind::number, to.number = number->get();
        else if (const auto* truth = from.as_boolean()) to.kind = NodeKind::boolean, to.truth = truth->get();
        else to.kind = NodeKind::date;
        return to;
    }

    std::string spelling(const toml::source_region& region) const {
        if (region.begin.line == 0 || region.begin.line != region.end.line || region.begin.line > lines_.size())
            return "";
        const std::string_view line = lines_[region.begin.line - 1];
        if (known_line_ != region.begin.line) {  // counted once a line: a hostile file has all it holds on one
            known_line_ = region.begin.line;
            bytes_.clear();
            for (std::size_t i = 0; i < line.size(); ++i)
                if ((static_cast<unsigned char>(line[i]) & 0xC0U) != 0x80U) bytes_.push_back(i);
            bytes_.push_back(line.size());
        }
        const auto byte = [&](std::uint32_t column) {
            return column == 0 || column > bytes_.size() ? line.size() : bytes_[column - 1];
        };
        const std::size_t begin = byte(region.begin.column), end = byte(region.end.column);
        return std::string(line.substr(begin, std::max(begin, end) - begin));
    }

    std::vector<std::string_view> lines_;
    mutable std::uint32_t known_line_ = 0;
    mutable std::vector<std::size_t> bytes_;  ///< where each character of that line begins
};

/// The library reports a repeated key behind its name; we show its beginning.
Place start_of_key(std::string_view text, Place place) {
    const auto lines = lines_of(text);
    if (place.line < 1 || static_cast<std::size_t>(place.line) > lines.size()) return place;
    const std::string_view line = lines[static_cast<std::size_t>(place.line) - 1];
    std::size_t at = byte_of_column(line, place.column);
    const auto before = [&](std::string_view set) {
        return at > 0 && set.find(line[at - 1]) != std::string_view::npos;
    };
    while (before(" \t=")) --at;
    while (at > 0 && !before(" \t,{[=")) --at;
    return {place.line, column_of_byte(line, at)};
}

std::string without_preamble(std::string_view description) {
    constexpr std::string_view preamble = "Error while parsing ";
    if (description.starts_with(preamble)) description.remove_prefix(preamble.size());
    return std::string(description);
}

/// True when the library's own checks stop it in the first `count` lines.
bool contradicts_itself(std::span<const std::string_view> lines, std::size_t count) {
    const std::string_view last = lines[count - 1];
    const std::string_view prefix(lines.front().data(),
                                  static_cast<std::size_t>(last.data() + last.size() - lines.front().data()));
    try {
        static_cast<void>(toml::parse(prefix));
    } catch (const toml::parse_error&) {
        return false;
    } catch (const std::runtime_error&) {
        return true;
    }
    return false;
}

/// The first line that stops the library's own checks: it says what it met, but not where. Found by halving, since a
/// longer beginning of the text stops it too.
Place place_of_contradiction(std::string_view text) {
    const auto lines = lines_of(text);
    std::size_t harmless = 0;
    std::size_t stopped = lines.size();
    while (stopped - harmless > 1) {
        const std::size_t middle = (harmless + stopped) / 2;
        (contradicts_itself(lines, middle) ? stopped : harmless) = middle;
    }
    return {static_cast<int>(stopped), 1};
}

toml::table parsed(std::string_view text, const std::string& file) {
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& fault) {
        const Place place = place_of(fault.source().begin);
        const std::string description = printable(without_preamble(fault.description()), 200);
        if (description.find("cannot redefine") != std::string::npos)
            refuse(file, start_of_key(text, place), "the key is given twice (" + description + ")", "E-DUPLICATE");
        refuse(file, place, "this is not TOML (" + description + ")", "E-SYNTAX");
    } catch (const std::runtime_error&) {
        refuse(file, place_of_contradiction(text), "this line is not TOML", "E-SYNTAX");
    }
}

}  // namespace

Node read_document(std::string_view text, const std::string& file) {
    check_raw_text(text, file);
    return Translation(text).node(parsed(text, file));
}

}  // namespace cicatrix
