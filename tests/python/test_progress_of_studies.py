"""Studies tell how far they are as sweeps do: on a terminal, in one line that goes away, unless nothing is wanted."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
from sample_sweep import SampleSweep, angles, ishigami
from test_cli import Terminal

import cicatrix as cx
from cicatrix.progress import ProgressLine, watched


def indices(**more: Any) -> object:
    return cx.sensitivity(SampleSweep(angles(), ishigami), samples=1024, **more)


def best(**more: Any) -> object:
    pytest.importorskip("scipy")
    return cx.optimum("crows_feet", minimise="cost final", over={"protocol.passes": "1 to 2"}, **more)


def swings(**more: Any) -> object:
    return cx.tornado("single_session", "erythema auc", ["erythema_by_perfusion"], **more)


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """In the place of the stream of errors, from the test itself on: pytest sets its own after the fixtures."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(ProgressLine, "PATIENCE", 0.0)
    monkeypatch.setattr(ProgressLine, "PAUSE", 0.0)
    return stream


@pytest.mark.parametrize("study", [indices, best, swings])
def test_a_study_shows_a_line_that_goes_away_unless_none_is_wanted(
    study: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = terminal(monkeypatch)
    study(progress=False)
    assert stream.getvalue() == ""
    study()
    assert " %" in stream.getvalue()
    assert stream.getvalue().endswith(" \r")


def test_a_call_of_ones_own_takes_the_place_of_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    with watched(lambda share: share < 0.7, "counting") as tell:
        assert [tell(share) for share in (0.5, 0.9)] == [True, False]
    assert stream.getvalue() == ""


def test_the_line_goes_away_after_an_error_too(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)

    def fail() -> None:
        with watched(True, "counting") as tell:
            tell(0.5)
            raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        fail()
    assert "counting  50 %" in stream.getvalue()
    assert stream.getvalue().endswith(" \r")
