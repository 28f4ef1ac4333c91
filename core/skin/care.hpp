// What is done at home, and what is put on the skin.
#pragma once
#include <string>
#include <vector>

namespace cicatrix {

/// What decides how a compound passes the skin.
struct Compound {
    std::string name;
    double molecular_mass = 0;  ///< g/mol
    double permeability = 0;    ///< of intact skin for its solution, mm/d
    double solubility = 0;      ///< in the vehicle or film on the skin, g/mm3
};

/// A compound put on the skin again and again.
struct Application {
    Compound compound;
    double dose = 0;            ///< each time, g/mm2
    std::vector<double> times;  ///< ascending, d
};

/// The same for the treated skin and its twin.
struct Care {
    bool moisturiser = false, sunscreen = false, anaesthetic = false;
    double occlusion = 0;  ///< how long a film covers the skin after each session, d
    double uv = 0;         ///< extra melanin production in units of that at home, before any sunscreen
    std::vector<Application> topicals;
};

}  // namespace cicatrix
