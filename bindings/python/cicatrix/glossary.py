"""Words that results and reports use, each in a few plain sentences."""

GRADES = {
    "A": "measured in human skin, for this very quantity",
    "B": "human skin, indirect",
    "C": "animal, in vitro or another tissue",
    "D": "expert opinion or a published model",
    "assumed": "our own choice",
}

TERMS = {
    "home": (
        "The state of uninjured skin at rest. Most states are given relative to it, so that 1 means as much\n"
        "as healthy skin has. At age 25 and below nothing changes at home; older skin starts from home skin\n"
        "that has aged."
    ),
    "untreated twin": (
        "The same skin with the same care and no session, computed with every course. Its variables are named\n"
        "untreated_...; an effect is the difference from it, so that ageing is never counted as an effect."
    ),
    "effect": (
        "Treated skin minus its untreated twin, on the same day. `course.cx.effect(name)` gives it in the\n"
        "unit of the variable, `relative=True` as a share of the twin."
    ),
    "milestone": (
        "The day, counted from the first session, on which 10, 50 or 90 % of the effect after 12 months (or\n"
        "at the end of a shorter course) is reached. Inflammation comes and goes: its excess is summed over\n"
        "that time. A milestone is given only where the outputs are near enough to tell: apart by half the\n"
        "time since the session before, by a day at least and by 35 days at most; for inflammation, one a day\n"
        "in the fortnight after each session."
    ),
    "grade": (
        "How well a number is known:\n"
        + "\n".join(f"  {grade.ljust(7)}  {meaning}" for grade, meaning in GRADES.items())
        + "\nNothing is calibrated yet: order and timing are what to look at, not the size of an effect."
    ),
    "injured_fraction": (
        "Share of the dermis's volume that one session injures, V. It follows from the channels,\n"
        "V = (1 - exp(-n pi w^2)) min(depth, dermis) / dermis, with n channels per area and the injury radius\n"
        "w; a prescribed device sets it. Everything but cover and barrier starts from it."
    ),
    "open_area_fraction": (
        "Share of the skin's surface that one session opens, A = 1 - exp(-n pi a^2), with n channels per area\n"
        "and the mouth radius a. Epidermal cover and barrier lose it; a prescribed device sets it equal to\n"
        "injured_fraction."
    ),
    "channel_density": (
        "Channels that all passes of a session open, per cm2 of skin. For a roller it follows from its\n"
        "needles, the drum and the passes; for pens and stamps from `device.channel_density` and the passes."
    ),
    "channel_depth": (
        "How deep a channel goes, in mm: `device.needle_length` times `device.penetration_ratio`, because the\n"
        "skin gives way under a needle."
    ),
    "dermis_thickness": (
        "Thickness of the dermis in mm, by site and sex. A channel that is deeper injures the dermis in its\n"
        "whole thickness and no more."
    ),
}
ALIASES = {"twin": "untreated twin", "untreated": "untreated twin", "milestones": "milestone", "grades": "grade"}
