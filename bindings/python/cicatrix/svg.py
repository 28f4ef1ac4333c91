"""A figure as SVG that sits in a page, follows its light or dark colours and says in words what it shows."""

import io
import re
from html import escape
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from cicatrix.theme import Palette

# Colours that no figure would use by chance; each is replaced by a variable of the page's style sheet.
MARKS = Palette(
    ink="#010203",
    quiet="#040506",
    line="#070809",
    page="#0a0b0c",
    inflammation="#0d0e0f",
    collagen_total="#101112",
    collagen_i_mature="#131415",
)
VARIABLES = {
    MARKS.ink: "--ink",
    MARKS.quiet: "--quiet",
    MARKS.line: "--line",
    MARKS.page: "--page",
    MARKS.inflammation: "--inflammation",
    MARKS.collagen_total: "--matrix",
    MARKS.collagen_i_mature: "--maturation",
}
LARGEST = 1.2  # times its own size, on a wide page
DOTS = 150  # an inch, of what is a picture within the drawing
SETTINGS: dict[Any, Any] = {
    "font.family": ["DejaVu Sans"],
    "savefig.bbox": None,
    "savefig.facecolor": "auto",
    "savefig.transparent": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "cicatrix",
}
FONTS = "'DejaVu Sans', Verdana, 'Segoe UI', sans-serif"


def inline_svg(figure: Figure, *, title: str, description: str, key: str = "") -> str:
    """An `<svg>` element of a figure drawn in the colours `MARKS`; the same figure gives the same text.

    Its names begin with `key`, so that several stand on one page.
    """
    stream = io.StringIO()
    with matplotlib.rc_context(SETTINGS):
        figure.savefig(stream, format="svg", dpi=DOTS, metadata={"Date": None, "Creator": None})
    text = stream.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    for mark, variable in VARIABLES.items():
        text = re.sub(re.escape(mark), f"var({variable})", text, flags=re.IGNORECASE)
    text = re.sub(r"'DejaVu Sans'(, [^;\"]*)?(?=[;\"])", FONTS, text)
    width, height = (72.0 * length for length in figure.get_size_inches())
    opening = (
        f'<svg viewBox="0 0 {width:g} {height:g}" style="max-width:{LARGEST * width:.0f}pt" role="img" '
        'aria-labelledby="figure-title figure-words" '
        'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">\n'
        f'<title id="figure-title">{escape(title)}</title>\n<desc id="figure-words">{escape(description)}</desc>'
    )
    text = re.sub(r"<svg[^>]*>", lambda _: opening, text, count=1).strip()
    return _renamed(text, key) if key else text


def _renamed(text: str, key: str) -> str:
    """The same with `key` before each name that something refers to."""
    text = re.sub(r'<g id="[^"]*"', "<g", text)
    text = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{key}-", text)
    return text.replace('"figure-title figure-words"', f'"{key}-figure-title {key}-figure-words"')
