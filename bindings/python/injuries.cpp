// Devices, the channels that they open and maps of treated patches, in the base units: mm, 1/mm2, s for pens.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>

#include "bind.hpp"
#include "cicatrix/injury/device.hpp"
#include "cicatrix/injury/layers.hpp"
#include "cicatrix/injury/map.hpp"

namespace py = pybind11;

namespace cicatrix::python {
namespace {

using Overrides = std::map<std::string, double>;

double positive(const char* name, double value) {
    if (value > 0 && std::isfinite(value)) return value;
    throw std::invalid_argument(std::string(name) + " is " + std::to_string(value) + ", but must be above 0");
}

double not_negative(const char* name, double value) {
    if (value >= 0 && std::isfinite(value)) return value;
    throw std::invalid_argument(std::string(name) + " is " + std::to_string(value) + ", but must not be below 0");
}

/// The defaults with some of them changed.
InjuryParameters parameters_of(const Overrides& overrides) {
    InjuryParameters p = default_injury_parameters;
    for (const auto& [name, value] : overrides) {
        const auto row = std::ranges::find(injury::parameters, name, &Parameter::name);
        if (row == injury::parameters.end()) throw std::invalid_argument("no parameter of the injury is named " + name);
        p[static_cast<std::size_t>(row - injury::parameters.begin())] = value;
    }
    return p;
}

const Site& site_of(const std::string& name) {
    const auto site = std::ranges::find(sites, name, &Site::name);
    if (site == sites.end()) throw std::invalid_argument("no site is named " + name);
    return *site;
}

Skin skin_at(const std::string& name) {
    Skin skin;
    skin.site = &site_of(name);
    skin.dermis = dermis_thickness(*skin.site, skin.sex);
    return skin;
}

std::tuple<double, double, double> as_tuple(const ByLayer& layers) {
    return {layers.papillary, layers.reticular, layers.below};
}

Roller roller(double needles, int rows, double diameter, double width) {
    if (rows < 1) throw std::invalid_argument("a roller has at least one row");
    return {positive("needles", needles), rows, positive("diameter", diameter), positive("width", width)};
}

Pen pen(double needles, double stamp_rate, double tip_width, double glide_speed, double dwell) {
    return {positive("needles", needles), positive("stamp_rate", stamp_rate), positive("tip_width", tip_width),
            positive("glide_speed", glide_speed), not_negative("dwell", dwell)};
}

FractionalLaser laser(double density, double column_diameter, double column_depth, double ablation) {
    if (!(ablation >= 0 && ablation <= 1)) throw std::invalid_argument("ablation is a share from 0 to 1");
    return {positive("density", density), positive("column_diameter", column_diameter),
            positive("column_depth", column_depth), ablation};
}

Scattered scattered(double density, const std::string& drive) {
    if (drive != "rolled" && drive != "pressed" && drive != "motorised")
        throw std::invalid_argument("drive is 'rolled', 'pressed' or 'motorised'");
    return {not_negative("density", density), drive == "rolled"    ? Drive::rolled
                                              : drive == "pressed" ? Drive::pressed
                                                                   : Drive::motorised};
}

MapSettings settings_of(std::uint64_t seed, double width, int passes, int directions, double reentry_radius,
                        int patches) {
    if (passes < 0 || directions < 1 || patches < 1)
        throw std::invalid_argument("a map has directions, patches and no less than 0 passes");
    MapSettings settings;
    settings.seed = seed;
    settings.width = positive("width", width);
    settings.passes = passes;
    settings.directions = directions;
    settings.reentry_radius = not_negative("reentry_radius", reentry_radius);
    settings.patches = patches;
    return settings;
}

/// A device with its settings, whose pass strikes so many times an area.
template <class Kind> py::class_<Kind> kind_class(py::module_& module, const char* name, const char* doc) {
    return py::class_<Kind>(module, name, doc)
        .def_property_readonly("density_per_pass", &Kind::density_per_pass, "needles that strike in a pass, 1/mm2");
}

void add_kinds(py::module_& module) {
    constexpr Roller drum;
    constexpr Pen tip;
    constexpr Stamp array;
    constexpr FractionalLaser beam;
    kind_class<Roller>(module, "Roller", "A drum with rows of needles.")
        .def(py::init(&roller), py::kw_only(), py::arg("needles") = drum.needles, py::arg("rows") = drum.rows,
             py::arg("diameter") = drum.diameter, py::arg("width") = drum.width);
    kind_class<Pen>(module, "Pen", "A motorised tip that glides, or dwells where `dwell` is above 0.")
        .def(py::init(&pen), py::kw_only(), py::arg("needles") = tip.needles, py::arg("stamp_rate") = tip.stamp_rate,
             py::arg("tip_width") = tip.tip_width, py::arg("glide_speed") = tip.glide_speed,
             py::arg("dwell") = tip.dwell);
    kind_class<Stamp>(module, "Stamp", "A square array of needles that is pressed on.")
        .def(py::init([](double needles, double width) {
                 return Stamp{positive("needles", needles), positive("width", width)};
             }),
             py::kw_only(), py::arg("needles") = array.needles, py::arg("width") = array.width);
    kind_class<FractionalLaser>(module, "FractionalLaser", "A scanned lattice of beams.")
        .def(py::init(&laser), py::kw_only(), py::arg("density") = beam.density,
             py::arg("column_diameter") = beam.column_diameter, py::arg("column_depth") = beam.column_depth,
             py::arg("ablation") = beam.ablation);
    kind_class<Scattered>(module, "Scattered", "Channels of a given density at random places.")
        .def(py::init(&scattered), py::kw_only(), py::arg("density"), py::arg("drive") = "rolled");
}

void add_channels(py::module_& module) {
    py::class_<Channels>(module, "Channels", "What a session opens.")
        .def_readonly("density", &Channels::density, "distinct channels, 1/mm2")
        .def_readonly("strikes", &Channels::strikes, "needles that struck, 1/mm2")
        .def_readonly("depth", &Channels::depth, "mean depth below the surface, mm")
        .def_readonly("depth_spread", &Channels::depth_spread, "standard deviation of the depth, mm")
        .def_readonly("radius", &Channels::radius, "of the tissue that the widest part injures, mm")
        .def_readonly("taper", &Channels::taper, "length over which the radius falls to nothing, mm")
        .def_readonly("mouth_radius", &Channels::mouth_radius, "of the hole in the surface, mm")
        .def_readonly("thermal", &Channels::thermal)
        .def_property_readonly("open_area", &Channels::open_area, "share of the surface")
        .def("density_reaching", &Channels::density_reaching, py::arg("depth"), "channels that reach a depth, 1/mm2")
        .def("injured_share", py::overload_cast<double>(&Channels::injured_share, py::const_), py::arg("depth"),
             "injured share of the plane at a depth");
    module.def(
        "channels",
        [](const StrikePattern& device, double passes, double needle_length, double needle_diameter, double force,
           double give, const Overrides& parameters) {
            const Needle needle{not_negative("needle_length", needle_length),
                                positive("needle_diameter", needle_diameter), not_negative("force", force)};
            return channels_of(device, not_negative("passes", passes), needle, positive("give", give),
                               parameters_of(parameters));
        },
        py::arg("device"), py::kw_only(), py::arg("passes"), py::arg("needle_length") = 0.0,
        py::arg("needle_diameter") = Needle{}.diameter, py::arg("force") = Needle{}.force, py::arg("give") = 1.0,
        py::arg("parameters") = Overrides{},
        "The channels that a session opens; lengths in mm, force in N, parameters of the injury by name.");
}

void add_layers(py::module_& module) {
    module.def(
        "layer_depths",
        [](const std::string& site, const Overrides& parameters) {
            return as_tuple(layer_depths(skin_at(site), parameters_of(parameters)));
        },
        py::arg("site") = "cheek", py::arg("parameters") = Overrides{},
        "Where the papillary dermis, the reticular dermis and the tissue below begin, mm below the surface.");
    module.def(
        "bleeding_density",
        [](const Channels& channels, const Overrides& parameters) {
            return bleeding_density(channels, parameters_of(parameters));
        },
        py::arg("channels"), py::arg("parameters") = Overrides{}, "Channels that reach the capillaries, 1/mm2.");
    module.def(
        "give", [](const std::string& site) { return give_of(site_of(site)); }, py::arg("site"),
        "How far the skin of a site gives way, relative to the cheek.");
}

void add_maps(py::module_& module) {
    py::class_<Estimate>(module, "Estimate", "A mean over independent patches.")
        .def_readonly("mean", &Estimate::mean)
        .def_readonly("standard_error", &Estimate::standard_error)
        .def("__repr__", [](const Estimate& e) {
            return "<Estimate " + std::to_string(e.mean) + " +- " + std::to_string(e.standard_error) + ">";
        });
    py::class_<Strike>(module, "Strike", "One needle that struck.")
        .def_property_readonly("x", [](const Strike& s) { return s.at.x; })
        .def_property_readonly("y", [](const Strike& s) { return s.at.y; })
        .def_readonly("pass_index", &Strike::pass, "from 0")
        .def_readonly("is_new", &Strike::is_new, "false: it entered an older hole of the session")
        .def_readonly("depth", &Strike::depth, "mm");
    py::class_<ChannelMap>(module, "ChannelMap", "Counts of a Monte Carlo map.")
        .def_readonly("strikes", &ChannelMap::strikes, "1/mm2")
        .def_readonly("density", &ChannelMap::density, "of distinct channels, 1/mm2")
        .def_readonly("nearest", &ChannelMap::nearest, "mean distance to the nearest channel, mm")
        .def_readonly("open_area", &ChannelMap::open_area, "share of the surface")
        .def_readonly("reentered", &ChannelMap::reentered, "share of the strikes of each pass")
        .def_readonly("reaching", &ChannelMap::reaching, "channels that reach each depth, 1/mm2");
    const MapSettings usual;
    const double reentry = get<"reentry_radius">(default_injury_parameters);
    module.def(
        "channel_map",
        [](const StrikePattern& device, const Channels& channels, std::uint64_t seed, double width, int passes,
           int directions, double reentry_radius, int patches, const std::vector<double>& depths) {
            const auto settings = settings_of(seed, width, passes, directions, reentry_radius, patches);
            const py::gil_scoped_release others_may_run;
            return channel_map(device, channels, settings, depths);
        },
        py::arg("device"), py::arg("channels"), py::kw_only(), py::arg("seed") = usual.seed,
        py::arg("width") = usual.width, py::arg("passes") = usual.passes, py::arg("directions") = usual.directions,
        py::arg("reentry_radius") = reentry, py::arg("patches") = usual.patches,
        py::arg("depths") = std::vector<double>{}, "Maps square patches of `width` mm and counts.");
    module.def(
        "strike_map",
        [](const StrikePattern& device, const Channels& channels, std::uint64_t seed, double width, int passes,
           int directions, double reentry_radius) {
            return strike_map(device, channels, settings_of(seed, width, passes, directions, reentry_radius, 1));
        },
        py::arg("device"), py::arg("channels"), py::kw_only(), py::arg("seed") = usual.seed,
        py::arg("width") = usual.width, py::arg("passes") = usual.passes, py::arg("directions") = usual.directions,
        py::arg("reentry_radius") = reentry, "Every strike on one patch, in the order in which they fall.");
}

}  // namespace

void add_injuries(py::module_& module) {
    add_kinds(module);
    add_channels(module);
    add_layers(module);
    add_maps(module);
}

}  // namespace cicatrix::python
