// Every parameter of a course in one list: of the model, the injury, the read-outs, topical absorption, depth and channel.
#pragma once
#include <algorithm>
#include <array>
#include <span>

#include "cicatrix/course/course.hpp"

namespace cicatrix {

/// In the order of files and listings. Names are unique over the whole list.
inline constexpr auto course_parameters = [] {
    std::array<Parameter, CourseModel::parameters.size() + injury::parameters.size() + readout_parameters.size() +
                              absorption::parameters.size() + depth::parameters.size() + channel::parameters.size()>
        out{};
    auto place = std::ranges::copy(CourseModel::parameters, out.begin()).out;
    place = std::ranges::copy(injury::parameters, place).out;
    place = std::ranges::copy(readout_parameters, place).out;
    place = std::ranges::copy(absorption::parameters, place).out;
    place = std::ranges::copy(depth::parameters, place).out;
    std::ranges::copy(channel::parameters, place);
    return out;
}();
static_assert(sound(course_parameters));

/// The place of the value of the parameter at position `i` of the list in a plan.
template <class AnyPlan> auto& course_parameter(AnyPlan& plan, std::size_t i) {
    constexpr std::size_t model = CourseModel::parameters.size(), injury = model + injury::parameters.size(),
                          readouts = injury + readout_parameters.size(),
                          absorption = readouts + absorption::parameters.size(),
                          depth = absorption + depth::parameters.size();
    if (i < model) return plan.parameters[i];
    if (i < injury) return plan.injury[i - model];
    if (i < readouts) return plan.readouts[i - injury];
    if (i < absorption) return plan.absorption[i - readouts];
    return i < depth ? plan.depth[i - absorption] : plan.channel[i - depth];
}

}  // namespace cicatrix
