"""What a reader sees of a figure, for the tests: where its texts stand, how bright its colours are, its picture."""

from __future__ import annotations

import io
from itertools import combinations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox, BboxBase


def boxes_of_texts(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every text that is drawn, with its box in pixels."""
    figure.draw_without_rendering()
    unseen = {id(label) for axes in figure.axes for label in labels_out_of_view(axes)}
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    drawn = [text for text in texts if id(text) not in unseen]
    boxes = [(text.get_text(), Text.get_window_extent(text)) for text in drawn]
    return [(text, box) for text, box in boxes if box.width > 0 and box.height > 0]


def labels_out_of_view(axes: Axes) -> list[Text]:
    """Labels of marks beyond the ends of an axis: matplotlib keeps them but does not draw them."""
    found = []
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        beyond = [tick for tick in axis.get_major_ticks() if not low <= tick.get_loc() <= high]
        found += [label for tick in beyond for label in (tick.label1, tick.label2)]
    return found


def overlap(first: Bbox, second: Bbox) -> float:
    """Area in square pixels that two boxes share."""
    width = min(first.x1, second.x1) - max(first.x0, second.x0)
    height = min(first.y1, second.y1) - max(first.y0, second.y0)
    return float(max(width, 0.0) * max(height, 0.0))


def covering(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts that cover each other."""
    return _covering(boxes_of_texts(figure))


def _covering(boxes: list[tuple[str, Bbox]]) -> list[tuple[str, str]]:
    return [(a, b) for (a, first), (b, second) in combinations(boxes, 2) if overlap(first, second) > 1.0]


def cut(figure: Figure) -> list[str]:
    """Texts that the edge of the figure cuts."""
    return _cut(boxes_of_texts(figure), figure.bbox)


def _cut(boxes: list[tuple[str, Bbox]], whole: BboxBase) -> list[str]:
    return [
        text for text, box in boxes if box.x0 < whole.x0 or box.x1 > whole.x1 or box.y0 < whole.y0 or box.y1 > whole.y1
    ]


def illegible(figure: Figure) -> list[tuple[str, ...]]:
    """Texts that the edge of the figure cuts, and pairs that cover each other; measured once for both."""
    boxes = boxes_of_texts(figure)
    return [*((text,) for text in _cut(boxes, figure.bbox)), *_covering(boxes)]


def picture(figure: Figure) -> bytes:
    """The figure as a PNG."""
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=80, metadata={"Software": None})
    return stream.getvalue()


def luminance(colour: str) -> float:
    """Relative luminance as the web guidelines define it."""
    channels = [int(colour[i : i + 2], 16) / 255.0 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
