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
        "in the fortnight after each session. `explain FILE READOUT` tells from when on the shares of any\n"
        "effect are there to stay, which is later where swelling or a session takes them away again."
    ),
    "grade": (
        "How well a number is known:\n"
        + "\n".join(f"  {grade.ljust(7)}  {meaning}" for grade, meaning in GRADES.items())
        + "\nNothing is calibrated yet: order and timing are what to look at, not the size of an effect."
    ),
    "design": (
        "How the members of a sweep are chosen, sweep.design:\n"
        "  grid              every combination of the levels\n"
        "  zip               the first level of each, the second of each, ...\n"
        "  list              the rows of sweep.rows\n"
        "  latin hypercube   sweep.samples members; of each factor every stratum is filled once whenever their\n"
        "                    number is a power of two, since the first members stay as they are when there are more\n"
        "  sobol             the same by a scrambled Sobol' sequence, which fills planes of factors evenly, too\n"
        "  cohort            sweep.samples persons, described by sweep.cohort"
    ),
    "distribution": (
        "What a factor of sweep.vary or sweep.cohort may be instead of a list of levels:\n"
        '  "uniform 0.5 mm to 2 mm", "loguniform 0.1 to 10"\n'
        '  "normal 45 years sd 8 years", "lognormal 1.5 mm cv 0.2" (its median), "cv 0.2" (about the usual value):\n'
        '      cut off at what is allowed, or with "from A to B" behind them there\n'
        '  "range"    of a parameter: uniform over its range'
    ),
    "outcome": (
        "One number of a course, written QUANTITY [effect | untreated] REDUCTION:\n"
        "  QUANTITY   a state or read-out (`list states`, `list readouts`)\n"
        "  effect     treated less untreated skin; untreated: the twin alone; neither: the treated skin\n"
        "  REDUCTION  final, peak, time of peak, auc (integral), at DAYS days, time to LEVEL (a number in the unit of\n"
        "             the quantity; its first crossing, upwards or downwards)\n"
        '"wrinkle_depth effect final", "erythema auc", "tewl at 3 days". The name of its variable is\n'
        "understood as well: wrinkle_depth_effect_final."
    ),
    "sobol": (
        "Indices of Sobol', `cicatrix sensitivity`: shares of the variance of an outcome over what varies.\n"
        "  S1  what a factor does by itself; ST  the same with all that it does together with others\n"
        "ST less S1 is interaction; an ST near 0 says that the factor may be fixed. Each stands with an interval of\n"
        "95 % from samples drawn again. An estimate may fall below 0 or above 1, or S1 above ST, by as much as its\n"
        "interval is wide. Where an outcome does not vary its indices are not numbers (NaN); where it varies in so\n"
        "few samples that some draws hold none of them, the interval has no ends. A sample takes a run for each\n"
        "factor and each group of factors, and two more. As a design of a sweep, sobol is the sequence of points:\n"
        "`explain design`."
    ),
    "morris": (
        "Screening by elementary effects, `cicatrix sensitivity --method morris`: each factor takes a step from many\n"
        "places, and the outcome changes by so much for its whole range.\n"
        "  mu_star  mean size of these changes; mu  their mean with sign; sigma  their spread\n"
        "A sigma as large as mu_star says that the effect depends on the place, by curvature or by other factors.\n"
        "It takes a run for each factor and one more in each of 64 trajectories, and finds the few factors of many\n"
        "that are worth the indices of `explain sobol`."
    ),
    "cohort": (
        'Persons who differ in age, sex, skin and biology, a design of a sweep: `sweep.design = "cohort"` takes\n'
        "sweep.samples of them, sweep.cohort says how they differ (`explain sweep.cohort`). Person 7 is the same in\n"
        "a cohort of ten and of a thousand, and under each of sweep.arms."
    ),
    "arm": (
        "One of several protocols under which the same members of a sweep go, a table [sweep.arms.NAME] with what\n"
        "differs:\n"
        "  [sweep.arms.pen]\n"
        '  device = { kind = "pen", needle_length = "1.5 mm" }\n'
        "  [sweep.arms.roller]\n"
        '  device = { kind = "roller", needle_length = "0.5 mm" }\n'
        "Differences between two arms are taken person by person: `sweep.cx.paired(OUTCOME)`."
    ),
    "cohort.missed_sessions": (
        "Which sessions a person of a cohort misses, as one number: 1 for the second session, 2 for the third, 4 for\n"
        "the fourth and so on, summed up. 0 misses none, 5 the second and the fourth. The first is always kept."
    ),
    "injured_fraction": (
        "Share of the dermis's volume that one session injures: the mean over depth of\n"
        "1 - exp(-n pi w^2), with n channels per area that reach the depth and the radius w of the injury round\n"
        "them; a prescribed device sets it. The signals of the wound start from it."
    ),
    "open_area_fraction": (
        "Share of the skin's surface that one session opens, 1 - exp(-n pi a^2), with n channels per area and\n"
        "the mouth radius a. Epidermal cover and barrier lose it; a prescribed device sets it equal to\n"
        "injured_fraction."
    ),
    "reached_fraction": (
        "Share of the dermis's volume that lies within `reach` of a channel of the session. Healing is local:\n"
        "only this tissue answers, so that more and deeper channels gain more, and less and less where their\n"
        "surroundings overlap. A prescribed device reaches everything."
    ),
    "untouched_fraction": (
        "Share of the dermis's volume that no session so far has reached. It stays as it was; the states of a\n"
        "result are means over reached and untouched tissue."
    ),
    "strike_density": (
        "Needles that struck in all passes of a session, per cm2 of skin, those that re-entered a hole included."
    ),
    "channel_density": (
        "Distinct channels that all passes of a session open, per cm2 of skin: strikes less those that\n"
        "re-entered a hole within `reentry_radius`. It follows from the device, its kinematics and the passes,\n"
        "unless `device.channel_density` gives it."
    ),
    "channel_depth": (
        "How deep the channels go below the surface on average, in mm. It is less than `device.needle_length`\n"
        "where the skin gives way under the needle: much under a roller, little under a pen."
    ),
    "channel_depth_spread": "Standard deviation of the depth from channel to channel, in mm.",
    "inflammation_left": (
        "Inflammation that the session before has left in the tissue that it reached, as a share of its peak.\n"
        "Above 5 % the run warns: the session lands inside the inflammation of the one before."
    ),
    "calibrated": (
        "Whether the amplitudes of a result were fitted to measurements. `no`: order and timing are what to\n"
        "look at, not amounts; of two doses the stronger can be told, not by how much. Nothing is calibrated yet."
    ),
}
ALIASES = {
    "arms": "arm",
    "twin": "untreated twin",
    "untreated": "untreated twin",
    "milestones": "milestone",
    "grades": "grade",
}
