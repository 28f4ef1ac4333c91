// A checked scenario: every value with its place in the file, defaults filled in, sessions and outputs spelled out.
#pragma once
#include <array>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cicatrix/scenario/keys.hpp"
#include "cicatrix/scenario/topicals.hpp"
#include "cicatrix/scenario/value.hpp"

namespace cicatrix {

/// One session as it will be applied, with the values of the device or its own. NaN: not a matter of this device, or
/// left to the geometry of the device and the model of penetration.
struct Session {
    static constexpr double none = std::numeric_limits<double>::quiet_NaN();
    double at = 0;                    ///< d from the start
    double needle_length = none;      ///< mm
    double needle_diameter = none;    ///< mm
    double insertion_force = none;    ///< on each needle, N
    double channel_density = none;    ///< channels or columns of one pass, 1/mm2
    double penetration_ratio = none;  ///< depth over needle length
    double column_diameter = none;    ///< of a laser, mm
    double column_depth = none;       ///< of a laser, mm
    double ablation = none;           ///< share of a laser's column that is lost
    double passes = none;
    double injured_fraction = none;  ///< of the kind `prescribed` only
    Place place;
};

/// What a model says about one of its parameters. Numbers are in `unit`.
struct ParameterRow {
    std::string_view name;
    double value = 0;
    std::string_view unit;
    double low = 0;
    double high = 0;
};

/// A parameter of the model with the value that the course will use, in the model's own unit.
struct ParameterValue {
    std::string name;
    double value = 0;
    std::string unit;
    Place place;        ///< line 0: the model's default
    std::string words;  ///< in TOML, as given or as one would give the default

    bool is_given() const { return place.line > 0; }
};

/// Everything that reading a file finds out.
struct ScenarioContents {
    std::string file;
    std::string text;
    std::array<std::optional<Value>, keys.size()> values;
    std::vector<ParameterValue> parameters;
    std::vector<ParameterValue> initial;  ///< states at time zero, of a published model only
    std::vector<Topical> topicals;
    std::vector<Session> sessions;
    std::vector<double> output_times;
};

/// A scenario without faults. Values are read by the name of their key; a name that is not in the table, or is of
/// another kind, does not compile. Reading a value that is absent throws std::bad_optional_access; ask `has` first for
/// keys that have no default.
class Scenario {
  public:
    explicit Scenario(ScenarioContents contents) : contents_(std::move(contents)) {}

    template <Name name> bool has() const { return contents_.values[index_of(keys, name)].has_value(); }

    /// True when the file itself gives the value.
    template <Name name> bool is_given() const { return has<name>() && value<name>().is_given(); }

    template <Name name> const Value& value() const { return contents_.values[index_of(keys, name)].value(); }

    /// In base units: d, mm, g, degC, mol, 1.
    template <Name name>
    requires(key_named<name>.kind == ValueKind::quantity) double quantity() const { return value<name>().number; }

    template <Name name>
    requires(key_named<name>.kind == ValueKind::number) double number() const { return value<name>().number; }

    template <Name name>
    requires(key_named<name>.kind == ValueKind::integer) long long integer() const {
        return value<name>().node.integer;
    }

    template <Name name>
    requires(key_named<name>.kind == ValueKind::boolean) bool is_true() const { return value<name>().node.truth; }

    template <Name name>
    requires(key_named<name>.kind == ValueKind::text ||
             key_named<name>.kind == ValueKind::choice) const std::string& words() const {
        return value<name>().node.words;
    }

    template <Name name>
    requires(key_named<name>.kind == ValueKind::choices) std::vector<std::string> list()
    const {
        std::vector<std::string> names;
        for (const Node& item : value<name>().node.items) names.push_back(item.words);
        return names;
    }

    const std::string& file() const { return contents_.file; }
    const std::string& text() const { return contents_.text; }  ///< the file, byte for byte
    std::span<const std::optional<Value>, keys.size()> values() const {
        return contents_.values;
    }  ///< in the order of `keys`
    const std::vector<ParameterValue>& parameters() const {
        return contents_.parameters;
    }  ///< all, in the model's order
    /// The states of a published model at time zero; NaN where neither file nor variant says otherwise than the model.
    const std::vector<ParameterValue>& initial() const { return contents_.initial; }
    /// Whether a course of needled skin is described, and not a published model.
    bool is_course() const { return words<"model.id">() == choice::models[0]; }
    const std::vector<Topical>& topicals() const { return contents_.topicals; }
    const std::vector<Session>& sessions() const { return contents_.sessions; }
    const std::vector<double>& output_times() const { return contents_.output_times; }  ///< in d

    /// Sentences about values that the user set and that do not change this version's states.
    std::vector<std::string> notes() const;

    /// What the conditions of the patient warn of, in the order of the file.
    std::vector<std::string> warnings() const;

    /// The scenario as TOML with every default filled in, each line saying where its value comes from. It reads back as
    /// the same scenario.
    std::string resolved() const;

  private:
    friend class Variation;  // writes values that it has checked, instead of reading a file for each member of a sweep

    void take_keys(ScenarioContents keys_alone);
    void set_value(std::size_t key, Node node);
    void set_number(std::size_t key, double base, double given);
    void set_parameter(std::size_t parameter, double value, Place place);
    void set_sessions(double Session::*member, double value);
    void set_session_list(std::vector<Session> sessions);  // and what follows from it

    ScenarioContents contents_;
};

}  // namespace cicatrix
