// The list of models: command line, files, documentation and tests iterate over it. A new model is its file and one
// word here.
#pragma once
#include <string_view>
#include <tuple>

#include "cicatrix/models/microneedling.hpp"

namespace cicatrix {

using Models = std::tuple<Microneedling>;

/// Calls `visit` with the model of this id; false when no model has it.
template <class Visit> bool with_model(std::string_view id, Visit&& visit) {
    return std::apply([&](auto... model) { return ((model.id == id && (visit(model), true)) || ...); }, Models{});
}

/// Calls `visit` with every model.
template <class Visit> void for_each_model(Visit&& visit) {
    std::apply([&](auto... model) { (visit(model), ...); }, Models{});
}

}  // namespace cicatrix
