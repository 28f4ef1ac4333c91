"""What `cicatrix` says when it is called with nothing behind it: what it is, and three commands to start with."""

# A question of somebody who is new here, and the command that answers it.
FIRST_STEPS = (
    ("See a course", "cicatrix run crows_feet --report crows_feet.html"),
    ("Why does it take months?", "cicatrix explain crows_feet wrinkle_depth"),
    ("What of many people?", "cicatrix sweep cohort -o persons --figure persons.png"),
)
WHAT_IT_IS = "Cicatrix simulates what needles set off in skin, from the first day to the year after."
CAUTION = "A research simulation, not calibrated, not medical advice."
MORE = (
    ("All commands", "cicatrix --help"),
    ("What there is to run", "cicatrix list scenarios"),
    ("Names completed by Tab", "cicatrix completion --help"),
)


def first_steps() -> str:
    """The text, which fits on a screen."""
    width = max(len(question) for question, _ in FIRST_STEPS + MORE) + 2
    steps, more = (
        [f"  {question.ljust(width)}{command}" for question, command in rows] for rows in (FIRST_STEPS, MORE)
    )
    return "\n".join([WHAT_IT_IS, CAUTION, "", *steps, "", *more])
