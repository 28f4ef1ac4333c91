// Chooses among the compiled integrators of courses.
#include "cicatrix/course/kernel.hpp"

namespace cicatrix {

void integrate_courses(CourseQueue& queue, const Settings<CourseModel>& settings, Method method, int lanes,
                       Precision precision) {
    detail::with_instruction_set([&]<InstructionSet set>() {
        if (!has_vector_lanes) lanes = 1;
        else if (lanes == 0) lanes = natural_lanes<set>;
        const bool by_rodas5p = method == Method::rodas5p;
        constexpr auto base = InstructionSet::baseline;  // Rodas4 is a second opinion, not for speed
        if (precision == Precision::single) {
            constexpr int many = natural_single_lanes<set>, many_at_base = natural_single_lanes<base>;
            if (lanes == 1)
                return by_rodas5p ? integrate_in_single_by_rodas5p<set, 1>(queue, settings)
                                  : integrate_in_single_by_rodas4<base, 1>(queue, settings);
            return by_rodas5p ? integrate_in_single_by_rodas5p<set, many>(queue, settings)
                              : integrate_in_single_by_rodas4<base, many_at_base>(queue, settings);
        }
        if constexpr (has_vector_lanes) {
            if (!by_rodas5p && lanes >= 2) return integrate_by_rodas4<base, natural_lanes<base>>(queue, settings);
            if constexpr (has_kernel<set, 8>)
                if (lanes >= 8) return integrate_by_rodas5p<set, 8>(queue, settings);
            if constexpr (has_kernel<set, 4>)
                if (lanes >= 4) return integrate_by_rodas5p<set, 4>(queue, settings);
            if (lanes >= 2) return integrate_by_rodas5p<set, 2>(queue, settings);
        }
        by_rodas5p ? integrate_by_rodas5p<base, 1>(queue, settings) : integrate_by_rodas4<base, 1>(queue, settings);
    });
}

}  // namespace cicatrix
