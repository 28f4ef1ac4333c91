// Melanin of the skin: what the phototype gives, more by sun and inflammation, less as the epidermis renews itself.
#pragma once
#include "cicatrix/readout/readout.hpp"

namespace cicatrix::readout {

/// Ultraviolet light that reaches the skin, in units of production at home.
auto uv_below_sunscreen(const auto& now) {
    return now.care.uv * (now.care.sunscreen ? 1.0 - get<"sunscreen_protection">(now.p) : 1.0);
}

/// How strongly inflammation stirs pigment cells, 0 at rest; sun makes them answer more.
auto pigment_stimulus(const auto& now) {
    const auto [neutrophils, macrophages] = pick<"neutrophils", "macrophages_m1">(now.y);
    const auto [half, sun] = pick<"pigment_inflammation_half", "pigment_response_by_sun">(now.p);
    const auto cells = neutrophils + macrophages;
    return select(cells > 0.0, cells / (half + cells) * (1.0 + sun * uv_below_sunscreen(now)), 0.0);
}

/// How much more a phototype answers than type II.
auto pigment_response_of_phototype(const auto& now) {
    return pow(get<"pigment_response_by_phototype">(now.p), static_cast<double>(now.skin.phototype - 2));
}

/// The light of before day 0 is taken to be that of the course, without sunscreen: sunscreen begins with the course.
struct SkinPigment {
    static constexpr State row{"skin_pigment", "1", "melanin relative to unexposed skin of the same phototype"};

    static double start(const auto& now) { return 1.0 + now.care.uv; }

    static auto flow(const auto& now) {
        const auto turnover = get<"melanin_turnover">(now.k);
        const auto response = get<"pigment_response">(now.p) * pigment_response_of_phototype(now);
        return FlowOf{turnover * (1.0 + uv_below_sunscreen(now) + response * pigment_stimulus(now)), turnover};
    }
};

struct MelaninIndex {
    static constexpr Readout row{
        .name = "melanin_index",
        .unit = "1",
        .meaning = "melanin of the epidermis, relative to unexposed skin of phototype II; not a meter's reading",
        .formula =
            "melanin_by_phototype^(phototype - 2) skin_pigment; skin_pigment follows, with melanin_turnover, 1 + uv "
            "+ pigment_response pigment_response_by_phototype^(phototype - 2) cells / "
            "(pigment_inflammation_half + cells) (1 + pigment_response_by_sun uv) with cells = neutrophils + "
            "macrophages_m1 and sunscreen_protection on uv",
        .grade = Grade::assumed,
        .source =
            {"own choice",
             "synthesis against renewal of the epidermis; needling by itself never fades pigment here: melanocytes "
             "of needled rats did not change in number (Aust et al. 2008, Plast Reconstr Surg 122:1553, "
             "doi:10.1097/PRS.0b013e318188245e), and no trial isolates such an effect"},
    };
    // clang-format off
    static constexpr std::array parameters{
        Parameter{"melanin_by_phototype", 1.2, "1", {1.05, 1.4}, Grade::indirect,
                  {"Alaluf et al. 2002, PMID 11936268",
                   "African and Indian skins have about twice the epidermal melanin of European, Chinese and Mexican "
                   "ones; spread evenly from type II to VI"},
                  "melanin at home of each phototype over the one before"},
        Parameter{"pigment_response", 0.25, "1", {0, 1.5}, Grade::assumed,
                  {"own choice", "a few per cent more melanin after a session in light skin"},
                  "extra melanin production of phototype II under strong inflammation"},
        Parameter{"pigment_response_by_phototype", 1.6, "1", {1, 2}, Grade::assumed,
                  {"own choice", "dark spots in 5 of 30 patients of types IV and V, in 15 of about 266 over eight "
                                 "reports of all types"},
                  "answer of pigment to inflammation of each phototype over the one before"},
        Parameter{"pigment_inflammation_half", 0.05, "1", {0.01, 0.3}, Grade::assumed,
                  {"own choice", "below the mean of the dermis after a clinic session, above that of a home roller"},
                  "inflammatory cells at which pigment answers with half its strength"},
        Parameter{"pigment_response_by_sun", 1.0, "1", {0, 4}, Grade::assumed,
                  {"own choice", "sun is said to darken healing skin; no number was found"},
                  "gain of the answer of pigment to inflammation per unit of ultraviolet light"},
        Parameter{"sunscreen_protection", 0.8, "1", {0.3, 0.97}, Grade::assumed,
                  {"own choice", "as people use it; in 185 pregnant women with a strong sunscreen melasma was 20 "
                                 "times rarer than before (2.7 against 53 per cent: Lakhdar et al. 2007, J Eur Acad "
                                 "Dermatol Venereol, doi:10.1111/j.1468-3083.2007.02185.x), another disorder and no "
                                 "concurrent control"},
                  "share of ultraviolet light that daily sunscreen keeps off"},
    };
    // clang-format on
    using states = std::tuple<SkinPigment>;

    static auto value(const auto& now) {
        const auto home = pow(get<"melanin_by_phototype">(now.p), static_cast<double>(now.skin.phototype - 2));
        return home * get<"skin_pigment">(now.x);
    }
};

}  // namespace cicatrix::readout
