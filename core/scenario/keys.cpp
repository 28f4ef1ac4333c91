// What each key allows, in words.
#include "cicatrix/scenario/keys.hpp"

#include <vector>

#include "cicatrix/base/error.hpp"
#include "cicatrix/units/quoted.hpp"

namespace cicatrix {
namespace {

std::string limit_text(double limit, std::string_view unit) {
    const std::string number = shortest_text(limit);
    return unit.empty() ? number : number + " " + std::string(unit);
}

std::string choices_text(const Key& key) {
    std::vector<std::string> names;
    for (const auto name : key.choices) names.push_back("'" + std::string(name) + "'");
    return listed(names, "or");
}

}  // namespace

std::string limits_text(const Key& key) {
    return limit_text(key.limits.low, key.unit) + " to " + limit_text(key.limits.high, key.unit);
}

std::string allowed_text(const Key& key) {
    switch (key.kind) {
        case ValueKind::text:
            return "a text";
        case ValueKind::choice:
            return choices_text(key);
        case ValueKind::choices:
            return "a list of " + choices_text(key);
        case ValueKind::boolean:
            return "true or false";
        case ValueKind::integer:
            return "a whole number from " + limits_text(key);
        case ValueKind::number:
            return "a number from " + limits_text(key);
        case ValueKind::quantity:
            return words(key.dimension) + " from " + limits_text(key);
        case ValueKind::sessions:
            return "'once', 'none', 'every 4 weeks x 4', 'every 4 weeks x 6, skip 3', a list of times such as '30 "
                   "days', or a "
                   "list of tables that say 'at' and what differs";
        case ValueKind::outputs:
            return choices_text(key) + ", or a list of times such as '30 days'";
        case ValueKind::topicals:
            return "a list of tables with 'compound', 'dose' and 'when'";
        case ValueKind::times:
            return "'once', 'daily', 'twice daily for 12 weeks', 'every 3 days from 7 days for 4 weeks', 'after each "
                   "session for 3 days', or a list of times such as '30 days'";
        case ValueKind::varied:
            return "a table of keys with lists of levels, such as ['1 mm', '2 mm'], or distributions, such as 'uniform "
                   "1 mm "
                   "to 2 mm'";
        case ValueKind::levels:
            return "a list of levels, a distribution such as 'normal 45 years sd 8 years', or a table of shares";
        case ValueKind::rows:
            return "a list of tables of keys";
        case ValueKind::outcomes:
            return "a list of outcomes, such as 'wrinkle_depth effect final'";
        case ValueKind::arms:
            return "a table of arms, each a table of keys";
        case ValueKind::cohort:
            return "a table with 'age', 'sex', 'phototype', 'site', 'variability', 'correlation' and 'adherence'";
        case ValueKind::adherence:
            return "a table with 'sunscreen', 'moisturiser' and 'sessions'";
    }
    return "";
}

}  // namespace cicatrix
