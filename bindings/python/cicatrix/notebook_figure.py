"""A figure that a notebook shows as a picture, whether or not pyplot was imported."""

import io

from matplotlib.figure import Figure

DOTS = 110  # an inch: sharp enough to read, small enough to keep in a notebook


class NotebookFigure(Figure):
    """A figure without a window; notebooks ask it for its picture."""

    def _repr_png_(self) -> bytes:
        return png_of(self)


def png_of(figure: Figure) -> bytes:
    """The picture of a figure, with what it shows in words; the same figure gives the same bytes."""
    stream = io.BytesIO()
    told = {"Description": str(figure.get_label()) or None, "Software": None}
    figure.savefig(stream, format="png", dpi=DOTS, metadata=told)
    return stream.getvalue()


def shown_in_notebooks(figure: Figure, words: str = "") -> Figure:
    """The same figure, with a picture of its own; a notebook that knows no pyplot would show its address.

    `words` say what it shows; they become its label, and go with the picture.
    """
    figure.__class__ = NotebookFigure
    figure.set_label(words)
    return figure
