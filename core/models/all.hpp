// The list of models: command line, files, documentation and tests iterate over it. A new model is its file and one
// word here.
#pragma once
#include <string_view>
#include <tuple>

#include "cicatrix/models/adler_2020.hpp"
#include "cicatrix/models/baker_2017.hpp"
#include "cicatrix/models/bianchi_2015.hpp"
#include "cicatrix/models/buganza_tepole.hpp"
#include "cicatrix/models/cooper_2015.hpp"
#include "cicatrix/models/dankwa.hpp"
#include "cicatrix/models/dunster_2014.hpp"
#include "cicatrix/models/felix_garza_2017.hpp"
#include "cicatrix/models/krishna_2015.hpp"
#include "cicatrix/models/lazebnik_friedman.hpp"
#include "cicatrix/models/microneedling.hpp"
#include "cicatrix/models/reynolds_2006.hpp"
#include "cicatrix/models/sherratt_murray.hpp"
#include "cicatrix/models/trejo_2019.hpp"
#include "cicatrix/models/waugh_sherratt_2006.hpp"
#include "cicatrix/models/waugh_sherratt_2007.hpp"
#include "cicatrix/models/zlobina_2022.hpp"

namespace cicatrix {

/// Our own first, then the published models.
using Models = std::tuple<Microneedling, Adler2020, Baker2017, Bianchi2015, BuganzaTepole, Cooper2015, Dankwa,
                          Dunster2014, FelixGarza2017, Krishna2015, LazebnikFriedman, Reynolds2006, SherrattMurray,
                          Trejo2019, WaughSherratt2006, WaughSherratt2007, Zlobina2022>;

/// Calls `visit` with the model of this id; false when no model has it.
template <class Visit> bool with_model(std::string_view id, Visit&& visit) {
    return std::apply([&](auto... model) { return ((model.id == id && (visit(model), true)) || ...); }, Models{});
}

/// Calls `visit` with every model.
template <class Visit> void for_each_model(Visit&& visit) {
    std::apply([&](auto... model) { (visit(model), ...); }, Models{});
}

}  // namespace cicatrix
