"""A figure that a notebook shows as a picture, whether or not pyplot was imported."""

import io

from matplotlib.figure import Figure

DOTS = 110  # an inch: sharp enough to read, small enough to keep in a notebook


class NotebookFigure(Figure):
    """A figure without a window; notebooks ask it for its picture."""

    def _repr_png_(self) -> bytes:
        stream = io.BytesIO()
        told = {"Description": str(self.get_label()) or None, "Software": None}
        self.savefig(stream, format="png", dpi=DOTS, metadata=told)
        return stream.getvalue()


def shown_in_notebooks(figure: Figure, words: str = "") -> Figure:
    """The same figure, with a picture of its own; a notebook that knows no pyplot would show its address.

    `words` say what it shows; they become its label, and go with the picture.
    """
    figure.__class__ = NotebookFigure
    figure.set_label(words)
    return figure
