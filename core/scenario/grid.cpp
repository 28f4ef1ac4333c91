// Checks the grid against the fidelity.
#include "cicatrix/scenario/grid.hpp"

#include "cicatrix/units/quoted.hpp"

namespace cicatrix {
namespace {

struct Default {
    std::string_view key, of_depth, of_channel;  ///< empty: the fidelity has no such key
};

constexpr std::array defaults{
    Default{"simulation.cells", "64", "64"},
    Default{"simulation.rings", "", "16"},
    Default{"simulation.fields", "",
            "damage_signals, neutrophils, macrophages_m1, macrophages_m2, tgf_beta1_active, vegf, fibroblasts, "
            "collagen_iii"},
    Default{"simulation.grid_error", "true", "true"},
};

std::string_view default_of(const Default& row, std::string_view fidelity) {
    if (fidelity == "depth") return row.of_depth;
    return fidelity == "channel" ? row.of_channel : "";
}

/// The fidelities that have a key, as one would write them.
std::string fidelities_with(const Default& row) {
    return row.of_depth.empty() ? "\"channel\"" : "\"depth\" or \"channel\"";
}

/// Devices and passes; when and where a session stands does not matter.
bool alike(const Session& a, const Session& b) {
    const auto same = [](double x, double y) { return x == y || (x != x && y != y); };
    constexpr std::array numbers{&Session::needle_length,     &Session::needle_diameter, &Session::insertion_force,
                                 &Session::channel_density,   &Session::column_diameter, &Session::column_depth,
                                 &Session::penetration_ratio, &Session::ablation,        &Session::passes};
    return std::ranges::all_of(numbers, [&](auto number) { return same(a.*number, b.*number); });
}

}  // namespace

void read_grid(Draft& draft) {
    const auto& fidelity = draft["simulation.fidelity"].value;
    if (!fidelity) return;  // an unusable one is reported as such
    const std::string words = fidelity->node.words;
    for (const auto& row : defaults) {
        const auto fallback = default_of(row, words);
        const Node* node = draft[row.key].node;
        if (!fallback.empty()) draft.set_fallback(key_of(row.key), fallback, "default of fidelity \"" + words + "\"");
        else if (node != nullptr)
            draft.findings().add(node->place, std::string(row.key),
                                 {"E-CONFLICT", "fidelity " + quoted(words) + " has no use for it",
                                  "leave it out, or write fidelity = " + fidelities_with(row)});
    }
}

void check_channel(Draft& draft, std::span<const Session> sessions) {
    const auto& fidelity = draft["simulation.fidelity"];
    if (!fidelity.value || fidelity.value->node.words != "channel") return;
    const Place place = fidelity.node->place;
    const auto refuse = [&](const char* what, const char* allowed) {
        draft.findings().add(place, "simulation.fidelity", {"E-CONFLICT", what, allowed});
    };
    if (sessions.empty()) return refuse("without a session there is no channel", "use \"lumped\" or \"depth\"");
    if (sessions.front().injured_fraction == sessions.front().injured_fraction)
        return refuse("a prescribed injury has no channels", "use \"lumped\" or \"depth\", or another device");
    if (!std::ranges::all_of(sessions, [&](const Session& session) { return alike(session, sessions.front()); }))
        refuse("the sessions differ, so that there is no one unit cell for all", "use \"depth\", or sessions alike");
}

}  // namespace cicatrix
