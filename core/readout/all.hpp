// The list of read-outs. A new one is its file and one word here; its parameters and own states follow.
#pragma once
#include <array>
#include <tuple>
#include <utility>

#include "cicatrix/readout/collagen_iii_fraction.hpp"
#include "cicatrix/readout/collagen_total.hpp"
#include "cicatrix/readout/cost.hpp"
#include "cicatrix/readout/dermal_density.hpp"
#include "cicatrix/readout/dermal_modulus.hpp"
#include "cicatrix/readout/downtime.hpp"
#include "cicatrix/readout/elasticity.hpp"
#include "cicatrix/readout/epidermal_thickness.hpp"
#include "cicatrix/readout/erythema.hpp"
#include "cicatrix/readout/hair_density.hpp"
#include "cicatrix/readout/hydration.hpp"
#include "cicatrix/readout/hyperpigmentation_risk.hpp"
#include "cicatrix/readout/inflammation.hpp"
#include "cicatrix/readout/melanin_index.hpp"
#include "cicatrix/readout/oedema.hpp"
#include "cicatrix/readout/pain.hpp"
#include "cicatrix/readout/pinpoint_bleeding.hpp"
#include "cicatrix/readout/pore_index.hpp"
#include "cicatrix/readout/scar_depth.hpp"
#include "cicatrix/readout/scar_grade.hpp"
#include "cicatrix/readout/skin_modulus.hpp"
#include "cicatrix/readout/tewl.hpp"
#include "cicatrix/readout/treatment_time.hpp"
#include "cicatrix/readout/visible_result.hpp"
#include "cicatrix/readout/wrinkle_depth.hpp"

namespace cicatrix {

/// In the order in which result files hold them.
using Readouts =
    std::tuple<readout::CollagenTotal, readout::CollagenIiiFraction, readout::Inflammation, readout::Tewl,
               readout::Hydration, readout::Erythema, readout::Oedema, readout::Pain, readout::PinpointBleeding,
               readout::EpidermalThickness, readout::Downtime, readout::TreatmentTime, readout::Cost,
               readout::ScarDepth, readout::ScarGrade, readout::MelaninIndex, readout::HyperpigmentationRisk,
               readout::PoreIndex, readout::HairDensity, readout::DermalModulus, readout::SkinModulus,
               readout::Elasticity, readout::DermalDensity, readout::WrinkleDepth, readout::VisibleResult>;

}  // namespace cicatrix
