// The one kernel of the page: Rodas5P in the two lanes of a register of WebAssembly. What else the core has kernels and
// tables for, space and published models, is left out.
#include "cicatrix/course/kernel.hpp"

#include <stdexcept>

#include "cicatrix/course/follow.hpp"
#include "cicatrix/scenario/published.hpp"

namespace cicatrix {

void integrate_courses(CourseQueue& queue, const Settings<CourseModel>& settings, Method method, int, Precision) {
    if (method != Method::rodas5p) throw std::invalid_argument("this page solves by rodas5p");
    integrate_by_rodas5p<InstructionSet::baseline, 2>(queue, settings);
}

void follow_depth(Course&, Legs&, const Progress&) { throw std::invalid_argument("this page knows no depth"); }
void follow_channel(Course&, Legs&, const Progress&) { throw std::invalid_argument("this page knows no channel"); }

std::vector<ParameterRow> published_parameters(std::string_view) { return {}; }
std::vector<ParameterRow> published_initial(std::string_view) { return {}; }
void read_published(Draft&, std::string_view, ScenarioContents&) {
    throw std::invalid_argument("this page knows no published models");
}
void refuse_keys_of_models(Draft&) {}

}  // namespace cicatrix
