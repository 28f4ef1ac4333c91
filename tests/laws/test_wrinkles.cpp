// Laws of the skin's mechanics: what deepens and what flattens its lines, what stiffens it, what shows.
#include <vector>

#include "catch.hpp"
#include "cicatrix/readout/dermal_density.hpp"
#include "cicatrix/readout/own_states.hpp"
#include "cicatrix/readout/skin_modulus.hpp"
#include "cicatrix/readout/visible_result.hpp"
#include "crows_feet.hpp"
#include "rates_of.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;
using namespace cicatrix::readout;

namespace {

using M = Microneedling;

/// Skin that nobody treated, with states of its own choice.
struct Face {
    Patient patient;
    CourseStates y;

    explicit Face(double age = 52) {
        patient.skin.site = &*std::ranges::find(sites, "periorbital", &Site::name);
        patient.skin.age = age;
        patient.k = default_coefficients;
        patient.start = M::home(patient.k);
        y = patient.start;
    }
    template <Name name> Face with(double factor) const {
        Face other = *this;
        other.y[index_of(M::states, name)] *= factor;
        return other;
    }
    template <Name name> Face set(double value) const {
        Face other = *this;
        other.y[index_of(M::states, name)] = value;
        return other;
    }
    template <Name name> Face assume(double value) const {
        Face other = *this;
        other.patient.p[index_of(readout_parameters, name)] = value;
        return other;
    }

    template <class R> double read() const {
        const OwnValues x = own_start(patient);
        return readout_value<R>(Moment(patient, 0, y, x, {}));
    }
    Folds folds(double hydration, double swelling = 0) const {
        const OwnValues x = own_start(patient);
        const Moment now(patient, 0, y, x, {});
        return WrinkleDepth::folds(now, y, hydration, swelling, now.age);
    }
    double depth(double hydration, double swelling = 0) const { return folds(hydration, swelling).depth(); }
};

const Face face;

}  // namespace

TEST_CASE("lines are shallower on a stiffer dermis: more collagen, more elastin, fewer fragments", "[wrinkles]") {
    const double depth = face.read<WrinkleDepth>();
    CHECK(face.with<"collagen_i_mature">(1.1).read<WrinkleDepth>() < depth);
    CHECK(face.with<"collagen_i_immature">(2).read<WrinkleDepth>() < depth);
    CHECK(face.with<"collagen_iii">(2).read<WrinkleDepth>() < depth);
    CHECK(face.with<"elastin">(1.1).read<WrinkleDepth>() < depth);
    CHECK(face.with<"collagen_fragments">(2).read<WrinkleDepth>() > depth);
    CHECK(face.assume<"dermal_modulus_home">(0.2).read<WrinkleDepth>() < depth);
}

TEST_CASE("lines deepen as the horny layer dries", "[wrinkles]") {
    double last = face.depth(1);
    for (double hydration = 0.99; hydration > 0.3; hydration -= 0.01) {
        CHECK(face.depth(hydration) > last);
        last = face.depth(hydration);
    }
}

TEST_CASE("drying makes the film buckle earlier, its shrinkage alone pulls the lines flat", "[wrinkles]") {
    CHECK(face.folds(0.7).critical() < face.folds(1).critical());
    CHECK(face.folds(0.7).strain < face.folds(1).strain);
    const Face shrinking = face.assume<"horny_layer_stiffening">(0).assume<"horny_layer_thinning">(0);
    CHECK(shrinking.depth(0.7) < shrinking.depth(1));
}

TEST_CASE("a film that does not shrink thins without a change of strain and only then wrinkles less deep",
          "[wrinkles]") {
    const Face thinning = face.assume<"horny_layer_stiffening">(0).assume<"horny_layer_shrinkage">(0);
    CHECK(thinning.folds(0.7).strain == thinning.folds(1).strain);
    CHECK(thinning.depth(0.7) < thinning.depth(1));
}

TEST_CASE("swelling smooths, and enough of it leaves less than the permanent crease", "[wrinkles]") {
    CHECK(face.depth(1, 0.05) < face.depth(1));
    CHECK(face.depth(1, 0.1) < face.depth(1, 0.05));
    const Folds tight = face.folds(1, 5);
    CHECK(tight.strain < 0);
    CHECK(tight.amplitude() < tight.crease);
}

TEST_CASE("depth runs from peak to valley, in micrometres", "[wrinkles]") {
    CHECK(face.depth(1) == Approx(2 * 1000 * face.folds(1).amplitude()));
    CHECK(face.read<WrinkleDepth>() == Approx(face.depth(1)));
}

TEST_CASE("the same skin folds deeper in age, and lies below the threshold at 25 years", "[wrinkles]") {
    CHECK(Face(25).folds(1).strain < Face(25).folds(1).critical());
    CHECK(Face(52).folds(1).strain > Face(52).folds(1).critical());
    CHECK(Face(25).depth(1) < Face(40).depth(1));
    CHECK(Face(40).depth(1) < Face(52).depth(1));
}

