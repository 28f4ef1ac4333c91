"""A figure that a notebook shows as a picture, whether or not pyplot was imported."""

import io

from matplotlib.figure import Figure

DOTS = 110  # an inch: sharp enough to read, small enough to keep in a notebook


class NotebookFigure(Figure):
    """A figure without a window; notebooks ask it for its picture."""

    def _repr_png_(self) -> bytes:
        return png_of(self)


def png_of(figure: Figure) -> bytes:
    """The picture of a figure; the same figure gives the same bytes."""
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=DOTS, metadata={"Software": None})
    return stream.getvalue()


def shown_in_notebooks(figure: Figure) -> Figure:
    """The same figure, with a picture of its own; a notebook that knows no pyplot would show its address."""
    figure.__class__ = NotebookFigure
    return figure
