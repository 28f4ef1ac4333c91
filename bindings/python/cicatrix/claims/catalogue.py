"""The list of claims; a new one is its file and two words here."""

from cicatrix.claims import (
    s01_needle_length,
    s02_channels,
    s03_redness,
    s04_cascade,
    s05_when_results_show,
    s06_sessions,
    s07_dryness,
    s08_wrinkles,
    s09_scars,
    s10_pigment,
    s11_ageing,
    s12_pores,
    s13_absorption,
    s14_hair,
    s15_conditions,
    s16_laser,
    s17_home_or_clinic,
)
from cicatrix.claims.claim import Claim

CLAIMS: tuple[Claim, ...] = tuple(
    each.CLAIM
    for each in (
        s01_needle_length,
        s02_channels,
        s03_redness,
        s04_cascade,
        s05_when_results_show,
        s06_sessions,
        s07_dryness,
        s08_wrinkles,
        s09_scars,
        s10_pigment,
        s11_ageing,
        s12_pores,
        s13_absorption,
        s14_hair,
        s15_conditions,
        s16_laser,
        s17_home_or_clinic,
    )
)