TEST_CASE("lines lie some tenths of a millimetre to one apart, less deep than that and shallower than a fifth",
          "[wrinkles]") {
    const Folds folds = face.folds(1);
    CHECK(folds.length() > 0.3);
    CHECK(folds.length() < 1.0);
    CHECK(folds.depth() > 20);
    CHECK(folds.depth() < 200);
}

TEST_CASE("the upper dermis has its home modulus at home, whatever bears the load", "[readout]") {
    Random random(8);
    for (int sample = 0; sample < 20; ++sample) {
        Face some = face.assume<"immature_stiffness_ratio">(between(random, 0.2, 1))
                        .assume<"collagen_iii_stiffness_ratio">(between(random, 0.1, 1))
                        .assume<"elastin_share_of_stiffness">(between(random, 0, 0.5))
                        .assume<"weakening_by_fragments">(between(random, 0, 0.5));
        CHECK(some.read<DermalModulus>() == Approx(get<"dermal_modulus_home">(some.patient.p)).epsilon(1e-14));
    }
}

TEST_CASE("cross-linking stiffens the dermis unless young collagen bears as much", "[readout]") {
    const Face young = face.set<"collagen_i_immature">(0.2).set<"collagen_i_mature">(0.6);
    const Face linked = face.set<"collagen_i_immature">(0.1).set<"collagen_i_mature">(0.7);
    CHECK(linked.read<DermalModulus>() > young.read<DermalModulus>());
    CHECK(linked.assume<"immature_stiffness_ratio">(1).read<DermalModulus>() ==
          Approx(young.assume<"immature_stiffness_ratio">(1).read<DermalModulus>()).epsilon(1e-14));
}

TEST_CASE("the whole skin is twice as stiff at 89 years as at 3, and follows its dermis", "[readout]") {
    CHECK(Face(89).read<SkinModulus>() == Approx(2 * Face(3).read<SkinModulus>()).epsilon(1e-12));
    CHECK(face.with<"collagen_i_mature">(1.2).read<SkinModulus>() / face.read<SkinModulus>() ==
          Approx(face.with<"collagen_i_mature">(1.2).read<DermalModulus>() / face.read<DermalModulus>()));
}

TEST_CASE("elasticity lies between none and all, falls with elastin and rises with collagen that bears load",
          "[readout]") {
    CHECK(face.read<Elasticity>() == Approx(1 - get<"viscous_share">(face.patient.p)).epsilon(1e-14));
    CHECK(face.with<"elastin">(0.5).read<Elasticity>() < face.read<Elasticity>());
    CHECK(face.with<"collagen_i_mature">(1.2).read<Elasticity>() > face.read<Elasticity>());
    CHECK(face.with<"collagen_fragments">(3).read<Elasticity>() < face.read<Elasticity>());
    CHECK(face.with<"elastin">(1e9).read<Elasticity>() < 1);
    CHECK(face.with<"elastin">(0).with<"collagen_i_mature">(0).read<Elasticity>() > 0);
}

TEST_CASE("density of the dermis is its collagen while nothing swells", "[readout]") {
    CHECK(face.read<DermalDensity>() == Approx(1).epsilon(1e-14));
    CHECK(face.with<"collagen_iii">(2).read<DermalDensity>() == face.with<"collagen_iii">(2).read<CollagenTotal>());
}

TEST_CASE("nothing shows at the start; shallower lines do, redness hides them; the result stays in 0-1", "[readout]") {
    CHECK(face.read<VisibleResult>() == 0);
    const Face better = face.with<"collagen_i_mature">(1.2);
    CHECK(better.read<VisibleResult>() > 0);
    CHECK(better.set<"neutrophils">(0.1).read<VisibleResult>() < better.read<VisibleResult>());
    CHECK(face.with<"collagen_i_mature">(0.5).read<VisibleResult>() == 0);
    CHECK(face.with<"collagen_i_mature">(100).with<"elastin">(100).read<VisibleResult>() <= 1);
    CHECK(face.set<"neutrophils">(100).read<VisibleResult>() == 0);
}

TEST_CASE("crow's feet deepen while the skin is dry, settle within two weeks and grow shallower all year",
          "[wrinkles][course]") {
    const Lines bare = crows_feet_lines();
    INFO("peak " << bare.peak << " um on day " << bare.peak_at << ", day 14 " << bare.on_day_14);
    INFO("gains " << bare.gains[0] << " " << bare.gains[1] << " " << bare.gains[2] << " " << bare.gains[3]);
    CHECK(bare.peaks_early());
    CHECK(bare.settles());
    CHECK(bare.improves_all_year());
    CHECK(crows_feet_lines(default_readout_parameters, true).peak <= 0.5 * bare.peak);
}
