"""The section of a report that says what drives the result: which processes change it, month by month."""

from html import escape

import xarray as xr

from cicatrix._core import InputError
from cicatrix.course import status_fault
from cicatrix.course_charts import explanation_chart
from cicatrix.explanation import Explanation, explain
from cicatrix.explanation_figure import explanation_figure
from cicatrix.explanation_text import closure_text, figure_words, sentences
from cicatrix.hover_charts import ChartBook
from cicatrix.milestones import session_days
from cicatrix.outcome import RefusedError
from cicatrix.readouts import spoken
from cicatrix.report_page import anchor, figure, listed, prose
from cicatrix.space import has_channel
from cicatrix.svg import MARKS, inline_svg

EXPLAINED = ("wrinkle_depth", "collagen_total")
CAUTION = (
    "A process is what changes a quantity at once. What called it up, such as TGF-beta1, is not split out, and the "
    "model is not calibrated: which process leads, and when, is what to look at."
)
ASK = (
    "Following the processes round a channel takes about as long as the course did, so that they are told when they "
    "are asked for: <code>cicatrix explain RESULT wrinkle_depth</code>."
)


def drivers(course: xr.Dataset, book: ChartBook) -> str:
    """Figures and sentences, or why there are none; empty for a course that failed or cannot be run again."""
    if status_fault(course) or not str(course.attrs.get("scenario_toml", "")):
        return ""
    if has_channel(course):
        return f"<p>{ASK}</p>"
    whose = "effect" if session_days(course).size else "untreated"
    try:
        found = [explain(course, name, whose=whose) for name in EXPLAINED if name in course]
    except RefusedError as error:
        return prose(f"Not told here: {error}.")
    except InputError:  # of an older or a foreign program
        return ""
    told = [_told(each, book) for each in found]
    return "\n".join([*told, f"<p>{escape(CAUTION)}</p>"]) if told else ""


def _told(found: Explanation, book: ChartBook) -> str:
    title = f"What changes {spoken(found.name).lower()}"
    drawn = inline_svg(
        explanation_figure(found, palette=MARKS), title=title, description=figure_words(found), key=anchor(title)
    )
    live = book.add([explanation_chart(found)], key=anchor(title))
    closed = closure_text(found)
    return (
        f"{figure(drawn, live)}\n<details>\n"
        f"<summary>The same in sentences, {found.period} by {found.period}</summary>\n{listed(sentences(found))}\n"
        f"<p>{escape(closed[:1].upper() + closed[1:])}.</p>\n</details>"
    )
