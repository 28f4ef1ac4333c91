// The walk through a Group that finds what a netCDF file cannot hold.
#include "cicatrix/io/dataset_check.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>
#include <string_view>

namespace cicatrix {
namespace {

constexpr std::array<std::string_view, 5> written_by_us{"_FillValue", "CLASS", "NAME", "DIMENSION_LIST",
                                                        "REFERENCE_LIST"};

[[noreturn]] void refuse(const std::string& owner, const std::string& what) {
    throw std::invalid_argument((owner.empty() ? "the root group" : owner) + " " + what);
}

bool is_printable_ascii(char c) { return c >= ' ' && c <= '~'; }

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

void require_name(const std::string& owner, std::string_view name) {
    const bool sound = !name.empty() && (is_letter_or_digit(name.front()) || name.front() == '_') &&
                       name.back() != ' ' && std::ranges::all_of(name, is_printable_ascii) &&
                       name.find('/') == std::string_view::npos;
    if (!sound) refuse(owner, "holds the name '" + std::string(name) + "', which netCDF does not allow");
}

void require_text(const std::string& owner, const std::string& text) {
    // A NUL ends the text for every reader, which would lose the rest without a word.
    if (text.find('\0') != std::string::npos) refuse(owner, "holds a text with a NUL character");
}

void require_attributes(const std::string& owner, const Attributes& attributes) {
    std::set<std::string_view> seen;
    for (const auto& [name, value] : attributes) {
        require_name(owner, name);
        if (std::ranges::find(written_by_us, name) != written_by_us.end())
            refuse(owner, "sets the attribute '" + name + "', which belongs to the file format");
        if (!seen.insert(name).second) refuse(owner, "sets the attribute '" + name + "' twice");
        if (const auto* text = std::get_if<std::string>(&value)) require_text(owner, *text);
    }
}

void require_variable(const GroupPath& path, const std::string& owner, const Variable& variable,
                      std::string_view filled_later) {
    std::size_t expected = 1;
    for (const auto& dimension : variable.dimensions) expected *= dimension_length(path, dimension);
    const std::size_t given = std::visit([](const auto& values) { return values.size(); }, variable.values);
    const bool comes_later = given == 0 && !variable.dimensions.empty() && variable.dimensions.front() == filled_later;
    if (given != expected && !comes_later)
        refuse(owner,
               "has " + std::to_string(given) + " values where its dimensions ask for " + std::to_string(expected));
    if (const auto* texts = std::get_if<std::vector<std::string>>(&variable.values))
        for (const auto& text : *texts) require_text(owner, text);
    require_attributes(owner, variable.attributes);
}

void require_unique_name(std::set<std::string_view>& names, const std::string& owner, const std::string& name) {
    require_name(owner, name);
    if (!names.insert(name).second) refuse(owner, "holds the name '" + name + "' twice");
}

void require_group(GroupPath& path, const std::string& owner, std::string_view filled_later) {
    const Group& group = *path.back();
    require_attributes(owner, group.attributes);
    std::set<std::string_view> dimensions;
    for (const auto& [name, length] : group.dimensions) require_unique_name(dimensions, owner, name);
    std::set<std::string_view> names;
    for (const auto& variable : group.variables) {
        require_unique_name(names, owner, variable.name);
        require_variable(path, owner + "/" + variable.name, variable, filled_later);
        if (dimensions.contains(variable.name) && !is_coordinate(group, variable))
            refuse(owner + "/" + variable.name, "has the name of a dimension but does not run along it");
    }
    names.insert(dimensions.begin(), dimensions.end());  // each of them is an object of the file too
    for (const auto& inner : group.groups) {
        require_unique_name(names, owner, inner.name);
        path.push_back(&inner);
        require_group(path, owner + "/" + inner.name, filled_later);
        path.pop_back();
    }
}

}  // namespace

bool is_coordinate(const Group& group, const Variable& variable) {
    const auto named_like_it = [&](const auto& dimension) { return dimension.first == variable.name; };
    return variable.dimensions == std::vector{variable.name} && std::ranges::any_of(group.dimensions, named_like_it);
}

std::size_t dimension_length(const GroupPath& path, const std::string& name) {
    for (auto group = path.rbegin(); group != path.rend(); ++group)
        for (const auto& [known, length] : (*group)->dimensions)
            if (known == name) return length;
    throw std::invalid_argument("no group in reach declares the dimension '" + name + "'");
}

void require_sound(const Group& root, std::string_view filled_later) {
    GroupPath path{&root};
    require_group(path, "", filled_later);
}

}  // namespace cicatrix
