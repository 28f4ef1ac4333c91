// The walk through a Group that writes its parts into an HDF5 file in the order that netCDF asks for.
#include "cicatrix/io/netcdf_group.hpp"

#include "cicatrix/io/dataset_check.hpp"
#include "cicatrix/io/hdf5_types.hpp"
#include "cicatrix/io/netcdf_layout.hpp"

#include <hdf5_hl.h>

#include <cstdio>
#include <deque>
#include <limits>
#include <map>

namespace cicatrix::detail {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Text of `size` bytes with its closing NUL, or of any length with H5T_VARIABLE.
Hdf5Id text_type(std::size_t size) {
    Hdf5Id type(H5Tcopy(H5T_C_S1), H5Tclose, "make a text type");
    checked(H5Tset_size(type, size), "set the length of a text");
    checked(H5Tset_cset(type, H5T_CSET_UTF8), "declare a text to be UTF-8");
    checked(H5Tset_strpad(type, H5T_STR_NULLTERM), "declare a text to end with NUL");
    return type;
}

Hdf5Id simple_space(const std::vector<hsize_t>& shape) {
    if (shape.empty()) return {H5Screate(H5S_SCALAR), H5Sclose, "make a scalar space"};
    return {H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose, "make a space"};
}

void write_attribute(hid_t owner, const char* name, hid_t file_type, hid_t space, hid_t memory_type,
                     const void* value) {
    const Hdf5Id attribute(H5Acreate2(owner, name, file_type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                           "create an attribute");
    if (value != nullptr) checked(H5Awrite(attribute, memory_type, value), "write an attribute");
}

void write_attribute(hid_t owner, const char* name, const std::string& text) {
    const Hdf5Id type = text_type(text.size() + 1);
    write_attribute(owner, name, type, simple_space({}), type, text.c_str());
}

template <class Value> void write_attribute(hid_t owner, const char* name, const std::vector<Value>& values) {
    const Hdf5Id space =
        values.empty() ? Hdf5Id(H5Screate(H5S_NULL), H5Sclose, "make an empty space") : simple_space({values.size()});
    write_attribute(owner, name, Stored<Value>::file(), space, Stored<Value>::memory(),
                    values.empty() ? nullptr : values.data());
}

/// netCDF knows no scalar attributes but texts: a number is a list of one.
template <class Value> void write_attribute(hid_t owner, const char* name, const Value& value) {
    write_attribute(owner, name, std::vector<Value>{value});
}

void write_attributes(hid_t owner, const Attributes& attributes) {
    for (const auto& [name, value] : attributes)
        std::visit([&, name = name.c_str()](const auto& known) { write_attribute(owner, name, known); }, value);
}

template <class Value>
Hdf5Id create_dataset(hid_t group, const Variable& variable, const std::vector<hsize_t>& shape, bool is_coordinate) {
    const Hdf5Id list = dataset_list();
    if (is_filtered(shape, sizeof(Value))) set_filters(list, chunk_shape(shape, sizeof(Value)));
    const bool has_fill = std::is_same_v<Value, double> && !is_coordinate;  // CF: a coordinate misses no value
    if (has_fill) checked(H5Pset_fill_value(list, H5T_NATIVE_DOUBLE, &missing), "set the fill value");
    Hdf5Id dataset(H5Dcreate2(group, variable.name.c_str(), Stored<Value>::file(), simple_space(shape), H5P_DEFAULT,
                              list, H5P_DEFAULT),
                   H5Dclose, "create a variable");
    if (has_fill) write_attribute(dataset, "_FillValue", missing);
    return dataset;
}

template <class Value>
Hdf5Id write_values(hid_t group, const Variable& variable, const std::vector<hsize_t>& shape, bool is_coordinate,
                    const std::vector<Value>& values) {
    Hdf5Id dataset = create_dataset<Value>(group, variable, shape, is_coordinate);
    if (!values.empty())
        checked(H5Dwrite(dataset, Stored<Value>::memory(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
                "write the values of a variable");
    return dataset;
}

Hdf5Id write_values(hid_t group, const Variable& variable, const std::vector<hsize_t>& shape, bool,
                    const std::vector<std::string>& texts) {
    const Hdf5Id type = text_type(H5T_VARIABLE);
    Hdf5Id dataset(
        H5Dcreate2(group, variable.name.c_str(), type, simple_space(shape), H5P_DEFAULT, dataset_list(), H5P_DEFAULT),
        H5Dclose, "create a text variable");
    std::vector<const char*> pointers;
    for (const auto& text : texts) pointers.push_back(text.c_str());
    if (!pointers.empty())
        checked(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "write a text variable");
    return dataset;
}

/// What netCDF writes for a dimension that no variable describes: a scale without values whose name says so.
Hdf5Id write_bare_dimension(hid_t group, const std::string& name, std::size_t length) {
    Hdf5Id dataset(H5Dcreate2(group, name.c_str(), H5T_IEEE_F32BE, simple_space({length}), H5P_DEFAULT, dataset_list(),
                              H5P_DEFAULT),
                   H5Dclose, "create a dimension");
    char title[80];
    std::snprintf(title, sizeof title, "This is a netCDF dimension but not a netCDF variable.%10zu", length);
    checked(H5DSset_scale(dataset, title), "make a dimension scale");
    return dataset;
}

class NetcdfWriter {
  public:
    explicit NetcdfWriter(hid_t file) : file_(file) {}

    void write(const Group& root) { write_group(file_, root); }

  private:
    using Scales = std::map<std::string, Hdf5Id, std::less<>>;

    void write_group(hid_t id, const Group& group) {
        path_.push_back(&group);
        scales_.emplace_back();
        write_attributes(id, group.attributes);
        write_dimensions(id, group);
        for (const auto& variable : group.variables)
            if (!is_coordinate(group, variable)) write_variable(id, variable);
        for (const auto& inner : group.groups) {
            const Hdf5Id inner_id(H5Gcreate2(id, inner.name.c_str(), H5P_DEFAULT, group_list(), H5P_DEFAULT), H5Gclose,
                                  "create a group");
            write_group(inner_id, inner);
        }
        scales_.pop_back();
        path_.pop_back();
    }

    /// The dimensions come first and in their order: readers number them in the order of creation.
    void write_dimensions(hid_t id, const Group& group) {
        for (const auto& [name, length] : group.dimensions) {
            const Variable* coordinate = nullptr;
            for (const auto& variable : group.variables)
                if (variable.name == name) coordinate = &variable;
            scales_.back().emplace(
                name, coordinate ? write_coordinate(id, *coordinate) : write_bare_dimension(id, name, length));
        }
    }

    Hdf5Id write_coordinate(hid_t id, const Variable& variable) {
        Hdf5Id dataset = write_with_attributes(id, variable, true);
        checked(H5DSset_scale(dataset, variable.name.c_str()), "make a dimension scale");
        return dataset;
    }

    void write_variable(hid_t id, const Variable& variable) {
        const Hdf5Id dataset = write_with_attributes(id, variable, false);
        for (std::size_t axis = 0; axis < variable.dimensions.size(); ++axis)
            checked(H5DSattach_scale(dataset, scale(variable.dimensions[axis]), static_cast<unsigned>(axis)),
                    "attach a dimension scale");
    }

    Hdf5Id write_with_attributes(hid_t id, const Variable& variable, bool is_coordinate) {
        std::vector<hsize_t> shape;
        for (const auto& dimension : variable.dimensions) shape.push_back(dimension_length(path_, dimension));
        Hdf5Id dataset =
            std::visit([&](const auto& values) { return write_values(id, variable, shape, is_coordinate, values); },
                       variable.values);
        write_attributes(dataset, variable.attributes);
        return dataset;
    }

    hid_t scale(const std::string& dimension) const {
        for (auto scales = scales_.rbegin(); scales != scales_.rend(); ++scales)
            if (const auto found = scales->find(dimension); found != scales->end()) return found->second;
        throw Hdf5Error("find the dimension " + dimension);
    }

    hid_t file_;
    GroupPath path_;
    std::deque<Scales> scales_;  // of every group of the path: a variable may use the dimensions of an outer one
};

}  // namespace

void write_group(hid_t file, const Group& root) { NetcdfWriter(file).write(root); }

}  // namespace cicatrix::detail
