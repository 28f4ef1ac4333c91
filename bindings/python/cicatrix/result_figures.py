"""Which figure shows a result, and what it says in words."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import xarray as xr

from cicatrix.told_errors import UnusableError

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def figure_of_result(
    found: xr.Dataset,
    names: Sequence[str] = (),
    *,
    members: xr.Dataset | None = None,
    until: float | None = None,
    over: Sequence[str] = (),
    at: Mapping[str, Any] | None = None,
) -> "tuple[Figure, str]":
    """The figure that `.cx.plot` draws, and what it shows in words. Raises what that raises."""
    if "study" in found.attrs or "member" in found.dims:
        from cicatrix.studies.drawing import figure_of, is_drawn_here

        if is_drawn_here(found):
            return figure_of(found, *names, over=tuple(over), at=at)
    from cicatrix.position_figures import lines, space_time_figure, space_time_words
    from cicatrix.readouts import KINDS_IN_SPACE, chosen, kind_of

    if (along := lines(found)) and set(names) <= set(along):
        return space_time_figure(found, names), space_time_words(found, names)
    if not names:
        from cicatrix.figures import alternative_text, three_clocks

        return three_clocks(found), alternative_text(found)
    kinds = {kind_of(found, name) for name in chosen(found, names)}
    if not kinds & {"line", *KINDS_IN_SPACE}:
        from cicatrix.readout_figures import readout_figure, readout_words

        return readout_figure(found, names, members=members, until=until), readout_words(found, names)
    if len(kinds) > 1:
        raise UnusableError(f"{', '.join(sorted(kinds))} are drawn apart: call plot once for each kind")
    return _figure_in_space(found, kinds.pop(), names, until)


def _figure_in_space(course: xr.Dataset, kind: str, names: Sequence[str], until: float | None) -> "tuple[Figure, str]":
    if kind == "profile":
        from cicatrix.depth_figures import depth_figure, depth_words

        return depth_figure(course, names, until=until), depth_words(course, names)
    if kind == "field":
        from cicatrix.space_figures import channel_figure, channel_words

        return channel_figure(course, names), channel_words(course, names)
    from cicatrix.pore_figures import closing_pore_figure, closing_words

    return closing_pore_figure(course), closing_words(course)
